"""
Earned schedule: when the plan had as much done as is done today (Lipke: Schedule is Different, 2003).

The index of earned value returns to 1 at the end of every project, however late; this one does not. It needs a planned
curve of the project's own, and no other project.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

#: The longest that is still a forecast: a project at a twentieth of its pace has none.
_SLOWEST = 0.05


@dataclass(frozen=True)
class EarnedSchedule:
    """How far along its plan a project is, in days."""

    #: The days after its beginning by which the plan had today's progress.
    earned: float
    #: The days that have passed.
    passed: int
    #: The days that the plan has in all.
    planned: int

    @property
    def index(self) -> float:
        """SPI(t): days of the plan earned a day. Below 1, it is slower than planned."""
        return self.earned / self.passed

    @property
    def finish_days(self) -> float | None:
        """The days that it takes at this pace; none if it hardly moves."""
        return self.planned / self.index if self.index >= _SLOWEST else None

    def finish(self, start: date) -> date | None:
        """Return the day on which it ends at this pace."""
        return None if self.finish_days is None else start + timedelta(days=round(self.finish_days))


def earned_schedule(curve: Sequence[tuple[date, int]], done: int, on: date) -> EarnedSchedule | None:
    """
    Return how far along its plan a project is.

    None if there is no plan to speak of, it has not begun, or what is done is beyond the plan.

    :param curve: the planned progress, in basis points, by days; from nothing at the beginning to the whole at the end
    :param done: the progress of the day, in basis points
    """
    points = sorted(curve)
    if len(points) < 2 or on <= points[0][0] or not points[0][1] <= done <= points[-1][1]:  # noqa: PLR2004 - two points make a line
        return None
    start, end = points[0][0], points[-1][0]
    return EarnedSchedule(_days_by(points, done), (on - start).days, (end - start).days)


def _days_by(points: Sequence[tuple[date, int]], done: int) -> float:
    """Return the days after the first point at which the plan first reaches a progress."""
    start = points[0][0]
    for (before, less), (after, more) in pairwise(points):
        if less <= done <= more and more > less:
            share = (done - less) / (more - less)
            return (before - start).days + share * (after - before).days
    return 0.0
