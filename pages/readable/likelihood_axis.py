"""Where days lie on the strip of what is said of a date."""

from datetime import date, timedelta

from models.outlook import Outlook

_EDGE = timedelta(days=20)


class Axis:
    """The time from the first to the last day that is said, with a little at both ends."""

    def __init__(self, outlook: Outlook, today: date) -> None:
        """Reach from the first day that is said to the last, and today."""
        days = [*outlook.days, today]
        edge = max(_EDGE, (max(days) - min(days)) * 0.06)
        self._first, self._last = min(days) - edge, max(days) + edge

    def at(self, day: date) -> float:
        """Return the place of a day, in per cent."""
        return round((day - self._first) / (self._last - self._first) * 100, 1)

    @property
    def ticks(self) -> list[tuple[str, float]]:
        """Days at thirds: few enough for a phone."""
        length = self._last - self._first
        days = [self._first + length * share for share in (1 / 6, 1 / 2, 5 / 6)]
        firsts = [date(day.year, day.month, 1) for day in days]
        return [(f"{day:%Y-%m}", self.at(day)) for day in dict.fromkeys(firsts) if 0 <= self.at(day) <= 100]  # noqa: PLR2004 - per cent.
