"""
How departments keep their duties: counted from the evaluations of all decisions, and from their projects.

Nothing here is typed in by anybody, and every figure is the number of its cases (``data/queries/board_cases.py``).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, select

from data.queries.contradictory_projects import contradictions_of
from data.queries.departments import departments
from data.queries.duties import Duties, all_duties
from data.queries.duty_counts import DutyCounts, counted, duty_counts
from data.queries.past_duties import counted_once, duties_then
from data.queries.projects import count_late
from data.queries.remembered import remembered
from data.queries.unreported import count_stale
from data.versions import DECISIONS
from models.clock import local_date, start_of_day
from models.decision import Language
from models.present import DecisionPresent


class Figure(StrEnum):
    """What is counted of each department."""

    #: Decisions with a duty that is overdue or missing.
    LATE = "late"
    #: Decisions whose comment period is over, with comments that nobody has answered.
    UNANSWERED = "unanswered"
    #: Days since closing without a decision: the longest.
    SILENCE = "silence"
    #: Decided, and what became of the comments is not published.
    WITHOUT_REASONS = "without_reasons"
    SHORT_WITH_REASON = "short_with_reason"
    SHORT_WITHOUT_REASON = "short_without_reason"
    #: The share that is met of what is due.
    COMPLETENESS = "completeness"
    LATE_PROJECTS = "late_projects"
    STALE_PROJECTS = "stale_projects"
    #: Projects of which something does not fit together, in their own record or beside others.
    CONTRADICTORY_PROJECTS = "contradictory_projects"


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """The figures of a department."""

    #: None for all departments together.
    department_id: str | None
    #: None where nothing can be said: nothing was due, nobody waits.
    values: Mapping[Figure, int | Fraction | None]
    #: The same at the end of the quarter before, where that can still be computed.
    before: Mapping[Figure, int | Fraction | None] = field(default_factory=dict)
    #: Of those unanswered, how many are past a deadline set by law.
    past_deadline: int = 0


@dataclass(frozen=True, kw_only=True)
class Board:
    """How every department stands, and how it stood when the quarter began."""

    rows: Sequence[BoardRow]
    total: BoardRow
    #: The first day of this quarter: what is compared was so when it began.
    quarter_began: date


@dataclass(frozen=True)
class Matter:
    """A decision, as far as it is listed."""

    id: str
    department_id: str
    title: str
    language: Language
    announced_at: datetime


def board(session: Session, *, now: datetime) -> Board:
    """Return how every department stands at that instant. What changed nowhere since is not counted again."""
    began = quarter_start(local_date(now))
    matters = matters_of(session)
    present = _counted(all_duties(session, now), matters)
    then = start_of_day(began)
    past = counted_once(session, then, lambda: _counted_then(session, matters, then))
    projects = _projects(session, now)
    rows = [
        _row(
            one,
            present.get(one, _NOTHING),
            past.get(one, _NOTHING),
            {figure: each.get(one, 0) for figure, each in projects.items()},
        )
        for one in departments(session)
    ]
    everything = {figure: sum(each.values()) for figure, each in projects.items()}
    total = _row(None, _together(present.values()), _together(past.values()), everything)
    return Board(rows=rows, total=total, quarter_began=began)


def _projects(session: Session, now: datetime) -> dict[Figure, Mapping[str, int]]:
    """Return how many projects each figure counts, by department."""
    contradictory = contradictions_of(session, now=now)
    return {
        Figure.LATE_PROJECTS: count_late(session, today=local_date(now)),
        Figure.STALE_PROJECTS: count_stale(session, now=now),
        Figure.CONTRADICTORY_PROJECTS: {department: len(each) for department, each in contradictory.items()},
    }


def quarter_start(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


@dataclass(frozen=True)
class _Sums:
    """What the decisions of a department come to."""

    counts: Mapping[Figure, int]
    longest: int | None
    past_deadline: int
    met: int
    due: int


_NOTHING = _Sums({}, None, 0, 0, 0)
#: Which decisions a figure counts.
COUNTS: Mapping[Figure, Callable[[DutyCounts], Any]] = {
    Figure.LATE: lambda one: one.late,
    Figure.UNANSWERED: lambda one: one.waiting_days is not None,
    Figure.SILENCE: lambda one: one.silent_days is not None,
    Figure.WITHOUT_REASONS: lambda one: one.lacks_reasons,
    Figure.SHORT_WITH_REASON: lambda one: one.short_with_reason,
    Figure.SHORT_WITHOUT_REASON: lambda one: one.short_without_reason,
    Figure.COMPLETENESS: lambda one: one.met < one.due,
}


def matters_of(session: Session) -> Sequence[Matter]:
    """Return every decision."""
    columns: tuple[Any, ...] = (
        DecisionPresent.decision_id,
        DecisionPresent.department_id,
        DecisionPresent.title,
        DecisionPresent.language,
        DecisionPresent.announced_at,
    )
    statement = select(*columns).order_by(col(DecisionPresent.decision_id))
    return remembered(
        session,
        DECISIONS,
        "matters",
        lambda: tuple(Matter(*row) for row in session.execute(statement)),
    )


def _counted_then(session: Session, matters: Sequence[Matter], instant: datetime) -> dict[str, _Sums]:
    """Return what it came to then, of what had been announced by then."""
    known = {matter.id: matter for matter in matters if matter.announced_at <= instant}
    counts: dict[str, list[DutyCounts]] = {}
    for identifier, duties in duties_then(session, list(known), instant):
        counts.setdefault(known[identifier].department_id, []).append(counted(duties.evaluation))
    return {one: _summed(found) for one, found in counts.items()}


def _counted(duties: Mapping[str, Duties], matters: Sequence[Matter]) -> dict[str, _Sums]:
    by_department: dict[str, list[DutyCounts]] = {}
    for matter in matters:
        if matter.id in duties:
            by_department.setdefault(matter.department_id, []).append(duty_counts(duties[matter.id]))
    return {one: _summed(counts) for one, counts in by_department.items()}


def _summed(found: Sequence[DutyCounts]) -> _Sums:
    counts: Counter[Figure] = Counter()
    for one in found:
        counts.update(figure for figure, is_counted in COUNTS.items() if is_counted(one))
    return _Sums(
        counts=counts,
        longest=_longest(one.silent_days for one in found),
        past_deadline=sum(1 for one in found if one.is_past_deadline),
        met=sum(one.met for one in found),
        due=sum(one.due for one in found),
    )


def _together(sums: Iterable[_Sums]) -> _Sums:
    all_sums = list(sums)
    counts: Counter[Figure] = Counter()
    for one in all_sums:
        counts.update(one.counts)
    return _Sums(
        counts=counts,
        longest=_longest(one.longest for one in all_sums),
        past_deadline=sum(one.past_deadline for one in all_sums),
        met=sum(one.met for one in all_sums),
        due=sum(one.due for one in all_sums),
    )


def _longest(days: Iterable[int | None]) -> int | None:
    return max((one for one in days if one is not None), default=None)


def _values(sums: _Sums) -> dict[Figure, int | Fraction | None]:
    values: dict[Figure, int | Fraction | None] = {figure: sums.counts.get(figure, 0) for figure in COUNTS}
    share = Fraction(sums.met, sums.due) if sums.due else None
    return values | {Figure.SILENCE: sums.longest, Figure.COMPLETENESS: share}


def _row(department_id: str | None, now: _Sums, before: _Sums, projects: Mapping[Figure, int]) -> BoardRow:
    return BoardRow(
        department_id=department_id,
        values=_values(now) | dict(projects),
        before=_values(before),
        past_deadline=now.past_deadline,
    )
