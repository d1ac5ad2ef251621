"""Projects in time: for each, what was first promised and what is said now, on one axis with today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from data.queries.standing import Standing
from models.promise_state import PromiseState

#: Beyond so many days from today nobody reads a row; what lies there is marked at the edge.
_FARTHEST = timedelta(days=365 * 15)
_EDGE = 0.04
_FEWEST = timedelta(days=120)
_MOST_TICKS = 7
_MONTHS = (1, 3, 6, 12, 24, 60)
_SIGNS = {PromiseState.ACHIEVED: "◆", PromiseState.PAUSED: "‖", PromiseState.CANCELLED: "✕"}


@dataclass(frozen=True, kw_only=True)
class Dumbbell:
    """One project: where its two dates lie on the axis, in per cent of its length."""

    first: float
    now: float
    #: The sign of the second date: reached, expected, paused, given up.
    sign: str
    is_late: bool

    @property
    def left(self) -> float:
        """Where the line between them begins."""
        return min(self.first, self.now)

    @property
    def width(self) -> float:
        """How long it is."""
        return round(abs(self.now - self.first), 2)


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The time that a page of projects spans."""

    start: date
    end: date
    today: date

    def place(self, day: date) -> float:
        """Return where a day lies, in per cent; at the edge, where it lies beyond."""
        share = (day - self.start) / (self.end - self.start)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    @cached_property
    def ticks(self) -> list[tuple[str, float]]:
        """Months at the axis, by their names in ISO 8601, and where they begin."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        step = next((one for one in _MONTHS if months / one <= _MOST_TICKS), _MONTHS[-1])
        first = self.start.year * 12 + self.start.month
        firsts = [
            date(month // 12, month % 12 + 1, 1) for month in range(-(-first // step) * step, first + months + 1, step)
        ]
        is_yearly = step % 12 == 0
        return [(f"{day:%Y}" if is_yearly else f"{day:%Y-%m}", self.place(day)) for day in firsts if self._holds(day)]

    def _holds(self, day: date) -> bool:
        return self.start <= day <= self.end


def axis_of(rows: Iterable[Standing], today: date) -> Axis:
    """Return the axis on which all of these projects lie."""
    days = [today]
    for one in rows:
        if one.completion:
            days += [one.completion.first, said_day(one)]
    near = [min(max(day, today - _FARTHEST), today + _FARTHEST) for day in days]
    first, last = min(near), max(near)
    edge = max((last - first) * _EDGE, (_FEWEST - (last - first)) / 2, timedelta(days=5))
    return Axis(start=first - edge, end=last + edge, today=today)


def said_day(one: Standing) -> date:
    """Return on which day a project was completed, or is said to be; of one without dates there is none to ask for."""
    end = one.completion
    if end is None:
        raise ValueError(one.project_id)
    return end.actual or end.latest


def dumbbells(rows: Sequence[Standing], axis: Axis) -> dict[str, Dumbbell]:
    """Return where the dates of projects lie, by project; nothing of those without any."""
    return {
        one.project_id: Dumbbell(
            first=axis.place(one.completion.first),
            now=axis.place(said_day(one)),
            sign=_SIGNS.get(one.completion.state, "◈"),
            is_late=(one.days_late or 0) > 0,
        )
        for one in rows
        if one.completion
    }
