"""The record to take away: valid by the standards of others, whole, and harmless in a spreadsheet."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
import shapely
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from sqlalchemy import event

from data.__main__ import main
from data.database import database, reading
from data.feeds import table_exports
from data.feeds.csv_text import lines, safe
from data.feeds.exports import EXPORTS, export_to
from data.feeds.oc4ids import as_project
from data.feeds.oc4ids_metrics import value
from data.feeds.parts import Source
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.money import PublishBudget, ReportProgress, publish_budget, report_progress
from data.operations.project_decisions import LinkProject, link_project
from data.operations.projects import PublishProject, publish_project
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.departments import departments
from data.queries.everything import project_summaries, project_views
from data.queries.project_view import find_project
from data.writer import change
from models.clock import local_date
from models.decision import Language
from models.document import DisclosureClass, DocumentType
from models.milestone import ReasonCode, RevisionKind
from models.money import BudgetKind
from models.project import Phase
from models.verdict import VerdictCode
from tests.conftest import NOW, OFFICER, PLANNER
from tests.data.feeds.conftest import LATER, SITE
from tests.data.feeds.golden import assert_golden

TODAY = local_date(LATER)


@pytest.fixture
def full_city(city):
    return fill(city)


@pytest.fixture
def full_small_city(small_city):
    return fill(small_city)


def fill(city):
    """Give the project of the city everything that a project can have."""
    later = NOW + timedelta(hours=1)
    for kind, due_date, reason in (
        (RevisionKind.REFORECAST, city.promised + timedelta(days=30), "征地未完成。"),
        (RevisionKind.ACHIEVED, TODAY, ""),
    ):
        code = ReasonCode.LAND if reason else None
        move = ReviseMilestone(
            milestone_id=city.milestone, kind=kind, due_date=due_date, reason_code=code, reason=reason
        )
        change(revise_milestone, move, OFFICER, now=later)
    budget = PublishBudget(
        project_id=city.project,
        kind=BudgetKind.BUDGET,
        amount=123_456_789,
        currency="CNY",
        approved_on=date(2026, 5, 1),
    )
    change(publish_budget, budget, OFFICER, now=later)
    report = ReportProgress(
        project_id=city.project,
        period_start=date(2026, 10, 1),
        period_end=date(2026, 10, 31),
        physical=4250,
        spent=1_000_000,
        currency="CNY",
        body="进展顺利。",
    )
    change(report_progress, report, OFFICER, now=later)
    link = LinkProject(project_id=city.project, decision_id=city.decision)
    change(link_project, link, OFFICER, now=later)
    withheld = PublishDocument(
        project_id=city.project,
        type=DocumentType.FEASIBILITY_STUDY,
        title="可行性研究",
        disclosure=DisclosureClass.WITHHELD,
        ground="Decree 711, Article 15",
        review_on=date(2027, 1, 1),
    )
    change(publish_document, withheld, OFFICER, now=later)
    bare = PublishProject(department_id="parks", language=Language.ENGLISH, title="=Park", phase=Phase.IDENTIFICATION)
    change(publish_project, bare, OFFICER.__class__(role=OFFICER.role, department_id="parks"), now=later)
    return city


@pytest.fixture
def validator(real_data):
    """The schema of a package, with its schema of a project, and formats checked."""
    folder = real_data / "oc4ids-ocds"
    registry = Registry()
    for name in ("project-schema.json", "project-package-schema.json"):
        schema = json.loads((folder / name).read_text("utf-8"))
        registry = registry.with_resource(schema["id"], Resource.from_contents(schema))
    checker = FormatChecker()
    assert "date-time" in checker.checkers
    return Draft4Validator(schema, registry=registry, format_checker=checker)


@pytest.mark.real_data
def test_the_package_is_valid_by_the_schema_of_the_standard(full_city, machine, validator):
    package = json.loads(machine.get("/open/oc4ids.json").body)

    assert [error.message for error in validator.iter_errors(package)] == []
    assert len(package["projects"]) == 2


@pytest.mark.real_data
def test_a_day_without_a_time_is_found_invalid(full_small_city, machine, validator):
    package = json.loads(machine.get("/open/oc4ids.json").body)
    package["projects"][0]["milestones"][0]["dueDate"] = "2027-03-04"

    errors = [error.message for error in validator.iter_errors(package)]

    assert errors == ["'2027-03-04' is not a 'date-time'"]


@pytest.mark.real_data
def test_only_codes_of_closed_lists_are_used(full_small_city, machine, real_data):
    project = json.loads(machine.get("/open/oc4ids.json").body)["projects"][0]

    def codes(name):
        with (real_data / "oc4ids-ocds" / "codelists" / f"{name}.csv").open(encoding="utf-8") as file:
            return {row["Code"] for row in csv.DictReader(file)}

    assert project["status"] in codes("projectStatus")
    assert set(project["sector"]) <= codes("projectSector")
    assert {milestone["status"] for milestone in project["milestones"]} <= codes("milestoneStatus")
    assert {milestone["type"] for milestone in project["milestones"]} <= codes("milestoneType")
    assert {role for party in project["parties"] for role in party["roles"]} <= codes("partyRole")
    assert project["budget"]["amount"]["currency"] in codes("currency")


def test_every_date_that_was_promised_is_in_the_package(full_small_city, machine):
    project = json.loads(machine.get("/open/oc4ids.json").body)["projects"][0]

    history = project["forecasts"][0]
    first, moved = (str(full_small_city.promised + timedelta(days=days)) for days in (0, 30))
    assert history["id"] == f"milestoneDate.{full_small_city.milestone}"
    assert [said["measure"] for said in history["observations"]] == [first, moved, str(TODAY)]
    assert [said["dimensions"]["kind"] for said in history["observations"]] == ["baseline", "reforecast", "achieved"]
    assert history["observations"][1]["notes"] == "征地未完成。"
    assert project["milestones"][0]["dueDate"] == f"{moved}T00:00:00+08:00"
    assert project["milestones"][0]["dateMet"] == f"{TODAY}T00:00:00+08:00"
    assert project["period"]["endDate"] == f"{first}T00:00:00+08:00"


def test_amounts_are_in_whole_units_of_their_currency():
    assert value(123_456_789, "CNY") == {"amount": 1_234_567.89, "currency": "CNY"}
    assert value(500, "JPY") == {"amount": 500, "currency": "JPY"}
    assert value(1_500, "KWD") == {"amount": 1.5, "currency": "KWD"}
    assert value(0, "CNY") == {"amount": 0, "currency": "CNY"}


def test_a_project_read_among_many_is_the_project_read_alone(full_city):
    with reading() as session:
        summaries = project_summaries(session, today=TODAY, size=100)
        many = {view.summary.id: view for view in project_views(session, summaries)}
        alone = find_project(session, full_city.project, today=TODAY)
        names = departments(session)

        among_many = as_project(many[full_city.project], [], names, site=SITE, today=TODAY)

        assert among_many == as_project(alone, [], names, site=SITE, today=TODAY)


def test_many_projects_are_read_with_nine_statements(full_small_city):
    statements = []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database().reading_engine, "before_cursor_execute", note)

    with reading() as session:
        views = project_views(session, project_summaries(session, today=TODAY, size=100))

    assert len(views) == 2
    assert len(statements) == 9


def test_a_project_is_written_as_it_always_was(full_small_city):
    with reading() as session:
        view = find_project(session, full_small_city.project, today=TODAY)
        project = as_project(view, [], departments(session), site=SITE, today=TODAY)

    written = json.dumps(project, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    assert_golden("project.oc4ids.json", written.encode())


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/v1/decisions/2026-0001", "decision.json"),
        ("/api/v1/projects/P-1001", "project.json"),
        ("/api/v1/comments", "comments.json"),
        ("/open/projects.geojson", "projects.geojson"),
        ("/open/comments.csv", "comments.csv"),
        ("/open/projects.csv", "projects.csv"),
        ("/open/milestones.csv", "milestones.csv"),
    ],
)
def test_a_small_record_is_written_as_it_always_was(full_small_city, machine, comment, address, name):
    comment(full_small_city, "=1+1", name="朱自清", clause_id=2)
    comment(full_small_city, 'Not "at night",\nplease.', token="other", name="Mary Smith")
    answer = GiveVerdict(point_id=1, code=VerdictCode.ADOPTED, reason="改为六小时。")
    change(give_verdict, answer, PLANNER, now=NOW + timedelta(hours=1))

    written = machine.get(address).body
    if "json" in name:
        written = json.dumps(json.loads(written), ensure_ascii=False, indent=2).encode() + b"\n"

    assert_golden(name, written)


def test_places_are_longitude_before_latitude_and_their_rings_right_handed(small_city, machine):
    square = [[119.0, 30.0], [119.1, 30.0], [119.1, 30.1], [119.0, 30.1], [119.0, 30.0]]
    clockwise = {"type": "Polygon", "coordinates": [square[::-1]]}
    change(
        publish_project,
        PublishProject(
            department_id="water", language=Language.CHINESE, title="湿地", phase=Phase.PREPARATION, geometry=clockwise
        ),
        OFFICER,
        now=NOW,
    )

    features = json.loads(machine.get("/open/projects.geojson").body)["features"]
    package = json.loads(machine.get("/open/oc4ids.json").body)

    placed = features[-1]["geometry"]
    assert placed == package["projects"][-1]["locations"][0]["geometry"]
    assert shapely.is_ccw(shapely.linearrings(placed["coordinates"][0]))
    assert all(73 < east < 136 and 3 < north < 54 for east, north in placed["coordinates"][0])


def test_the_map_is_read_by_others_and_leaves_nobody_out(full_city, machine):
    reply = machine.get("/open/projects.geojson")

    collection = json.loads(reply.body)
    placed, unplaced = collection["features"]
    assert reply.headers["content-type"] == "application/geo+json"
    assert collection["type"] == "FeatureCollection"
    assert shapely.from_geojson(json.dumps(placed)).equals(shapely.Point(119.5, 30.2))
    assert unplaced["geometry"] is None
    assert unplaced["properties"]["title"] == "=Park"


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠A1",
        "\u3000=1",
        "\u200b=1",
    ],
)
def test_a_cell_that_a_spreadsheet_would_calculate_is_made_text(hostile):
    written = lines([(safe(hostile), safe("纯文本"))])

    assert next(csv.reader(io.StringIO(written.decode(), newline=""))) == [f"'{hostile}", "纯文本"]


def test_what_is_no_formula_stays_as_it_is():
    assert [safe(text) for text in ("a=b", "1-2", "", None, "水 = 生命")] == ["a=b", "1-2", "", "", "水 = 生命"]


def test_comments_come_back_from_the_table_as_they_were_sent(city, machine, comment):
    texts = ['=HYPERLINK("http://evil.example")', 'a "quoted", text\nwith lines', "夜间太吵", "emoji 🌊"]
    for number, text in enumerate(texts):
        comment(city, text, token=f"token {number}", name="=朱自清")
    answer = GiveVerdict(point_id=3, code=VerdictCode.NOT_ADOPTED, reason="-不可行")
    change(give_verdict, answer, PLANNER, now=NOW + timedelta(hours=1))

    reply = machine.get(f"/open/comments.csv?decision={city.decision}")

    rows = list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))
    assert reply.body.startswith(b"\xef\xbb\xbf")
    assert [row["text"].removeprefix("'") for row in rows] == texts
    assert rows[0]["text"] == "'" + texts[0]
    assert rows[0]["name"] == "'=**"
    assert rows[0]["received_at"] == "2026-11-24T03:00:00Z"
    assert (rows[2]["state"], rows[2]["answer"]) == ("not_adopted", "'-不可行")
    assert (rows[3]["state"], rows[3]["answer"]) == ("", "")
    assert machine.get("/open/comments.csv").body == reply.body


def test_parts_join_without_gap_or_repetition(small_city, comment, monkeypatch):
    for number in range(7):
        comment(small_city, f"意见 {number}", token=f"token {number}")
    source = Source(reading=reading, site=SITE, now=LATER)
    whole = b"".join(part.content for part in EXPORTS["comments"].write(source))
    monkeypatch.setattr(table_exports, "_ROWS", 3)

    in_parts = list(EXPORTS["comments"].write(source))

    assert b"".join(part.content for part in in_parts) == whole
    assert [part.rows for part in in_parts] == [0, 3, 3, 1]


def test_every_statement_about_a_milestone_is_a_row(full_city, machine):
    rows = list(csv.DictReader(io.StringIO(machine.get("/open/milestones.csv").body.decode("utf-8-sig"))))

    assert [row["kind"] for row in rows] == ["baseline", "reforecast", "achieved"]
    assert rows[0]["date"] == str(full_city.promised)
    assert rows[1]["reason_code"] == "land"


def test_what_nobody_stated_is_an_empty_cell(full_city, machine):
    rows = list(csv.DictReader(io.StringIO(machine.get("/open/projects.csv").body.decode("utf-8-sig"))))

    assert rows[0]["budget"] == "1234567.89"
    assert rows[1]["title"] == "'=Park"
    assert (rows[1]["budget"], rows[1]["slip_days"], rows[1]["longitude"]) == ("", "", "")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_the_command_line_writes_what_the_routes_send(full_small_city, machine, tmp_path, capsys, name):
    path = tmp_path / EXPORTS[name].file_name

    code = main(["export", EXPORTS[name].file_name, str(path), "--site", SITE])

    assert code == 0
    assert f"{path} holds" in capsys.readouterr().out
    address = f"/open/{EXPORTS[name].file_name}"
    if name == "decisions":
        assert json.loads(path.read_bytes())["id"] == full_small_city.decision
    elif name in ("comments", "milestones"):
        assert path.read_bytes() == machine.get(address).body
    else:
        assert len(path.read_bytes()) > 100


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["projects", "projects.csv", "--decision", "2026-0001"], "only comments"),
        (["projects", "nowhere/projects.csv"], "no folder"),
        (["comments", "comments.csv", "--as-of", "2026-01-01"], "as of a past day"),
        (["projects", "projects.csv", "--as-of", "2999-01-01"], "as_of, 2999-01-01"),
    ],
)
def test_an_export_that_cannot_be_is_refused_with_a_sentence(small_city, tmp_path, capsys, arguments, sentence):
    form, path, *more = arguments

    code = main(["export", form, str(tmp_path / path), *more])

    assert code == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.glob("*.csv*")) == []


def test_an_export_that_is_cut_short_leaves_no_file_that_looks_whole(small_city, tmp_path):
    path = tmp_path / "comments.csv"

    def fails(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_to(
            path.with_name("milestones.csv"),
            EXPORTS["milestones"],
            Source(reading=reading, site=SITE, now=LATER),
            fails,
        )

    assert not path.with_name("milestones.csv").exists()
