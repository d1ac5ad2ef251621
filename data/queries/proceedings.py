"""What the record holds of a procedure: its choice, reasons, displays, acts, experts and effects."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from data.queries.docket_record import said
from models.effect import Effect, EffectMeasurement, reached
from models.notice import Notice
from models.opinion import ExpertOpinion, ExpertPanel, OpinionAdoption
from models.procedure_act import ProcedureAct
from models.procedure_choice import ProcedureRevision
from models.waiver import Waiver


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


def effects_of(session: Session, decision_id: str) -> Sequence[EffectView]:
    """Return what was promised, and what was measured."""
    measured: dict[int, list[EffectMeasurement]] = defaultdict(list)
    for one in said(session, decision_id, EffectMeasurement):
        measured[one.effect_id].append(one)
    return [EffectView(effect=one, measurements=measured[one.id]) for one in said(session, decision_id, Effect)]
