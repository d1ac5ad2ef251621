"""Whether the server can do its work, for whoever watches it."""

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def healthz(_: Request) -> Response:
    """Answer 200 when the record can be read and its tables are those of this version, and 503 when not."""
    is_current = await to_thread.run_sync(_has_current_schema)
    return JSONResponse(
        {"status": "ok" if is_current else "failing", "schema": is_current},
        200 if is_current else 503,
        {"Cache-Control": "no-store"},
    )


def _has_current_schema() -> bool:
    from data.database import database  # noqa: PLC0415 - as in ``accounts``.
    from data.schema import is_current  # noqa: PLC0415 - as in ``accounts``.

    try:
        return is_current(database())
    except SQLAlchemyError:
        return False


routes = [Route("/healthz", healthz)]
