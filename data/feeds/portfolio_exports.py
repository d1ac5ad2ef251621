"""Exactly the projects that a page of the portfolio shows, to take away: under the same filters, in the same order."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session

from data.feeds import csv_text, geojson, tables
from data.feeds.answers import Answer
from data.feeds.asked import Asked
from data.feeds.files import disposition
from data.feeds.oc4ids_metrics import value
from data.feeds.portfolio_asked import demand_portfolio, portfolio_filter, sort_in
from data.feeds.written import as_json
from data.queries.departments import departments
from data.queries.portfolio import PortfolioFilter, portfolio_ids, portfolio_standings
from data.queries.project_gaps import withheld_projects
from data.queries.project_shapes import project_shapes
from data.queries.projects import ProjectSummary
from data.queries.standing import Standing
from models.withheld_item import WithheldField

#: Beside what the table of all projects has: what is computed of each, and what is held back.
_MORE = ("as_of", "light", "light_rule", "light_reasons", "slip_latest_days", "spent", "spent_currency", "withheld")


def portfolio_table(session: Session, asked: Asked) -> Answer:
    """
    Return the projects of a filter as CSV.

    :raises InvalidValueError: if a filter cannot be understood
    """
    return Answer(
        body=csv_text.BYTE_ORDER_MARK + csv_text.lines(_rows(session, asked)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition("projects.csv")},
    )


def portfolio_places(session: Session, asked: Asked) -> Answer:
    """
    Return the projects of a filter as GeoJSON (RFC 7946), those without a place too.

    :raises InvalidValueError: if a filter cannot be understood
    """
    found, wanted = _found(session, asked)
    names, shapes = departments(session), project_shapes(session, wanted.as_of)
    features = [
        geojson.as_feature(one.summary, shapes.get(one.project_id) or _point(one), names, asked.site) for one in found
    ]
    for one, feature in zip(found, features, strict=True):
        feature["properties"]["light"] = one.light.light
    return Answer(
        body=geojson.OPENING + b",\n".join(map(as_json, features)) + geojson.CLOSING,
        media_type="application/geo+json",
        headers={"Content-Disposition": disposition("projects.geojson")},
    )


def _found(session: Session, asked: Asked) -> tuple[list[Standing], PortfolioFilter]:
    demand_portfolio(asked.query, "sort")
    wanted, (sort, is_reversed) = portfolio_filter(asked.query, asked.today), sort_in(asked.query)
    standings = {one.project_id: one for one in portfolio_standings(session, wanted, now=asked.now)}
    ordered = portfolio_ids(session, wanted, now=asked.now, sort=sort, is_reversed=is_reversed)
    return [standings[identifier] for identifier in ordered], wanted


def _rows(session: Session, asked: Asked) -> Iterator[Sequence[Any]]:
    found, wanted = _found(session, asked)
    withheld = withheld_projects(session, wanted.as_of)
    yield (*tables.PROJECTS, *_MORE)
    for one, cells in zip(found, tables.projects(_summaries(found)), strict=True):
        yield (*cells, *_more(one, [field for field in WithheldField if one.project_id in withheld[field]]))


def _summaries(found: Sequence[Standing]) -> Iterator[ProjectSummary]:
    return (one.summary for one in found)


def _more(one: Standing, held: Sequence[WithheldField]) -> tuple[Any, ...]:
    slip = one.completion.slip_latest if one.completion else None
    spent = value(one.spent.units, one.spent.currency) if one.spent else None
    return (
        one.on,
        one.light.light.value,
        one.light.rule_version,
        " ".join(reason.code for reason in one.light.reasons),
        slip.days if slip else None,
        spent["amount"] if spent else None,
        one.spent.currency if one.spent else None,
        " ".join(held),
    )


def _point(one: Standing) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": list(one.place)} if one.place else None
