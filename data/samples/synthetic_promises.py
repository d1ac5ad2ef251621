"""When projects of a synthetic record are published, what is said of their milestones after that, and when."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from data.samples.synthetic_picks import Picks
from data.samples.synthetic_plan import MILESTONES_EACH, STATEMENTS_EACH, Plan
from data.samples.synthetic_project_words import MOVED_BECAUSE
from models.clock import local_date
from models.milestone import RevisionKind

#: The last fifth of the time no project is published, so that something can be said of each.
_PUBLISHED_BY = 0.8
#: Of a hundred milestones that are due, so many are reached.
_REACHED = 70
#: The number that tells choices of projects apart from those of decisions.
_PROJECTS = 2


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


def published_at(plan: Plan, project: int) -> int:
    """Return when a project is published."""
    return int(plan.end * _PUBLISHED_BY) * (2 * project + 1) // (2 * plan.size.projects)


def projects_in(plan: Plan, start: int, stop: int) -> range:
    """Return which projects are published between two seconds."""
    every, at = range(plan.size.projects), partial(published_at, plan)
    return range(*(bisect_left(every, edge, key=at) for edge in (start, stop)))


def project_picks(plan: Plan, project: int) -> Picks:
    """Return the choices that make a project what it is."""
    return Picks(plan.seed, _PROJECTS, project)


def statements_in(plan: Plan, start: int, stop: int) -> Iterator[tuple[int, Statement]]:
    """Yield what is said of milestones between two seconds, after their baselines."""
    for project in range(projects_in(plan, 0, stop).stop):
        first, last = _statement_at(plan, project, start), _statement_at(plan, project, stop)
        if first < last:
            for statement in statements_of(plan, project)[first:last]:
                yield project, statement


def _statement_at(plan: Plan, project: int, edge: int) -> int:
    """Return how many statements about a project come before a second."""
    later = STATEMENTS_EACH - MILESTONES_EACH
    published = published_at(plan, project)
    passed = (edge - published) * 2 * later - (plan.end - published)
    return max(0, min(later, -(-passed // (2 * (plan.end - published)))))


def _statement_second(plan: Plan, project: int, place: int) -> int:
    """Return when the statement at that place comes."""
    published = published_at(plan, project)
    return published + (plan.end - published) * (2 * place + 1) // (2 * (STATEMENTS_EACH - MILESTONES_EACH))


@lru_cache(maxsize=20_000)
def baselines_of(plan: Plan, project: int) -> tuple[date, ...]:
    """Return the dates first promised for the milestones of a project."""
    picks = Picks(plan.seed, _PROJECTS, project, 1)
    day = local_date(plan.at(published_at(plan, project)))
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
        at = _statement_second(plan, project, place)
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
