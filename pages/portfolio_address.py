"""What the address of the portfolio asks for: the filters of the open data, read leniently, and how it is shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from data.feeds.asked import project_in
from data.feeds.portfolio_asked import FILTERS, demand_portfolio, portfolio_filter, sort_in
from data.queries.portfolio import PortfolioFilter, Sort
from models.exceptions import InvalidValueError

#: The one address of all projects.
PORTFOLIO = "/projects"
_NAMES = (*FILTERS, "area")
#: A point as people type or paste it, and how far around it is looked, in kilometres.
_NUMBERS = re.compile(r"-?\d{1,3}(?:\.\d+)?")
_PLACES = 6
_QUARTER_EARTH = 90
USUAL_KM = "5"


class View(StrEnum):
    """How the same projects are shown."""

    LIST = "list"
    MAP = "map"
    TABLE = "table"
    TIMELINE = "timeline"


@dataclass(frozen=True, kw_only=True)
class PortfolioAsked:
    """What is asked for."""

    #: The filters that were understood, as they stand in addresses: of pages, of the map, and of the open data.
    filters: Mapping[str, str]
    wanted: PortfolioFilter
    sort: Sort
    is_reversed: bool
    after: str | None
    view: View
    #: Parameters whose values cannot be, and which are therefore not obeyed.
    refused: tuple[str, ...]

    @property
    def sorted_by(self) -> str:
        """The order, as it stands in addresses; nothing for the usual one."""
        told = f"-{self.sort}" if self.is_reversed else str(self.sort)
        return "" if told == Sort.CHANGED else told

    @cached_property
    def query(self) -> dict[str, str]:
        """Everything that is asked for, as it stands in the address of the page; another page begins at its first."""
        shown = {"view": "" if self.view is View.LIST else str(self.view), "sort": self.sorted_by}
        return {**self.filters, **{name: value for name, value in shown.items() if value}}


def portfolio_asked(query: Mapping[str, str], today: date, *, view: View = View.LIST) -> PortfolioAsked:
    """
    Return what an address asks for; what cannot be understood is named, and not asked for.

    :param view: what is shown if the address does not say
    """
    given = _with_point(query)
    refused = tuple(_refused(given, today))
    filters = {name: given[name] for name in _NAMES if given.get(name) and name not in refused}
    wanted = portfolio_filter(filters, today)
    if wanted.as_of is None:
        filters.pop("as_of", None)
    is_sorted = "sort" not in refused
    sort, is_reversed = sort_in(given) if is_sorted else (Sort.CHANGED, False)
    shown = given.get("view", "")
    return PortfolioAsked(
        filters=filters,
        wanted=wanted,
        sort=sort,
        is_reversed=is_reversed,
        after=given.get("after") or None if "after" not in refused else None,
        view=View(shown) if shown in set(View) else view,
        refused=refused,
    )


def _refused(given: Mapping[str, str], today: date) -> Iterator[str]:
    for name in (*_NAMES, "sort", "after"):
        # What is empty is not asked for.
        if not given.get(name):
            continue
        one = {name: given[name]}
        try:
            demand_portfolio(one, "sort", "after")
            portfolio_filter(one, today)
            sort_in(one)
            project_in(one, "after")
        except InvalidValueError:
            yield name


def _with_point(query: Mapping[str, str]) -> dict[str, str]:
    """Return the address with what was typed of a point: longitude, latitude; the other way round where it must be."""
    given = dict(query)
    if "point" not in given:
        return given
    typed, km = given.pop("point").strip(), given.pop("km", "") or USUAL_KM
    numbers = [float(number) for number in _NUMBERS.findall(typed)]
    if len(numbers) == 2 and abs(numbers[1]) > _QUARTER_EARTH >= abs(numbers[0]):  # noqa: PLR2004 - longitude and latitude.
        numbers.reverse()
    told = [f"{round(number, _PLACES):.{_PLACES}f}".rstrip("0").rstrip(".") for number in numbers]
    given["near"] = ",".join([*told, km]) if typed else ""
    return given
