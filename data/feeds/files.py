"""The bytes of public documents. They come from outside, so a browser is never let loose on them here."""

from http import HTTPStatus
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from data.database import reading
from data.feeds.answers import OPEN_TO_ALL, is_known, preflight, refusal
from data.queries.documents import find_file
from models.document import StoredFile
from models.exceptions import NotFoundError

#: What a page may show as a picture. All other files, and these unless asked, are saved and not opened.
_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
#: A file that is opened all the same runs no script, loads nothing, and belongs to no origin.
_POLICY = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


async def public_file(request: Request) -> Response:
    """Send a document that is public now."""
    if request.method == "OPTIONS":
        return preflight()
    file = await to_thread.run_sync(_find, request.path_params["address"])
    if file is None:
        return refusal(NotFoundError("file", request.path_params["address"]))
    # It may be withheld later, so whoever keeps it must ask again.
    headers = {**OPEN_TO_ALL, "Cache-Control": "public, no-cache", "ETag": f'"{file.sha256}"'}
    if is_known(request, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    is_shown = request.query_params.get("inline") == "1" and file.media_type in _PICTURES
    headers |= {
        "Content-Type": file.media_type,
        "Content-Disposition": disposition(file.name, is_shown=is_shown),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _POLICY,
    }
    return Response(file.content, headers=headers)


def disposition(name: str, *, is_shown: bool = False) -> str:
    """Return how a file is to be treated, and its name in any script (RFC 6266)."""
    return f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"


def _find(address: str) -> StoredFile | None:
    with reading() as session:
        return find_file(session, address)
