"""
Days as they are promised: exactly, or only as a month, a quarter, a year, or a range.

"In March" is kept until the last of March, so for comparisons a promise means its last day. What that hides is said
beside it: a slip against an imprecise promise is a range.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from models.milestone_codes import Precision

_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}


@dataclass(frozen=True)
class PromisedDay:
    """A day, as exactly as it was said."""

    said: date
    precision: Precision = Precision.DAY
    #: The range, where one was said beside the day.
    low: date | None = None
    high: date | None = None

    @property
    def day(self) -> date:
        """The day it means in comparisons: the last one on which the promise is still kept."""
        return last_day(self.said, self.precision)

    @property
    def earliest(self) -> date:
        """The first day that it may mean."""
        return min(self.low or self.day, first_day(self.said, self.precision))

    @property
    def latest(self) -> date:
        """The last day that it may mean."""
        return max(self.high or self.day, self.day)

    @property
    def is_exact(self) -> bool:
        """Whether it means one day only."""
        return self.earliest == self.latest


@dataclass(frozen=True)
class Slip:
    """By how many days something is later than promised; negative where it is earlier."""

    #: Between the days that both mean in comparisons.
    days: int
    #: The smallest and the largest that it may be, where one of them is not exact.
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.least == self.most


def first_day(day: date, precision: Precision) -> date:
    """Return the first day of the day, month, quarter or year."""
    if precision is Precision.DAY:
        return day
    months = _MONTHS[precision]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def last_day(day: date, precision: Precision) -> date:
    """Return the last day of the day, month, quarter or year."""
    if precision is Precision.DAY:
        return day
    month = first_day(day, precision).month + _MONTHS[precision] - 1
    return date(day.year, month, monthrange(day.year, month)[1])


def slip(promised: PromisedDay, came: PromisedDay) -> Slip:
    """Return how much later something came, or is to come, than was promised."""
    return Slip(
        days=(came.day - promised.day).days,
        least=(came.earliest - promised.latest).days,
        most=(came.latest - promised.earliest).days,
    )


def not_before(promised: PromisedDay, today: date) -> PromisedDay:
    """Return the day that can still be expected: what has not come by today comes today at the earliest."""
    return promised if promised.day >= today else PromisedDay(today)
