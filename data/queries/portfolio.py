"""
All projects under one filter, whether they are listed, mapped, laid out in time, or taken away.

Filters, orders and totals are computed from columns that are kept with how the projects stand; no statement is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from data.queries.portfolio_columns import LIGHTS, Columns, Rows, Sort, counts
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectSummary, summarize
from data.queries.standing import Standing
from data.queries.standings import Standings, all_standings, standings_on
from models.light_reasons import Light
from models.present import ProjectPresent
from models.project import Phase, Sector

__all__ = [
    "Near",
    "PortfolioFilter",
    "SlipBucket",
    "Sort",
    "Totals",
    "portfolio",
    "portfolio_ids",
    "portfolio_regions",
    "portfolio_rows",
    "portfolio_standings",
    "portfolio_totals",
    "present_summaries",
    "without_state",
]

_MOST_WORDS = 8


@dataclass(frozen=True)
class Near:
    """Around a point, in degrees."""

    longitude: float
    latitude: float
    km: float


@dataclass(frozen=True, kw_only=True)
class PortfolioFilter:
    """Which projects are asked for. What is not said does not matter."""

    department_id: str | None = None
    sector: Sector | None = None
    #: The district, by name.
    region: str = ""
    phase: Phase | None = None
    light: Light | None = None
    state: ProjectState | None = None
    #: At least so many days after the first date.
    late_by: int | None = None
    #: Whose next milestone is due within so many days, or overdue.
    due_within: int | None = None
    #: Words in the title.
    words: str = ""
    near: Near | None = None
    #: A GeoJSON geometry, as :func:`models.geometry.sound_geometry` returns it.
    area: Mapping[str, Any] | None = None
    #: As it stood at the end of that day, by what was known then.
    as_of: date | None = None


class SlipBucket(StrEnum):
    """How late projects are against the first date."""

    ON_TIME = "on_time"
    MONTH = "to_30_days"
    QUARTER = "to_90_days"
    YEAR = "to_365_days"
    MORE = "more_than_365_days"
    UNKNOWN = "unknown"


#: The most days of each but the last two.
SLIP_BOUNDS = (0, 30, 90, 365)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What the projects of a filter come to."""

    count: int
    #: Money by currency, in its smallest unit; and how many projects say nothing of it.
    cost: Mapping[str, int]
    without_cost: int
    spent: Mapping[str, int]
    without_spent: int
    lights: Mapping[Light, int]
    states: Mapping[ProjectState, int]
    slips: Mapping[SlipBucket, int]
    sectors: Mapping[Sector, int]
    phases: Mapping[Phase, int]


def portfolio(
    session: Session,
    asked: PortfolioFilter,
    *,
    now: datetime,
    sort: Sort = Sort.CHANGED,
    is_reversed: bool = False,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Standing]:
    """
    Return a page of projects.

    :param after: the number of the last project seen
    """
    standings = _standings(session, asked, now)
    ordered = _ordered(standings, asked, sort, is_reversed=is_reversed, after=after)
    shown = [standings[standings.columns.ids[row]] for row in ordered[: size + 1].tolist()]
    return page_of(shown, size, lambda one: one.project_id)


def present_summaries(session: Session, project_ids: Sequence[str], *, today: date) -> dict[str, ProjectSummary]:
    """Return what lists say of a few projects at present. One statement."""
    chosen = select(ProjectPresent).where(col(ProjectPresent.project_id).in_(project_ids))
    return {row.project_id: summarize(row, today) for row in session.exec(chosen)}


def portfolio_ids(
    session: Session, asked: PortfolioFilter, *, now: datetime, sort: Sort = Sort.CHANGED, is_reversed: bool = False
) -> Sequence[str]:
    """Return the numbers of all projects of a filter, in an order: for the map, and to be taken away."""
    standings = _standings(session, asked, now)
    ordered = _ordered(standings, asked, sort, is_reversed=is_reversed)
    return [standings.columns.ids[row] for row in ordered.tolist()]


def portfolio_standings(
    session: Session, asked: PortfolioFilter, *, now: datetime, sort: Sort = Sort.CHANGED
) -> Sequence[Standing]:
    """Return how all projects of a filter stand, in an order."""
    standings = _standings(session, asked, now)
    return [standings[identifier] for identifier in portfolio_ids(session, asked, now=now, sort=sort)]


def portfolio_totals(session: Session, asked: PortfolioFilter, *, now: datetime) -> Totals:
    """Return what the projects of a filter come to."""
    columns, rows = portfolio_rows(session, asked, now=now)
    return Totals(
        count=int(rows.sum()),
        cost=columns.sums(rows, columns.cost, columns.cost_in),
        without_cost=int(np.isnan(columns.cost[rows]).sum()),
        spent=columns.sums(rows, columns.spent, columns.spent_in),
        without_spent=int(np.isnan(columns.spent[rows]).sum()),
        lights=counts(LIGHTS, columns.light, rows),
        states=counts(tuple(ProjectState), columns.state, rows),
        slips=_slips(columns.late[rows]),
        sectors=counts(tuple(Sector), columns.sector, rows),
        phases=counts(tuple(Phase), columns.phase, rows),
    )


def portfolio_rows(session: Session, asked: PortfolioFilter, *, now: datetime) -> tuple[Columns, Rows]:
    """Return how all projects stand, as columns, and which of their rows a filter leaves."""
    standings = _standings(session, asked, now)
    return standings.columns, _rows(standings, asked)


def portfolio_regions(session: Session, *, now: datetime) -> Sequence[str]:
    """Return the names of the districts in which there are projects."""
    return all_standings(session, now).columns.regions


def without_state(asked: PortfolioFilter) -> PortfolioFilter:
    """Return a filter that leaves all states and lights: to count how many there are of each."""
    return replace(asked, state=None, light=None)


def _standings(session: Session, asked: PortfolioFilter, now: datetime) -> Standings:
    return all_standings(session, now) if asked.as_of is None else standings_on(session, asked.as_of, now=now)


def _ordered(
    standings: Standings, asked: PortfolioFilter, sort: Sort, *, is_reversed: bool, after: str | None = None
) -> NDArray[np.intp]:
    columns, rows = standings.columns, _rows(standings, asked)
    order = columns.order(sort)
    if is_reversed:
        order = order[::-1]
    if after is not None:
        seen = columns.places.get(after)
        order = order[:0] if seen is None else order[int(np.flatnonzero(order == seen)[0]) + 1 :]
    return order[rows[order]]


def _rows(standings: Standings, asked: PortfolioFilter) -> Rows:
    """Return which rows a filter leaves."""
    columns = standings.columns
    rows = np.ones(len(columns), dtype=bool)
    for chosen in _conditions(columns, asked, standings.on):
        rows &= chosen()
    return rows


def _conditions(columns: Columns, asked: PortfolioFilter, today: date) -> list[Any]:
    """Return what is asked for, each to be computed; comparisons with what is not known are never true."""
    equal: list[tuple[Any, Any, Any]] = [
        (asked.department_id or None, columns.department, asked.department_id),
        (asked.region or None, columns.region, asked.region),
        (asked.sector, columns.sector, _place(tuple(Sector), asked.sector)),
        (asked.phase, columns.phase, _place(tuple(Phase), asked.phase)),
        (asked.state, columns.state, _place(tuple(ProjectState), asked.state)),
        (asked.light, columns.light, _place(LIGHTS, asked.light)),
    ]
    found: list[Any] = [partial(np.equal, column, code) for value, column, code in equal if value is not None]
    if asked.late_by is not None:
        found.append(partial(np.greater_equal, columns.late, asked.late_by))
    if asked.due_within is not None:
        found.append(partial(np.less_equal, columns.due, today.toordinal() + asked.due_within))
    if words := asked.words.split()[:_MOST_WORDS]:
        found.append(partial(columns.named, words))
    if asked.near is not None:
        found.append(partial(columns.near, asked.near.longitude, asked.near.latitude, asked.near.km))
    if asked.area is not None:
        found.append(partial(columns.within, asked.area))
    return found


def _place(codes: Sequence[Any], code: Any) -> int | None:
    return None if code is None else codes.index(code)


def _slips(late: Any) -> dict[SlipBucket, int]:
    known = late[~np.isnan(late)]
    counted = np.bincount(np.searchsorted(SLIP_BOUNDS, known), minlength=len(SLIP_BOUNDS) + 1).tolist()
    return dict(zip(SlipBucket, [*counted, len(late) - len(known)], strict=True))
