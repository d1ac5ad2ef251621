"""
The stages in which a decision takes comments, and what may be done with their periods.

The procedure decides: a period may run beside one of another stage where the procedure has them side by side, and
after the decision where the procedure takes comments then, too. Where no procedure was chosen there is one window,
before the decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from models.access import Standing
from models.comment_period import Runs, period_shown
from models.outcome import OutcomeCode
from models.procedure import ProcessTemplate


class InStage(Runs, Protocol):
    """A comment period of a stage; of the first that takes comments, where it names none."""

    @property
    def stage(self) -> str: ...


P = TypeVar("P", bound=InStage)


@dataclass(frozen=True, kw_only=True)
class Windows(Generic[P]):
    """Where a decision takes comments."""

    #: The procedure that was chosen; nothing, where none was.
    template: ProcessTemplate | None
    #: Every period there was, is, or is announced.
    periods: Sequence[P]
    #: What was decided, once it is published.
    outcome: OutcomeCode | None

    @property
    def stages(self) -> tuple[str, ...]:
        """The keys of the stages that take comments; one without a name, where no procedure was chosen."""
        if self.template is None:
            return ("",)
        return tuple(stage.key for stage in self.template.stages if stage.is_window)

    @property
    def taking(self) -> Sequence[P]:
        """The periods in which comments are taken: once it is decided, those that the procedure has afterwards."""
        return [period for period in self.periods if not self.is_over(period.stage)]

    def key_of(self, stage: str) -> str:
        """Return the key of a stage: where none is said, it is the first that takes comments."""
        return stage or (self.template and self.template.first_window) or ""

    def is_over(self, stage: str) -> bool:
        """Whether no comments are taken in a stage any more, because the matter is decided or dropped."""
        if self.outcome is None:
            return False
        if self.template is None or self.outcome.drops:
            return True
        return self.key_of(stage) in self.template.windows_before_decision

    def standing(self, stage: str, now: datetime, runs: Runs | None = None) -> Standing:
        """
        Return where a stage stands for whoever would open a period in it.

        :param runs: when the period would run; periods side by side have no gap between them
        """
        if self.is_over(stage):
            return Standing.DECIDED
        if any(now < period.closes_at and not self._goes_with(period, stage, runs) for period in self.periods):
            return Standing.OPEN
        return Standing.CLOSED if self.periods else Standing.BEFORE

    def standing_of(self, period: P | None, now: datetime) -> Standing:
        """Return where a period stands for whoever would move its closing."""
        if self.is_over(period.stage if period else ""):
            return Standing.DECIDED
        return standing_at(now, [period] if period else [])

    def _goes_with(self, period: P, stage: str, runs: Runs | None) -> bool:
        if self.template is None:
            return False
        one, other = (self.template.by_key.get(self.key_of(key)) for key in (stage, period.stage))
        if one is None or other is None or not (one.key in other.parallel_with or other.key in one.parallel_with):
            return False
        return runs is None or (runs.opens_at <= period.closes_at and period.opens_at <= runs.closes_at)


def standing_at(now: datetime, periods: Sequence[Runs]) -> Standing:
    """Return where an undecided matter stands that has these comment periods."""
    shown = period_shown(periods, now)
    if shown is None or now < shown.opens_at:
        return Standing.BEFORE
    return Standing.OPEN if now < shown.closes_at else Standing.CLOSED
