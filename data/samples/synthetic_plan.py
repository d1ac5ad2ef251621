"""
What happens in a synthetic record, and when: a function of its size and its seed alone.

Time is counted in whole seconds from the beginning of the record. Whatever happens in a slice of it can be told
without telling what went before, so that a record that was interrupted is continued where it ends.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import accumulate

from data.samples.synthetic_words import MOVED_BECAUSE, Picks
from models.clock import end_of_day, local_date
from models.milestone import RevisionKind

DAY = 86_400
#: The record begins so long before the instant at which it is asked for.
SPAN = timedelta(days=1095)
#: Milestones of a project.
MILESTONES_EACH = 6
#: Statements about milestones of a project, baselines included.
STATEMENTS_EACH = 20
#: The last fifth of the time no project is published, so that something can be said of each.
_PUBLISHED_BY = 0.8
#: About how much happens in a slice.
_SLICE = 10_000
#: Of a hundred decisions, so many have less time for comments than usual, and so many are decided; of a hundred of
#: those, so many are evaluated. Of a hundred milestones that are due, so many are reached.
_SHORT, _DECIDED, _EVALUATED, _REACHED = 15, 85, 30, 70
#: The numbers that tell the choices of different kinds of things apart.
_DECISIONS, _PROJECTS = 1, 2


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


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is said of a milestone, and when."""

    at: int
    milestone: int
    number: int
    kind: RevisionKind
    due: date
    before: date
    #: Which of :data:`MOVED_BECAUSE`.
    because: int


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

    def published(self, project: int) -> int:
        """Return when a project is published."""
        return int(self.end * _PUBLISHED_BY) * (2 * project + 1) // (2 * self.size.projects)

    def projects_in(self, start: int, stop: int) -> range:
        """Return which projects are published between two seconds."""
        every = range(self.size.projects)
        return range(*(bisect_left(every, edge, key=self.published) for edge in (start, stop)))

    def project_picks(self, project: int) -> Picks:
        """Return the choices that make a project what it is."""
        return Picks(self.seed, _PROJECTS, project)

    def statements_in(self, start: int, stop: int) -> Iterator[tuple[int, Statement]]:
        """Yield what is said of milestones between two seconds, after their baselines."""
        for project in range(self.projects_in(0, stop).stop):
            first, last = self._statement_at(project, start), self._statement_at(project, stop)
            if first < last:
                for statement in statements_of(self, project)[first:last]:
                    yield project, statement

    def _statement_at(self, project: int, edge: int) -> int:
        """Return how many statements about a project come before a second."""
        later = STATEMENTS_EACH - MILESTONES_EACH
        published = self.published(project)
        passed = (edge - published) * 2 * later - (self.end - published)
        return max(0, min(later, -(-passed // (2 * (self.end - published)))))

    def statement_second(self, project: int, place: int) -> int:
        """Return when the statement at that place comes."""
        published = self.published(project)
        return published + (self.end - published) * (2 * place + 1) // (2 * (STATEMENTS_EACH - MILESTONES_EACH))


@lru_cache(maxsize=20_000)
def baselines_of(plan: Plan, project: int) -> tuple[date, ...]:
    """Return the dates first promised for the milestones of a project."""
    picks = Picks(plan.seed, _PROJECTS, project, 1)
    day = local_date(plan.at(plan.published(project)))
    dates = []
    for _ in range(MILESTONES_EACH):
        day += timedelta(days=40 + picks.below(120))
        dates.append(day)
    return tuple(dates)


@lru_cache(maxsize=20_000)
def statements_of(plan: Plan, project: int) -> tuple[Statement, ...]:
    """Return everything that is said of the milestones of a project after their baselines."""
    picks = Picks(plan.seed, _PROJECTS, project, 2)
    due, numbers = list(baselines_of(plan, project)), [1] * MILESTONES_EACH
    current, told = 0, []
    for place in range(STATEMENTS_EACH - MILESTONES_EACH):
        at = plan.statement_second(project, place)
        today = local_date(plan.at(at))
        milestone = min(current, MILESTONES_EACH - 1)
        before = due[milestone]
        if current == MILESTONES_EACH:
            kind = RevisionKind.CORRECTION
        elif before <= today and picks.below(100) < _REACHED:
            kind = RevisionKind.ACHIEVED
            current += 1
        else:
            milestone = min(MILESTONES_EACH - 1, current + picks.below(2))
            before = due[milestone]
            kind = RevisionKind.REFORECAST
        if kind is RevisionKind.REFORECAST:
            due[milestone] = max(before, today) + timedelta(days=7 + picks.below(90))
        elif kind is RevisionKind.ACHIEVED:
            due[milestone] = min(today, before + timedelta(days=picks.below(20)))
        numbers[milestone] += 1
        told.append(
            Statement(
                at=at,
                milestone=milestone,
                number=numbers[milestone],
                kind=kind,
                due=due[milestone],
                before=before,
                because=picks.below(len(MOVED_BECAUSE)),
            )
        )
    return tuple(told)
