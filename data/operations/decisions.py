"""Changes to what is said of a decision, and to the dates of its stages."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.procedures import chosen_template
from data.operations.standing import demand_on_decision
from data.search import Kind, number_of
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.clock import local_date
from models.decision import Decision, DecisionRevision, Language, Topic, decision_subject
from models.department import Department
from models.exceptions import NotFoundError
from models.ledger import EntryType
from models.revision import demand_latest, demand_reason
from models.stage import StageKind, StageRevision, demand_stage, next_stage_revision
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class DecisionText:
    """What is said of a decision."""

    language: Language
    topic: Topic = Topic.OTHER
    title: str
    summary: str = ""
    can_change: str = ""
    cannot_change: str = ""
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishDecision(DecisionText):
    """A matter that is to be decided, as it is first announced."""

    department_id: str


@dataclass(frozen=True, kw_only=True)
class AmendDecision(DecisionText):
    """What is now said of a decision."""

    decision_id: str
    reason: str
    #: The number of the statement that was amended, as its author saw it.
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseStage:
    """What is said about one stage of a decision."""

    decision_id: str
    #: Its key in the procedure that was chosen; one of the ten of Decree 713, where none was.
    stage: str
    kind: StageKind = StageKind.BASELINE
    starts_on: date
    ends_on: date
    reason: str = ""
    seen: int | None = None


def publish_decision(command: PublishDecision, uow: UnitOfWork) -> Kept:
    """
    Announce a decision. Its number is the next of the year.

    :raises NotFoundError: if there is no such department
    """
    demand(Act.PUBLISH_DECISION, uow.actor, department_id=command.department_id)
    if uow.session.get(Department, command.department_id) is None:
        raise NotFoundError("department", command.department_id)
    year = local_date(uow.now).year
    decision = Decision(id=f"{year}-{uow.next_number(f'decision {year}'):04}", recorded_at=uow.now)
    uow.keep(decision)
    revision = _said(command, decision.id, command.department_id, uow)
    uow.keep(revision)
    _record(EntryType.DECISION_ANNOUNCED, revision, uow)
    return Kept(subject=decision.subject, key=decision.id)


def amend_decision(command: AmendDecision, uow: UnitOfWork) -> Kept:
    """
    Say something else of a decision; what was said before stays to be read.

    :raises ConflictError: if somebody else did since
    :raises ReasonMissingError: if nothing says why
    """
    latest = demand_on_decision(Act.AMEND_DECISION, uow, command.decision_id)
    demand_latest("decision", seen=command.seen, latest=latest, says=latest.title)
    revision = _said(command, command.decision_id, latest.department_id, uow)
    revision.number = latest.number + 1
    revision.reason = demand_reason("decision", command.reason)
    uow.keep(revision)
    _record(EntryType.DECISION_AMENDED, revision, uow)
    return Kept(subject=decision_subject(command.decision_id), key=command.decision_id, number=revision.number)


def revise_stage(command: ReviseStage, uow: UnitOfWork) -> Kept:
    """
    Say when a stage is expected, was begun or was finished.

    :raises NotFoundError: if the procedure of the decision has no such stage
    :raises OrderError: if it would end before it starts
    :raises FutureEventError: if it is said to have happened and is still to come
    :raises ReasonMissingError: if a date moves and nothing says why
    :raises ConflictError: if somebody else said something since
    """
    demand_on_decision(Act.REVISE_STAGE, uow, command.decision_id)
    chosen = chosen_template(uow, command.decision_id)
    demand_stage(chosen, command.stage)
    said = uow.session.exec(
        select(StageRevision)
        .where(StageRevision.decision_id == command.decision_id, StageRevision.stage == command.stage)
        .order_by(col(StageRevision.number))
    ).all()
    if said:
        demand_latest("stage", seen=command.seen, latest=said[-1], says=f"{said[-1].starts_on}/{said[-1].ends_on}")
    revision = next_stage_revision(
        said,
        decision_id=command.decision_id,
        stage=command.stage,
        kind=command.kind,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        reason=command.reason,
        at=uow.now,
    )
    revision.recorded_by = uow.actor.account_id
    uow.keep(revision)
    uow.record(
        EntryType.STAGE_CHANGED if said else EntryType.STAGE_PLANNED,
        subject=decision_subject(command.decision_id),
        about=f"stage/{command.stage}/{revision.number}",
        pub={
            "stage": revision.stage,
            "kind": str(revision.kind),
            "starts_on": str(revision.starts_on),
            "ends_on": str(revision.ends_on),
            "reason": revision.reason,
            # As it was called when this was said, whatever procedure is chosen later.
            **({f"title_{code}": word for code, word in chosen.by_key[revision.stage].title} if chosen else {}),
        },
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(command.stage), number=revision.number)


def _said(text: DecisionText, decision_id: str, department_id: str, uow: UnitOfWork) -> DecisionRevision:
    return DecisionRevision(
        decision_id=decision_id,
        department_id=department_id,
        language=text.language,
        topic=text.topic,
        title=one_line(text.title),
        summary=cleaned(text.summary),
        can_change=cleaned(text.can_change),
        cannot_change=cleaned(text.cannot_change),
        decided_by=one_line(text.decided_by),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )


def _record(entry_type: EntryType, revision: DecisionRevision, uow: UnitOfWork) -> None:
    uow.make_findable(Kind.DECISION, number_of(revision.decision_id), revision.title, revision.summary)
    uow.record(
        entry_type,
        subject=decision_subject(revision.decision_id),
        about=f"decision/{revision.decision_id}/{revision.number}",
        pub={
            "department": revision.department_id,
            "topic": str(revision.topic),
            "title": revision.title,
            "reason": revision.reason,
        },
        public={
            "summary": revision.summary,
            "can_change": revision.can_change,
            "cannot_change": revision.cannot_change,
            "decided_by": revision.decided_by,
        },
    )
