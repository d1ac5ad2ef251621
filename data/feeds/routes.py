"""The addresses at which machines read the record."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from data.database import reading
from data.feeds import accountability, api, catalogue, disclosure_catalogue, portfolio_exports, subscriptions
from data.feeds.answers import OPEN_TO_ALL, Answers, Depends, Writer, entity_tag, is_known, preflight, refusal
from data.feeds.asked import Asked, decision_in, demand_known
from data.feeds.exports import EXPORTS, Export
from data.feeds.files import disposition, public_file
from data.feeds.parts import Source
from data.feeds.portfolio_asked import day_in
from models.clock import utc_now
from models.exceptions import InvalidValueError, NotFoundError
from models.present import DecisionPresent

#: However many take the record away at once, so many parts are written at a time: pages go before them.
_TAKING_AWAY = CapacityLimiter(2)
_METHODS = ["GET", "OPTIONS"]
_ANSWERED: dict[str, tuple[Writer, Depends]] = {
    "/api/v1/decisions": (api.decisions, Depends.MINUTE),
    "/api/v1/decisions/{id}": (api.decision, Depends.MINUTE),
    "/api/v1/decisions/{id}/duties": (api.duties, Depends.MINUTE),
    "/api/v1/decisions/{id}/proceedings": (api.proceedings, Depends.NOTHING),
    "/api/v1/catalogue": (api.catalogue, Depends.DAY),
    "/api/v1/projects": (api.projects, Depends.DAY),
    "/api/v1/projects/{id}": (api.project, Depends.DAY),
    "/api/v1/comments": (api.comments, Depends.NOTHING),
    "/projects.csv": (portfolio_exports.portfolio_table, Depends.DAY),
    "/projects.geojson": (portfolio_exports.portfolio_places, Depends.DAY),
    "/feeds/changes.atom": (subscriptions.changes_feed, Depends.NOTHING),
    "/accountability.csv": (accountability.board_table, Depends.MINUTE),
    "/catalogue.csv": (catalogue.catalogue_table, Depends.NOTHING),
    "/disclosure_catalogue.csv": (disclosure_catalogue.disclosure_table, Depends.NOTHING),
    "/calendar/deadlines.ics": (subscriptions.deadlines_calendar, Depends.DAY),
}
_STREAMED: dict[str, tuple[Export, Depends]] = {
    "/open/oc4ids.json": (EXPORTS["oc4ids"], Depends.DAY),
    "/open/projects.geojson": (EXPORTS["geojson"], Depends.DAY),
    "/open/comments.csv": (EXPORTS["comments"], Depends.NOTHING),
    "/open/projects.csv": (EXPORTS["projects"], Depends.DAY),
    "/open/projects.zip": (EXPORTS["datapackage"], Depends.DAY),
    "/open/milestones.csv": (EXPORTS["milestones"], Depends.NOTHING),
}


def feed_routes(public_url: Callable[[Request], str], now: Callable[[], datetime] = utc_now) -> list[BaseRoute]:
    """
    Return the routes.

    :param public_url: where people find the record: scheme and host, without a slash at the end
    """
    answers = Answers(public_url, now)
    return [
        *(
            Route(path, partial(_answered, answers=answers, write=write, depends=depends), methods=_METHODS)
            for path, (write, depends) in _ANSWERED.items()
        ),
        *(
            Route(path, partial(_streamed, answers=answers, export=export, depends=depends), methods=_METHODS)
            for path, (export, depends) in _STREAMED.items()
        ),
        Route("/files/{address}", public_file, methods=_METHODS),
    ]


async def _answered(request: Request, *, answers: Answers, write: Writer, depends: Depends) -> Response:
    return await answers.answer(request, write, depends)


async def _streamed(request: Request, *, answers: Answers, export: Export, depends: Depends) -> Response:
    if request.method == "OPTIONS":
        return preflight()
    asked = answers.asked(request)
    try:
        source = await to_thread.run_sync(_source, asked, export)
    except (InvalidValueError, NotFoundError) as error:
        return refusal(error)
    tag = await to_thread.run_sync(entity_tag, asked, depends)
    headers = {**OPEN_TO_ALL, "Cache-Control": "public, no-cache", "ETag": tag}
    if is_known(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {"Content-Type": export.media_type, "Content-Disposition": disposition(export.file_name)}
    if request.method == "HEAD":
        return Response(headers=headers)
    return StreamingResponse(_content(export, source), headers=headers)


def _source(asked: Asked, export: Export) -> Source:
    """
    Return where an export is read from.

    :raises NotFoundError: if it is to be of one decision, and there is none of that number
    """
    understood = {"decision": export is EXPORTS["comments"], "as_of": export.shows_past}
    demand_known(asked.query, *(name for name, is_understood in understood.items() if is_understood))
    decision_id = decision_in(asked.query)
    if decision_id is not None:
        with reading() as session:
            if session.get(DecisionPresent, decision_id) is None:
                raise NotFoundError("decision", decision_id)
    as_of = day_in(asked.query, asked.today)
    return Source(reading=reading, site=asked.site, now=asked.now, decision_id=decision_id, as_of=as_of)


async def _content(export: Export, source: Source) -> AsyncIterator[bytes]:
    parts = export.write(source)
    while part := await to_thread.run_sync(next, parts, None, limiter=_TAKING_AWAY):
        yield part.content
