"""What the record holds of a procedure: its choice, reasons, displays, acts, hearing, experts, effects, catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.queries.docket_record import said
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
    return said(session, decision_id, ProcedureRevision)


def waivers_of(session: Session, decision_id: str) -> Sequence[Waiver]:
    """Return every reason that was published."""
    return said(session, decision_id, Waiver)


def notices_of(session: Session, decision_id: str) -> Sequence[Notice]:
    """Return what was displayed."""
    return said(session, decision_id, Notice)


def acts_of(session: Session, decision_id: str) -> Sequence[ProcedureAct]:
    """Return what was done."""
    return said(session, decision_id, ProcedureAct)


def panels_of(session: Session, decision_id: str) -> Sequence[ExpertPanel]:
    """Return how experts were selected."""
    return said(session, decision_id, ExpertPanel)


def adoptions_of(session: Session, decision_id: str) -> Mapping[int, Sequence[OpinionAdoption]]:
    """Return what became of each opinion, by its number, first to last."""
    numbers = {one.id: one.number for one in said(session, decision_id, ExpertOpinion)}
    found: dict[int, list[OpinionAdoption]] = defaultdict(list)
    for adoption in said(session, decision_id, OpinionAdoption):
        found[numbers[adoption.opinion_id]].append(adoption)
    return found


def hearing_of(session: Session, decision_id: str) -> HearingView | None:
    """Return the hearing on a decision; nothing if none was announced."""
    steps = said(session, decision_id, HearingStep)
    if not steps:
        return None
    registrations = session.exec(
        select(HearingRegistration)
        .where(HearingRegistration.decision_id == decision_id)
        .order_by(col(HearingRegistration.number))
    ).all()
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
    """Return until when anybody may register for the hearing; nothing if nobody may today."""
    announced = latest_step(said(session, decision_id, HearingStep), HearingStepKind.REGISTRATION)
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
    """Return what was promised, and what was measured."""
    measured: dict[int, list[EffectMeasurement]] = defaultdict(list)
    for one in said(session, decision_id, EffectMeasurement):
        measured[one.effect_id].append(one)
    return [EffectView(effect=one, measurements=measured[one.id]) for one in said(session, decision_id, Effect)]


def catalogue(session: Session, *, year: int) -> Sequence[CatalogueView]:
    """Return the entries of a year, in order. One statement."""
    statement = select(CatalogueEntry, CatalogueRevision).join(CatalogueRevision).where(CatalogueEntry.year == year)
    found = session.exec(statement.order_by(col(CatalogueRevision.number))).all()
    return _in_catalogue({entry.id: entry for entry, _ in found}.values(), [revision for _, revision in found])


def entries_of(session: Session, decision_id: str) -> Sequence[CatalogueView]:
    """Return the entries of the catalogue that a decision has come of, in order."""
    return _in_catalogue(said(session, decision_id, CatalogueEntry), said(session, decision_id, CatalogueRevision))


def _in_catalogue(
    entries: Iterable[CatalogueEntry], revisions: Iterable[CatalogueRevision]
) -> Sequence[CatalogueView]:
    by_entry: dict[int, list[CatalogueRevision]] = defaultdict(list)
    for revision in revisions:
        by_entry[revision.entry_id].append(revision)
    ordered = sorted(entries, key=lambda entry: (entry.year, entry.number))
    return [CatalogueView(entry=entry, revisions=by_entry[entry.id]) for entry in ordered]
