"""
What happens in a synthetic record, and when: a function of its size and its seed alone.

Time is counted in whole seconds from the beginning of the record. Whatever happens in a slice of it can be told
without telling what went before, so that a record that was interrupted is continued where it ends.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cached_property
from itertools import accumulate

from data.samples.synthetic_picks import Picks
from models.clock import end_of_day, local_date

DAY = 86_400
#: The record begins so long before the instant at which it is asked for.
SPAN = timedelta(days=1095)
#: Milestones of a project.
MILESTONES_EACH = 6
#: Statements about milestones of a project, baselines included.
STATEMENTS_EACH = 20
#: About how much happens in a slice.
_SLICE = 10_000
#: Of a hundred decisions, so many have less time for comments than usual, and so many are decided; of a hundred of
#: those, so many are evaluated.
_SHORT, _DECIDED, _EVALUATED = 15, 85, 30
#: The number that tells choices of decisions apart from those of projects.
_DECISIONS = 1


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much a synthetic record holds."""

    projects: int
    decisions: int
    comments: int


SIZES = {
    "s": Size(projects=1_000, decisions=200, comments=100_000),
    "m": Size(projects=10_000, decisions=2_000, comments=1_000_000),
    "l": Size(projects=100_000, decisions=20_000, comments=10_000_000),
    # As many projects as l, and hardly anything else: made in minutes instead of hours.
    "p": Size(projects=100_000, decisions=200, comments=10_000),
}


class Happens(IntEnum):
    """What happens to a decision."""

    ANNOUNCED = 0
    STAGES_PLANNED = 1
    DRAFTED = 2
    OPENED = 3
    OPINION = 4
    DRAFTED_AGAIN = 5
    DECIDED = 6
    EVALUATED = 7


@dataclass(frozen=True, kw_only=True)
class DecisionPlan:
    """When what happens to a decision."""

    number: int
    announced: int
    opened: int
    last_day: date
    closed: int
    is_short: bool
    events: tuple[tuple[int, Happens], ...]
    #: How heavily it is commented on, beside others.
    weight: int
    #: Of a hundred points, so many are answered.
    answered: int


@dataclass(frozen=True)
class Plan:
    """The plan of a record that ends at an instant."""

    size: Size
    seed: int
    until: datetime

    @cached_property
    def beginning(self) -> datetime:
        """The instant from which seconds are counted."""
        return (self.until - SPAN).astimezone(UTC).replace(microsecond=0)

    @cached_property
    def end(self) -> int:
        """The second at which it ends."""
        return int(SPAN.total_seconds())

    @cached_property
    def slices(self) -> int:
        """Into how many slices time is divided."""
        happens = self.size.comments * 1.2 + self.size.projects * STATEMENTS_EACH * 1.3
        return max(2, round(happens / _SLICE))

    def slice_of(self, instant: datetime) -> int:
        """Return in which slice an instant lies; -1 for the time before."""
        return (int((instant - self.beginning).total_seconds()) * self.slices) // self.end

    def edges(self, number: int) -> tuple[int, int]:
        """Return the seconds at which a slice begins and ends."""
        return -(-number * self.end // self.slices), -(-(number + 1) * self.end // self.slices)

    def at(self, second: int) -> datetime:
        """Return the instant of a second."""
        return self.beginning + timedelta(seconds=second)

    def second(self, instant: datetime) -> int:
        """Return the second of an instant."""
        return int((instant - self.beginning).total_seconds())

    @cached_property
    def decisions(self) -> list[DecisionPlan]:
        """All decisions, in the order they are announced."""
        return [self._decision(number) for number in range(self.size.decisions)]

    def _decision(self, number: int) -> DecisionPlan:
        picks = Picks(self.seed, _DECISIONS, number)
        announced = self.end * (2 * number + 1) // (2 * self.size.decisions)
        opened = announced + (2 + picks.below(6)) * DAY
        is_short = picks.below(100) < _SHORT
        days = 10 + picks.below(12) if is_short else 30 + picks.below(15)
        last_day = local_date(self.at(opened)) + timedelta(days=days)
        closed = self.second(end_of_day(last_day))
        events = [(announced, Happens.ANNOUNCED), (announced + 3600, Happens.STAGES_PLANNED)]
        events += [(announced + DAY, Happens.DRAFTED), (opened, Happens.OPENED)]
        events += [(opened + picks.below(max(1, closed - opened)), Happens.OPINION) for _ in range(picks.below(5))]
        if picks.below(2):
            events.append((closed + 8 * DAY, Happens.DRAFTED_AGAIN))
        if picks.below(100) < _DECIDED:
            decided = closed + (30 + picks.below(60)) * DAY
            events.append((decided, Happens.DECIDED))
            if picks.below(100) < _EVALUATED:
                events.append((decided + (200 + picks.below(200)) * DAY, Happens.EVALUATED))
        return DecisionPlan(
            number=number,
            announced=announced,
            opened=opened,
            last_day=last_day,
            closed=closed,
            is_short=is_short,
            events=tuple(sorted(event for event in events if event[0] < self.end)),
            weight=1000 // (1 + picks.below(1000)) if opened < self.end - DAY else 0,
            answered=(0, 10, 20, 40)[picks.below(4)],
        )

    @cached_property
    def _comments_before(self) -> list[int]:
        """How many comments the decisions before each one have."""
        weights = list(accumulate((decision.weight for decision in self.decisions), initial=0))
        return [self.size.comments * weight // max(1, weights[-1]) for weight in weights]

    def comments_on(self, decision: DecisionPlan) -> int:
        """Return how many comments there are on a decision."""
        return self._comments_before[decision.number + 1] - self._comments_before[decision.number]

    def comments_in(self, decision: DecisionPlan, start: int, stop: int) -> range:
        """Return which of the comments on a decision come between two seconds."""
        every = range(self.comments_on(decision))
        return range(*(bisect_left(every, edge, key=lambda n: self.comment_at(decision, n)) for edge in (start, stop)))

    def comment_at(self, decision: DecisionPlan, number: int) -> int:
        """Return when a comment comes."""
        length = min(decision.closed, self.end) - decision.opened
        return decision.opened + length * (2 * number + 1) // (2 * self.comments_on(decision))

    def verdicts_in(self, decision: DecisionPlan, start: int, stop: int) -> range:
        """Return which of the answers to points of a decision are given between two seconds."""
        every = range(self.comments_on(decision) * decision.answered // 100)
        return range(*(bisect_left(every, edge, key=lambda n: self.verdict_at(decision, n)) for edge in (start, stop)))

    def verdict_at(self, decision: DecisionPlan, number: int) -> int:
        """Return when an answer is given: between two and twenty-five days after the closing."""
        answers = self.comments_on(decision) * decision.answered // 100
        return decision.closed + 2 * DAY + 23 * DAY * number // answers
