"""
What became of a proposal.

The department that made it asks with its token, and is told where it stands. Everybody else learns of it once it is
published: when it was proposed and agreed to, and what was sealed then, so that anybody may check both.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from data.database import reading
from data.feeds.bearer import RefusedError, holder
from data.feeds.written import instant
from data.queries.proposals import ProposalStepView, ProposalView, find_proposal
from models.clock import utc_now
from models.proposal import ProposalState, ProposalStepKind

ADDRESS = "/api/v1/proposals/{id:int}"


def proposal_routes(now: Callable[[], datetime] = utc_now) -> list[BaseRoute]:
    """Return the route."""
    return [Route(ADDRESS, partial(_answer, now=now), methods=["GET"])]


def address_of_proposal(proposal_id: int) -> str:
    """Return where it is told what became of a proposal."""
    return ADDRESS.replace("{id:int}", str(proposal_id))


async def _answer(request: Request, *, now: Callable[[], datetime]) -> Response:
    try:
        told = await to_thread.run_sync(_told, request.path_params["id"], request.headers, now())
    except RefusedError as refused:
        return refused.answer
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _told(proposal_id: int, headers: Headers, now: datetime) -> dict[str, Any]:
    """
    Return what whoever asks may know.

    :raises RefusedError: if that is nothing
    """
    department = holder(headers, now)[0].department_id if "authorization" in headers else None
    with reading() as session:
        found = find_proposal(session, proposal_id, now=now)
    if found is None or not (found.department_id == department or found.state is ProposalState.PUBLISHED):
        raise RefusedError(HTTPStatus.NOT_FOUND, "not_found", str(proposal_id))
    return _public(found) | (_own(found) if found.department_id == department else {})


def _public(found: ProposalView) -> dict[str, Any]:
    at = {step.kind: instant(step.at) for step in found.steps}
    return {
        "id": found.id,
        "department": found.department_id,
        "state": found.state,
        "proposed_at": instant(found.proposed_at),
        "approved_at": at.get(ProposalStepKind.APPROVED),
        "published_at": at.get(ProposalStepKind.PUBLISHED),
        "sha256": found.digest,
        # An RFC 9901 disclosure: its SHA-256 is what the ledger holds since it was proposed.
        "sealed": found.sealed if found.state is ProposalState.PUBLISHED else None,
    }


def _own(found: ProposalView) -> dict[str, Any]:
    return {
        "publish_at": instant(found.publish_at),
        "note": found.note,
        "statements": [
            {"type": one.type, "about": one.about, "project_id": one.project_id, "says": dict(one.facts)}
            for one in found.statements
        ],
        "steps": [_step(one) for one in found.steps],
    }


def _step(step: ProposalStepView) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "at": instant(step.at),
        "reason": step.reason,
        "error": type(step.error).__name__ if step.error else None,
        "facts": [None if fact is None else str(fact) for fact in step.error.facts] if step.error else [],
    }
