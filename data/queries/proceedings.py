"""What the record holds of a procedure: its choice, reasons, displays, acts, hearing, experts, effects, catalogue."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.catalogue import CatalogueEntry, CatalogueRevision
from models.comment import receipt_digest
from models.decision import Language
from models.draw import RULE
from models.effect import Effect, EffectMeasurement, reached
from models.hearing import (
    HearingRegistration,
    HearingSide,
    HearingStep,
    HearingStepKind,
    RegistrationState,
    latest_step,
    registration_state,
    selected,
)
from models.notice import Notice
from models.opinion import ExpertOpinion, ExpertPanel, OpinionAdoption
from models.present import DecisionPresent
from models.procedure_act import ProcedureAct
from models.procedure_choice import ProcedureRevision
from models.text import masked_name
from models.waiver import Waiver


@dataclass(frozen=True, kw_only=True)
class Registrant:
    """Somebody who asked to take part in a hearing."""

    number: int
    side: HearingSide
    masked_name: str
    registered_at: datetime
    #: None before the draw; the place in it, from 1, of those who take part; 0 for others.
    drawn: int | None


@dataclass(frozen=True, kw_only=True)
class HearingView:
    """The hearing on a decision."""

    #: First to last; of each kind, the last one holds.
    steps: Sequence[HearingStep]
    registrants: Sequence[Registrant]
    #: By which anybody can repeat the draw.
    rule: str

    def latest(self, kind: HearingStepKind) -> HearingStep | None:
        """Return what was last said of a step."""
        return latest_step(self.steps, kind)

    def of_kind(self, kind: HearingStepKind) -> Sequence[HearingStep]:
        """Return everything that was said of a step, first to last."""
        return [step for step in self.steps if step.step is kind]

    def registration(self, today: date) -> RegistrationState:
        """Return whether anybody may register on a day."""
        return registration_state(self.latest(HearingStepKind.REGISTRATION), today)


@dataclass(frozen=True, kw_only=True)
class RegistrationReceipt:
    """What a receipt is for: a registration, and the hearing it is for."""

    decision_id: str
    decision_title: str
    decision_language: Language
    registrant: Registrant
    hearing: HearingView


@dataclass(frozen=True, kw_only=True)
class EffectView:
    """A promised effect, and what was measured of it, first to last."""

    effect: Effect
    measurements: Sequence[EffectMeasurement]

    @property
    def is_reached(self) -> bool | None:
        """Whether the last value comes up to the promise; nothing where that cannot be said."""
        if not self.measurements:
            return None
        return reached(baseline=self.effect.baseline, target=self.effect.target, value=self.measurements[-1].value)


@dataclass(frozen=True, kw_only=True)
class CatalogueView:
    """An entry of the catalogue, with everything that was said of it, first to last."""

    entry: CatalogueEntry
    revisions: Sequence[CatalogueRevision]

    @property
    def said(self) -> CatalogueRevision:
        """What is said of it now."""
        return self.revisions[-1]


def procedures_of(session: Session, decision_id: str) -> Sequence[ProcedureRevision]:
    """Return by which procedures a decision ran, first to last."""
    return _of(session, ProcedureRevision, decision_id)


def waivers_of(session: Session, decision_id: str) -> Sequence[Waiver]:
    """Return every reason that was published."""
    return _of(session, Waiver, decision_id)


def notices_of(session: Session, decision_id: str) -> Sequence[Notice]:
    """Return what was displayed."""
    return _of(session, Notice, decision_id)


def acts_of(session: Session, decision_id: str) -> Sequence[ProcedureAct]:
    """Return what was done."""
    return _of(session, ProcedureAct, decision_id)


def panels_of(session: Session, decision_id: str) -> Sequence[ExpertPanel]:
    """Return how experts were selected."""
    return _of(session, ExpertPanel, decision_id)


def adoptions_of(session: Session, decision_id: str) -> Mapping[int, Sequence[OpinionAdoption]]:
    """Return what became of each opinion, by its number, first to last."""
    found: dict[int, list[OpinionAdoption]] = defaultdict(list)
    statement = (
        select(ExpertOpinion.number, OpinionAdoption)
        .join(ExpertOpinion)
        .where(ExpertOpinion.decision_id == decision_id)
        .order_by(col(OpinionAdoption.number))
    )
    for number, adoption in session.exec(statement):
        found[number].append(adoption)
    return found


def hearing_of(session: Session, decision_id: str) -> HearingView | None:
    """Return the hearing on a decision; nothing if none was announced. Two statements."""
    steps = _of(session, HearingStep, decision_id)
    if not steps:
        return None
    registrations = _of(session, HearingRegistration, decision_id)
    drawn = selected(steps, [one.number for one in registrations])
    return HearingView(
        steps=steps,
        registrants=[
            Registrant(
                number=one.number,
                side=one.side,
                masked_name=masked_name(one.name),
                registered_at=one.recorded_at,
                drawn=(drawn.index(one.number) + 1 if one.number in drawn else 0) if drawn else None,
            )
            for one in registrations
        ],
        rule=RULE,
    )


def open_registration(session: Session, decision_id: str, today: date) -> HearingStep | None:
    """Return until when anybody may register for the hearing; nothing if nobody may today. One statement."""
    announced = session.exec(
        select(HearingStep)
        .where(HearingStep.decision_id == decision_id, HearingStep.step == HearingStepKind.REGISTRATION)
        .order_by(col(HearingStep.number).desc())
        .limit(1)
    ).first()
    return announced if registration_state(announced, today) is RegistrationState.OPEN else None


def find_registration(session: Session, code: str) -> RegistrationReceipt | None:
    """Return what the receipt with that code is for; nothing if it is for no registration. Four statements at most."""
    found = session.exec(
        select(HearingRegistration).where(HearingRegistration.receipt_digest == receipt_digest(code))
    ).first()
    hearing = hearing_of(session, found.decision_id) if found else None
    if found is None or hearing is None:
        return None
    title, language = session.exec(
        select(DecisionPresent.title, DecisionPresent.language).where(DecisionPresent.decision_id == found.decision_id)
    ).one()
    return RegistrationReceipt(
        decision_id=found.decision_id,
        decision_title=title,
        decision_language=Language(language),
        registrant=next(one for one in hearing.registrants if one.number == found.number),
        hearing=hearing,
    )


def effects_of(session: Session, decision_id: str) -> Sequence[EffectView]:
    """Return what was promised, and what was measured. Two statements at most."""
    effects = _of(session, Effect, decision_id)
    if not effects:
        return []
    measured: dict[int, list[EffectMeasurement]] = defaultdict(list)
    statement = select(EffectMeasurement).where(col(EffectMeasurement.effect_id).in_([one.id for one in effects]))
    for one in session.exec(statement.order_by(col(EffectMeasurement.number))):
        measured[one.effect_id].append(one)
    return [EffectView(effect=one, measurements=measured[one.id]) for one in effects]


def catalogue(session: Session, *, year: int | None = None, decision_id: str | None = None) -> Sequence[CatalogueView]:
    """Return the entries of a year, or those that a decision has come of, in order."""
    statement = select(CatalogueEntry, CatalogueRevision).join(CatalogueRevision)
    if year is not None:
        statement = statement.where(CatalogueEntry.year == year)
    if decision_id is not None:
        named = select(CatalogueRevision.entry_id).where(CatalogueRevision.decision_id == decision_id)
        statement = statement.where(col(CatalogueEntry.id).in_(named))
    order = (col(CatalogueEntry.year), col(CatalogueEntry.number), col(CatalogueRevision.number))
    entries: dict[int, CatalogueEntry] = {}
    said: dict[int, list[CatalogueRevision]] = defaultdict(list)
    for entry, revision in session.exec(statement.order_by(*order)):
        entries[entry.id] = entry
        said[entry.id].append(revision)
    return [CatalogueView(entry=entry, revisions=said[number]) for number, entry in entries.items()]


def _of(session: Session, kind: Any, decision_id: str) -> Sequence[Any]:
    return session.exec(select(kind).where(kind.decision_id == decision_id).order_by(kind.number)).all()
