"""Days, instants, numbers and money, as people read them in each language."""

from datetime import UTC, date, datetime, timedelta

from models.clock import JURISDICTION, zone
from models.milestone_codes import Precision
from models.promised_day import PromisedDay
from pages.words import has_word, word

_MIDNIGHT = (0, 0)
#: ISO 4217: currencies whose smallest unit is the unit itself.
_WITHOUT_MINOR = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})
#: From here on people count in hours.
_FEW_DAYS = timedelta(days=2)
_HOUR = 60
_WAN, _YI = 10_000, 100_000_000
_MILLION, _BILLION = 1_000_000, 1_000_000_000


def format_day(day: date) -> str:
    """Return a civil day as ISO 8601 has it."""
    return date.isoformat(day)


def format_promised(promised: PromisedDay, language: str) -> str:
    """Return a day no more exactly than it was said, with its range where one was said."""
    day = _as_exactly(promised.said, promised.precision, language)
    if promised.low is None and promised.high is None:
        return day
    low, high = promised.low or promised.said, promised.high or promised.said
    return word("formats.ranged", language, day=day, low=format_day(low), high=format_day(high))


def _as_exactly(day: date, precision: Precision, language: str) -> str:
    match precision:
        case Precision.YEAR:
            return word("formats.year", language, year=day.year)
        case Precision.QUARTER:
            return word("formats.quarter", language, year=day.year, quarter=(day.month + 2) // 3)
        case Precision.MONTH:
            return format_day(day).rpartition("-")[0]
        case _:
            return format_day(day)


def format_long_day(day: date, language: str) -> str:
    """Return a civil day in words, with the day of the week: where people plan by it."""
    weekday = word(f"formats.weekday.{day.isoweekday()}", language)
    month = word(f"formats.month.{day.month}", language)
    return word("formats.long_day", language, weekday=weekday, day=day.day, month=month, year=day.year)


def format_instant(instant: datetime, zone_name: str | None, language: str) -> str:
    """Return an instant on the clock of a zone, and the zone by its name and distance from UTC."""
    local = instant.astimezone(zone(zone_name or JURISDICTION))
    minute = local.replace(tzinfo=None).isoformat(" ", "minutes")
    return f"{minute} ({format_zone(local, zone_name or JURISDICTION, language)})"


def format_closing(closes_at: datetime, zone_name: str | None, language: str) -> str:
    """
    Return until when something may be done that must be done before ``closes_at``.

    The first instant of a day is excluded, so people are told the last minute of the day before.
    """
    name = zone_name or JURISDICTION
    local = closes_at.astimezone(zone(name))
    last = local - timedelta(minutes=1) if (local.hour, local.minute) == _MIDNIGHT else local
    return f"{format_long_day(last.date(), language)} {last:%H:%M} ({format_zone(local, name, language)})"


def format_zone(local: datetime, zone_name: str, language: str) -> str:
    """Return the name of a zone, and how far its clock is from UTC at that instant."""
    key = f"formats.zone.{zone_name}"
    name = word(key, language) if has_word(key, language) else zone_name.rpartition("/")[2].replace("_", " ")
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    distance = f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return f"{name}, {distance}" if language == "en" else f"{name}，{distance}"


def format_number(number: float, places: int = 0) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,.{places}f}"


def format_days(days: int, language: str) -> str:
    """Return how many days, without a sign."""
    return word("formats.days", language, count=abs(days), days=format_number(abs(days)))


def format_left(closes_at: datetime, now: datetime, language: str) -> str:
    """Return how long there is still time: in days, and in hours or minutes when there are few."""
    left = closes_at - now
    if left >= _FEW_DAYS:
        return format_days(left.days, language)
    minutes = max(0, left // timedelta(minutes=1))
    if minutes >= _HOUR:
        return word("formats.hours", language, count=minutes // _HOUR)
    return word("formats.minutes", language, count=minutes)


def format_percent(basis_points: int) -> str:
    """Return a share given in basis points."""
    return f"{basis_points / 100:g}%"


def format_money(amount: int, currency: str, language: str) -> str:
    """
    Return an amount given in the smallest unit of its currency (ISO 4217), rounded to what people say.

    The exact amount stands in the open data.
    """
    whole = amount if currency in _WITHOUT_MINOR else amount / 100
    if language == "zh":
        figure = _rounded(whole, ((_YI, " 亿"), (_WAN, " 万")))
        return f"{figure}{word('formats.yuan', language) if currency == 'CNY' else ' ' + currency}"
    return f"{currency} {_rounded(whole, ((_BILLION, ' billion'), (_MILLION, ' million')))}"


def format_size(size: int) -> str:
    """Return the size of a file, given in bytes."""
    return f"{max(1, round(size / 1024)):,} KB" if size < _MILLION else f"{size / 1024 / 1024:,.1f} MB"


def utc_text(instant: datetime) -> str:
    """Return an instant as RFC 3339 has it, in UTC: for machines."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rounded(whole: float, units: tuple[tuple[int, str], ...]) -> str:
    for unit, name in units:
        if abs(whole) >= unit:
            return f"{whole / unit:,.2f}".rstrip("0").rstrip(".") + name
    return f"{whole:,.2f}".rstrip("0").rstrip(".")
