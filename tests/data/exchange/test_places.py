import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.exchange.cells import CellFault
from data.exchange.mapping import ColumnMapping
from data.exchange.places import place_of
from data.exchange.surroundings import Surroundings, demand_near
from models.geometry import sound_geometry

COLUMNS = ColumnMapping(title="name", longitude="lon", latitude="lat", geometry="geometry")
SQUARE = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
BOW_TIE = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]


def reason_of(cells):
    with pytest.raises(CellFault) as fault:
        place_of(cells, COLUMNS)
    return fault.value.reason


def place_or_none(cells):
    """Return the place of a row; nothing where its geometry cannot be one."""
    try:
        return place_of(cells, COLUMNS)
    except CellFault:
        return None


def area(ring):
    return {"geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_place_is_two_columns_or_a_geometry_as_geojson_or_wkt():
    point = {"type": "Point", "coordinates": [119.5, 30.2]}
    for cells in (
        {"lon": "119.5", "lat": "30.2"},
        {"lon": 119.5, "lat": 30.2, "geometry": ""},
        {"geometry": point},
        {"geometry": '{"type": "Point", "coordinates": [119.5, 30.2]}'},
        {"geometry": "POINT (119.5 30.2)"},
        {"geometry": "SRID=4326;POINT(119.5 30.2)"},
    ):
        place = place_of(cells, COLUMNS)
        assert place is not None
        assert place.geometry == point


def test_a_row_without_a_place_has_none():
    assert place_of({"lon": "", "lat": " ", "geometry": ""}, COLUMNS) is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"geometry": None}, "null_geometry"),
        ({"geometry": {"type": "Point", "coordinates": []}}, "null_geometry"),
        (area(SQUARE[:-1]), "open_ring"),
        (area(SQUARE[:2] + SQUARE[:1]), "open_ring"),
        ({"geometry": "POLYGON((0 0, 0 1, 1 1, 1 0))"}, "open_ring"),
        ({"geometry": "POLYGON((0 0, 0 1"}, "bad_geometry"),
        ({"geometry": "somewhere"}, "bad_geometry"),
        ({"geometry": '{"type": '}, "bad_geometry"),
        ({"geometry": {"type": "Point", "coordinates": ["a", "b"]}}, "bad_geometry"),
        ({"geometry": {"type": "Point", "coordinates": [1]}}, "bad_geometry"),
        ({"geometry": {"type": "Point"}}, "bad_geometry"),
        ({"geometry": {"type": "GeometryCollection", "geometries": []}}, "mixed_geometry"),
        ({"geometry": {"type": "Point", "coordinates": [25.95, -100.016]}}, "swapped_coordinates"),
        ({"lon": "-37.8", "lat": "144.9"}, "swapped_coordinates"),
        ({"lon": "521000", "lat": "180000"}, "not_on_earth"),
        ({"lon": "0", "lat": "0"}, "zero_coordinates"),
        ({"lon": "nan", "lat": "1"}, "not_a_number"),
        ({"lon": "12°", "lat": "1"}, "not_a_number"),
        ({"lon": "12", "lat": ""}, "half_a_position"),
    ],
)
def test_each_wrong_place_has_its_reason(cells, reason):
    assert reason_of(cells) == reason


def test_a_ring_that_crosses_itself_is_mended_and_it_is_told():
    place = place_of(area(BOW_TIE), COLUMNS)
    assert place is not None
    assert place.is_mended
    assert place.geometry["type"] == "MultiPolygon"
    assert sound_geometry(place.geometry) == place.geometry


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=3, max_size=12, unique=True))
def test_what_is_taken_of_an_area_stays_what_it_is(positions):
    ring = [list(position) for position in positions]
    place = place_or_none(area([*ring, ring[0]]))
    assert place is None or sound_geometry(place.geometry) == place.geometry


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_is_kept_as_the_record_keeps_it(longitude, latitude):
    assume(longitude or latitude)
    place = place_of({"lon": longitude, "lat": latitude}, COLUMNS)
    assert place is not None
    assert sound_geometry(place.geometry) == place.geometry
    # To six places, and of what lies just between two, to either.
    assert place.geometry["coordinates"] == pytest.approx([longitude, latitude], rel=0, abs=0.5000001e-6)


def surroundings():
    lie = Surroundings()
    for step in range(20):
        lie.add(10 + step / 10, 50 + step / 20)
    return lie.neighbourhood()


def test_a_place_far_from_all_others_that_would_fit_if_it_were_swapped_is_told():
    with pytest.raises(CellFault) as fault:
        demand_near({"type": "Point", "coordinates": [50.5, 10.5]}, surroundings())
    assert fault.value.reason == "swapped_coordinates"


def test_a_place_that_is_only_far_away_is_taken():
    demand_near({"type": "Point", "coordinates": [-60.0, 10.0]}, surroundings())
    demand_near({"type": "Point", "coordinates": [11.0, 50.2]}, surroundings())


def test_a_few_rows_say_nothing_about_where_others_lie():
    lie = Surroundings()
    lie.add(10, 50)
    assert lie.neighbourhood() is None
