"""Places on Earth, and what only looks like one."""

import math

import pytest
import shapely

from models.exceptions import InvalidValueError
from models.geometry import drawn, point_of, right_handed, sound_geometry

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
        {"type": "LineString", "coordinates": [[x / 2000, 0] for x in range(200_001)]},
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


def test_rings_are_turned_by_the_right_hand_rule_and_nothing_else_changes():
    hole = [[119.02, 30.02], [119.08, 30.02], [119.08, 30.08], [119.02, 30.08], [119.02, 30.02]]
    clockwise = {"type": "Polygon", "coordinates": [SQUARE[::-1], hole]}
    right = {"type": "Polygon", "coordinates": [SQUARE, hole[::-1]]}

    assert sound_geometry(clockwise) == right_handed(clockwise)
    turned = right_handed(clockwise)["coordinates"]
    assert [shapely.is_ccw(shapely.linearrings(ring)) for ring in turned] == [True, False]
    assert [sorted(ring[1:]) for ring in turned] == [sorted(ring[1:]) for ring in right["coordinates"]]
    assert right_handed(right) is right
    assert right_handed({"type": "Point", "coordinates": [1, 2]}) == {"type": "Point", "coordinates": [1, 2]}


def test_a_map_draws_less_of_what_has_more_than_anybody_sees_and_says_how_rough_it_is():
    angles = [2 * math.pi * place / 30_000 for place in range(30_000)]
    ring = [[119 + math.cos(angle) / 10, 30 + math.sin(angle) / 10] for angle in angles]
    said = sound_geometry({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})

    rough = drawn(said)

    assert rough.positions == len(said["coordinates"][0]) > 20_000
    assert len(rough.geometry["coordinates"][0]) <= 5_000
    exact, shown = shapely.geometry.shape(said), shapely.geometry.shape(rough.geometry)
    assert exact.hausdorff_distance(shown) * 111_320 <= rough.tolerance + 1
    assert drawn({"type": "Polygon", "coordinates": [SQUARE]}).tolerance == 0
