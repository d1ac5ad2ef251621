"""
The map of projects: marks by light, many gathered into one, and lines and areas where they were published.

Folium writes the page around Leaflet, and ``pages/assets/map.js`` draws the marks. What people wrote reaches the
browser as data and is put into the page as text; Folium, which escapes nothing, never sees it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, TypeVar

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

#: The letters of the lights, the worst first; ``map.css`` draws a shape around each, as everywhere else on the site.
LIGHTS = ("R", "S", "Y", "P", "G", "D", "C")
#: The variable of ``map.css`` in which lines and areas are drawn.
_TONES = {"R": "--late", "S": "--waiting", "Y": "--waiting", "P": "--waiting", "G": "--reached", "D": "--reached"}
_DEEPEST = 18
#: Folium forbids people to enlarge the page.
_NO_ZOOM = re.compile(r",\s*maximum-scale=1\.0, user-scalable=no")
_Named = TypeVar("_Named", bound=Element)


@dataclass(frozen=True, kw_only=True)
class MapMark:
    """A project's place."""

    id: str
    title: str
    #: One of ``LIGHTS``.
    light: str
    longitude: float
    latitude: float
    #: Days after the first date; nothing where that cannot be said.
    days_late: int | None = None
    #: A GeoJSON geometry, when it is a line or an area.
    geometry: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class MapGroup:
    """Projects near each other, where too many to tell apart would be drawn: their middle, bounds and number."""

    longitude: float
    latitude: float
    #: West, south, east and north.
    bounds: tuple[float, float, float, float]
    count: int


@dataclass(frozen=True, kw_only=True)
class BaseMap:
    """What is drawn under the marks."""

    #: GeoJSON of the area.
    outline: Mapping[str, Any] | None = None
    tile_url: str = ""
    #: Whom the tiles are from, and under which number they were approved.
    tile_attribution: str = ""


@dataclass(frozen=True, kw_only=True)
class MapWords:
    """What is written on the map."""

    #: As HTML names it: ``zh-CN``.
    language: str
    title: str
    #: Instead of marks, where there are none.
    empty: str
    #: Until marks are drawn.
    soon: str
    #: For each of ``LIGHTS``.
    lights: Mapping[str, str]
    #: After the number of marks that are gathered into one.
    group: str
    zoom_in: str
    zoom_out: str
    close: str
    #: How late and how early, with ``#`` for the number of days.
    later: str
    earlier: str


@dataclass(frozen=True, kw_only=True)
class AreaWords:
    """What is written on what draws an area."""

    shown: str
    rectangle: str
    polygon: str
    done: str
    cancel: str
    remove: str
    first_corner: str
    second_corner: str
    corners: str


@dataclass(frozen=True, kw_only=True)
class MapArea:
    """The area within which projects are asked for, and how another is asked for."""

    #: The address of the page around the map, to which the area is added.
    page: str
    #: Longitude and latitude of each corner; none where no area is asked for.
    ring: Sequence[tuple[float, ...]]
    words: AreaWords


@dataclass(frozen=True, kw_only=True)
class MapAssets:
    """Where the parts of the map are served."""

    ours: str
    leaflet: str
    markercluster: str


class _Marks(MacroElement):
    """Has ``map.js`` draw what is in the page's block of data."""

    _template = Template("{% macro script(this, kwargs) %}drawProjects({{ this._parent.get_name() }});{% endmacro %}")


class _Verbatim(Element):
    """
    Puts a text into the page as it is.

    The text of an element of Folium's is a template, which runs whatever somebody wrote between its braces.
    """

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def escape_for_folium(text: str) -> str:
    """Return ``text`` so that it stays text in Folium's HTML, and in the template of JavaScript around it."""
    escaped = escape(text)
    for character in "$`{}\\":
        escaped = escaped.replace(character, f"&#{ord(character)};")
    return escaped


def project_map(
    marks: Sequence[MapMark],
    *,
    words: MapWords,
    base: BaseMap,
    assets: MapAssets,
    area: MapArea | None = None,
    groups: Sequence[MapGroup] = (),
) -> str:
    """
    Return the page of the map. The same values give the same bytes.

    :param area: within what is asked for; nothing on a map on which none can be drawn
    :param groups: instead of marks; whoever chooses one asks for the area in which its projects lie
    """
    leaflet_map = _empty_map(base=base, assets=assets)
    _name(_Marks(), "marks").add_to(leaflet_map)  # type: ignore[no-untyped-call]  # Folium's own.
    figure = Figure(title=escape(words.title))
    figure.add_child(leaflet_map)
    soon = f'<p class="notice" id="soon">{escape(words.soon)}</p>'
    figure.html.add_child(_Verbatim(soon), name="soon", index=0)
    figure.html.add_child(
        _Verbatim(_data_block(marks, groups, words=words, base=base, area=area)), name="data", index=1
    )
    document = _NO_ZOOM.sub("", str(figure.render()), count=1)
    return document.replace("<html>", f'<html lang="{escape(words.language)}">', 1)


def _empty_map(*, base: BaseMap, assets: MapAssets) -> folium.Map:
    leaflet_map = folium.Map(location=[0, 0], zoom_start=2, tiles=None, prefer_canvas=True)
    # Folium hands its own ``max_zoom`` to tile layers alone, and without one groups of marks are refused.
    leaflet_map.options["maxZoom"] = _DEEPEST
    # Without jQuery, which only extensions of Folium's ask for.
    leaflet_map.default_js = [
        ("leaflet", f"{assets.leaflet}/leaflet.js"),
        ("markercluster", f"{assets.markercluster}/leaflet.markercluster.js"),
        ("project_map_area", f"{assets.ours}/map_area.js"),
        ("project_map", f"{assets.ours}/map.js"),
    ]
    # Names of their own: what has the name of something else replaces it.
    leaflet_map.default_css = [
        ("leaflet_css", f"{assets.leaflet}/leaflet.css"),
        ("markercluster_css", f"{assets.markercluster}/MarkerCluster.css"),
        ("project_map_css", f"{assets.ours}/map.css"),
    ]
    if base.tile_url:
        attribution = escape_for_folium(base.tile_attribution)
        tiles = folium.TileLayer(base.tile_url, attr=attribution, max_zoom=_DEEPEST, control=False)
        _name(tiles, "tiles").add_to(leaflet_map)
    return _name(leaflet_map, "projects")


def _data_block(
    marks: Sequence[MapMark], groups: Sequence[MapGroup], *, words: MapWords, base: BaseMap, area: MapArea | None
) -> str:
    data = {
        "title": words.title,
        "language": words.language.partition("-")[0],
        "empty": words.empty,
        "group": words.group,
        "close": words.close,
        "zoom": [words.zoom_in, words.zoom_out],
        "slips": [words.later, words.earlier],
        "lights": [[letter, words.lights[letter], _TONES.get(letter, "--quiet")] for letter in LIGHTS],
        "marks": [_row(mark) for mark in marks],
        "groups": [[one.longitude, one.latitude, one.count, one.bounds] for one in groups],
        "outline": base.outline,
        "area": asdict(area) if area else None,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside <script> only "<" can do harm: it might end the block.
    inert = text.replace("<", "\\u003c")
    return f'<script type="application/json" id="map-data">{inert}</script>'


def _row(mark: MapMark) -> list[Any]:
    light = LIGHTS.index(mark.light)
    row = [mark.id, mark.title, light, round(mark.longitude, 6), round(mark.latitude, 6), mark.days_late]
    return [*row, mark.geometry] if mark.geometry else row


def _name(element: _Named, name: str) -> _Named:
    """Give ``element`` a name of ours. Folium's are drawn by lot, so that no two maps would be the same bytes."""
    element._id = name  # noqa: SLF001 - there is no other way.
    return element
