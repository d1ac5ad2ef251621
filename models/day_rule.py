"""
The counting of days as laws do it, with the arithmetic kept so that anybody can check it.

The Chinese Civil Code is the model: the first day is not counted (Article 201), a period of months ends on the day of
the same number (202), and one that would end on a holiday ends on the day after it (203). Other laws set the same
switches otherwise: the German Civil Code counts the first day of a display (section 187, paragraph 2).
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count

from models.clock import end_of_day
from models.exceptions import InvalidValueError
from models.working_days import Calendar, DayKind

_ONE_DAY = timedelta(days=1)
#: Longer periods, or later years, are mistakes; and a date cannot run over.
MOST, LAST_YEAR = 3660, 9500


class Unit(StrEnum):
    """What a period is counted in."""

    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"


class StepReason(StrEnum):
    """Why a day was counted, or was not."""

    COUNTED = "counted"
    #: The day of the event itself. Civil Code, Article 201.
    FIRST_DAY = "first_day"
    #: Nobody works on it, and the period is one of working days.
    NOT_WORKING = "not_working"
    #: The period would end on it or on one before it, and it is free. Civil Code, Article 203.
    PASSED_OVER = "passed_over"
    #: The day on which a period ends that would have ended on a free one.
    ROLLED_TO = "rolled_to"


@dataclass(frozen=True)
class DayRule:
    """How a procedure counts days."""

    first_day_counts: bool = False
    rolls_over: bool = True
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True)
class Span:
    """So many of a unit."""

    n: int
    unit: Unit
    #: Where this period is counted otherwise than its procedure counts.
    first_day_counts: bool | None = None


@dataclass(frozen=True)
class Step:
    """One day of the arithmetic."""

    day: date
    #: The number it got, from 1; none if it was not counted.
    ordinal: int | None
    reason: StepReason
    kind: DayKind
    #: The holiday, where the day is one.
    name: str = ""


@dataclass(frozen=True)
class DueDate:
    """The last day of a period, and how it was found."""

    last_day: date
    #: The first instant after the last day: the period runs until then, and excludes it.
    instant: datetime
    #: Whether it reaches into years whose holidays are not published.
    is_provisional: bool
    steps: tuple[Step, ...]

    @property
    def counted(self) -> int:
        """How many days were counted."""
        return max((step.ordinal or 0 for step in self.steps), default=0)


@lru_cache(maxsize=4096)
def due_date(start: date, span: Span, rule: DayRule, calendar: Calendar) -> DueDate:
    """
    Return the last day of a period that begins with an event on a day.

    :raises InvalidValueError: if the period is not at least one of its unit, or out of all measure
    """
    _demand_measure(start, span)
    counts_first = rule.first_day_counts if span.first_day_counts is None else span.first_day_counts
    if span.unit in (Unit.DAY, Unit.WORKING_DAY):
        steps = _counted(start, span, calendar, counts_first=counts_first)
    else:
        steps = _spanned(start, _corresponding(start, span, counts_first=counts_first), calendar, counts_first)
    if rule.rolls_over:
        steps += _rolled(steps[-1].day, calendar)
    return _due(steps, rule, calendar)


@lru_cache(maxsize=4096)
def latest_day_before(event: date, span: Span, rule: DayRule, calendar: Calendar) -> DueDate:
    """
    Return the last day that leaves a period whole before an event: "seven days before the hearing".

    The day of the event is not counted, the day found is. Nothing rolls over: that would shorten what is protected.

    :raises InvalidValueError: if the period is not at least one of its unit, or out of all measure
    """
    _demand_measure(event, span)
    if span.unit in (Unit.DAY, Unit.WORKING_DAY):
        steps = _counted(event, span, calendar, counts_first=False, forward=False)
    else:
        last = _moved(event, span, sign=-1)
        steps = [_step(event, calendar, StepReason.FIRST_DAY)]
        steps += _numbered(event - _ONE_DAY, last, calendar)
    return _due(steps, rule, calendar)


@lru_cache(maxsize=4096)
def same_day(event: date, rule: DayRule, calendar: Calendar) -> DueDate:
    """Return the day of an event, as that by which something is due without any time between."""
    return _due([_step(event, calendar, StepReason.FIRST_DAY)], rule, calendar)


def _demand_measure(day: date, span: Span) -> None:
    if not 1 <= span.n <= MOST:
        raise InvalidValueError("count", span.n)
    if not MOST // 12 < day.year <= LAST_YEAR:
        raise InvalidValueError("date", day)


def _due(steps: list[Step], rule: DayRule, calendar: Calendar) -> DueDate:
    last_day = steps[-1].day
    is_provisional = not all(calendar.is_known(day) for day in (steps[0].day, last_day))
    return DueDate(last_day, end_of_day(last_day, rule.zone), is_provisional, tuple(steps))


def _counted(start: date, span: Span, calendar: Calendar, *, counts_first: bool, forward: bool = True) -> list[Step]:
    counts: Callable[[date], bool] = calendar.is_working if span.unit is Unit.WORKING_DAY else lambda _: True
    steps = [] if counts_first else [_step(start, calendar, StepReason.FIRST_DAY)]
    ordinal = 0
    for offset in count(len(steps)):
        day = start + timedelta(days=offset if forward else -offset)
        if counts(day):
            ordinal += 1
            steps.append(_step(day, calendar, StepReason.COUNTED, ordinal))
        else:
            steps.append(_step(day, calendar, StepReason.NOT_WORKING))
        if ordinal == span.n:
            break
    return steps


def _spanned(start: date, last: date, calendar: Calendar, counts_first: bool) -> list[Step]:  # noqa: FBT001 - one caller, named there
    steps = [] if counts_first else [_step(start, calendar, StepReason.FIRST_DAY)]
    return steps + _numbered(start if counts_first else start + _ONE_DAY, last, calendar)


def _numbered(first: date, last: date, calendar: Calendar) -> list[Step]:
    sign = 1 if first <= last else -1
    days = (first + timedelta(days=sign * offset) for offset in range(abs((last - first).days) + 1))
    return [_step(day, calendar, StepReason.COUNTED, number) for number, day in enumerate(days, 1)]


def _rolled(last: date, calendar: Calendar) -> list[Step]:
    if calendar.is_working(last):
        return []
    steps: list[Step] = []
    for offset in count(1):
        day = last + timedelta(days=offset)
        if calendar.is_working(day):
            return [*steps, _step(day, calendar, StepReason.ROLLED_TO)]
        steps.append(_step(day, calendar, StepReason.PASSED_OVER))
    raise AssertionError  # pragma: no cover - the count above has no end


def _corresponding(start: date, span: Span, *, counts_first: bool) -> date:
    """Return the last day of weeks or months: the day of the same name, or the one before if the first counts."""
    last = _moved(start, span)
    has_no_such_day = span.unit is Unit.MONTH and last.day != start.day
    return last if has_no_such_day or not counts_first else last - _ONE_DAY


def _moved(day: date, span: Span, sign: int = 1) -> date:
    if span.unit is Unit.WEEK:
        return day + timedelta(weeks=sign * span.n)
    year, month = divmod(day.year * 12 + day.month - 1 + sign * span.n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _step(day: date, calendar: Calendar, reason: StepReason, ordinal: int | None = None) -> Step:
    return Step(day, ordinal, reason, calendar.kind(day), calendar.name(day))
