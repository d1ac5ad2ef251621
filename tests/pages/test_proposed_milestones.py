"""A milestone of which something is proposed says so wherever it is worked on, and in its history afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from data.database import reading
from data.operations.departments import AmendDepartment, amend_department
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone
from data.operations.proposal_steps import (
    ApproveProposal,
    RefuseProposal,
    WithdrawProposal,
    approve_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from data.operations.proposals import ProposeChange, propose_change
from data.queries.standings import all_standings
from data.writer import change
from models.actor import OPERATOR, Actor, Role
from models.milestone import Precision, ReasonCode, RevisionKind
from pages.formats import format_instant
from pages.readable.project import read_project
from pages.readable.project_history import history
from tests.conftest import NOW, OFFICER
from tests.pages.officer import messages, open_page, press, said, shown, signed_in
from tests.pages.promises import TODAY, page_of, say_of, visit_to
from tests.pages.promises import statements as counted
from tests.pages.test_proposals import REASON, city, demand_two, field, propose

__all__ = ["city"]
TWO = Actor(role=Role.APPROVER, department_id="water", account_id=99)
DAY = date(2027, 9, 30)


def refused(city, **more):
    """Have a proposal sent back, and return its number."""
    told = {"kind": RevisionKind.REFORECAST, "due_date": DAY, "reason_code": ReasonCode.LAND, "reason": REASON}
    moved = ReviseMilestone(milestone_id=city.milestone, seen=1, **(told | more))
    number = int(change(propose_change, ProposeChange(commands=(moved,), note="已核实"), OFFICER).key)
    change(refuse_proposal, RefuseProposal(proposal_id=number, reason="缺少批复"), TWO)
    return number


@pytest.fixture
def token(small_city, stopped_clock):
    return signed_in()


@pytest.fixture
def soon(small_city, token):
    """A milestone that is on the desk, and of which nothing was said this month."""
    return silent(small_city, "开工")


def silent(city, title):
    command = PlanMilestone(project_id=city.project, title=title, due_date=TODAY + timedelta(days=20))
    return int(change(plan_milestone, command, OFFICER, now=NOW - timedelta(days=40)).key)


def propose_of(milestone, **more):
    return propose(SimpleNamespace(milestone=milestone), **more)


def fill_in_again(city, token, number):
    return open_page("work_on_project", token, id=city.project, milestone=city.milestone, proposal=number)


def again(city, name, *, prefix="field"):
    """Return the key of a field that is filled in again: the form begins anew."""
    return field(city, name, prefix=prefix).replace("_0_", "_1_")


@pytest.mark.parametrize("page", ["update_milestones", "desk"])
def test_a_card_says_that_a_change_waits_and_still_offers_another(soon, token, page):
    demand_two()
    propose_of(soon)

    drawn = open_page(page, token)

    html = shown(drawn)
    assert html.count(f"… <strong>{said('desk.proposed_waiting')}</strong>") == 1
    assert "2027-09-01" in html
    assert 'href="/proposals?state=waiting"' in html
    assert {said("desk.still_right"), said("work_project.act.reforecast")} <= {button.label for button in drawn.button}


@pytest.mark.parametrize("page", ["update_milestones", "desk"])
def test_a_card_says_for_when_a_change_is_scheduled(soon, token, page):
    at = NOW + timedelta(days=2)
    propose_of(soon, publish_at=at)

    html = shown(open_page(page, token))

    assert f"◷ <strong>{said('desk.proposed_scheduled', at=format_instant(at, None, 'zh'))}</strong>" in html
    assert 'href="/proposals?state=scheduled"' in html


@pytest.mark.parametrize("page", ["update_milestones", "desk"])
def test_cards_take_as_many_statements_however_much_is_proposed(soon, token, small_city, page):
    others = [silent(small_city, f"{number}") for number in range(3)]
    demand_two()

    def made(*milestones):
        for milestone in milestones:
            propose_of(milestone)
        with counted() as found:
            open_page(page, token)
        return len(found)

    made(soon)

    assert made(soon) == made(soon, *others)


def test_what_was_sent_back_is_edited_with_what_was_typed_and_sent_again(city, token):
    number = refused(city, precision=Precision.MONTH, date_low=date(2027, 8, 1), date_high=date(2027, 11, 1))
    link = f'href="/work_on_project?id={city.project}&amp;milestone={city.milestone}&amp;proposal={number}"'
    assert link in shown(open_page("proposals", token, state="refused"))
    page = fill_in_again(city, token, number)
    assert page.selectbox(key=again(city, "code_reforecast")).value is ReasonCode.LAND
    assert page.selectbox(key=again(city, "precision")).value is Precision.MONTH
    assert page.date_input(key=again(city, "date")).value == DAY
    assert page.date_input(key=again(city, "date_low")).value == date(2027, 8, 1)
    assert page.text_area(key=again(city, "reason", prefix="draft")).value == REASON
    assert page.text_area(key=again(city, "proposal_note", prefix="draft")).value == "已核实"

    page.text_area(key=again(city, "reason", prefix="draft")).set_value("征地协议晚签，已附批复。")
    press(page, "proposals.send")

    assert messages(page) == ([], [said("proposals.waiting_sent")])
    html = shown(open_page("proposals", signed_in(Role.APPROVER)))
    assert "征地协议晚签，已附批复。" in html
    assert f"{city.promised}</td>" in html
    assert "2027-09</strong>" in html


def test_a_pause_that_was_sent_back_is_edited_as_a_pause(city, token):
    more = {"next_steps": "改线。", "resume_on": date(2027, 6, 1), "reason_code": ReasonCode.UTILITIES}

    page = fill_in_again(city, token, refused(city, kind=RevisionKind.PAUSED, due_date=city.promised, **more))

    assert page.radio(key=again(city, "act")).value is RevisionKind.PAUSED
    assert page.text_area(key=again(city, "next_steps", prefix="draft")).value == "改线。"
    assert page.date_input(key=again(city, "resume_on")).value == date(2027, 6, 1)


def test_that_it_was_reached_is_edited_with_the_day_that_was_typed(city, token):
    reached = TODAY - timedelta(days=3)
    number = refused(city, kind=RevisionKind.ACHIEVED, due_date=reached, reason_code=None, reason="")
    assert f"proposal={number}" in shown(open_page("proposals", token, state="refused"))

    page = fill_in_again(city, token, number)

    assert page.radio(key=again(city, "act")).value is RevisionKind.ACHIEVED
    assert page.date_input(key=again(city, "reached")).value == reached


def test_that_it_was_given_up_is_edited_with_the_reason_that_was_typed(city, token):
    number = refused(city, kind=RevisionKind.CANCELLED, due_date=city.promised, reason_code=ReasonCode.FUNDING)
    assert f"proposal={number}" in shown(open_page("proposals", token, state="refused"))

    page = fill_in_again(city, token, number)

    assert page.radio(key=again(city, "act")).value is RevisionKind.CANCELLED
    assert page.selectbox(key=again(city, "code_cancelled")).value is ReasonCode.FUNDING
    assert page.text_area(key=again(city, "reason", prefix="draft")).value == REASON


def test_the_form_begins_with_what_is_said_now_once_it_was_sent_again(city, token):
    page = fill_in_again(city, token, refused(city))
    press(page, "proposals.send")
    assert "proposal" not in page.query_params

    page.run()

    assert page.date_input(key=field(city, "date").replace("_0_", "_2_")).value == city.promised
    assert page.selectbox(key=field(city, "code_reforecast").replace("_0_", "_2_")).value is None


@pytest.mark.parametrize("number", ["99", "x", "-1", "1'--", "99999999999999999999999"])
def test_an_address_with_another_number_opens_the_form_as_it_is(city, token, number):
    page = fill_in_again(city, token, number)

    assert page.date_input(key=field(city, "date")).value == city.promised


def test_nobody_fills_in_what_another_department_proposed(city):
    number = refused(city)

    page = open_page("work_on_project", signed_in(department="parks"), id=city.project, proposal=number)

    assert REASON not in {one.value for one in page.text_area}


def test_a_proposal_of_something_else_is_proposed_again_as_a_whole(city, token):
    first = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=DAY,
        reason_code=ReasonCode.LAND,
        reason=REASON,
        seen=1,
    )
    both = ProposeChange(commands=(first, replace(first, due_date=date(2027, 10, 1), seen=2)))
    number = int(change(propose_change, both, OFFICER).key)
    change(withdraw_proposal, WithdrawProposal(proposal_id=number), OFFICER)

    page = fill_in_again(city, token, number)

    assert page.date_input(key=field(city, "date")).value == city.promised


def proposed_and_agreed_to(city, *, seen=1):
    command = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=DAY,
        reason_code=ReasonCode.LAND,
        reason=REASON,
        seen=seen,
    )
    at = NOW + timedelta(hours=3)
    number = int(change(propose_change, ProposeChange(commands=(command,)), OFFICER, now=at).key)
    change(approve_proposal, ApproveProposal(proposal_id=number), TWO, now=at + timedelta(hours=2))


def amend(*, needs_two, minutes):
    """Say whether the department needs a second person, at an instant of the tests: times in a ledger never fall."""
    command = AmendDepartment(
        department_id="water", name_zh="水务局", name_en="Water", needs_second_person=needs_two, reason="内控"
    )
    change(amend_department, command, OPERATOR, now=NOW + timedelta(minutes=minutes))


def test_the_history_of_a_project_says_when_a_date_was_proposed_and_agreed_to(small_city):
    amend(needs_two=True, minutes=120)
    proposed_and_agreed_to(small_city)

    page = page_of(small_city.project, TODAY + timedelta(days=1))
    told = [one.agreed for one in history(page, "en") if one.kind == "milestone"]

    first, second = (format_instant(NOW + timedelta(hours=hours), None, "en") for hours in (3, 5))
    assert told == [f"Proposed {first}, agreed to by a second person {second}", ""]
    html = read_project(visit_to(small_city.project, later=timedelta(days=1))).body_html
    assert "经第二人审核同意" in html


def test_that_a_date_was_agreed_to_costs_no_further_statement(small_city):
    def made():
        visit = visit_to(small_city.project, later=timedelta(days=1))
        with reading() as session:
            all_standings(session, visit.now)
        with counted() as found:
            read_project(visit)
        return len(found)

    made()
    say_of(small_city.milestone, RevisionKind.REFORECAST, date(2027, 8, 1))
    # What departments say of themselves is read again after this, as below.
    amend(needs_two=False, minutes=90)
    before = made()
    amend(needs_two=True, minutes=120)
    proposed_and_agreed_to(small_city, seen=2)

    assert made() == before


def test_several_dates_that_still_hold_are_not_ticked_where_something_is_proposed(soon, token, small_city):
    other = silent(small_city, "管网")
    demand_two()
    propose_of(soon)

    page = open_page("update_milestones", token)

    ticked = {int(box.key.rpartition("_")[2]): box.value for box in page.checkbox}
    assert ticked == {soon: False, other: True}


def test_several_dates_that_still_hold_are_proposed_and_may_be_proposed_again(soon, token, small_city):
    silent(small_city, "管网")
    demand_two()
    page = open_page("update_milestones", token)

    confirm(page, 2)

    assert messages(page) == ([], [said("proposals.waiting_sent")])
    assert [box.value for box in page.checkbox] == [False, False]
    page.checkbox[0].set_value(True).run()
    confirm(page, 1)
    assert messages(page) == ([], [said("proposals.waiting_sent")])


def confirm(page, count):
    label = said("desk.confirm_chosen", count=count, milestones=count)
    next(button for button in page.button if button.label == label).click().run()
