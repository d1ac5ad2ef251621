"""
On which day something was said: as a rule, the day on which it was recorded.

Only what the keeper of the record brought in without an account, from a file published elsewhere, was said on the day
of which that file tells (``data_date``). Who signs in cannot say today that it was said earlier.
"""

from datetime import date, datetime
from typing import Protocol

from models.clock import local_date


class Told(Protocol):
    """A statement that may come from elsewhere."""

    @property
    def data_date(self) -> date | None: ...
    @property
    def recorded_by(self) -> int | None: ...
    @property
    def recorded_at(self) -> datetime: ...


def said_on(told: Told) -> date:
    """Return the day on which a statement became public, as histories of promises have it."""
    return day_said(told.data_date, told.recorded_by, local_date(told.recorded_at))


def day_said(data_date: date | None, recorded_by: int | None, recorded_on: date) -> date:
    """Return the same, from what tells it and the day on which it was recorded."""
    return data_date if data_date and recorded_by is None else recorded_on
