"""
The creep rate: by how much the expected date moves while time passes.

It is the slope of the line of least squares through the date as it stood a year ago, and each month since:
0.8 says that with each month gone by, the end went 0.8 months further away. At 1 or more it comes no nearer: it does
not converge. What is overdue is taken as expected on the day itself, so that silence creeps at the rate of time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import linear_regression

from models.promise_history import PromiseHistory

#: Months of 365.25 / 12 days.
MONTHS, _MONTH = 12, 30.4375
#: With fewer points, which is to say less than three months after the first promise, there is no trend yet.
FEWEST_POINTS = 4


@dataclass(frozen=True)
class Creep:
    """How fast the expected date recedes."""

    #: Days per day.
    rate: float
    #: The points that the line was laid through: the day, and the day then expected.
    points: tuple[tuple[date, date], ...]


def creep(history: PromiseHistory, today: date) -> Creep | None:
    """Return the creep rate of the last twelve months; none if it has ended, or is younger than three months."""
    if history.is_ended:
        return None
    days = [today - timedelta(days=round(_MONTH * back)) for back in range(MONTHS, -1, -1)]
    known = ((day, history.latest_on(day)) for day in days)
    points = tuple((day, max(day, then.day)) for day, then in known if then is not None)
    if len(points) < FEWEST_POINTS:
        return None
    line = linear_regression([day.toordinal() for day, _ in points], [then.toordinal() for _, then in points])
    return Creep(line.slope, points)
