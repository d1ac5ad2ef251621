"""Keeping a hearing, step by step, and registering for one."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.acts import demand_document
from data.operations.numbering import next_number
from data.operations.standing import demand_on_decision
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.comment import receipt_code, receipt_digest
from models.decision import decision_subject
from models.exceptions import FutureEventError, InvalidValueError, NotFoundError, OrderError
from models.hearing import (
    HearingRegistration,
    HearingSide,
    HearingStep,
    HearingStepKind,
    RegistrationState,
    demand_draw,
    latest_step,
    registration_state,
)
from models.ledger import EntryType
from models.text import cleaned, masked_name, one_line

#: What may be said of a day to come: everything else has happened, or it is not so.
_ANNOUNCED = (HearingStepKind.REGISTRATION, HearingStepKind.HELD)
#: What somebody may look for by its words.
_FINDABLE = (HearingStepKind.NOTICE, HearingStepKind.RECORD, HearingStepKind.HANDLING)


@dataclass(frozen=True, kw_only=True)
class RecordHearingStep:
    """A step of the hearing: a notice, a rule of selection, a list, what became of what was said."""

    decision_id: str
    step: HearingStepKind
    held_on: date
    #: Until when it lasts: the last day of registration.
    ends_on: date | None = None
    statement: str = ""
    participants: int | None = None
    interested: int | None = None
    attended: int | None = None
    #: With the rule of selection: how many are drawn, and the hash of the seed (``models/draw.py``).
    places: int | None = None
    seed_digest: str = ""
    #: With the list: the seed itself.
    seed: str = ""
    document_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterForHearing:
    """That somebody asks to take part."""

    decision_id: str
    side: HearingSide
    name: str
    #: How they are told whether they were selected. Never public.
    contact: str


def record_hearing_step(command: RecordHearingStep, uow: UnitOfWork) -> Kept:
    """
    Record a step of the hearing on a decision. A later statement of a step holds; the earlier one stays to be read.

    :raises FutureEventError: if it is said to have happened on a day to come
    :raises OrderError: if it would end before it begins, or more came than take part
    :raises InvalidValueError: if a draw is committed to too late, or opened otherwise than it was committed to
    """
    demand_on_decision(Act.KEEP_HEARING, uow, command.decision_id)
    if command.step not in _ANNOUNCED and command.held_on > local_date(uow.now):
        raise FutureEventError(command.held_on)
    if command.ends_on is not None and command.ends_on < command.held_on:
        raise OrderError(command.held_on, command.ends_on)
    _demand_counts(command)
    demand_document(command.document_id, command.decision_id, uow)
    step = HearingStep(
        decision_id=command.decision_id,
        number=next_number(uow, HearingStep, decision_id=command.decision_id),
        step=command.step,
        held_on=command.held_on,
        ends_on=command.ends_on,
        statement=cleaned(command.statement),
        participants=command.participants,
        interested=command.interested,
        attended=command.attended,
        places=command.places,
        seed_digest=command.seed_digest,
        seed=command.seed,
        document_id=command.document_id,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    demand_draw(steps_of(uow, command.decision_id), step)
    uow.keep(step)
    if step.step in _FINDABLE and step.statement:
        uow.make_findable(Kind.HEARING, step.id, step.statement)
    _record(step, uow)
    return Kept(subject=decision_subject(command.decision_id), key=str(step.step), number=step.number)


def register_for_hearing(command: RegisterForHearing, uow: UnitOfWork) -> Kept:
    """
    Register somebody who asks to take part. The number is the one by which they are drawn.

    Whoever registers without help has a receipt, derived from the client token and kept by nobody else.

    :raises NotFoundError: if no registration was announced
    :raises InvalidValueError: if it is not open today, or a name or a contact is missing
    """
    demand_on_decision(Act.REGISTER_FOR_HEARING, uow, command.decision_id)
    announced = latest_step(steps_of(uow, command.decision_id), HearingStepKind.REGISTRATION)
    if announced is None:
        raise NotFoundError("registration", command.decision_id)
    if registration_state(announced, local_date(uow.now)) is not RegistrationState.OPEN:
        raise InvalidValueError("registration", f"{announced.held_on}/{announced.ends_on or ''}")
    registration = HearingRegistration(
        decision_id=command.decision_id,
        number=next_number(uow, HearingRegistration, decision_id=command.decision_id),
        side=command.side,
        name=one_line(command.name),
        contact=one_line(command.contact),
        receipt_digest=receipt_digest(receipt_code(uow.token)) if uow.token else None,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(registration)
    uow.record(
        EntryType.HEARING_REGISTERED,
        subject=decision_subject(command.decision_id),
        about=f"registration/{registration.number}",
        pub={"number": registration.number, "side": str(registration.side)},
        public={"masked_name": masked_name(registration.name)},
        private={"name": registration.name, "contact": registration.contact},
    )
    return Kept(subject=decision_subject(command.decision_id), key=command.decision_id, number=registration.number)


def steps_of(uow: UnitOfWork, decision_id: str) -> list[HearingStep]:
    """Return what was said of the hearing, first to last."""
    said = select(HearingStep).where(HearingStep.decision_id == decision_id).order_by(col(HearingStep.number))
    return list(uow.session.exec(said))


def _demand_counts(command: RecordHearingStep) -> None:
    for part in (command.interested, command.attended):
        if part is not None and command.participants is not None and part > command.participants:
            raise OrderError(part, command.participants)


def _record(step: HearingStep, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.HEARING_STEP,
        subject=decision_subject(step.decision_id),
        about=f"hearing/{step.number}",
        pub={
            "step": str(step.step),
            "held_on": str(step.held_on),
            "ends_on": str(step.ends_on) if step.ends_on else None,
            "participants": step.participants,
            "interested": step.interested,
            "attended": step.attended,
            "places": step.places,
            "seed_digest": step.seed_digest,
            "seed": step.seed,
            "document": step.document_id,
        },
        public={"statement": step.statement},
    )
