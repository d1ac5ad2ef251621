"""The same file on two days: what differs becomes statements about projects that are recognised by their number."""

from datetime import date

import pytest

from data.__main__ import main
from data.database import reading
from data.exchange.mapping import ColumnMapping
from data.exchange.projects import import_projects
from data.exchange.reasons import reason_code_of
from data.queries.project_view import find_project
from data.queries.promises import project_promises
from models.clock import local_date
from models.exceptions import FutureEventError
from models.former_title import former_titles
from models.milestone import ReasonCode, RevisionKind
from models.project import ProjectIdentifier
from tests.conftest import NOW, OFFICER

HEADING = "Project ID,Project Name,Planned Completion,Actual Completion,Original Budget (USD),Combined Total,Reason\n"
SPRING = HEADING + "A1,Old name,2026-09-01,,100,100,\nA2,School,2026-10-01,,200,200,\n"
AUTUMN = HEADING + (
    "A1,New name,2027-02-01,,100,150,PROJECT DELAYED PENDING RESOLUTION OF LEGAL ISSUES\n"
    "A2,School,2027-01-15,,200,200,\nA3,Park,2027-05-01,,300,300,\n"
)
DAYS = (date(2026, 3, 1), date(2026, 8, 20))


@pytest.fixture
def snapshots(small_city):
    return [
        import_projects(text.encode(), "projects.csv", actor=OFFICER, now=NOW, as_of=day)
        for text, day in zip((SPRING, AUTUMN), DAYS, strict=True)
    ]


def project(identifier):
    with reading() as session:
        known = session.get_one(ProjectIdentifier, ("water", identifier))
        return find_project(session, known.project_id, today=local_date(NOW))


def test_each_project_is_recognised_by_its_number_however_it_is_called(snapshots):
    first, second = snapshots
    assert (first.rows, first.taken, second.rows, second.taken, second.unchanged) == (2, 2, 3, 3, 0)

    found = project("A1")
    assert [said.title for said in found.revisions] == ["Old name", "New name"]
    assert [one.title for one in former_titles(found.revisions)] == ["Old name"]


def test_a_date_that_moved_was_said_on_the_day_of_the_file_and_for_its_reason(snapshots):
    said = project("A1").milestones[0].revisions

    assert [(one.kind, str(one.due_date), one.data_date) for one in said] == [
        (RevisionKind.BASELINE, "2026-09-01", DAYS[0]),
        (RevisionKind.REFORECAST, "2027-02-01", DAYS[1]),
    ]
    assert said[1].reason_code is ReasonCode.LITIGATION
    assert said[1].reason.endswith("; PROJECT DELAYED PENDING RESOLUTION OF LEGAL ISSUES")
    with reading() as session:
        history = project_promises(session, project("A1").summary.id).milestones[0].history
    assert history.points == ((DAYS[0], date(2026, 9, 1)), (DAYS[1], date(2027, 2, 1)))
    assert history.moves[0].notice == 12


def test_where_the_file_gives_no_reason_the_record_says_so(snapshots):
    said = project("A2").milestones[0].latest

    assert said.reason_code is ReasonCode.OTHER
    assert said.reason == (
        "import from projects.csv: 2026-10-01 → 2027-01-15; as in the file of 2026-08-20; no reason is given in it"
    )


def test_what_it_was_to_cost_stands_beside_what_it_costs(snapshots):
    budgets = project("A1").budgets

    assert [(one.amount, one.kind) for one in budgets] == [(10_000, "budget"), (15_000, "adjustment")]
    assert budgets[1].approved_on == DAYS[1]
    assert budgets[1].reason.endswith("LEGAL ISSUES")
    assert [one.amount for one in project("A2").budgets] == [20_000]


def test_the_later_file_taken_again_changes_nothing(snapshots):
    again = import_projects(AUTUMN.encode(), "projects.csv", actor=OFFICER, now=NOW, as_of=DAYS[1])

    assert (again.taken, again.unchanged) == (3, 3)


def test_no_file_is_of_a_day_to_come(small_city):
    with pytest.raises(FutureEventError):
        import_projects(SPRING.encode(), "projects.csv", actor=OFFICER, now=NOW, as_of=date(2031, 1, 1))


def test_the_command_line_says_of_which_day_a_file_is(sqlite_record, tmp_path):
    path = tmp_path / "projects.csv"
    path.write_text(SPRING, "utf-8")

    assert main(["import", str(path), "--as-of", "2026-03-01"]) == 0

    with reading() as session:
        found = find_project(session, "P-1001", today=local_date(NOW))
    assert found.milestones[0].baseline.data_date == DAYS[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("PROJECT DELAYED DUE TO CHANGES IN SCOPE/DESIGN", ReasonCode.SCOPE),
        ("PROJECT DELAYED DUE TO BUDGETARY CONSTRAINTS", ReasonCode.FUNDING),
        ("PROJECT DELAYED DUE TO UNFORESEEN SITE/FIELD CONDITION", ReasonCode.SITE),
        ("PROJECT DELAYED PENDING RESOLUTION OF LEGAL ISSUES", ReasonCode.LITIGATION),
        ("PROJECT DELAYED PENDING APPROVAL OF NECESSARY PERMITS", ReasonCode.PERMITS),
        ("PROJECT DELAYED DUE TO UNFORESEEN HAZARDOUS CONDITION", ReasonCode.SITE),
        ("PROJECT DELAYED PENDING NON-CITY GRANT APPROVAL", ReasonCode.FUNDING),
        ("PROJECT DELAYED DUE TO UNAVAILABILITY OF PRODUCT", ReasonCode.SUPPLY),
        ("PROJECT DELAYED DUE TO SCHEDULING OF UTILITY WORK", ReasonCode.UTILITIES),
        ("PROJECT DELAYED PENDING RELEASE OF NEW TECHNOLOGY", ReasonCode.OTHER),
        ("征地拆迁滞后", ReasonCode.LAND),
        ("暴雨，材料未到", ReasonCode.OTHER),
        ("", ReasonCode.OTHER),
    ],
)
def test_a_reason_has_a_code_where_its_words_are_clear(words, code):
    assert reason_code_of(words) is code


def test_a_table_without_titles_adds_to_the_projects_that_its_numbers_name(snapshots):
    mapping = ColumnMapping(identifier="Project ID", longitude="lon", latitude="lat", region="Place")
    places = b"Project ID,Place,lon,lat\nA1,North,119.5,30.2\nA9,South,119.6,30.1\n"

    report = import_projects(places, "places.csv", mapping=mapping, actor=OFFICER, now=NOW)

    assert (report.rows, report.taken, report.by_reason()) == (2, 1, {"invalid": 1})
    found = project("A1")
    assert (found.said.title, found.said.region) == ("New name", "North")
    assert found.locations[-1].longitude == 119.5
