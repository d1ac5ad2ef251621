"""The map's own pages. They stand in frames of the pages, cached by the browser, and cost Streamlit nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models.clock import local_date, utc_now
from pages.components.project_map import SHAPES, BaseMap, MapAssets, MapMark, MapWords, project_map
from pages.filters import project_filter
from pages.server.assets import ASSETS, packaged_assets
from pages.server.kept_pages import KeptPages, WrittenPage
from pages.server.language import LANGUAGES, language_of
from pages.server.settings import server_settings
from pages.words import word

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_KEPT = KeptPages()


def map_policy(document: str, tile_origin: str) -> str:
    """Return the policy of a map: the few scripts that Folium wrote into it, and no other, by their digests."""
    scripts = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(document)
    )
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: {tile_origin}; connect-src 'none'; frame-ancestors 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )


async def projects(request: Request) -> Response:
    """Draw all projects, or those that the filters in the address leave."""
    return await _answer(request, dict(request.query_params), "map.title")


async def project(request: Request) -> Response:
    """Draw one project."""
    return await _answer(request, {"id": request.path_params["id"]}, "map.title_one")


async def _answer(request: Request, filters: Mapping[str, str], title: str) -> Response:
    language = language_of(request)
    key = (language, request.url.path, request.url.query)
    written = _KEPT.get(key)
    if written is None:
        written = await to_thread.run_sync(partial(_write, filters, language=language, title=title))
        _KEPT.keep(key, written)
    return _respond(request, written)


def _write(filters: Mapping[str, str], *, language: str, title: str) -> WrittenPage:
    words = MapWords(
        language=LANGUAGES[language],
        title=word(title, language),
        empty=word("map.empty", language),
        states={state: word(f"map.state.{state}", language) for state in SHAPES},
    )
    assets = MapAssets(ours=ASSETS, **packaged_assets())
    return WrittenPage(project_map(_marks(filters), words=words, base=base_map(language), assets=assets).encode())


def _marks(filters: Mapping[str, str]) -> Sequence[MapMark]:
    from data.database import reading  # noqa: PLC0415 - as in ``accounts``.
    from data.queries.projects import map_mark, map_marks  # noqa: PLC0415 - as in ``accounts``.

    today = local_date(utc_now())
    with reading() as session:
        if "id" in filters:
            one = map_mark(session, filters["id"], today=today)
            found = [one] if one else []
        else:
            found = map_marks(session, project_filter(filters), today=today)
        return [
            MapMark(
                id=mark.id,
                title=mark.title,
                state=mark.state,
                longitude=mark.longitude,
                latitude=mark.latitude,
                geometry=mark.geometry,
            )
            for mark in found
        ]


@cache
def base_map(language: str) -> BaseMap:
    """Return what the settings put under the marks."""
    settings = server_settings()
    approval = word("map.approval", language, number=settings.tile_approval) if settings.tile_approval else ""
    outline: Any = json.loads(settings.outline_file.read_text("utf-8")) if settings.outline_file else None
    return BaseMap(
        outline=outline,
        tile_url=settings.tile_url,
        tile_attribution=" · ".join(part for part in (settings.tile_attribution, approval) if part),
    )


def _respond(request: Request, written: WrittenPage) -> Response:
    headers = {
        # For a minute the browser does not ask again; after that it asks whether anything changed.
        "Cache-Control": "private, max-age=60",
        "Content-Security-Policy": map_policy(written.body.decode(), server_settings().tile_origin),
        "ETag": written.etag,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if request.headers.get("if-none-match") == written.etag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = written.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = written.compressed, "gzip"
    return Response(body, 200, headers, "text/html; charset=utf-8")


routes = [Route("/map/projects", projects), Route("/map/project/{id}", project)]
