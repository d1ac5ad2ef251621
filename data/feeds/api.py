"""The record as JSON: lists in pages, and one decision or project with everything that belongs to it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from data.feeds.answers import Answer
from data.feeds.asked import (
    Asked,
    comment_filter,
    decision_filter,
    decision_in,
    demand_known,
    instant_in,
    number_in,
    project_in,
    size_in,
)
from data.feeds.comment_json import as_comment
from data.feeds.decision_json import as_decision
from data.feeds.decision_json import as_summary as decision_summary
from data.feeds.dockets import docket_of
from data.feeds.duty_json import as_duties
from data.feeds.portfolio_asked import day_in, demand_portfolio, portfolio_filter, sort_in
from data.feeds.proceedings_json import as_entry, as_proceedings
from data.feeds.project_json import as_listed, as_project
from data.feeds.written import as_json
from data.queries.beside_others import beside_others
from data.queries.catalogue_entries import catalogue as entries_of
from data.queries.comments import comments_since, list_comments
from data.queries.decisions import list_decisions
from data.queries.departments import departments
from data.queries.documents import documents_of
from data.queries.duties import duties_at, duties_of
from data.queries.listed_milestones import listed_milestones
from data.queries.milestone_amendments import project_amendments
from data.queries.paging import Page, page_of
from data.queries.past_project import documents_as_of, project_as_of
from data.queries.portfolio import portfolio, present_summaries
from data.queries.project_view import find_project
from data.queries.standings import all_standings, standings_at
from models.catalogue import FIRST_YEAR, LAST_YEAR
from models.exceptions import InvalidValueError, NotFoundError
from models.present import DecisionPresent

_JSON = "application/json"
_PAGING = ("after", "size")


def decisions(session: Session, asked: Asked) -> Answer:
    """Return a page of decisions."""
    demand_known(asked.query, "state", "department", "topic", "words", *_PAGING)
    page = list_decisions(
        session,
        decision_filter(asked.query),
        now=asked.now,
        after=decision_in(asked.query, "after"),
        size=size_in(asked.query),
    )
    names = departments(session)
    return _page(asked, page, "decisions", [decision_summary(row, names, asked.site) for row in page.rows])


def decision(session: Session, asked: Asked) -> Answer:
    """
    Return one decision.

    :raises NotFoundError: if there is none of that number
    """
    demand_known(asked.query)
    docket = docket_of(session, asked.named["id"], now=asked.now)
    if docket is None:
        raise NotFoundError("decision", asked.named["id"])
    return _one(as_decision(docket, departments(session), asked.site, asked.today))


def duties(session: Session, asked: Asked) -> Answer:
    """
    Return what a decision owes by its procedure: now, or as of an instant.

    :raises NotFoundError: if there is none of that number, or was none then
    :raises InvalidValueError: if the instant cannot be read
    """
    demand_known(asked.query, "at")
    identifier = asked.named["id"]
    at = instant_in(asked.query["at"]) if asked.query.get("at") else None
    found = duties_at(session, identifier, at) if at else duties_of(session, identifier, asked.now)
    if found is None:
        raise NotFoundError("decision", identifier)
    return _one(as_duties(found, decision_id=identifier, as_of=at or asked.now))


def proceedings(session: Session, asked: Asked) -> Answer:
    """
    Return everything that was recorded of the procedure of a decision.

    :raises NotFoundError: if there is none of that number
    """
    demand_known(asked.query)
    if session.get(DecisionPresent, asked.named["id"]) is None:
        raise NotFoundError("decision", asked.named["id"])
    return _one(as_proceedings(session, asked.named["id"]))


def catalogue(session: Session, asked: Asked) -> Answer:
    """
    Return the decisions that are planned for a year: this one, unless another is asked for.

    :raises InvalidValueError: if the year is none
    """
    demand_known(asked.query, "year")
    year = number_in(asked.query, "year") or asked.today.year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValueError("year", year)
    return _one({"year": year, "entries": [as_entry(view) for view in entries_of(session, year=year)]})


def projects(session: Session, asked: Asked) -> Answer:
    """
    Return a page of projects: now, or as of a past day.

    :raises InvalidValueError: if a filter cannot be understood
    """
    demand_portfolio(asked.query, "sort", *_PAGING)
    wanted, (sort, is_reversed) = portfolio_filter(asked.query, asked.today), sort_in(asked.query)
    page = portfolio(
        session,
        wanted,
        now=asked.now,
        sort=sort,
        is_reversed=is_reversed,
        after=project_in(asked.query, "after"),
        size=size_in(asked.query),
    )
    names, shown = departments(session), [one.project_id for one in page.rows]
    summaries = present_summaries(session, shown, today=asked.today) if wanted.as_of is None else {}
    known, stands = all_standings(session, asked.now), {one.project_id: one for one in page.rows}
    milestones = listed_milestones(session, known, shown, wanted.as_of)
    beside = beside_others(session, known, stands, wanted.as_of)
    rows = [
        as_listed(one, summaries.get(name), milestones[name], names, asked.site, beside=beside[name])
        for name, one in stands.items()
    ]
    return _page(asked, page, "projects", rows)


def project(session: Session, asked: Asked) -> Answer:
    """
    Return one project: now, or as it was known at the end of a past day.

    :raises NotFoundError: if there is none of that number, or was none then
    :raises InvalidValueError: if the day is none, or is still to come
    """
    demand_known(asked.query, "as_of")
    identifier, day = asked.named["id"], day_in(asked.query, asked.today)
    view = find_project(session, identifier, today=asked.today)
    standing = standings_at(session, [identifier], day or asked.today, now=asked.now).get(identifier)
    if view is None or standing is None:
        raise NotFoundError("project", identifier)
    documents = documents_of(session, project_id=identifier)
    if day is not None:
        view, documents = project_as_of(session, view, day), documents_as_of(documents, day)
    known = all_standings(session, asked.now)
    milestones = listed_milestones(session, known, [identifier], day)[identifier]
    summary = view.summary if day is None else None
    beside = beside_others(session, known, {identifier: standing}, day)[identifier]
    listed = as_listed(standing, summary, milestones, departments(session), asked.site, beside=beside)
    amended = project_amendments(session, identifier, day)
    return _one(as_project(view, listed, documents, asked.site, amendments=amended))


def comments(session: Session, asked: Asked) -> Answer:
    """
    Return a page of comments: of one decision, newest first; without one, all in the order they came.

    :raises InvalidValueError: if comments of all decisions are to be filtered
    :raises NotFoundError: if there is no decision of that number
    """
    demand_known(asked.query, "decision", "clause", "stance", "state", *_PAGING)
    wanted, after, size = comment_filter(asked.query), number_in(asked.query, "after"), size_in(asked.query)
    decision_id = decision_in(asked.query)
    if decision_id is not None:
        if session.get(DecisionPresent, decision_id) is None:
            raise NotFoundError("decision", decision_id)
        page = list_comments(session, decision_id, wanted, after=None if after is None else str(after), size=size)
    else:
        if {"clause", "stance", "state"} & asked.query.keys():
            raise InvalidValueError("decision", "")
        rows = comments_since(session, after=after or 0, size=size + 1)
        page = page_of(rows, size, lambda comment: comment.point_id)
    return _page(asked, page, "comments", [as_comment(row, asked.site) for row in page.rows])


def _page(asked: Asked, page: Page[Any], name: str, rows: Sequence[dict[str, Any]]) -> Answer:
    following = asked.page_at(after=page.next) if page.next else None
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Answer(body=as_json({name: rows, "next": following}), media_type=_JSON, headers=headers)


def _one(content: dict[str, Any]) -> Answer:
    return Answer(body=as_json(content), media_type=_JSON)
