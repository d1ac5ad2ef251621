"""How a milestone stands on a day: what rules compute of everything that was said of it."""

from dataclasses import dataclass
from datetime import date

from data.queries.promised import MilestonePromise
from data.templates.calendars import calendar_of
from models.promise_state import IsWorking, PromiseState, promise_state
from models.promised_day import PromisedDay, Slip

#: Whose working days count by which silence is measured.
_CALENDAR = "cn"


@dataclass(frozen=True, kw_only=True)
class MilestoneStanding:
    """How a milestone stands: what was first promised, what is said now, what came, and how it moved."""

    id: int
    title: str
    state: PromiseState
    first: date
    #: What was promised last; what is expected now, if it is not reached.
    latest: date
    actual: date | None
    #: What was said first, and what is said now, as exactly as it was said.
    first_said: PromisedDay
    #: Whether it was reached, and nothing had been said of it before its day: then nothing was promised.
    is_told_afterwards: bool
    now_said: PromisedDay
    #: The baseline that was approved later, and how late it is against that; none where the first one stands.
    rebaselined: PromisedDay | None
    slip_baseline: Slip | None
    #: None if it was given up.
    slip_first: Slip | None
    slip_latest: Slip | None
    moves: int
    #: Days of notice before a date that was put off, in the median; none if none was.
    notice: float | None
    #: How often a new date was said shortly before the old one, and how often only after it.
    moved_shortly: int
    moved_after: int


def working_days() -> IsWorking:
    """Return what tells the days on which people work."""
    return calendar_of(_CALENDAR).is_working


def milestone_standing(told: MilestonePromise, today: date, is_working: IsWorking | None = None) -> MilestoneStanding:
    """Return how a milestone stands today."""
    history, moves = told.history, told.history.moves
    put_off = [move for move in moves if move.days > 0]
    rebaselined = history.baseline if history.baseline is not history.first else None
    return MilestoneStanding(
        id=told.id,
        title=told.title,
        state=promise_state(history, today, is_working or working_days()),
        first=history.first.day,
        latest=history.promise.day,
        actual=history.actual,
        first_said=history.first.promised,
        is_told_afterwards=history.is_told_afterwards,
        now_said=history.latest.promised,
        rebaselined=rebaselined.promised if rebaselined else None,
        slip_baseline=history.slip_against_baseline(today) if rebaselined else None,
        slip_first=history.slip_against_first(today),
        slip_latest=history.slip_against_latest(today),
        moves=len(moves),
        notice=history.median_notice if put_off else None,
        moved_shortly=sum(1 for move in put_off if move.is_short_notice),
        moved_after=sum(1 for move in put_off if move.is_after_the_date),
    )
