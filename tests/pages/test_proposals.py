"""Two people publish: one proposes on a form, the other reads what would change, and agrees or sends it back."""

from datetime import date, timedelta

import pytest

from data.database import reading
from data.operations.departments import AmendDepartment, amend_department
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.proposals import ProposeChange, propose_change
from data.publication import publish_due
from data.queries.milestones import find_milestone
from data.writer import change
from models.actor import OPERATOR, Role
from models.clock import local_date, utc_now
from models.milestone import ReasonCode, RevisionKind
from tests.conftest import OFFICER
from tests.data.exchange.test_round_trip import download, edited
from tests.pages.officer import messages, open_page, press, project_of, said, shown, signed_in
from tests.pages.test_updates import MOVED, send_back

REASON = "征地协议晚签。"


def demand_two():
    command = AmendDepartment(
        department_id="water", name_zh="水务局", name_en="Water", needs_second_person=True, reason="内控"
    )
    change(amend_department, command, OPERATOR)


@pytest.fixture
def city(small_city):
    demand_two()
    return small_city


def statements(city):
    return [(one.number, one.due_date) for one in project_of(city).milestones[0].revisions]


def propose(city, day=date(2027, 9, 1), *, actor=OFFICER, **more):
    """Propose to move the milestone of the city."""
    moved = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=day,
        reason_code=ReasonCode.LAND,
        reason=REASON,
        seen=1,
    )
    return int(change(propose_change, ProposeChange(commands=(moved,), **more), actor).key)


def field(city, name, *, prefix="field"):
    return f"{prefix}_milestone_{city.milestone}_0_{name}"


def move(page, city, *, reason=REASON, publish_on=None):
    """Fill in that the milestone moves."""
    page.selectbox(key=field(city, "code_reforecast")).set_value(ReasonCode.LAND).run()
    page.date_input(key=field(city, "date")).set_value(date(2027, 9, 1))
    page.text_area(key=field(city, "reason", prefix="draft")).set_value(reason)
    if publish_on:
        page.date_input(key=field(city, "publish_on")).set_value(publish_on)


def test_the_form_of_a_milestone_sends_it_to_a_second_person_and_says_so(city):
    page = open_page("work_on_project", signed_in(), id=city.project, milestone=city.milestone)
    move(page, city)

    press(page, "proposals.send")

    assert messages(page) == ([], [said("proposals.waiting_sent")])
    assert statements(city) == [(1, city.promised)]


def test_without_a_second_person_the_form_publishes_as_before(small_city):
    page = open_page("work_on_project", signed_in(), id=small_city.project, milestone=small_city.milestone)
    move(page, small_city)

    press(page, "work_project.publish")

    assert messages(page) == ([], [said("work_project.done.reforecast")])
    assert len(statements(small_city)) == 2


def test_a_statement_is_published_at_the_instant_that_was_chosen(small_city):
    page = open_page("work_on_project", signed_in(), id=small_city.project, milestone=small_city.milestone)
    move(page, small_city, publish_on=local_date(utc_now()) + timedelta(days=1))

    press(page, "work_project.publish")

    assert messages(page) == ([], [said("proposals.scheduled_sent")])
    assert len(statements(small_city)) == 1
    assert publish_due(utc_now() + timedelta(days=2)).published == (1,)
    assert len(statements(small_city)) == 2


def test_what_the_record_would_refuse_is_said_on_the_form(city):
    page = open_page("work_on_project", signed_in(), id=city.project, milestone=city.milestone)
    move(page, city, reason="")

    press(page, "proposals.send")

    assert messages(page) == ([said("errors.reason_missing")], [])


def test_a_second_person_reads_what_is_said_now_and_what_would_be_said_and_publishes_it(city):
    propose(city, note="已与施工方核实")
    page = open_page("proposals", signed_in(Role.APPROVER))
    html = shown(page)
    assert f"{city.promised}</td>" in html
    assert "<strong>2027-09-01</strong>" in html
    assert REASON in html
    assert "已与施工方核实" in html
    assert "通水" in html

    press(page, "proposals.approve")

    assert messages(page) == ([], [said("proposals.approved")])
    assert statements(city)[1:] == [(2, date(2027, 9, 1))]


def test_a_proposal_is_sent_back_with_a_reason_and_its_author_reads_it(city):
    propose(city)
    page = open_page("proposals", signed_in(Role.APPROVER))
    reason = next(one for one in page.text_area if one.label == said("proposals.refuse_reason"))
    press(page, "proposals.refuse")
    assert messages(page) == ([said("errors.reason_missing")], [])

    next(one for one in page.text_area if one.label == reason.label).set_value("缺少批复")
    press(page, "proposals.refuse")

    assert messages(page) == ([], [said("proposals.refused")])
    assert "缺少批复" in shown(open_page("proposals", signed_in(), state="refused"))


def test_an_author_cannot_agree_and_can_withdraw(city):
    propose(city)
    page = open_page("proposals", signed_in())
    assert said("proposals.approve") not in {button.label for button in page.button}

    press(page, "proposals.withdraw")

    assert messages(page) == ([], [said("proposals.withdrawn")])
    assert statements(city) == [(1, city.promised)]


def test_what_failed_is_kept_with_its_reason_and_can_be_proposed_again(small_city):
    propose(small_city, publish_at=utc_now() + timedelta(hours=1))
    moved = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=date(2027, 5, 1),
        reason_code=ReasonCode.LAND,
        reason=REASON,
        seen=1,
    )
    change(revise_milestone, moved, OFFICER)
    publish_due(utc_now() + timedelta(hours=2))
    page = open_page("proposals", signed_in(), state="failed")
    html = shown(page)
    assert said("proposals.conflict", seen="1", now="2", says="reforecast: 2027-05-01") in html
    assert "<strong>2027-09-01</strong>" in html

    press(page, "proposals.again")

    assert messages(page)[1] == [said("proposals.published")]
    assert statements(small_city)[2:] == [(3, date(2027, 9, 1))]


def test_the_desk_tells_an_approver_how_many_wait_and_an_officer_what_failed(city):
    propose(city)

    approver = shown(open_page("desk", signed_in(Role.APPROVER)))
    officer = shown(open_page("desk", signed_in()))

    assert said("proposals.desk.waiting_for_you", count=1) in approver
    assert said("proposals.desk.waiting", count=1) in officer


def test_the_desk_says_nothing_of_proposals_where_there_are_none_and_nobody_needs_two(small_city):
    assert said("proposals.desk.title") not in {one.value for one in open_page("desk", signed_in()).header}


def test_a_spreadsheet_becomes_one_proposal(city):
    page = open_page("update_projects", signed_in())
    send_back(page, edited(download(), **MOVED))

    page.button(key="updates_publish").click().run()

    assert messages(page) == ([], [said("proposals.waiting_sent")])
    assert len(statements(city)) == 1
    page = open_page("proposals", signed_in(Role.APPROVER))
    press(page, "proposals.approve")
    assert statements(city)[1:] == [(2, date(2027, 9, 1))]


def test_a_date_that_still_holds_is_proposed_too(city):
    page = open_page("work_on_project", signed_in(), id=city.project, milestone=city.milestone)

    press(page, "work_project.still_right")

    assert messages(page) == ([], [said("proposals.waiting_sent")])
    with reading() as session:
        assert find_milestone(session, city.milestone).latest.number == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_the_page_is_for_those_who_propose_and_agree(city, role):
    page = open_page("proposals", signed_in(role, None))

    assert page.title[0].value == said("site.not_yours")


def test_an_administrator_has_a_department_need_a_second_person(small_city):
    page = open_page("administration", signed_in(Role.ADMINISTRATOR, None), tab="departments", department="water")
    page.checkbox[0].set_value(True)
    next(one for one in page.text_area if one.label == said("work.form.reason")).set_value("内控要求")

    press(page, "administration.department.amend")

    assert messages(page) == ([], [said("administration.department.amended")])
    page = open_page("work_on_project", signed_in(), id=small_city.project, milestone=small_city.milestone)
    assert said("proposals.send") in {button.label for button in page.button}


def test_a_list_goes_on_and_each_list_has_a_place_of_its_own(city):
    for days in range(12):
        propose(city, date(2027, 9, 1) + timedelta(days=days))
    page = open_page("proposals", signed_in())
    assert shown(page).count(said("codes.proposal_state.waiting")) == 10

    press(page, "proposals.more")

    assert shown(page).count(said("codes.proposal_state.waiting")) == 2
    assert page.query_params["after_waiting"] == "3"
    press(page, "proposals.newest")
    assert shown(page).count(said("codes.proposal_state.waiting")) == 10


def test_a_new_project_and_its_promises_are_sent_to_a_second_person_together(city):
    page = open_page("publish_project", signed_in())
    page.text_input(key="draft_publish_project_0_title").set_value("第三水厂")
    page.text_input(key="draft_publish_project_0_title_0").set_value("开工")
    page.date_input(key="field_publish_project_0_date_0").set_value(date(2098, 2, 3))

    press(page, "proposals.send")

    assert messages(page) == ([], [said("proposals.waiting_sent")])
    html = shown(open_page("proposals", signed_in(Role.APPROVER)))
    assert "第三水厂" in html
    assert "2098-02-03" in html
