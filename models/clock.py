"""The only reader of the clock; civil dates and the instants at which they end."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.exceptions import InvalidValueError

#: The zone on whose calendar legal periods are counted, unless a comment period says otherwise.
JURISDICTION = "Asia/Shanghai"


def utc_now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)


@cache
def zone(name: str) -> ZoneInfo:
    """
    Return the time zone of that IANA name.

    :raises InvalidValueError: if there is no such zone
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidValueError("zone", name) from error


def local_date(instant: datetime, zone_name: str = JURISDICTION) -> date:
    """Return the date on the calendar of that zone."""
    return instant.astimezone(zone(zone_name)).date()


def start_of_day(day: date, zone_name: str = JURISDICTION) -> datetime:
    """
    Return the first instant of a civil day, in UTC.

    Where midnight does not exist (Santiago in September), or the whole day does not (Apia, 30 December 2011),
    the instant of the jump is the first there is. Where midnight comes twice, the first one counts.
    """
    return datetime.combine(day, time(), zone(zone_name)).astimezone(UTC)


def end_of_day(day: date, zone_name: str = JURISDICTION) -> datetime:
    """
    Return the first instant after a civil day, in UTC.

    "Until 1 December" is the half-open interval that ends, exclusive, at the first instant of 2 December.
    """
    return start_of_day(day + timedelta(days=1), zone_name)


def days_between(earlier: datetime, later: datetime, zone_name: str = JURISDICTION) -> int:
    """Return how many civil days lie between two instants, in that zone."""
    return (local_date(later, zone_name) - local_date(earlier, zone_name)).days
