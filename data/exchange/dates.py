"""
Dates as people write them.

``03/04/2024`` is the third of April in Melbourne and the fourth of March in Boston. A column in which some day is
above 12 settles it for the whole column; where none does, it is asked and never guessed.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from data.exchange.cells import CellFault, text_of
from models.milestone import Precision

_TIME = r"(?:[T ]\s*\d{1,2}[:时].*)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?" + _TIME)
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})月?[底末前]?")
_QUARTER = re.compile(r"(\d{4})(?:年)?\s*(?:第?([一二三四1-4])季度|[-/]?\s*[Qq]([1-4]))[底末前]?")
_YEAR = re.compile(r"((?:19|20)\d\d)年?[底末前]?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})" + _TIME)
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME)
_NAMED_MONTH = re.compile(r"([A-Za-z]{3,9})\.?[ -](\d{4})")
_UNSETTLED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})" + _TIME)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FEWEST_MONTHS = 12
#: Years outside are slips of the pen.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class DateOrder(StrEnum):
    """Which comes first, the day or the month."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class Day:
    """A date, and how exactly it was said. Of a month, a quarter or a year it is the last day."""

    day: date
    precision: Precision = Precision.DAY


def day_of(cell: Any, order: DateOrder | None = None) -> Day:
    """
    Return the day that a cell names. The time of day and its zone are left out: the day is the one that was written.

    :param order: how dates are to be read of which one cannot tell
    :raises CellFault: ``not_a_date``, or ``ambiguous_date`` where an order is needed and there is none
    """
    if isinstance(cell, datetime):
        return Day(cell.date())
    if isinstance(cell, date):
        return Day(cell)
    text = text_of(cell)
    try:
        found = _unsettled(text, order) or next((day for read in _READERS if (day := read(text))), None)
    except ValueError as error:
        raise CellFault("not_a_date") from error
    if found is None or not _FIRST_YEAR <= found.day.year <= _LAST_YEAR:
        raise CellFault("not_a_date")
    return found


def order_shown(cell: Any) -> DateOrder | None:
    """Return which order a cell proves: the one in which it is a date, where it is none in the other."""
    match = _UNSETTLED.fullmatch(cell) if isinstance(cell, str) else None
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if first > _FEWEST_MONTHS >= second:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > _FEWEST_MONTHS >= first else None


def is_ambiguous(cell: Any) -> bool:
    """Whether a cell is one date in one order and another in the other."""
    match = _UNSETTLED.fullmatch(cell) if isinstance(cell, str) else None
    return bool(match) and match[1] != match[2] and max(int(match[1]), int(match[2])) <= _FEWEST_MONTHS  # type: ignore[index]  # it matched.


def looks_like_date(cell: Any) -> bool:
    """Whether a cell is a date beyond doubt: not just eight digits, and not just a year."""
    if isinstance(cell, date):
        return True
    text = text_of(cell)
    return not text.isdigit() and any(pattern.fullmatch(text) for pattern in _PATTERNS)


def _unsettled(text: str, order: DateOrder | None) -> Day | None:
    match = _UNSETTLED.fullmatch(text)
    if not match:
        return None
    first, second, year = map(int, match.groups())
    if min(first, second) > _FEWEST_MONTHS:
        raise CellFault("not_a_date")
    order = order_shown(text) or (DateOrder.DAY_FIRST if first == second else order)
    if order is None:
        raise CellFault("ambiguous_date")
    return Day(date(year, second, first) if order is DateOrder.DAY_FIRST else date(year, first, second))


def _full(text: str) -> Day | None:
    match = _YEAR_FIRST.fullmatch(text) or _CHINESE.fullmatch(text) or _COMPACT.fullmatch(text)
    return Day(date(*map(int, match.groups()))) if match else None


def _named(text: str) -> Day | None:
    if match := _NAMED.fullmatch(text):
        return Day(date(int(match[3]), _month(match[2]), int(match[1])))
    if match := _NAMED_FIRST.fullmatch(text):
        return Day(date(int(match[3]), _month(match[1]), int(match[2])))
    match = _NAMED_MONTH.fullmatch(text)
    return _end_of_month(int(match[2]), _month(match[1]), Precision.MONTH) if match else None


def _vague(text: str) -> Day | None:
    if match := _QUARTER.fullmatch(text):
        told = match[2] or match[3]
        quarter = "一二三四".index(told) + 1 if told in "一二三四" else int(told)
        return _end_of_month(int(match[1]), quarter * 3, Precision.QUARTER)
    if match := _MONTH.fullmatch(text):
        return _end_of_month(int(match[1]), int(match[2]), Precision.MONTH)
    match = _YEAR.fullmatch(text)
    return Day(date(int(match[1]), 12, 31), Precision.YEAR) if match else None


def _end_of_month(year: int, month: int, precision: Precision) -> Day:
    if not 1 <= month <= _FEWEST_MONTHS:
        raise ValueError(month)
    return Day(date(year, month, monthrange(year, month)[1]), precision)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


_READERS: tuple[Callable[[str], Day | None], ...] = (_full, _named, _vague)
_PATTERNS = (_YEAR_FIRST, _CHINESE, _NAMED, _NAMED_FIRST, _UNSETTLED, _MONTH, _QUARTER)
