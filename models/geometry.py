"""Places of projects: GeoJSON geometries (RFC 7946), in WGS 84, longitude before latitude."""

from collections.abc import Mapping
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
#: More is a survey, not a place on a map.
_MOST_POSITIONS = 20_000
_FARTHEST = {"longitude": 180.0, "latitude": 90.0}


def sound_geometry(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the geometry with coordinates of six places, its rings mended where they cross themselves.

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
    if shapely.get_num_coordinates(read) > _MOST_POSITIONS:
        raise InvalidValueError("geometry", "too many positions")
    _demand_on_earth(read)
    sound: dict[str, Any] = mapping(_mended(read))
    if sound["type"] not in KINDS:
        raise InvalidValueError("geometry", "unreadable")
    listed: dict[str, Any] = {"type": sound["type"], "coordinates": _listed(sound["coordinates"])}
    return listed


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


def _listed(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(coordinates, 6)
    return [_listed(part) for part in coordinates]
