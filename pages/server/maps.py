"""The map's own pages. They stand in frames of the pages, cached by the browser, and cost Streamlit nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache, partial
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.database import Database, database, reading
from data.queries.changes import Head
from data.queries.head import head_now
from data.queries.portfolio import PortfolioFilter, Sort, portfolio, portfolio_standings
from data.queries.portfolio_cells import portfolio_cells
from data.queries.project_shapes import project_shapes
from data.queries.record import example_day
from data.queries.standing import Standing
from data.queries.standings import standing_of
from models.clock import local_date, utc_now
from models.geometry import drawn
from pages.components.project_map import (
    LIGHTS,
    AreaWords,
    BaseMap,
    MapArea,
    MapAssets,
    MapGroup,
    MapMark,
    MapWords,
    project_map,
)
from pages.portfolio_address import PORTFOLIO, portfolio_asked
from pages.rendering import LANGUAGE_TAGS
from pages.server.assets import ASSETS, packaged_assets
from pages.server.kept_pages import WrittenPage, sent
from pages.server.language import language_of
from pages.server.settings import server_settings
from pages.words import word

#: The number of one project, or the filters by which projects are asked for, as they stand in the address.
Asked = str | tuple[tuple[str, str], ...]
#: More than so many marks take a browser seconds, and megabytes.
_MOST_MARKS = 20_000
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_EXAMPLE_OUTLINE = Path(str(files("data.samples"))) / "example" / "outline.geojson"


@dataclass(frozen=True, kw_only=True)
class _RecordState:
    """All that a map depends on besides what is asked for."""

    today: date
    #: When something was last said of any project.
    updated_at: datetime | None
    is_example: bool


class _WrittenMap(WrittenPage):
    """A map, with its policy."""

    @cached_property
    def policy(self) -> str:
        """What it may load and run."""
        return map_policy(self.body.decode(), server_settings().tile_origin)


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
    filters = portfolio_asked(request.query_params, local_date(utc_now())).filters
    return await _answer(request, tuple(sorted(filters.items())))


async def project(request: Request) -> Response:
    """Draw one project."""
    return await _answer(request, str(request.path_params["id"]))


async def _answer(request: Request, asked: Asked) -> Response:
    return _respond(request, await to_thread.run_sync(partial(_written, asked, language=language_of(request))))


def _written(asked: Asked, *, language: str) -> _WrittenMap:
    """Return the map, as kept until something is said of a project, or a day ends."""
    return _write(asked, language, _state(database(), head_now(), local_date(utc_now())))


@lru_cache(maxsize=8)
def _state(kept_in: Database, _head: Head, today: date) -> _RecordState:
    """Return on what a map depends. Comments move the head, but no mark."""
    with kept_in.reading() as session:
        newest = portfolio(session, PortfolioFilter(), now=utc_now(), size=1).rows
        return _RecordState(
            today=today,
            updated_at=newest[0].changed_at if newest else None,
            is_example=example_day(session) is not None,
        )


@lru_cache(maxsize=32)
def _write(asked: Asked, language: str, state: _RecordState) -> _WrittenMap:
    with reading() as session:
        groups = _groups(session, asked, state.today)
        marks = [] if groups else _marks(session, asked, state.today)
    title = "map.title_one" if isinstance(asked, str) else "map.title"
    words = MapWords(
        language=LANGUAGE_TAGS[language],
        title=word(title, language),
        empty=word("map.empty", language),
        soon=word("map.drawn_soon", language),
        lights={letter: word(f"project.light.{letter}", language) for letter in LIGHTS},
        group=word("map.group", language),
        zoom_in=word("map.zoom_in", language),
        zoom_out=word("map.zoom_out", language),
        close=word("map.close", language),
        later=word("projects.slip_later", language, days=word("map.days", language)),
        earlier=word("projects.slip_earlier", language, days=word("map.days", language)),
    )
    assets = MapAssets(ours=ASSETS, **packaged_assets())
    base = base_map(language, is_example=state.is_example)
    area = None if isinstance(asked, str) else _area(dict(asked), language)
    is_found = bool(marks) or not isinstance(asked, str)
    status = HTTPStatus.OK if is_found else HTTPStatus.NOT_FOUND
    document = project_map(marks, words=words, base=base, assets=assets, area=area, groups=groups)
    written = _WrittenMap(document.encode(), status)
    # Ten thousand marks take a while to compress, and the event loop has others to answer.
    _ = written.compressed, written.etag, written.policy
    return written


def _area(filters: dict[str, str], language: str) -> MapArea:
    """Return what is drawn of an area, and what the page is asked for once another is drawn."""
    corners = filters.pop("area", "")
    return MapArea(
        page=f"{PORTFOLIO}?{urlencode({'view': 'map', **filters})}",
        ring=[tuple(map(float, corner.split(","))) for corner in corners.split(";")] if corners else [],
        words=AreaWords(**{part: word(f"map.area.{part}", language) for part in AreaWords.__dataclass_fields__}),
    )


def _groups(session: Session, asked: Asked, today: date) -> list[MapGroup]:
    """Return the projects by where they lie, if they are too many for a mark each."""
    if isinstance(asked, str):
        return []
    cells = portfolio_cells(session, portfolio_asked(dict(asked), today).wanted, now=utc_now())
    if sum(one.count for one in cells) <= _MOST_MARKS or len(cells) == 1:
        return []
    return [
        MapGroup(
            longitude=one.longitude,
            latitude=one.latitude,
            bounds=(one.west, one.south, one.east, one.north),
            count=one.count,
        )
        for one in cells
    ]


def _marks(session: Session, asked: Asked, today: date) -> list[MapMark]:
    """Return the marks, by the numbers of their projects, so that the same marks are the same bytes."""
    now = utc_now()
    if isinstance(asked, str):
        one, wanted = standing_of(session, asked, now), PortfolioFilter()
        found = [one] if one else []
    else:
        wanted = portfolio_asked(dict(asked), today).wanted
        found = list(portfolio_standings(session, wanted, now=now, sort=Sort.CHANGED))
    shapes = project_shapes(session, wanted.as_of)
    return [
        _drawn(one, one.place, shapes.get(one.project_id))
        for one in sorted(found, key=lambda one: one.project_id)
        if one.place
    ]


def _drawn(one: Standing, place: tuple[float, float], shape: Mapping[str, Any] | None) -> MapMark:
    return MapMark(
        id=one.project_id,
        title=one.said.title,
        light=str(one.light.light),
        longitude=place[0],
        latitude=place[1],
        days_late=one.days_late,
        geometry=drawn(shape).geometry if shape else None,
    )


def base_map(language: str, *, is_example: bool = False) -> BaseMap:
    """Return what is put under the marks: what the settings say; in the example, the outline of its city."""
    settings = server_settings()
    approval = word("map.approval", language, number=settings.tile_approval) if settings.tile_approval else ""
    outline = settings.outline_file or (_EXAMPLE_OUTLINE if is_example else None)
    return BaseMap(
        outline=_read_outline(outline) if outline else None,
        tile_url=settings.tile_url,
        tile_attribution=" · ".join(part for part in (settings.tile_attribution, approval) if part),
    )


@cache
def _read_outline(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _respond(request: Request, written: _WrittenMap) -> Response:
    headers = {
        # For a minute the browser does not ask again; after that it asks whether anything changed.
        "Cache-Control": "private, max-age=60",
        "Content-Security-Policy": written.policy,
    }
    return sent(request, written, headers)


routes = [Route("/map/projects", projects), Route("/map/project/{id}", project)]
