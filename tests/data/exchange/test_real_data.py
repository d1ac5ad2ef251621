"""Files that nobody here wrote. Each test prints what became of its rows: ``pytest -s -m real_data``."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from data.database import reading
from data.exchange.comments import CommentSource, import_comments
from data.exchange.drafts import import_draft
from data.exchange.guess import guess_mapping
from data.exchange.mapping import MilestoneColumns
from data.exchange.open_file import open_source
from data.exchange.phases import PhaseCounts
from data.exchange.previews import preview
from data.exchange.projects import import_projects
from data.ledger.verify import verify
from data.queries.beside_others import beside_others
from data.queries.decision_view import tally_of
from data.queries.project_view import find_project
from data.queries.standings import all_standings
from models.clock import local_date
from models.exceptions import UnreadableFileError
from models.light_reasons import Light
from models.milestone import RevisionKind
from models.money import BudgetKind, BudgetVersion
from models.present import ProjectPresent
from models.project import Phase, ProjectIdentifier, Sector
from tests.conftest import NOW, OFFICER, PLANNER

pytestmark = pytest.mark.real_data
NONE: dict[str, int] = {}


def told(report):
    """Print what became of a file, and check that everything adds up."""
    counts = f"{report.rows} rows, {report.taken} taken, {report.unchanged} unchanged, {len(report.reported)} reported"
    print(f"\n{report.file}: {counts} {dict(report.by_reason())}, notes {dict(report.notes_by_reason())}")  # noqa: T201 - the figures are to be seen.
    assert report.rows == report.taken + len(report.reported)
    return report.rows, report.taken, report.unchanged, dict(report.by_reason())


def twice(path, mapping=None, *, rows, taken, reasons=NONE, **more):
    """Import a file twice: the second time everything is unchanged."""
    first = import_projects(path, mapping=mapping, actor=OFFICER, now=NOW, **more)
    assert told(first) == (rows, taken, 0, reasons)
    again = import_projects(path, mapping=mapping, actor=OFFICER, now=NOW, **more)
    assert told(again) == (rows, taken, taken, reasons)
    return first


def on_the_map(session):
    return len(
        session.exec(select(ProjectPresent.project_id).where(col(ProjectPresent.location_id).is_not(None))).all()
    )


def in_phases():
    """How many of the imported projects stand in each phase."""
    with reading() as session:
        found = session.exec(select(ProjectPresent.phase, ProjectPresent.project_id))
        return Counter(phase for phase, project in found if project != "P-1001")


def view(scheme, value):
    with reading() as session:
        known = session.get_one(ProjectIdentifier, (scheme, value))
        found = find_project(session, known.project_id, today=local_date(NOW))
    assert found is not None
    return found


def test_milestones_of_melbourne_water(small_city, real_data):
    path = real_data / "melbourne-capital-delivery" / "Capital_Delivery_Project_deidentified.csv"
    guess = guess_mapping(open_source(path))
    assert [milestone.either for milestone in guess.milestones] == [
        "Tender Closed", "BNI", "BCA", "PBC", "Stage1", "Stage2", "Stage3",
    ]  # fmt: skip
    *gates, first, second, _ = guess.milestones
    stages = (replace(first, begins=True), replace(second, begins=True))
    last = MilestoneColumns(title="Defects period ends", either="Stage3", completes=True)
    mapping = replace(guess, budget="FFC", currency="AUD", milestones=(*gates, *stages, last))
    report = twice(path, mapping, rows=445, taken=445, as_of=date(2024, 10, 28))
    # No column says the phase: it is what the gates say that have been passed.
    assert report.phases == PhaseCounts(
        completion=248, implementation=87, preparation=109, not_begun=1, assumed=Phase.IDENTIFICATION
    )
    assert in_phases() == {
        Phase.COMPLETION: 248,
        Phase.IMPLEMENTATION: 87,
        Phase.PREPARATION: 109,
        Phase.IDENTIFICATION: 1,
    }
    project = view("water", "Q05640")
    # 11/07/2016 could be either; the column has days above 12 in the first place.
    concept = next(milestone for milestone in project.milestones if milestone.title == "BNI")
    assert (str(concept.baseline.due_date), concept.latest.kind) == ("2016-07-11", RevisionKind.ACHIEVED)
    assert (project.summary.budget, project.summary.currency) == (206607559, "AUD")


def test_the_register_of_the_planning_inspectorate(small_city, real_data):
    folder = real_data / "uk-nsip"
    register = twice(folder / "nsip.csv", rows=233, taken=233)
    # A column says the phase.
    assert register.phases is None
    areas = import_projects(folder / "nsip-19-projects-polygons.geojson", actor=OFFICER, now=NOW)
    assert told(areas) == (19, 19, 0, NONE)
    project = view("water", "WA010002")
    assert project.said.title == "Hampshire Water Transfer and Water Recycling Project"
    assert project.said.phase is Phase.IDENTIFICATION
    assert [location.geometry["type"] for location in project.locations] == ["Point", "Polygon"]


def test_simplified_areas_of_the_planning_inspectorate(small_city, real_data):
    path = real_data / "uk-nsip" / "DERIVED-simplified-polygons.geojson"
    twice(path, rows=19, taken=17, reasons={"mixed_geometry": 2})


def test_the_register_of_the_planning_inspectorate_as_json(small_city, real_data):
    twice(real_data / "uk-nsip" / "nsip.json", rows=233, taken=233)


def test_capital_projects_of_new_york(small_city, real_data):
    path = real_data / "nyc-capital-projects" / "projects.geojson"
    mapping = replace(guess_mapping(open_source(path)), currency="USD", budget_unit=1000)
    twice(path, mapping, rows=2010, taken=2008, reasons={"duplicate_identifier": 2})
    assert view("water", "LB20DUMBO").summary.budget == 500_000_000
    # What it was to cost, and what it costs by now: 1,118 came to more, and hundreds to less.
    with reading() as session:
        changed = session.exec(select(BudgetVersion).where(BudgetVersion.number == 2)).all()
        assert all(one.kind is BudgetKind.ADJUSTMENT for one in changed)
        assert len(session.exec(select(BudgetVersion).where(BudgetVersion.number == 1)).all()) == 2008
    assert "explanation_for_delay: PROJECT DELAYED DUE TO CHANGES" in view("water", "LB20DUMBO").said.description
    with reading() as session:
        assert on_the_map(session) == 2009
        assert not verify(session, lambda _done, _total: None).faults


def test_major_projects_of_australia(small_city, real_data):
    twice(real_data / "au-major-projects" / "Australia Projects.csv", rows=30, taken=30, as_of=date(2026, 5, 26))
    # A status was granted to each, and no date is one of works.
    assert in_phases() == {Phase.PREPARATION: 30}
    with reading() as session:
        lights = Counter(one.light.light for one in all_standings(session, NOW).values())
    # Each has a day on which its status was granted, which has come, and one on which it expires.
    assert lights[Light.GREEN] + lights[Light.YELLOW] + lights[Light.RED] + lights[Light.STALE] == 31


def test_places_of_the_major_projects_of_australia_come_from_another_table(small_city, real_data):
    folder = real_data / "au-major-projects"
    register = replace(guess_mapping(open_source(folder / "Australia Projects.csv")), identifier="Map legend")
    twice(folder / "Australia Projects.csv", register, rows=30, taken=30, as_of=date(2026, 5, 26))
    categories = {
        "Critical minerals & resources": Sector.ECONOMY,
        "Advanced manufacturing": Sector.ECONOMY,
        "Renewable energy & hydrogen": Sector.ENERGY,
        "Carbon management": Sector.ENERGY,
        "Offshore wind": Sector.ENERGY,
        "Digital infrastructure": Sector.COMMUNICATIONS,
    }
    path = folder / "project_enrichment.csv"
    guess = guess_mapping(open_source(path))
    places = replace(guess, identifier="Map legend", region="Location label", sectors=categories)
    twice(path, places, rows=30, taken=30, as_of=date(2026, 7, 19))
    project = view("water", "1")
    assert (project.said.title, project.said.region) == ("Ammaroo Phosphate Project", "Ammaroo, Northern Territory")
    assert "phosphate rock" in project.said.description
    with reading() as session:
        assert on_the_map(session) == 31
        # Of 30 places, none lies where it would in China, and none is told to be swapped.
        known = all_standings(session, NOW)
        assert not any(beside_others(session, known, dict(known)).values())


def test_railway_stations_of_india(small_city, real_data):
    report = import_projects(real_data / "india-rail-stations" / "stations.json", actor=OFFICER, now=NOW)
    assert told(report) == (8990, 8989, 0, {"missing_title": 1})
    assert report.notes_by_reason()["null_geometry"] == 293
    assert in_phases() == {Phase.IDENTIFICATION: 8989}
    with reading() as session:
        assert on_the_map(session) == 8990 - 293 + 1


def test_schools_under_construction_in_new_york(small_city, real_data):
    path = real_data / "nyc-capital-projects" / "SCA_Active_Projects_Under_Construction.csv"
    mapping = replace(guess_mapping(open_source(path)), currency="USD")
    report = twice(path, mapping, rows=1105, taken=1103, reasons={"duplicate_identifier": 2})
    assert Counter(note.reason for note in report.notes) == {"unknown_sector": 1105}
    # Each has a contract that is awarded.
    assert in_phases() == {Phase.IMPLEMENTATION: 1103}
    with reading() as session:
        assert on_the_map(session) == 1103 - 4 + 1


def test_the_worked_example_of_oc4ids(small_city, real_data):
    twice(real_data / "oc4ids-ocds" / "example.json", rows=1, taken=1)
    project = view("oc4ids", "oc4ids-bu3kcz-m75-junctions-4-to-5-smart-motorway")
    assert (project.said.phase, project.summary.budget, project.summary.currency) == (
        Phase.MAINTENANCE, 4_000_000_000, "GBP",
    )  # fmt: skip
    assert {(name.scheme, name.value) for name in project.identifiers} >= {("internal", "M75/SM/4-5")}


def test_a_real_place_with_its_coordinates_swapped_is_reported(small_city, real_data):
    path = real_data / "oc4ids-ocds" / "TRAP-swapped-latlon-nuevo-leon.json"
    report = import_projects(path, actor=OFFICER, now=NOW)
    assert told(report) == (1, 0, 0, {"swapped_coordinates": 1})


@pytest.mark.parametrize(("name", "reason"), [("rubbish.json", "unknown_json"), ("invalid-json.json", "broken_json")])
def test_broken_packages_are_refused(real_data, name, reason):
    with pytest.raises(UnreadableFileError) as refused:
        preview(real_data / "oc4ids-ocds" / "lib-cove-fixtures" / name)
    assert refused.value.facts[0] == reason


def test_the_regulation_on_decisions_as_a_draft(small_city, real_data):
    path = real_data / "cn-law-versions" / "重大行政决策程序暂行条例(2019-04-20).md"
    first = import_draft(path, decision_id=small_city.decision, actor=PLANNER, now=NOW)
    again = import_draft(path, decision_id=small_city.decision, actor=PLANNER, now=NOW)
    # 44 articles, and what stands above the first.
    assert told(first) == (45, 45, 0, NONE)
    assert told(again) == (45, 45, 45, NONE)


def entered_twice(city, path, *, taken, rows, reasons=NONE):
    came = CommentSource(decision_id=city.decision, received_at=NOW)
    for unchanged in (0, taken):
        report = import_comments(path, came=came, actor=PLANNER, now=NOW + timedelta(hours=1))
        assert told(report) == (rows, taken, unchanged, reasons)
    with reading() as session:
        assert tally_of(session, city.decision).points == taken


def test_comments_of_madrid(small_city, real_data):
    path = real_data / "decide-madrid-2019" / "comments.csv"
    entered_twice(small_city, path, rows=5633, taken=5571, reasons={"missing_text": 62})


def test_comments_of_taiwan(small_city, real_data):
    path = real_data / "polis-open-data" / "vtaiwan.uberx" / "comments.csv"
    entered_twice(small_city, path, rows=197, taken=197)


def test_comments_of_years_ago_lie_outside_the_period(small_city, real_data):
    path = real_data / "polis-open-data" / "vtaiwan.uberx" / "comments.csv"
    came = CommentSource(decision_id=small_city.decision)
    report = import_comments(path, came=came, actor=PLANNER, now=NOW)
    assert told(report) == (197, 0, 0, {"outside_period": 197})
