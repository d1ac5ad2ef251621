"""Choosing by which procedure a decision runs, and publishing why a duty was shortened or skipped."""

from dataclasses import dataclass

from data.operations.numbering import latest_of, next_number
from data.operations.standing import demand_on_decision
from data.templates.minimum import template_chosen
from data.templates.reading import procedure
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.decision import decision_subject
from models.duty_keys import names_a_duty
from models.exceptions import NotFoundError
from models.ledger import EntryType
from models.procedure import ProcessTemplate
from models.procedure_choice import USUAL_PROCEDURE, ProcedureRevision, demand_flags, in_zone
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line
from models.waiver import Waiver


@dataclass(frozen=True, kw_only=True)
class ChooseProcedure:
    """By which template, with which overlays, a decision runs; and what is the case of what they ask."""

    decision_id: str
    template: str
    overlays: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    #: In which zone its days end; the template's, unless said.
    zone: str = ""
    #: Why, from the second choice on.
    reason: str = ""
    #: The number of the choice that was changed, as its author saw it; 0 for none.
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class PublishWaiver:
    """Why a duty was shortened or skipped."""

    decision_id: str
    #: The key of the duty in the evaluation: ``publicity:participation:draft_notice``.
    of: str
    reason: str
    #: The provision that allows it.
    ground: str = ""


def choose_procedure(command: ChooseProcedure, uow: UnitOfWork) -> Kept:
    """
    Say by which procedure a decision runs. What was said before stays to be read.

    :raises NotFoundError: if there is no such template or overlay
    :raises InvalidValueError: if an overlay is of another template, no rule asks for a flag, or the zone is none
    :raises ReasonMissingError: if it changes and nothing says why
    :raises ConflictError: if somebody else chose since
    """
    demand_on_decision(Act.CHOOSE_PROCEDURE, uow, command.decision_id)
    template = in_zone(procedure(command.template, command.overlays), command.zone)
    demand_flags(template, command.flags)
    latest = latest_choice(uow, command.decision_id)
    reason = cleaned(command.reason)
    if latest is not None:
        demand_latest("procedure", seen=command.seen, latest=latest, says=latest.template)
        reason = demand_reason("procedure", reason)
    revision = ProcedureRevision(
        decision_id=command.decision_id,
        number=latest.number + 1 if latest else 1,
        template=command.template,
        overlays=list(dict.fromkeys(command.overlays)),
        flags=sorted(set(command.flags)),
        zone=command.zone,
        reason=reason,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(revision)
    uow.record(
        EntryType.PROCEDURE_CHOSEN,
        subject=decision_subject(command.decision_id),
        about=f"procedure/{revision.number}",
        pub={
            "template": revision.template,
            "version": template.version,
            "overlays": revision.overlays,
            "flags": revision.flags,
            "zone": revision.zone,
            "reason": revision.reason,
        },
    )
    return Kept(subject=decision_subject(command.decision_id), key=revision.template, number=revision.number)


def publish_waiver(command: PublishWaiver, uow: UnitOfWork) -> Kept:
    """
    Publish why a duty was shortened or skipped. It is never taken back, and stays to be read.

    :raises ReasonMissingError: if nothing says why
    :raises NotFoundError: if the procedure of the decision has no such duty
    """
    demand_on_decision(Act.PUBLISH_WAIVER, uow, command.decision_id)
    if not names_a_duty(template_of(uow, command.decision_id), command.of):
        raise NotFoundError("duty", command.of)
    waiver = Waiver(
        decision_id=command.decision_id,
        number=next_number(uow, Waiver, decision_id=command.decision_id),
        of=command.of,
        reason=demand_reason("waiver", cleaned(command.reason)),
        ground=one_line(command.ground),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(waiver)
    uow.record(
        EntryType.WAIVER_PUBLISHED,
        subject=decision_subject(command.decision_id),
        about=f"waiver/{waiver.number}",
        pub={"of": waiver.of, "reason": waiver.reason, "ground": waiver.ground},
    )
    return Kept(subject=decision_subject(command.decision_id), key=waiver.of, number=waiver.number)


def latest_choice(uow: UnitOfWork, decision_id: str) -> ProcedureRevision | None:
    """Return what was last chosen."""
    return latest_of(uow.session, ProcedureRevision, decision_id=decision_id)


def template_of(uow: UnitOfWork, decision_id: str) -> ProcessTemplate:
    """Return the procedure by which a decision runs; the usual one, where none was chosen."""
    return chosen_template(uow, decision_id) or procedure(USUAL_PROCEDURE)


def chosen_template(uow: UnitOfWork, decision_id: str) -> ProcessTemplate | None:
    """Return the procedure that was chosen for a decision; nothing, where none was."""
    chosen = latest_choice(uow, decision_id)
    return template_chosen(chosen) if chosen else None
