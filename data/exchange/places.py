"""
Where a row says its project is: a geometry, or two columns; and whether longitude and latitude were swapped.

What is swapped is reported, and never put right in silence: a place is a published statement of a department.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping as as_geojson
from shapely.geometry import shape

from data.exchange.cells import CellFault, is_blank, number_of
from data.exchange.gcj02 import from_gcj02
from data.exchange.mapping import ColumnMapping
from data.exchange.sources import GCJ02
from data.exchange.surroundings import first_position, positions_of
from models.exceptions import InvalidValueError
from models.geometry import KINDS, MOST_POSITIONS, sound_geometry

_EAST, _NORTH = 180.0, 90.0
#: As the record rounds, in degrees.
_GRID = 1e-6
#: What has more is not even mended: rounding leaves fewer than there were, though seldom less than half of them.
_MOST_POSITIONS = 2 * MOST_POSITIONS
#: A ring has four positions or more, and the last is the first (RFC 7946, 3.1.6).
_FEWEST_POSITIONS = 4


class Place(NamedTuple):
    """A geometry as the record keeps it."""

    geometry: dict[str, Any]
    #: Whether its rings crossed themselves, and now do not.
    is_mended: bool = False


def place_of(cells: Mapping[str, Any], mapping: ColumnMapping) -> Place | None:
    """
    Return the place that a row gives, sound; nothing if it gives none.

    :raises CellFault: ``null_geometry``, ``open_ring``, ``bad_geometry``, ``mixed_geometry``, ``too_many_positions``,
        ``swapped_coordinates``, ``not_on_earth``, ``zero_coordinates``, ``half_a_position``, ``not_a_number``
    """
    geometry: Any = None
    if mapping.geometry:
        told = cells.get(mapping.geometry, "")
        if told is None:
            raise CellFault("null_geometry")
        geometry = None if is_blank(told) else _read(told)
    if geometry is None and mapping.longitude and mapping.latitude:
        geometry = _point(cells.get(mapping.longitude), cells.get(mapping.latitude))
    if geometry is None:
        return None
    place = _sound(geometry)
    if mapping.crs == GCJ02:
        moved = {"type": place.geometry["type"], "coordinates": from_gcj02(place.geometry["coordinates"])}
        return Place(sound_geometry(moved), place.is_mended)
    return place


def _point(longitude: Any, latitude: Any) -> dict[str, Any] | None:
    if is_blank(longitude) and is_blank(latitude):
        return None
    if is_blank(longitude) or is_blank(latitude):
        raise CellFault("half_a_position")
    return {"type": "Point", "coordinates": [number_of(longitude), number_of(latitude)]}


def _read(told: Any) -> Any:
    if not isinstance(told, str):
        return told
    if told.startswith("{"):
        try:
            return json.loads(told)
        except json.JSONDecodeError as error:
            raise CellFault("bad_geometry") from error
    try:
        read = shapely.from_wkt(told.rpartition(";")[2] if told.upper().startswith("SRID=4326;") else told)
    except ShapelyError as error:
        raise CellFault("open_ring" if "closed linestring" in str(error) else "bad_geometry") from error
    return json.loads(json.dumps(as_geojson(read)))


def _sound(geometry: Any) -> Place:
    if not isinstance(geometry, Mapping) or geometry.get("type") not in KINDS:
        raise CellFault("mixed_geometry" if "GeometryCollection" in str(geometry)[:200] else "bad_geometry")
    try:
        positions = list(positions_of(geometry.get("coordinates")))
    except (TypeError, ValueError, RecursionError) as error:
        raise CellFault("bad_geometry") from error
    if not positions:
        raise CellFault("null_geometry")
    geometry = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    _demand_on_earth(positions)
    if len(positions) > _MOST_POSITIONS:
        raise CellFault("too_many_positions")
    for ring in _rings(geometry):
        if not isinstance(ring, list) or len(ring) < _FEWEST_POSITIONS or ring[0] != ring[-1]:
            raise CellFault("open_ring")
    return _settled(geometry)


def _settled(geometry: Mapping[str, Any]) -> Place:
    """Return the geometry as the record keeps it, such that it stays so when the record looks at it again."""
    if geometry["type"] == "Point":
        # Lists of a million points are read: a test proves it equal to what the record makes of them.
        longitude, latitude = first_position(geometry)
        return Place({"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]})
    try:
        return Place(_kept(geometry))
    except CellFault:
        return Place(_kept(_mended(geometry)), is_mended=not shape(dict(geometry)).is_valid)


def _kept(geometry: Mapping[str, Any]) -> dict[str, Any]:
    try:
        if shape(dict(geometry)).is_valid:
            kept = sound_geometry(geometry)
            if sound_geometry(kept) == kept:
                return kept
    except InvalidValueError as error:
        raise CellFault("too_many_positions" if "positions" in str(error.facts[1]) else "bad_geometry") from error
    except (ShapelyError, ValueError, TypeError) as error:
        raise CellFault("bad_geometry") from error
    raise CellFault("bad_geometry")


def _mended(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a geometry whose rings cross themselves as the areas that they bound, without what has none."""
    try:
        read = shapely.force_2d(shape(dict(geometry)))
        if not read.is_valid:
            read = shapely.make_valid(read, method="structure", keep_collapsed=False)
        # Rounding moves edges across each other: this way of it keeps rings sound.
        read = shapely.set_precision(read, _GRID)
        if "Polygon" in geometry["type"]:
            areas = [part for part in shapely.get_parts(read).tolist() if "Polygon" in part.geom_type]
            read = shapely.union_all(areas)
    except (ShapelyError, ValueError, TypeError) as error:
        raise CellFault("bad_geometry") from error
    found: Mapping[str, Any] = json.loads(json.dumps(as_geojson(read)))
    return found


def _demand_on_earth(positions: list[list[float]]) -> None:
    if all(position[0] == position[1] == 0 for position in positions):
        raise CellFault("zero_coordinates")
    if any(abs(position[0]) > _EAST or abs(position[1]) > _NORTH for position in positions):
        fits = all(abs(position[1]) <= _EAST and abs(position[0]) <= _NORTH for position in positions)
        raise CellFault("swapped_coordinates" if fits else "not_on_earth")


def _rounded(coordinates: Any) -> Any:
    # Nothing is lost: a tenth of a millimetre. Numbers of no size at all make the mending of rings stumble.
    if isinstance(coordinates, list):
        return [_rounded(part) for part in coordinates]
    return round(float(coordinates), 9)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Any]:
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        yield from coordinates
    elif geometry["type"] == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon
