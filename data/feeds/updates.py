"""
What systems push: rows of milestones and progress, taken as one change, or told row by row why not.

They are fetched at the same address, with the number of the statement that each pushes against.

A token in the header ``Authorization`` (RFC 6750) says for which department and for which acts; no cookie is ever
looked at, so that no page elsewhere can have a browser push anything.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from data.database import reading as reading_record
from data.exchange.round_trip import COLUMNS, Change, Fault, Reading, RoundTripReport, Sheet
from data.exchange.round_trip_apply import keep_updates, look_at_updates
from data.exchange.round_trip_read import read_file, read_rows
from data.exchange.sources import Row
from data.feeds.bearer import RefusedError, holder
from data.feeds.proposals import address_of_proposal
from data.feeds.update_sheets import rows_for_machines
from data.queries.open_milestones import every_open_milestone
from data.queries.reported_projects import reported_projects
from data.tokens import digest
from models.actor import Actor
from models.clock import utc_now
from models.exceptions import InvalidValueError, RecordError, TokenReusedError, UnreadableFileError, WriterBusyError

ADDRESS = "/api/v1/updates"
#: Under which a system sends the same again without anything happening twice.
IDEMPOTENCY_KEY = "Idempotency-Key"
_LONGEST_KEY = 200
_YES = ("1", "true", "yes")


def update_routes(now: Callable[[], datetime] = utc_now) -> list[BaseRoute]:
    """Return the route: the rows of a department, and pushing them. Pages of other sites may do neither."""
    return [Route(ADDRESS, partial(_answer, now=now), methods=["GET", "POST"])]


async def _answer(request: Request, *, now: Callable[[], datetime]) -> Response:
    try:
        actor, token = await to_thread.run_sync(holder, request.headers, now())
        answer: dict[str, Any]
        if request.method == "POST":
            content = await request.body()
            answer, status = await to_thread.run_sync(_pushed, request, content, actor, token)
        else:
            answer, status = await to_thread.run_sync(_rows, actor), HTTPStatus.OK
    except RefusedError as refused:
        return refused.answer
    return JSONResponse(answer, status, {"Cache-Control": "no-store"})


def _rows(actor: Actor) -> dict[str, Any]:
    """Return the rows of the department that a token speaks for, as they are pushed back."""
    department = actor.department_id or ""
    with reading_record() as session:
        return rows_for_machines(every_open_milestone(session, department), reported_projects(session, department))


def _pushed(request: Request, content: bytes, actor: Actor, token: str) -> tuple[dict[str, Any], int]:
    unknown = set(request.query_params) - {"dry_run", "publish_at"}
    if unknown:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "unknown_parameter", ", ".join(sorted(unknown)))
    key = request.headers.get(IDEMPOTENCY_KEY, "")
    if len(key) > _LONGEST_KEY:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "key_too_long", IDEMPOTENCY_KEY)
    try:
        publish_at = _instant(request.query_params.get("publish_at"))
        reading = _read(content, request.headers.get("content-type", ""))
        if request.query_params.get("dry_run", "").lower() in _YES:
            return _said(look_at_updates(reading, actor, publish_at=publish_at)), HTTPStatus.OK
        # Keys are drawn by those who push: two of them may draw the same.
        drawn = f"{digest(token)}/{key}" if key else ""
        report = keep_updates(reading, actor, token=drawn, publish_at=publish_at)
    except UnreadableFileError as error:
        reason, about = (*map(str, error.facts), "", "")[:2]
        raise RefusedError(HTTPStatus.BAD_REQUEST, reason, about) from error
    except TokenReusedError as error:
        raise RefusedError(HTTPStatus.CONFLICT, "key_reused", IDEMPOTENCY_KEY) from error
    except InvalidValueError as error:
        name, problem = (*map(str, error.facts), "")[:2]
        raise RefusedError(HTTPStatus.BAD_REQUEST, name, problem) from error
    except WriterBusyError as error:
        raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "busy", "") from error
    if report.proposal_id is not None:
        return _said(report), HTTPStatus.ACCEPTED
    return _said(report), HTTPStatus.UNPROCESSABLE_ENTITY if report.faults else HTTPStatus.OK


def _instant(said: str | None) -> datetime | None:
    """
    Return an instant of RFC 3339.

    :raises InvalidValueError: if it is none: without a zone nobody knows which one is meant
    """
    try:
        found = datetime.fromisoformat(said) if said else None
    except ValueError as error:
        raise InvalidValueError("publish_at", "no_instant") from error
    if found is not None and found.tzinfo is None:
        raise InvalidValueError("publish_at", "no_zone")
    return found


def _read(content: bytes, kind: str) -> Reading:
    return read_rows(_parts(content)) if kind.startswith("application/json") else read_file(content, "updates")


def _parts(content: bytes) -> Mapping[Sheet, list[Row]]:
    """
    Return the rows of a JSON object: ``{"milestones": [{…}], "progress": [{…}]}``, by the names of the columns.

    :raises UnreadableFileError: if it is none, or a row has a name that is no column
    """
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("broken_json", str(error)[:200]) from error
    if not isinstance(said, dict) or not said or set(said) - set(Sheet):
        raise UnreadableFileError("broken_json", 'expected {"milestones": [], "progress": []}')
    return {Sheet(name): [_row(Sheet(name), *one) for one in enumerate(_list(rows), 1)] for name, rows in said.items()}


def _list(rows: object) -> list[Any]:
    if not isinstance(rows, list):
        raise UnreadableFileError("broken_json", "expected a list of rows")
    return rows


def _row(sheet: Sheet, number: int, cells: object) -> Row:
    if not isinstance(cells, dict):
        raise UnreadableFileError("broken_json", f"row {number} is no object")
    unknown = set(cells) - set(COLUMNS[sheet])
    if unknown:
        raise UnreadableFileError("unknown_column", f"row {number}: {', '.join(sorted(unknown))[:200]}")
    if any(isinstance(cell, dict | list | bool) for cell in cells.values()):
        raise UnreadableFileError("broken_json", f"row {number}: a cell is a text, a number or null")
    return Row(number, cells)


def _said(report: RoundTripReport) -> dict[str, Any]:
    number = report.proposal_id
    proposed = {"proposal": {"id": number, "address": address_of_proposal(number)}} if number is not None else {}
    return {
        "kept": report.is_kept,
        **proposed,
        "sent_before": report.was_sent_before,
        "rows": report.rows,
        "unchanged": report.unchanged,
        "changes": [_change(one) for one in report.changes],
        "faults": [_fault(one) for one in report.faults],
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "sheet": one.sheet,
        "row": one.row,
        "project_id": one.project_id,
        "milestone_id": one.milestone_id,
        "kind": one.kind,
        "before": _text(one.before),
        "after": _text(one.after),
        "precision": one.after_precision,
        "reason_code": one.reason_code,
        "reason": one.reason,
        "notes": list(one.notes),
    }


def _fault(one: Fault) -> dict[str, Any]:
    facts = one.error.facts if isinstance(one.error, RecordError) else ()
    return {
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "code": one.code,
        "facts": [None if fact is None else str(fact) for fact in facts],
    }


def _text(day: date | None) -> str | None:
    return str(day) if day else None
