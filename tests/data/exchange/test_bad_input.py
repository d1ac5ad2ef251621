"""What is wrong in files as they come: each is named with its row, column and words, and nothing is lost."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest

from data.database import reading
from data.exchange.dates import DateOrder
from data.exchange.gcj02 import gcj02, wgs84
from data.exchange.guess import guess_mapping
from data.exchange.mapping import ColumnMapping, MilestoneColumns
from data.exchange.open_file import open_source
from data.exchange.projects import import_projects
from data.queries.project_view import find_project
from data.queries.standings import standing_of
from models.clock import local_date
from models.milestone import Precision, RevisionKind
from models.project import ProjectIdentifier
from models.project_contradiction import ProjectContradictionKind
from tests.conftest import NOW, OFFICER

PLAN = MilestoneColumns(title="Opening", planned="planned", actual="actual", completes=True)
MAPPING = ColumnMapping(
    identifier="id",
    title="name",
    phase="phase",
    budget="cost",
    currency="CNY",
    progress="built",
    annual_progress="of the year",
    milestones=(PLAN,),
)
COLUMNS = ("id", "name", "phase", "planned", "actual", "cost", "built", "of the year")


def rows(*told):
    """Return a table; each row as a dictionary of what is not blank."""
    lines = [
        ",".join(f'"{one.get(column, "")}"' for column in COLUMNS)
        for one in ({"id": f"R{place}", "name": "a"} | row for place, row in enumerate(told, 1))
    ]
    return "\n".join([",".join(COLUMNS), *lines]).encode()


def taken(content, name="list.csv", mapping=MAPPING, **more):
    return import_projects(content, name, mapping, actor=OFFICER, now=NOW, **more)


def project(identifier, scheme="water"):
    with reading() as session:
        known = session.get_one(ProjectIdentifier, (scheme, identifier))
        return find_project(session, known.project_id, today=local_date(NOW))


def told_of(found):
    return [(one.row, one.column, one.value, one.reason) for one in found]


def test_dates_in_five_formats_in_one_column_are_all_understood(small_city):
    formats = ("2027-03-31", "31/03/2027", "2027年3月31日", "31 Mar 2027", "20270331", "2027年一季度", "2027-03")
    report = taken(rows(*({"planned": one} for one in formats)))

    said = [project(f"R{place}").milestones[0].baseline for place in range(1, len(formats) + 1)]
    assert report.reported == []
    assert {one.due_date for one in said} == {date(2027, 3, 31)}
    assert [one.precision for one in said] == [*[Precision.DAY] * 5, Precision.QUARTER, Precision.MONTH]


def test_a_day_that_is_in_no_calendar_is_named_with_its_words(small_city):
    report = taken(rows({"planned": "31/02/2024"}, {"planned": "2027-01-01"}))

    assert told_of(report.reported) == [(2, "planned", "31/02/2024", "not_a_date")]
    assert report.taken == 1


@pytest.mark.parametrize(("column", "reason"), [("planned", "doubtful_year"), ("actual", "future_date")])
def test_a_year_a_century_off_is_named(small_city, column, reason):
    report = taken(rows({column: "2069-07-20"}))

    assert told_of(report.reported) == [(2, column, "2069-07-20", reason)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("TBD", "to_be_decided"),
        ("待定", "to_be_decided"),
        ("Exempt under section 43", "withheld_there"),
        ("不予公开", "withheld_there"),
    ],
)
def test_what_is_undecided_or_withheld_is_no_mistake_and_no_zero(small_city, words, reason):
    report = taken(rows({"planned": words, "cost": words}))

    found = project("R1")
    assert (report.taken, report.reported) == (1, [])
    assert sorted(told_of(report.notes)) == [(2, "cost", words, reason), (2, "planned", words, reason)]
    assert (found.milestones, found.budgets) == ([], [])


@pytest.mark.parametrize("words", ["see R7", "Included in 850-HWK", "同上", "已包含在二期"])
def test_a_cost_that_points_at_another_row_is_none_of_this_one(small_city, words):
    report = taken(rows({"cost": words}))

    assert told_of(report.notes) == [(2, "cost", words, "told_in_another_row")]
    assert project("R1").budgets == []


def test_of_the_plan_of_a_year_more_than_all_or_less_than_nothing_may_be_done(small_city):
    report = taken(rows({"of the year": "107.56"}, {"of the year": "-100"}, {"of the year": "-100%", "built": "0"}))

    reports = [project(f"R{place}").reports[0] for place in (1, 2, 3)]
    assert report.reported == []
    assert [one.annual_share for one in reports] == [10_756, -10_000, -10_000]
    assert [one.physical for one in reports] == [None, None, 0]


@pytest.mark.parametrize("built", ["-100", "107.56"])
def test_of_a_building_neither_can_be(small_city, built):
    report = taken(rows({"built": built}))

    assert told_of(report.reported) == [(2, "built", str(float(built)), "percent_out_of_range")]


def test_all_built_and_not_finished_is_noted_and_contradicts_the_record(small_city):
    report = taken(rows({"built": "100", "phase": "在建", "planned": "2026-01-01"}))

    assert told_of(report.notes) == [(2, "built", "100.0", "done_but_unfinished")]
    with reading() as session:
        stands = standing_of(session, project("R1").summary.id, NOW)
    assert [one.kind for one in stands.contradictions] == [ProjectContradictionKind.DONE_WITHOUT_ACCEPTANCE]


def test_of_two_rows_with_one_number_nobody_knows_which_holds(small_city):
    report = taken(rows({"id": "A"}, {"id": "A", "name": "b"}, {"id": "B"}))

    assert told_of(report.reported) == [(3, "id", "A", "duplicate_identifier")]
    assert project("A").said.title == "a"


def areas(*geometries, crs=None):
    listed = [
        {"type": "Feature", "id": f"F{place}", "properties": {"name": "a"}, "geometry": one}
        for place, one in enumerate(geometries, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed, **({"crs": crs} if crs else {})}).encode()


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def ring_of(positions):
    circle = ((2 * math.pi * place / positions, place) for place in range(positions))
    return [[116 + math.cos(angle), 39 + math.sin(angle)] for angle, _ in circle]


def test_an_area_that_crosses_itself_is_mended_and_noted(small_city):
    bow = polygon([116, 39], [117, 40], [117, 39], [116, 40])
    report = import_projects(areas(bow), "areas.geojson", actor=OFFICER, now=NOW)

    assert [(one.row, one.reason) for one in report.notes] == [(1, "ring_crossed_itself")]
    assert project("F1").locations[0].geometry["type"] == "MultiPolygon"


def test_a_geometry_of_a_megabyte_is_taken_as_it_is(small_city):
    content = areas(polygon(*ring_of(30_000)))
    assert len(content) > 1_000_000

    report = import_projects(content, "areas.geojson", actor=OFFICER, now=NOW)

    assert (report.taken, report.reported) == (1, [])
    assert len(project("F1").locations[0].geometry["coordinates"][0]) > 29_000


def test_a_survey_is_named_and_the_project_can_be_taken_without_it(small_city):
    content = areas(polygon(*ring_of(400_001)), polygon(*ring_of(9)))
    report = import_projects(content, "areas.geojson", actor=OFFICER, now=NOW)
    lenient = import_projects(content, "areas.geojson", actor=OFFICER, now=NOW, lenient=True)

    assert [(one.row, one.reason) for one in report.reported] == [(1, "too_many_positions")]
    assert (lenient.taken, [(one.row, one.reason) for one in lenient.notes]) == (2, [(1, "too_many_positions")])
    assert project("F1").locations == []


def test_a_place_that_nobody_states_is_no_mistake(small_city):
    report = import_projects(areas(None), "areas.geojson", actor=OFFICER, now=NOW)

    assert (report.taken, [one.reason for one in report.notes]) == (1, ["null_geometry"])


def test_swapped_coordinates_are_named_and_never_put_right_in_silence(small_city):
    report = import_projects(
        areas({"type": "Point", "coordinates": [39.9, 116.4]}), "p.geojson", actor=OFFICER, now=NOW
    )

    assert [(one.row, one.reason) for one in report.reported] == [(1, "swapped_coordinates")]


def test_the_offset_of_maps_published_in_china_is_taken_away_again():
    for longitude, latitude in ((116.397428, 39.90923), (121.4737, 31.2304), (87.6, 43.8)):
        shown = gcj02(longitude, latitude)
        back = wgs84(*shown)
        # Some five hundred metres there, and less than a decimetre left.
        assert abs(shown[0] - longitude) > 0.001
        assert back == pytest.approx((longitude, latitude), abs=1e-6)
    assert gcj02(-0.1, 51.5) == (-0.1, 51.5)


@pytest.mark.parametrize("says", ["the file", "whoever imports it"])
def test_coordinates_that_are_declared_as_gcj02_are_converted_and_say_so(small_city, says):
    shown = list(gcj02(116.397428, 39.90923))
    crs = {"type": "name", "properties": {"name": "GCJ-02"}} if says == "the file" else None
    content = areas({"type": "Point", "coordinates": shown}, crs=crs)
    mapping = replace(guess_mapping(open_source(content, "p.geojson")), crs="gcj02")
    report = import_projects(content, "p.geojson", mapping if crs is None else None, actor=OFFICER, now=NOW)

    place = project("F1").locations[0]
    assert [one.reason for one in report.notes] == ["converted_from_gcj02"]
    assert (place.longitude, place.latitude) == pytest.approx((116.397428, 39.90923), abs=2e-5)
    assert place.reason == "import from p.geojson (GCJ-02 converted to WGS 84, within 2 m)"
    assert import_projects(content, "p.geojson", mapping, actor=OFFICER, now=NOW).unchanged == 1


def test_a_file_older_than_the_one_before_it_moves_nothing_back(small_city):
    taken(rows({"planned": "2027-03-01"}), as_of=date(2026, 6, 1))

    report = taken(rows({"planned": "2027-01-01"}), as_of=date(2026, 1, 1))

    assert [(one.row, one.reason) for one in report.reported] == [(2, "out_of_order")]
    assert report.reported[0].value == "2026-06-01, 2026-01-01"
    assert [one.kind for one in project("R1").milestones[0].revisions] == [RevisionKind.BASELINE]


def test_ambiguous_days_wait_for_an_answer(small_city):
    report = taken(rows({"planned": "03/04/2027"}))
    answered = taken(rows({"planned": "03/04/2027"}), mapping=replace(MAPPING, date_order=DateOrder.DAY_FIRST))

    assert [one.reason for one in report.reported] == ["ambiguous_date"]
    assert answered.taken == 1
