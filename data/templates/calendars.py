"""
Calendars of working days, made from a well-kept list of public holidays, and from a table that overrides it.

A calendar ends where publication does: the list computes years that nobody has decreed, and says nothing of it.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import holidays

from models.exceptions import InvalidValueError, NotFoundError
from models.working_days import Calendar

_FIRST_YEAR = 1990
#: Holidays that a statute names once and for all are known as far as anybody plans.
_BY_STATUTE = 2099


@dataclass(frozen=True)
class Published:
    """How far the holidays of a jurisdiction are published, by whom, and how they are listed."""

    known_until: int
    source: str
    listed: Callable[[range], holidays.HolidayBase] | None


CALENDARS: Mapping[str, Published] = MappingProxyType(
    {
        "cn": Published(
            2026,
            "国务院办公厅关于2026年部分节假日安排的通知 (gov.cn, content_7048922)",
            lambda years: holidays.country_holidays("CN", years=years, language="zh_CN"),
        ),
        "us": Published(
            _BY_STATUTE,
            "5 U.S.C. 6103(a): federal holidays by rule",
            lambda years: holidays.country_holidays("US", years=years),
        ),
        # The institutions publish their own list each year, which is longer. This one is shorter, so that a time
        # counted by it never ends too late for whoever must act; the list can be given as a table.
        "eu": Published(
            _BY_STATUTE,
            "TARGET closing days (European Central Bank), not the institutions' own list: give that as a table",
            lambda years: holidays.financial_holidays("ECB", years=years),
        ),
        # The next two years are always published, and proclamations add to them.
        "uk": Published(
            2027,
            "gov.uk/bank-holidays, England and Wales",
            lambda years: holidays.country_holidays("GB", subdiv="ENG", years=years, language="en_GB"),
        ),
        # The equinoxes of a year are announced in the February before it.
        "jp": Published(
            2027,
            "国民の祝日に関する法律; 暦要項 (National Astronomical Observatory)",
            lambda years: holidays.country_holidays("JP", years=years, language="ja"),
        ),
        "de": Published(
            _BY_STATUTE,
            "the holidays common to all Länder; a Land by its code: de-by",
            lambda years: holidays.country_holidays("DE", years=years, language="de"),
        ),
        "none": Published(9999, "Monday to Friday, and no public holidays", None),
    }
)


@lru_cache(maxsize=100)
def calendar_of(code: str, override: Path | None = None) -> Calendar:
    """
    Return the calendar of a jurisdiction, ``cn``, or of a part of one, ``de-by``, with a table laid over it.

    The table is CSV with the columns ``date``, ``kind`` (``holiday``, ``workday`` or ``ordinary``) and ``name``. A
    year of which it speaks is known from then on.

    :raises NotFoundError: if there is no such calendar
    :raises InvalidValueError: if the table cannot be read: ``(field, problem with its line)``
    """
    country, _, part = code.lower().partition("-")
    published = CALENDARS.get(country)
    if published is None or (part and published.listed is None):
        raise NotFoundError("calendar", code)
    years = range(_FIRST_YEAR, min(published.known_until, _BY_STATUTE) + 1)
    listed = published.listed(years) if published.listed else None
    if part:
        listed = _of_part(country, part, years)
    found = dict(listed.items()) if listed is not None else {}
    makes_up = frozenset(getattr(listed, "weekend_workdays", ()))
    calendar = Calendar(code, MappingProxyType(found), makes_up, published.known_until, source=published.source)
    return calendar if override is None else _overridden(calendar, override)


def _of_part(country: str, part: str, years: range) -> holidays.HolidayBase:
    names = {"uk": "GB"}
    try:
        return holidays.country_holidays(names.get(country, country.upper()), subdiv=part.upper(), years=years)
    except NotImplementedError as error:
        raise NotFoundError("calendar", f"{country}-{part}") from error


def _overridden(calendar: Calendar, path: Path) -> Calendar:
    days, workdays, known_until = dict(calendar.holidays), set(calendar.workdays), calendar.known_until
    # Beyond publication the list guesses: what a table does not say of such a year is an ordinary day.
    for line, row in _rows(path):
        day, kind, name = row
        known_until = max(known_until, day.year)
        days.pop(day, None)
        workdays.discard(day)
        if kind == "holiday":
            days[day] = name or "holiday"
        elif kind == "workday":
            workdays.add(day)
        elif kind != "ordinary":
            raise InvalidValueError("kind", f"line {line}: {kind}")
    source = f"{calendar.source}; {path.name}"
    return Calendar(calendar.code, MappingProxyType(days), frozenset(workdays), known_until, calendar.weekend, source)


def _rows(path: Path) -> list[tuple[int, tuple[date, str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValueError("calendar", f"{path.name} cannot be read") from error
    reader = csv.DictReader(text.splitlines())
    if not {"date", "kind"} <= set(reader.fieldnames or ()):
        raise InvalidValueError("calendar", f"{path.name} needs the columns date, kind and name")
    found = []
    for line, row in enumerate(reader, 2):
        try:
            day = date.fromisoformat((row["date"] or "").strip())
        except ValueError as error:
            raise InvalidValueError("date", f"line {line}: {row['date']}") from error
        found.append((line, (day, (row["kind"] or "").strip().lower(), (row.get("name") or "").strip())))
    return found
