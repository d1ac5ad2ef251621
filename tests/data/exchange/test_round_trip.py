"""The spreadsheet that goes out, is edited and comes back: every change is a revision, or nothing is kept."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from data.database import reading
from data.exchange.round_trip import Sheet
from data.exchange.round_trip_apply import keep_updates, look_at_updates
from data.exchange.round_trip_read import read_file, read_rows
from data.exchange.sources import Row
from data.feeds.update_sheets import milestones_csv, workbook
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import ReportProgress, report_progress
from data.operations.projects import PublishProject, publish_project
from data.queries.milestones import find_milestone
from data.queries.open_milestones import every_open_milestone
from data.queries.reported_projects import reported_projects
from data.writer import change
from models.actor import Actor, Role
from models.clock import local_date, utc_now
from models.decision import Language
from models.exceptions import TokenReusedError, UnreadableFileError
from models.milestone import Precision, ReasonCode, RevisionKind
from models.project import Phase, Sector
from tests.conftest import OFFICER

PARKS = Actor(role=Role.OFFICER, department_id="parks")
TODAY = local_date(utc_now())


def plan(city, title, days=100, project=None):
    command = PlanMilestone(
        project_id=project or city.project, title=title, due_date=city.promised + timedelta(days=days)
    )
    return int(change(plan_milestone, command, OFFICER, now=city.now).key)


def download(language="zh", department="water"):
    with reading() as session:
        return workbook(every_open_milestone(session, department), reported_projects(session, department), language)


def edited(content, sheet=0, **cells):
    """Return a workbook with one row edited: the row of that milestone, or the first."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[sheet]
    headings = [cell.value for cell in page[1]]
    key = cells.pop("row", 2)
    for name, value in cells.items():
        page.cell(key, headings.index(name) + 1).value = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows(*cells):
    return read_rows({Sheet.MILESTONES: [Row(number, row) for number, row in enumerate(cells, 2)]})


def milestone(number):
    with reading() as session:
        return find_milestone(session, number)


def codes(report):
    return [(fault.row, fault.column or fault.code, fault.code) for fault in report.faults]


def test_a_workbook_that_comes_back_as_it_went_out_changes_nothing(city):
    report = keep_updates(read_file(download(), "projects.xlsx"), OFFICER)

    assert (report.rows, report.unchanged, report.changes, report.faults) == (2, 2, [], [])
    assert not report.is_kept


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_date_that_was_edited_becomes_a_revision_with_its_reason(city, language):
    names = {
        "zh": ("日期", "原因类别", "理由（公开）", "征地拆迁"),
        "en": ("Date", "Kind of reason", "Reason (published)", "land"),
    }
    day, code, reason, land = names[language]
    content = edited(download(language), **{day: date(2027, 9, 1), code: land, reason: "征地协议晚签。"})

    seen = look_at_updates(read_file(content), OFFICER)
    before = len(milestone(city.milestone).revisions)
    report = keep_updates(read_file(content), OFFICER)

    assert before == 1
    assert [(one.before, one.after, one.reason) for one in seen.changes] == [
        (city.promised, date(2027, 9, 1), "征地协议晚签。")
    ]
    assert report.is_kept
    latest = milestone(city.milestone).latest
    assert (latest.kind, latest.due_date, latest.reason_code) == (
        RevisionKind.REFORECAST,
        date(2027, 9, 1),
        ReasonCode.LAND,
    )


def test_a_date_without_a_reason_is_told_and_nothing_of_the_file_is_kept(city):
    second = plan(city, "管网")

    report = keep_updates(
        rows(
            {"milestone_id": city.milestone, "seen": 1, "date": "2027-09-01", "reason_code": "land", "reason": "征地"},
            {"milestone_id": second, "seen": 1, "date": "2027-10-01"},
        ),
        OFFICER,
    )

    assert codes(report) == [(3, "ReasonMissingError", "ReasonMissingError")]
    assert not report.is_kept
    assert len(milestone(city.milestone).revisions) == 1


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2027-09-01", date(2027, 9, 1), Precision.DAY),
        ("2027年9月1日", date(2027, 9, 1), Precision.DAY),
        ("15/09/2027", date(2027, 9, 15), Precision.DAY),
        ("1 Sep 2027", date(2027, 9, 1), Precision.DAY),
        ("20270901", date(2027, 9, 1), Precision.DAY),
        ("2027年9月", date(2027, 9, 30), Precision.MONTH),
        ("2027 Q3", date(2027, 9, 30), Precision.QUARTER),
        ("2027", date(2027, 12, 31), Precision.YEAR),
    ],
)
def test_a_date_is_read_as_people_write_it(small_city, text, day, precision):
    row = {
        "milestone_id": small_city.milestone,
        "seen": 1,
        "date": text,
        "reason_code": "weather",
        "reason": "汛期",
    }

    keep_updates(rows(row), OFFICER)

    latest = milestone(small_city.milestone).latest
    assert (latest.due_date, latest.precision) == (day, precision)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("date", "31/02/2024", "not_a_date"),
        ("date", "TBD", "not_a_date"),
        ("date", "03/04/2027", "ambiguous_date"),
        ("kind", "sometime", "unknown_code"),
        ("reason_code", "because", "unknown_code"),
        ("seen", "", "missing"),
        ("milestone_id", "the first", "not_a_number"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_row(small_city, column, value, code):
    row = {"milestone_id": small_city.milestone, "seen": 1, "date": "2027-09-01", "reason": "汛期"} | {column: value}

    report = keep_updates(rows(row), OFFICER)

    assert (2, column, code) in codes(report)
    assert len(milestone(small_city.milestone).revisions) == 1


def test_a_row_of_another_department_is_refused(small_city):
    row = {"milestone_id": small_city.milestone, "seen": 1, "date": "2027-09-01", "reason_code": "land", "reason": "x"}

    report = keep_updates(rows(row), PARKS)

    assert codes(report) == [(2, "NotAllowedError", "NotAllowedError")]


def test_what_somebody_else_changed_meanwhile_is_a_conflict_only_where_the_row_was_edited(small_city):
    content = download()
    command = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=date(2027, 8, 1),
        reason_code=ReasonCode.SITE,
        reason="溶洞",
        seen=1,
    )
    change(revise_milestone, command, OFFICER)

    untouched = keep_updates(read_file(content), OFFICER)
    moved = edited(content, **{"日期": date(2027, 9, 1), "原因类别": "land", "理由（公开）": "征地"})
    touched = keep_updates(read_file(moved), OFFICER)

    assert (untouched.unchanged, untouched.faults) == (2, [])
    assert codes(touched) == [(2, "ConflictError", "ConflictError")]


def test_a_file_that_is_sent_again_says_nothing_twice(city):
    content = edited(download(), **{"日期": date(2027, 9, 1), "原因类别": "land", "理由（公开）": "征地"})
    first = keep_updates(read_file(content), OFFICER, token="file-1")

    again = keep_updates(read_file(content), OFFICER, token="file-1")
    without_token = keep_updates(read_file(content), OFFICER)

    assert (first.is_kept, first.was_sent_before) == (True, False)
    assert (again.is_kept, again.was_sent_before) == (True, True)
    assert (without_token.changes, without_token.faults, without_token.unchanged) == ([], [], 2)
    assert len(milestone(city.milestone).revisions) == 2


def test_a_token_that_comes_back_with_another_file_is_refused(small_city):
    row = {"milestone_id": small_city.milestone, "seen": 1, "date": "2027-09-01", "reason_code": "land", "reason": "x"}
    keep_updates(rows(row), OFFICER, token="file-1")

    with pytest.raises(TokenReusedError):
        keep_updates(rows(row | {"date": "2027-09-02"}), OFFICER, token="file-1")


def test_everything_still_holds_in_one_word(city):
    content = edited(download(), 说明事项="确认无变化")

    report = keep_updates(read_file(content), OFFICER)

    assert [one.kind for one in report.changes] == ["confirmed"]
    assert report.is_kept
    with reading() as session:
        assert every_open_milestone(session, "water")[0].confirmed_at is not None


def test_what_is_confirmed_cannot_have_moved(small_city):
    row = {"milestone_id": small_city.milestone, "seen": 1, "date": "2027-09-01", "kind": "confirmed"}

    report = keep_updates(rows(row), OFFICER)

    assert codes(report) == [(2, "InvalidValueError", "InvalidValueError")]


def test_a_reason_beside_a_date_that_did_not_move_is_told(small_city):
    row = {"milestone_id": small_city.milestone, "seen": 1, "date": str(small_city.promised), "reason": "汛期"}

    report = keep_updates(rows(row), OFFICER)

    assert report.faults[0].error.facts == ("due_date", "unchanged")


def test_the_same_milestone_in_two_rows_is_told(small_city):
    row = {"milestone_id": small_city.milestone, "seen": 1, "kind": "confirmed"}

    report = keep_updates(rows(row, row), OFFICER)

    assert codes(report) == [(3, "milestone_id", "duplicate")]


def test_a_pause_says_when_it_goes_on(small_city):
    resume = TODAY + timedelta(days=60)
    row = {
        "milestone_id": small_city.milestone,
        "seen": 1,
        "kind": "暂停",
        "reason_code": "funding",
        "reason": "资金未到位",
        "resume_on": str(resume),
        "next_steps": "申请拨款",
    }

    keep_updates(rows(row), OFFICER)

    latest = milestone(small_city.milestone).latest
    assert (latest.kind, latest.due_date, latest.resume_on, latest.next_steps) == (
        RevisionKind.PAUSED,
        small_city.promised,
        resume,
        "申请拨款",
    )


@pytest.mark.parametrize("missing", ["next_steps", "resume_on"])
def test_a_pause_that_does_not_say_how_it_goes_on_is_refused(small_city, missing):
    row = {
        "milestone_id": small_city.milestone,
        "seen": 1,
        "kind": "paused",
        "reason_code": "funding",
        "reason": "资金未到位",
        "resume_on": str(TODAY + timedelta(days=60)),
        "next_steps": "申请拨款",
    }

    report = keep_updates(rows(row | {missing: ""}), OFFICER)

    assert not report.is_kept
    assert [fault.error.facts for fault in report.faults] == [(missing, "missing")]


def test_progress_is_reported_from_its_own_sheet(city):
    content = edited(
        download(), sheet=1, **{"现形象进度（%）": 42.5, "现累计支出（货币单位）": "1,200", "币种": "CNY"}
    )

    report = keep_updates(read_file(content), OFFICER)

    assert report.is_kept
    with reading() as session:
        project = reported_projects(session, "water")[0]
    assert (project.reports, project.physical, project.spent) == (1, 4250, 120_000)


def test_progress_that_somebody_else_reported_meanwhile_is_a_conflict(small_city):
    content = edited(download(), sheet=1, **{"现形象进度（%）": 42})
    report = ReportProgress(project_id=small_city.project, period_start=TODAY, period_end=TODAY, physical=4_000)
    change(report_progress, report, OFFICER)

    found = keep_updates(read_file(content), OFFICER)

    assert codes(found) == [(2, "ConflictError", "ConflictError")]


def test_no_cell_that_goes_out_is_calculated(small_city):
    project = change(
        publish_project,
        PublishProject(
            department_id="water",
            language=Language.CHINESE,
            title='=HYPERLINK("https://evil.example")',
            phase=Phase.IMPLEMENTATION,
            sector=Sector.WATER,
        ),
        OFFICER,
        now=small_city.now,
    ).key
    plan(small_city, "@SUM(1+1)", project=project)

    book = load_workbook(io.BytesIO(download()))
    with reading() as session:
        text = milestones_csv(every_open_milestone(session, "water"), "zh").decode("utf-8-sig")

    cells = [cell for page in book.worksheets for row in page for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]
    assert "'=HYPERLINK" in text
    assert ",'@SUM(1+1)," in text


def test_csv_goes_out_and_comes_back(small_city):
    with reading() as session:
        text = milestones_csv(every_open_milestone(session, "water"), "en").decode("utf-8-sig")
    heading, row = text.splitlines()
    moved = row.replace(str(small_city.promised), "2027-09-01").replace("2027-09-01", str(small_city.promised), 1)
    cells = moved.split(",")
    cells[heading.split(",").index("Reason (published)")] = "Late rain"
    cells[heading.split(",").index("Kind of reason")] = "Weather"

    report = keep_updates(read_file(f"{heading}\n{','.join(cells)}\n".encode(), "milestones.csv"), OFFICER)

    assert report.is_kept
    assert milestone(small_city.milestone).latest.due_date == date(2027, 9, 1)


def test_a_table_that_is_none_of_ours_is_refused(sqlite_record):
    with pytest.raises(UnreadableFileError) as refused:
        read_file(b"a,b\n1,2\n", "other.csv")

    assert refused.value.facts == ("missing_column", "milestone_id")


def test_rows_that_nobody_edited_are_not_counted_among_the_edits(small_city, monkeypatch):
    for number in range(4):
        plan(small_city, f"节点 {number}")
    monkeypatch.setattr("data.exchange.round_trip_apply.MOST_EDITS", 1)

    report = keep_updates(read_file(edited(download(), 说明事项="确认无变化")), OFFICER)

    assert (report.is_kept, report.unchanged) == (True, 5)


def test_more_edits_than_others_can_wait_for_are_refused(small_city, monkeypatch):
    monkeypatch.setattr("data.exchange.round_trip_apply.MOST_EDITS", 0)

    with pytest.raises(UnreadableFileError) as refused:
        keep_updates(read_file(edited(download(), 说明事项="确认无变化")), OFFICER)

    assert refused.value.facts == ("too_many_edits", 0)
