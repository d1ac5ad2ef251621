"""Where on the timeline a date stands that was said to the day, the month, the quarter or the year."""

from datetime import date, timedelta

from models.milestone import Precision

_YEARS, _MONTHS = timedelta(days=4 * 365), timedelta(days=75)


def ends_of(day: date, precision: Precision) -> tuple[date, date]:
    """Return the first and the last day of what was said."""
    if precision is Precision.DAY:
        return day, day
    months = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}[precision]
    month = (day.month - 1) // months * months + 1
    first = date(day.year, month, 1)
    after = first.month - 1 + months
    return first, date(first.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def middle_of(day: date, precision: Precision) -> str:
    """Return the day in the middle of what was said."""
    first, last = ends_of(day, precision)
    return str(first + (last - first) / 2)


def half_reach(day: date, precision: Precision) -> float:
    """Return how far a date reaches to either side of its middle, in milliseconds."""
    first, last = ends_of(day, precision)
    return (last - first).total_seconds() * 1000 / 2


def tick_format(length: timedelta) -> str:
    """Return how exactly an axis of that length says its dates, in Plotly's terms."""
    if length > _YEARS:
        return "%Y"
    return "%Y-%m" if length > _MONTHS else "%m-%d"
