"""
How a milestone stands on a day: computed from what was said of it, and from silence.

Silence counts. A date that passes makes a milestone overdue the day after, and unreported when five working days have
gone by without a word, after the federal permitting dashboard of the United States (FAST-41, 42 U.S.C. 4370m-2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.milestone_codes import RevisionKind
from models.milestone_revision import MOST_PAUSED
from models.promise_history import PromiseHistory

#: Working days for which a missed date may go without a statement.
SILENCE = 5
_ONE_DAY = timedelta(days=1)

#: Whether people work on a day: :meth:`models.working_days.Calendar.is_working`.
IsWorking = Callable[[date], bool]


class PromiseState(StrEnum):
    """How a milestone stands."""

    SCHEDULED = "scheduled"
    ACHIEVED = "achieved"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    #: Its date has passed, and it is not reached.
    OVERDUE = "overdue"
    #: Overdue, and nobody has said anything for :data:`SILENCE` working days.
    UNREPORTED = "unreported"


_BY_KIND = {
    RevisionKind.ACHIEVED: PromiseState.ACHIEVED,
    RevisionKind.CANCELLED: PromiseState.CANCELLED,
    RevisionKind.PAUSED: PromiseState.PAUSED,
}


@dataclass(frozen=True)
class PauseClock:
    """How long a milestone has been paused, and when it is to be spoken of again."""

    since: date
    update_due: date
    is_overdue: bool


def promise_state(history: PromiseHistory, today: date, is_working: IsWorking) -> PromiseState:
    """Return how a milestone stands today."""
    by_kind = _BY_KIND.get(history.latest.kind)
    if by_kind is not None:
        return by_kind
    if today <= history.latest.day:
        return PromiseState.SCHEDULED
    return PromiseState.UNREPORTED if today > statement_due(history, is_working) else PromiseState.OVERDUE


def statement_due(history: PromiseHistory, is_working: IsWorking) -> date:
    """Return the last day for a word about the date: five working days after it, or after what was said since."""
    return working_day_after(max(history.latest.day, history.last_spoken_of), SILENCE, is_working)


def pause_clock(history: PromiseHistory, today: date) -> PauseClock | None:
    """
    Return the clock of a pause; none if it is not paused.

    It is to be spoken of again when it was to go on, and within ninety days of the last word at the latest.
    """
    latest = history.latest
    if latest.kind is not RevisionKind.PAUSED:
        return None
    since = latest.said_on
    for one in reversed(history.said):
        if one.kind is not RevisionKind.PAUSED:
            break
        since = one.said_on
    due = history.last_spoken_of + MOST_PAUSED
    if latest.resume_on is not None:
        due = min(due, latest.resume_on)
    return PauseClock(since, due, today > due)


def working_day_after(day: date, number: int, is_working: IsWorking) -> date:
    """Return the working day of that number after a day, which is not counted itself."""
    while number > 0:
        day += _ONE_DAY
        number -= is_working(day)
    return day
