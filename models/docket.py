"""
What the engine of procedures is given: the facts of one decision, and what anybody could have known of them when.

Plain values, made by whoever reads the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from models.docket_facts import (
    ActFact,
    DocumentFact,
    DraftFact,
    EvaluationFact,
    FlagFact,
    HearingFact,
    NoticeFact,
    OpinionFact,
    OutcomeFact,
    PeriodFact,
    ProcedureFact,
    StageFact,
    TallyFact,
    WaiverFact,
)


class _Recorded(Protocol):
    @property
    def recorded_at(self) -> datetime: ...


_Fact = TypeVar("_Fact", bound=_Recorded)


@dataclass(frozen=True, kw_only=True)
class Docket:
    """A decision and everything that belongs to it."""

    decision_id: str
    announced_at: datetime
    procedures: tuple[ProcedureFact, ...] = ()
    flags: tuple[FlagFact, ...] = ()
    stages: tuple[StageFact, ...] = ()
    drafts: tuple[DraftFact, ...] = ()
    periods: tuple[PeriodFact, ...] = ()
    notices: tuple[NoticeFact, ...] = ()
    documents: tuple[DocumentFact, ...] = ()
    opinions: tuple[OpinionFact, ...] = ()
    hearings: tuple[HearingFact, ...] = ()
    tallies: tuple[TallyFact, ...] = ()
    outcomes: tuple[OutcomeFact, ...] = ()
    evaluations: tuple[EvaluationFact, ...] = ()
    acts: tuple[ActFact, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()


def as_known_at(docket: Docket, instant: datetime) -> Docket:
    """Return the docket as anybody could have known it then: without what was recorded later, in order of record."""
    return replace(
        docket,
        procedures=_known(docket.procedures, instant),
        flags=_known(docket.flags, instant),
        stages=_known(docket.stages, instant),
        drafts=_known(docket.drafts, instant),
        periods=_known(docket.periods, instant),
        notices=_known(docket.notices, instant),
        documents=_known(docket.documents, instant),
        opinions=_known(docket.opinions, instant),
        hearings=_known(docket.hearings, instant),
        tallies=_known(docket.tallies, instant),
        outcomes=_known(docket.outcomes, instant),
        evaluations=_known(docket.evaluations, instant),
        acts=_known(docket.acts, instant),
        waivers=_known(docket.waivers, instant),
    )


def flags_raised(docket: Docket) -> frozenset[str]:
    """Return the flags that are up, as last said of each."""
    latest = {fact.flag: fact.is_raised for fact in docket.flags}
    return frozenset(flag for flag, is_raised in latest.items() if is_raised)


def never_earlier(now: datetime, last_recorded_at: datetime) -> datetime:
    """
    Return the instant at which to evaluate: the clock's, or the last that the record knows if the clock fell back.

    Evaluation is pure, so a clock set back would reopen what had closed. Whoever evaluates the present passes it
    through here, with the instant of the last entry of the ledger.
    """
    return max(now, last_recorded_at)


def _known(facts: Sequence[_Fact], instant: datetime) -> tuple[_Fact, ...]:
    if not facts:
        return ()
    return tuple(sorted((fact for fact in facts if fact.recorded_at <= instant), key=_recorded_at))


def _recorded_at(fact: _Recorded) -> datetime:
    return fact.recorded_at
