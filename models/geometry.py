"""
Places of projects: GeoJSON geometries (RFC 7946), in WGS 84, longitude before latitude.

What is kept is all that was said, to a tenth of a metre; a map draws less of it where it has more than anybody sees.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from models.exceptions import InvalidValueError

#: Of the kinds of RFC 7946, those that a project can have. A collection of different kinds has no one mark.
KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
#: Six places are a tenth of a metre.
_PRECISION = 1e-6
#: Some four megabytes of GeoJSON. More is a survey, not a place.
MOST_POSITIONS = 200_000
#: As many as a map draws of one project; and where making it rougher begins, in degrees: about a metre.
_MOST_DRAWN = 5_000
_FINEST = 1e-5
_METRES_IN_A_DEGREE = 111_320
_FARTHEST = {"longitude": 180.0, "latitude": 90.0}


@dataclass(frozen=True)
class Drawn:
    """A geometry as a map draws it."""

    geometry: Mapping[str, Any]
    #: How far it may lie from what was said, in metres; zero where it is exactly that.
    tolerance: int = 0
    #: How many positions were said.
    positions: int = 0


def drawn(geometry: Mapping[str, Any]) -> Drawn:
    """Return a geometry with no more positions than a map needs: as it is, or within a tolerance that is told."""
    count = _count(geometry["coordinates"])
    if count <= _MOST_DRAWN:
        return Drawn(geometry, positions=count)
    read, tolerance = shape(dict(geometry)), _FINEST
    rough = read.simplify(tolerance)
    while shapely.get_num_coordinates(rough) > _MOST_DRAWN:
        tolerance *= 2
        rough = read.simplify(tolerance)
    return Drawn(_plain(rough), tolerance=ceil(tolerance * _METRES_IN_A_DEGREE), positions=count)


def right_handed(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a geometry whose outer rings run counterclockwise, and the holes in them clockwise (section 3.1.6)."""
    if "Polygon" not in geometry["type"]:
        return geometry
    read = shape(dict(geometry))
    turned = shapely.orient_polygons(read)
    return geometry if turned.equals_exact(read) else _plain(turned)


def sound_geometry(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the geometry with coordinates of six places, its rings right-handed, and mended where they cross themselves.

    :raises InvalidValueError: if it is not a geometry of :data:`KINDS`, is empty, or does not lie on Earth
    """
    if geometry.get("type") not in KINDS:
        raise InvalidValueError("geometry", str(geometry.get("type")))
    try:
        read = shape(dict(geometry))
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise InvalidValueError("geometry", "unreadable") from error
    if read.is_empty:
        raise InvalidValueError("geometry", "empty")
    if shapely.get_num_coordinates(read) > MOST_POSITIONS:
        raise InvalidValueError("geometry", "too many positions")
    _demand_on_earth(read)
    sound = _mended(read)
    if sound.geom_type not in KINDS:
        raise InvalidValueError("geometry", "unreadable")
    return _plain(shapely.orient_polygons(sound))


def point_of(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Return longitude and latitude of a point in or on the geometry, where its mark is put."""
    point = shape(dict(geometry)).representative_point()
    return round(point.x, 6), round(point.y, 6)


def _mended(geometry: BaseGeometry) -> BaseGeometry:
    """Return the geometry in the plane, rounded and then valid: rounding may make a thin ring cross itself."""
    try:
        rounded = shapely.set_precision(shapely.force_2d(geometry), _PRECISION, mode="pointwise")
        return rounded if rounded.is_valid else shapely.make_valid(rounded)
    except ShapelyError as error:
        raise InvalidValueError("geometry", "unreadable") from error


def _demand_on_earth(geometry: BaseGeometry) -> None:
    west, south, east, north = geometry.bounds
    if not (
        -_FARTHEST["longitude"] <= west <= east <= _FARTHEST["longitude"]
        and -_FARTHEST["latitude"] <= south <= north <= _FARTHEST["latitude"]
    ):
        raise InvalidValueError("geometry", "not on Earth")


def _plain(geometry: BaseGeometry) -> dict[str, Any]:
    found = mapping(geometry)
    return {"type": found["type"], "coordinates": _listed(found["coordinates"])}


def _count(coordinates: Any) -> int:
    if not coordinates or isinstance(coordinates[0], (int, float)):
        return 1
    return sum(map(_count, coordinates))


def _listed(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(coordinates, 6)
    return [_listed(part) for part in coordinates]
