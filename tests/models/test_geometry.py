"""Places on Earth, and what only looks like one."""

import pytest

from models.exceptions import InvalidValueError
from models.geometry import point_of, sound_geometry

SQUARE = [[119.0, 30.0], [119.1, 30.0], [119.1, 30.1], [119.0, 30.1], [119.0, 30.0]]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [119.5, 30.2]},
        {"type": "LineString", "coordinates": [[119.5, 30.2], [119.6, 30.3]]},
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    ],
)
def test_a_sound_geometry_stays_what_it_is(geometry):
    assert sound_geometry(geometry) == geometry


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Point", "coordinates": [30.2, 119.5]},
        {"type": "Point", "coordinates": [float("nan"), 30]},
        {"type": "Point", "coordinates": [float("inf"), 30]},
        {"type": "Polygon", "coordinates": [[[0, 0]]]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "Circle", "coordinates": [0, 0]},
        {"type": "LineString", "coordinates": [[x / 1000, 0] for x in range(30_000)]},
    ],
)
def test_what_is_no_place_on_earth_is_refused(geometry):
    with pytest.raises(InvalidValueError):
        sound_geometry(geometry)


def test_an_area_that_crosses_itself_is_mended():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}

    assert sound_geometry(bow)["type"] == "MultiPolygon"


def test_heights_and_needless_places_are_left_out():
    assert sound_geometry({"type": "Point", "coordinates": [119.123456789, 30.2, 88.0]}) == {
        "type": "Point",
        "coordinates": [119.123457, 30.2],
    }


def test_the_mark_of_an_area_is_inside_it():
    longitude, latitude = point_of({"type": "Polygon", "coordinates": [SQUARE]})

    assert 119.0 < longitude < 119.1
    assert 30.0 < latitude < 30.1
