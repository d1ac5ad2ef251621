"""
Calendars of working days, as values: who makes one reads it from somewhere, and passes it in.

A calendar says up to which year its public holidays are published. Beyond that it knows weekends only, and what is
counted there is provisional: a guess at a holiday would move a legal date without anybody having decreed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SATURDAY, SUNDAY = 5, 6


class DayKind(StrEnum):
    """What a day is on a calendar."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    #: A day of a weekend on which people work, for a holiday lengthened elsewhere (调休).
    MAKE_UP = "make_up"


# Compared by identity: one is made per jurisdiction and kept, and counting with it is remembered.
@dataclass(frozen=True, eq=False)
class Calendar:
    """The days on which a jurisdiction works."""

    code: str
    #: Each public holiday with its name.
    holidays: Mapping[date, str] = field(default_factory=dict)
    #: Days of a weekend on which people work.
    workdays: frozenset[date] = frozenset()
    #: The last year whose holidays are published.
    known_until: int = 9999
    weekend: frozenset[int] = frozenset((SATURDAY, SUNDAY))
    #: Who published them, and where.
    source: str = ""

    def kind(self, day: date) -> DayKind:
        """Return what a day is. A holiday is one even where people were to make up for another on it."""
        if self.is_known(day):
            if day in self.holidays:
                return DayKind.HOLIDAY
            if day in self.workdays:
                return DayKind.MAKE_UP
        return DayKind.WEEKEND if day.weekday() in self.weekend else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        return self.kind(day) in (DayKind.WORKING, DayKind.MAKE_UP)

    def is_known(self, day: date) -> bool:
        """Whether the holidays of its year are published."""
        return day.year <= self.known_until

    def name(self, day: date) -> str:
        """Return the name of the holiday on that day; nothing on any other."""
        return self.holidays.get(day, "") if self.is_known(day) else ""
