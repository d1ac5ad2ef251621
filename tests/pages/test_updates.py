"""The spreadsheet on its page: taken away, sent back, looked at, published."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from data.database import reading
from data.operations.milestone_duties import ConfirmMilestone, confirm_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.queries.milestones import find_milestone
from data.queries.open_milestones import every_open_milestone
from data.writer import change
from models.actor import Role
from models.milestone import ReasonCode, RevisionKind
from tests.conftest import OFFICER
from tests.data.exchange.test_round_trip import download, edited
from tests.pages.officer import messages, open_page, press, project_of, said, shown, signed_in

MOVED = {"日期": date(2027, 9, 1), "原因类别": "征地拆迁", "理由（公开）": "征地协议晚签。"}


@pytest.fixture
def page(small_city):
    return open_page("update_projects", signed_in())


def send_back(page, content, name="water.xlsx"):
    page.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    assert not page.exception
    return page


def statements(city):
    return [(one.number, one.due_date, one.reason) for one in project_of(city).milestones[0].revisions]


def test_each_change_is_shown_with_its_reason_before_it_is_published(page, small_city):
    send_back(page, edited(download(), **MOVED))

    html = shown(page)
    assert f"{small_city.promised} → 2027-09-01" in html
    assert "征地协议晚签。" in html
    assert len(statements(small_city)) == 1


def test_what_was_looked_at_is_published_with_one_click(page, small_city):
    send_back(page, edited(download(), **MOVED))

    page.button(key="updates_publish").click().run()

    assert messages(page) == ([], [said("updates.kept", count=1, changes="1")])
    assert statements(small_city)[1:] == [(2, date(2027, 9, 1), "征地协议晚签。")]


def test_a_row_at_fault_is_told_in_words_and_nothing_can_be_published(page, small_city):
    send_back(page, edited(download(), **{**MOVED, "日期": "31/02/2024"}))

    html = shown(page)
    assert said("updates.fault.not_a_date") in html
    assert "31/02/2024" in html
    assert not [button for button in page.button if button.key == "updates_publish"]
    assert len(statements(small_city)) == 1


def test_a_reason_that_is_missing_is_told(page, small_city):
    send_back(page, edited(download(), 日期=date(2027, 9, 1)))

    assert said("errors.reason_missing") in shown(page)


def test_a_file_that_is_none_of_ours_is_explained(page, small_city):
    send_back(page, b"a,b\n1,2\n", "other.csv")

    assert messages(page)[0] == [said("updates.file_fault.missing_column", detail="milestone\\_id").replace("\\", "")]


def test_the_spreadsheet_is_for_officers(small_city):
    page = open_page("update_projects", signed_in(Role.PLANNER))

    assert [title.value for title in page.title] == [said("site.not_yours")]


def test_the_workbook_names_its_codes_in_both_languages(small_city):
    codes = load_workbook(io.BytesIO(download())).worksheets[2]

    assert ("原因类别", "land", "征地拆迁") in [tuple(cell.value for cell in row[:3]) for row in codes]


@pytest.fixture
def silent(small_city, stopped_clock):
    """A milestone of which nothing was said this month."""
    command = PlanMilestone(project_id=small_city.project, title="管网", due_date=small_city.promised)
    return int(change(plan_milestone, command, OFFICER, now=small_city.now - timedelta(days=40)).key)


def last_said(milestone):
    with reading() as session:
        return find_milestone(session, milestone).latest


def test_a_milestone_is_confirmed_in_one_click_and_leaves_the_list(silent, small_city):
    page = open_page("update_milestones", signed_in())

    press(page, "desk.still_right")

    assert messages(page) == ([], [said("work_project.done.still_right"), said("desk.monthly_done")])
    assert last_said(silent).number == 1


def test_several_milestones_are_confirmed_in_one_click_but_for_those_taken_out(silent, small_city):
    plan = PlanMilestone(project_id=small_city.project, title="泵站", due_date=small_city.promised)
    others = [
        int(change(plan_milestone, plan, OFFICER, now=small_city.now - timedelta(days=40)).key) for _ in range(2)
    ]
    page = open_page("update_milestones", signed_in())

    next(box for box in page.checkbox if box.key.endswith(f"holds_{silent}")).uncheck().run()
    label = said("desk.confirm_chosen", count=2, milestones=2)
    next(button for button in page.button if button.label == label).click().run()

    assert messages(page) == ([], [said("desk.confirmed", count=2, milestones=2)])
    with reading() as session:
        confirmed = {one.milestone_id for one in every_open_milestone(session, "water") if one.confirmed_at}
    assert confirmed == set(others)


def test_a_milestone_is_moved_where_it_is_listed_and_errors_keep_what_was_typed(silent, small_city):
    page = open_page("update_milestones", signed_in())
    page.button(key=f"monthly_reforecast_{silent}").click().run()
    page.date_input(key=f"field_milestone_{silent}_0_date").set_value(date(2027, 9, 1))

    press(page, "work_project.publish")
    refused = messages(page)
    page.selectbox(key=f"field_milestone_{silent}_0_code_reforecast").set_value("land")
    page.text_area(key=f"draft_milestone_{silent}_0_reason").set_value("征地")
    press(page, "work_project.publish")

    assert refused == ([said("errors.reason_missing")], [])
    assert (last_said(silent).due_date, last_said(silent).reason) == (date(2027, 9, 1), "征地")


def test_what_somebody_else_said_meanwhile_is_shown_beside_what_was_typed(silent, small_city):
    page = open_page("update_milestones", signed_in())
    page.button(key=f"monthly_reforecast_{silent}").click().run()
    page.date_input(key=f"field_milestone_{silent}_0_date").set_value(date(2027, 9, 1))
    page.selectbox(key=f"field_milestone_{silent}_0_code_reforecast").set_value("land")
    page.text_area(key=f"draft_milestone_{silent}_0_reason").set_value("征地")
    change(confirm_milestone, ConfirmMilestone(milestone_id=silent), OFFICER, now=small_city.now - timedelta(days=35))
    theirs = ReviseMilestone(
        milestone_id=silent,
        kind=RevisionKind.REFORECAST,
        due_date=date(2027, 7, 1),
        reason_code=ReasonCode.SITE,
        reason="溶洞",
    )
    change(revise_milestone, theirs, OFFICER, now=small_city.now - timedelta(days=34))

    press(page, "work_project.publish")

    assert len(messages(page)[0]) == 1
    assert "2027-07-01" in shown(page)
    assert page.text_area(key=f"draft_milestone_{silent}_0_reason").value == "征地"
