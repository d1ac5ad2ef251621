"""Which projects a machine asks for: the filters of the portfolio, understood strictly."""

import math
import re
from collections.abc import Mapping
from datetime import date

from data.feeds.asked import code_in, demand_known, department_in, number_in
from data.queries.portfolio import Near, PortfolioFilter, Sort
from data.queries.project_states import ProjectState
from models.exceptions import InvalidValueError
from models.geometry import sound_geometry
from models.light_reasons import Light
from models.project import Phase, Sector

#: What a filter of projects can say.
FILTERS = (
    "state",
    "department",
    "sector",
    "phase",
    "region",
    "light",
    "late_by",
    "due_within",
    "words",
    "near",
    "as_of",
)
#: The corners of an area need more room than any other value.
_AREA, _LONGEST_AREA = "area", 4000
_CORNERS = re.compile(r"-?[\d.]+,-?[\d.]+(;-?[\d.]+,-?[\d.]+){2,}")
_HALF_EARTH, _QUARTER_EARTH, _FARTHEST_KM = 180, 90, 20_100
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_DAYS = 100_000


def demand_portfolio(query: Mapping[str, str], *more: str) -> None:
    """
    Refuse what is not understood.

    :raises InvalidValueError: if the address has another parameter, or a value that cannot be one
    """
    demand_known({name: value for name, value in query.items() if name != _AREA}, *FILTERS, *more)


def portfolio_filter(query: Mapping[str, str], today: date) -> PortfolioFilter:
    """
    Return which projects are asked for.

    :raises InvalidValueError: if a value cannot be one
    """
    return PortfolioFilter(
        state=code_in(ProjectState, query, "state"),
        department_id=department_in(query),
        sector=code_in(Sector, query, "sector"),
        phase=code_in(Phase, query, "phase"),
        region=query.get("region", ""),
        light=code_in(Light, query, "light"),
        late_by=_days_in(query, "late_by"),
        due_within=_days_in(query, "due_within"),
        words=query.get("words", ""),
        near=_near_in(query),
        area=_area_in(query),
        as_of=day_in(query, today),
    )


def sort_in(query: Mapping[str, str]) -> tuple[Sort, bool]:
    """Return by what the list is ordered, and whether the other way round: ``sort=late`` or ``sort=-late``."""
    told = query.get("sort", "")
    sort = code_in(Sort, {"sort": told.removeprefix("-")}, "sort")
    return sort or Sort.CHANGED, told.startswith("-")


def day_in(query: Mapping[str, str], today: date, name: str = "as_of") -> date | None:
    """
    Return the past day of which the record is to be shown; nothing for the present.

    :raises InvalidValueError: if it is none, or is still to come
    """
    told = query.get(name, "")
    if not told:
        return None
    try:
        day = date.fromisoformat(told) if _DAYS.fullmatch(told) else None
    except ValueError:
        day = None
    # Of the first years no zone can tell when they began.
    if day is None or day > today or day.year <= 1:
        raise InvalidValueError(name, told)
    return None if day == today else day


def _days_in(query: Mapping[str, str], name: str) -> int | None:
    days = number_in(query, name)
    if days is not None and days > _MOST_DAYS:
        raise InvalidValueError(name, query[name])
    return days


def _near_in(query: Mapping[str, str]) -> Near | None:
    """Return around which point: ``near=longitude,latitude,kilometres``."""
    told = query.get("near", "")
    if not told:
        return None
    try:
        longitude, latitude, km = map(float, told.split(","))
    except ValueError as error:
        raise InvalidValueError("near", told) from error
    limits = ((longitude, _HALF_EARTH), (latitude, _QUARTER_EARTH), (km, _FARTHEST_KM))
    if not all(math.isfinite(value) and abs(value) <= limit for value, limit in limits) or km < 0:
        raise InvalidValueError("near", told)
    return Near(longitude, latitude, km)


def _area_in(query: Mapping[str, str]) -> Mapping[str, object] | None:
    """Return within which area: ``area=longitude,latitude;longitude,latitude;...``, three corners or more."""
    told = query.get(_AREA, "")
    if not told:
        return None
    if len(told) > _LONGEST_AREA or not _CORNERS.fullmatch(told):
        raise InvalidValueError(_AREA, told[:200])
    try:
        ring = [[float(number) for number in corner.split(",")] for corner in told.split(";")]
        return sound_geometry({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    except (ValueError, InvalidValueError) as error:
        raise InvalidValueError(_AREA, told[:200]) from error
