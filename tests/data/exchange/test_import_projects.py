import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from data.database import reading
from data.exchange.dates import DateOrder
from data.exchange.guess import guess_mapping
from data.exchange.open_file import open_source
from data.exchange.previews import preview
from data.exchange.projects import import_projects
from data.ledger.verify import verify
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.projects import AmendProject, amend_project
from data.queries.project_view import find_project
from data.writer import change
from models.actor import Actor, Role
from models.clock import local_date
from models.decision import Language
from models.exceptions import NotFoundError, UnreadableFileError
from models.ledger import LedgerEntry
from models.milestone import Precision, ReasonCode, RevisionKind
from models.project import Phase, Project, ProjectIdentifier, Sector
from tests.conftest import NOW, OFFICER

HEADING = "编号,名称,阶段,行业,经度,纬度,总投资(万元),计划竣工,实际竣工\n"
LIST = (
    HEADING
    + "A1,二水厂,在建,水务,119.5,30.2,1200,2026-12-01,\nA2,滨江路,竣工,交通,119.6,30.3,300,2025-07-01,2025-08-01\n"
)


def imported(text, name="list.csv", *, now=NOW, actor=OFFICER, **more):
    content = text if isinstance(text, bytes) else text.encode()
    return import_projects(content, name, now=now, actor=actor, **more)


def view(identifier, scheme="water"):
    with reading() as session:
        known = session.get_one(ProjectIdentifier, (scheme, identifier))
        found = find_project(session, known.project_id, today=local_date(NOW))
    assert found is not None
    return found


def entries():
    with reading() as session:
        return len(session.exec(select(LedgerEntry.idx)).all())


def reasons(report):
    return [(one.row, one.column, one.reason) for one in report.reported]


def test_every_row_becomes_a_project_with_its_place_budget_and_dates(city):
    report = imported(LIST)
    assert (report.rows, report.taken, report.unchanged, report.reported) == (2, 2, 0, [])
    first, second = view("A1"), view("A2")
    assert (first.said.title, first.said.phase, first.said.sector) == ("二水厂", Phase.IMPLEMENTATION, Sector.WATER)
    assert (first.summary.longitude, first.summary.latitude) == (119.5, 30.2)
    assert (first.summary.budget, first.summary.currency) == (1_200_000_000, "CNY")
    assert [said.kind for said in first.milestones[0].revisions] == [RevisionKind.BASELINE]
    assert [(said.kind, str(said.due_date)) for said in second.milestones[0].revisions] == [
        (RevisionKind.BASELINE, "2025-07-01"),
        (RevisionKind.ACHIEVED, "2025-08-01"),
    ]
    with reading() as session:
        assert not verify(session, lambda _done, _total: None).faults


def test_importing_again_changes_nothing(city):
    imported(LIST)
    before = entries()
    report = imported(LIST, "renamed.csv")
    assert (report.rows, report.taken, report.unchanged) == (2, 2, 2)
    assert entries() == before


def test_a_date_that_changed_becomes_a_revision_with_the_file_as_its_reason(city):
    imported(LIST)
    report = imported(LIST.replace("2026-12-01", "2027-03-01"), "list-2.csv")
    assert (report.taken, report.unchanged) == (2, 1)
    said = view("A1").milestones[0].revisions
    assert [(one.kind, str(one.due_date)) for one in said] == [
        (RevisionKind.BASELINE, "2026-12-01"),
        (RevisionKind.REFORECAST, "2027-03-01"),
    ]
    assert said[1].reason == (
        "import from list-2.csv: 2026-12-01 → 2027-03-01; as in the file of 2026-11-24; no reason is given in it"
    )
    assert said[1].reason_code is ReasonCode.OTHER


def test_a_milestone_that_is_reached_now_is_said_to_be(small_city):
    imported(LIST)
    imported(LIST.replace("2026-12-01,", "2026-12-01,2026-11-20"))
    said = view("A1").milestones[0].revisions
    assert [(one.kind, str(one.due_date)) for one in said][1:] == [(RevisionKind.ACHIEVED, "2026-11-20")]


def test_a_day_of_the_past_that_changes_is_a_correction_of_data(small_city):
    imported(LIST)
    imported(LIST.replace("2025-08-01", "2025-08-05"))
    said = view("A2").milestones[0].revisions
    assert [(one.kind, one.reason_code) for one in said][2:] == [
        (RevisionKind.CORRECTION, ReasonCode.DATA_CORRECTION),
        (RevisionKind.ACHIEVED, None),
    ]
    assert str(said[-1].due_date) == "2025-08-05"
    assert imported(LIST.replace("2025-08-01", "2025-08-05")).unchanged == 2


def test_dates_may_go_there_and_back_again(small_city):
    moved = LIST.replace("2026-12-01", "2027-03-01")
    for text in (LIST, moved, LIST):
        imported(text)
    said = view("A1").milestones[0].revisions
    assert [str(one.due_date) for one in said] == ["2026-12-01", "2027-03-01", "2026-12-01"]


def test_what_officers_have_said_since_is_not_undone_by_a_file_that_says_what_it_said(small_city):
    imported(LIST)
    project = view("A1")
    moved = ReviseMilestone(
        milestone_id=project.milestones[0].id,
        kind=RevisionKind.REFORECAST,
        due_date=local_date(NOW) + timedelta(days=99),
        reason_code=ReasonCode.WEATHER,
        reason="下雨",
    )
    change(revise_milestone, moved, OFFICER, now=NOW)
    renamed = AmendProject(
        project_id=project.summary.id,
        language=Language.CHINESE,
        title="第二水厂",
        phase=Phase.IMPLEMENTATION,
        sector=Sector.WATER,
        reason="全称",
    )
    change(amend_project, renamed, OFFICER, now=NOW)
    assert imported(LIST).unchanged == 2
    assert imported(LIST.replace("水务", "能源")).unchanged == 1
    said = view("A1").said
    assert (said.title, said.sector, said.reason) == ("第二水厂", Sector.ENERGY, "import from list.csv")


def test_a_place_and_a_budget_that_changed_are_said_anew(small_city):
    imported(LIST)
    imported(LIST.replace("119.5,30.2,1200", "119.7,30.1,1500"))
    found = view("A1")
    assert [place.longitude for place in found.locations] == [119.5, 119.7]
    assert [budget.amount for budget in found.budgets] == [1_200_000_000, 1_500_000_000]
    assert {found.locations[1].reason, found.budgets[1].reason} == {"import from list.csv"}


def test_a_blank_cell_says_nothing_and_undoes_nothing(small_city):
    imported(LIST)
    before = entries()
    report = imported(HEADING + "A1,二水厂,,,,,,,\n")
    assert (report.taken, report.unchanged) == (1, 1)
    assert entries() == before


def test_an_import_that_was_interrupted_goes_on_without_doubling(small_city):
    text = HEADING + "".join(f"B{n},项目{n},在建,交通,119.6,30.3,300,2027-07-01,\n" for n in range(40))

    def interrupt(done, _total):
        if done == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(text, progress=interrupt)
    report = imported(text)
    assert (report.rows, report.taken, report.reported) == (40, 40, [])
    with reading() as session:
        assert len(session.exec(select(Project).where(col(Project.id) != city_project(small_city))).all()) == 40


def city_project(city):
    return city.project


def test_each_wrong_row_is_reported_with_its_cell_and_its_reason_and_the_others_are_taken(small_city):
    text = HEADING + (
        "C1,好,在建,水务,119.5,30.2,1200,2026-12-01,\n"
        "C2,钱,在建,水务,119.5,30.2,一千,2026-12-01,\n"
        "C3,日,在建,水务,119.5,30.2,1200,年底吧,\n"
        "C4,反,在建,水务,30.2,119.5,1200,2026-12-01,\n"
        "C1,重,在建,水务,119.5,30.2,1200,2026-12-01,\n"
        "C6,,在建,水务,119.5,30.2,1200,2026-12-01,\n"
        "C7,态,天知道,水务,119.5,30.2,1200,2026-12-01,\n"
        ",无,在建,水务,119.5,30.2,1200,2026-12-01,\n"
        "C9,未,在建,水务,119.5,30.2,1200,2026-12-01,2031-01-01\n"
        "C10,负,在建,水务,119.5,30.2,-5,2026-12-01,\n"
        f"C11,{'长' * 301},在建,水务,119.5,30.2,5,2026-12-01,\n"
        "C12,好,在建,水务,119.5,30.2,1200,2026-12-01,,\n"
        "C13,多,在建,水务,119.5,30.2,1200,2026-12-01,,5\n"
    )
    mapping = replace(guess_mapping(open_source(LIST.encode(), "list.csv")))
    report = imported(text, mapping=mapping)
    assert reasons(report) == [
        (3, "总投资(万元)", "not_a_number"),
        (4, "计划竣工", "not_a_date"),
        (5, "经度, 纬度", "swapped_coordinates"),
        (6, "编号", "duplicate_identifier"),
        (7, "名称", "missing_title"),
        (8, "阶段", "unknown_phase"),
        (9, "编号", "missing_identifier"),
        (10, "实际竣工", "future_date"),
        (11, "总投资(万元)", "negative_amount"),
        (12, "名称", "too_long"),
        (14, "", "too_many_cells"),
    ]
    assert report.reported[0].value == "一千"
    assert report.rows == 13 == report.taken + len(report.reported)


def test_a_lenient_import_takes_rows_without_their_wrong_cells_and_notes_them(small_city):
    text = HEADING + "D1,水厂,在建,水务,30.2,119.5,一千,2026-12-01,\nD2,,在建,水务,,,,,\n"
    mapping = guess_mapping(open_source(LIST.encode(), "list.csv"))
    report = imported(text, mapping=mapping, lenient=True)
    assert reasons(report) == [(3, "名称", "missing_title")]
    assert sorted(note.reason for note in report.notes) == ["not_a_number", "swapped_coordinates"]
    assert view("D1").summary.longitude is None


def test_ambiguous_dates_are_asked_and_their_rows_wait_for_the_answer(small_city):
    text = "id,name,planned opening\n1,a,03/04/2027\n2,b,05/05/2027\n3,c,\n"
    seen = preview(text.encode(), "list.csv", now=NOW)
    asked = [question for question in seen.questions if question.code == "date_order"]
    assert [(one.column, one.examples, one.rows) for one in asked] == [("planned opening", ("03/04/2027",), 1)]
    assert (seen.rows, seen.sound) == (3, 2)
    report = imported(text)
    assert reasons(report) == [(2, "planned opening", "ambiguous_date")]
    answered = replace(seen.mapping, date_order=DateOrder.DAY_FIRST)
    assert not [one for one in preview(text.encode(), "list.csv", answered).questions if one.code == "date_order"]
    assert (imported(text, mapping=answered).taken, str(view("1").milestones[0].baseline.due_date)) == (
        3,
        "2027-04-03",
    )


def test_one_date_that_can_only_be_read_one_way_settles_its_column(small_city):
    report = imported("id,name,planned opening\n1,a,03/04/2027\n2,b,30/04/2027\n")
    assert (report.taken, str(view("1").milestones[0].baseline.due_date)) == (2, "2027-04-03")


def test_a_column_that_is_written_both_ways_is_asked(small_city):
    report = imported("id,name,planned opening\n1,a,03/04/2027\n2,b,30/04/2027\n3,c,04/30/2027\n")
    assert reasons(report) == [(2, "planned opening", "ambiguous_date")]


def test_a_currency_is_never_guessed(small_city):
    text = "id,name,budget\n1,a,$ 1000\n2,b,EUR 5\n"
    report = imported(text)
    assert [(note.row, note.reason) for note in report.notes] == [(2, "no_currency")]
    assert (view("1").summary.budget, view("2").summary.currency) == (None, "EUR")
    mapping = replace(preview(text.encode(), "list.csv").mapping, currency="AUD")
    assert imported(text, mapping=mapping).unchanged == 1
    assert (view("1").summary.budget, view("1").summary.currency) == (100_000, "AUD")


def test_rows_without_identifiers_are_recognised_by_what_they_say(small_city):
    text = "name,description\nSchool,Roof\nSchool,Windows\nSchool,Roof\n"
    report = imported(text)
    assert reasons(report) == [(4, "name", "duplicate_identifier")]
    assert imported(text).unchanged == 2


def test_a_workbook_is_taken_with_its_own_dates_and_numbers(small_city):
    book, file = Workbook(), io.BytesIO()
    for row in (
        ["编号", "名称", "总投资(万元)", "计划竣工"],
        [101, "二水厂", 1200.5, date(2026, 12, 1)],
        [102, "滨江路", "#N/A", date(2026, 12, 1)],
        [103, "公园", 300, "2026年12月"],
    ):
        book.active.append(row)
    book.save(file)
    report = imported(file.getvalue(), "list.xlsx")
    assert reasons(report) == [(3, "总投资(万元)", "not_a_number")]
    assert view("101").summary.budget == 1_200_500_000
    assert view("103").milestones[0].baseline.precision is Precision.MONTH
    assert imported(file.getvalue(), "list.xlsx").unchanged == 2


def features(*geometries):
    listed = [
        {"type": "Feature", "properties": {"id": f"F{n}", "name": f"Place {n}"}, "geometry": geometry}
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed})


def test_features_without_a_geometry_are_taken_and_those_with_an_open_ring_reported(small_city):
    ring: Sequence[Sequence[int]] = [[10, 50], [10, 51], [11, 51], [11, 50]]
    report = imported(
        features(
            {"type": "LineString", "coordinates": [[10, 50], [11, 51]]},
            None,
            {"type": "Polygon", "coordinates": [ring]},
            {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        ),
        "places.geojson",
    )
    assert reasons(report) == [(3, "geometry", "open_ring")]
    assert [(one.row, one.reason) for one in report.notes] == [(2, "null_geometry")]
    assert view("F3").locations[0].geometry["type"] == "Polygon"


def test_a_project_of_oc4ids_is_known_by_its_identifier(small_city):
    package = {
        "projects": [
            {
                "id": "oc4ids-x-1",
                "identifiers": [{"scheme": "internal", "id": "M75"}],
                "title": "Road",
                "status": "implementation",
                "sector": ["transport", "transport.road"],
                "budget": {
                    "amount": {"amount": 40_000_000, "currency": "GBP"},
                    "approvalDate": "2015-06-24T00:00:00Z",
                },
                "locations": [
                    {"geometry": {"type": "Point", "coordinates": [1, 52]}},
                    {"geometry": {"type": "Point", "coordinates": [2, 52]}},
                ],
                "milestones": [
                    {"id": "1", "title": "Open", "dueDate": "2016-01-01T00:00:00Z", "dateMet": "2016-02-01T00:00:00Z"},
                    {"id": "2", "title": "Someday"},
                ],
            },
            "rubbish",
        ]
    }
    report = imported(json.dumps(package), "package.json")
    assert reasons(report) == [(2, "", "not_a_project")]
    assert [note.reason for note in report.notes] == ["milestone_left_out"]
    found = view("oc4ids-x-1", "oc4ids")
    assert found.summary.id == view("M75", "internal").summary.id
    assert (found.summary.budget, str(found.budgets[0].approved_on)) == (4_000_000_000, "2015-06-24")
    assert found.locations[0].geometry["type"] == "MultiPoint"
    assert found.summary.milestones_reached == 1
    assert imported(json.dumps(package), "package.json").unchanged == 1
    package["projects"][0]["id"] = "oc4ids-y-1"
    assert imported(json.dumps(package), "package.json").unchanged == 1


def test_a_row_whose_identifiers_name_two_projects_is_reported(small_city):
    package = {"projects": [{"id": f"oc4ids-{n}", "title": "Road", "status": "completion"} for n in (1, 2)]}
    package["projects"][1]["identifiers"] = [{"scheme": "internal", "id": "M75"}]
    imported(json.dumps(package), "package.json")
    package["projects"][0]["identifiers"] = [{"scheme": "internal", "id": "M75"}]
    report = imported(json.dumps(package), "package.json")
    assert reasons(report) == [(1, "identifiers", "invalid")]
    assert (report.taken, report.unchanged) == (1, 1)


def test_projects_of_other_departments_are_left_alone(small_city):
    imported(LIST, scheme="city")
    parks = Actor(role=Role.OFFICER, department_id="parks")
    report = imported(LIST.replace("二水厂", "公园"), actor=parks, scheme="city")
    assert [one.reason for one in report.reported] == ["not_allowed"]
    assert (report.rows, report.taken, report.unchanged) == (2, 1, 1)
    assert view("A1", "city").said.title == "二水厂"


def test_without_a_department_nothing_is_read(small_city):
    with pytest.raises(NotFoundError):
        imported(LIST, actor=Actor(role=Role.OFFICER, department_id="nobody"))


def test_a_preview_writes_nothing_and_says_what_would_come(small_city):
    before = entries()
    seen = preview((LIST + "A3,,在建,水务,,,,,\n").encode("gb18030"), "清单.csv", now=NOW)
    assert (seen.form, seen.encoding, seen.separator) == ("csv", "gb18030", ",")
    assert (seen.rows, seen.sound, dict(seen.by_reason())) == (3, 2, {"missing_title": 1})
    assert seen.sample[0]["名称"] == "二水厂"
    assert entries() == before


def test_a_file_that_breaks_off_leaves_the_record_as_it_was(small_city):
    before = entries()
    with pytest.raises(UnreadableFileError):
        imported(LIST + 'A3,"never closed')
    assert entries() == before
