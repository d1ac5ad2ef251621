"""The calendar: what is on which day, and how it is narrowed."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.database import reading
from data.operations.decisions import ReviseStage, revise_stage
from data.operations.hearings import RecordHearingStep, record_hearing_step
from data.operations.milestones import PlanMilestone, plan_milestone
from data.operations.procedures import ChooseProcedure, choose_procedure
from data.operations.projects import PublishProject, publish_project
from data.queries.days import DayFilter, DayKind, days
from data.queries.deadlines import due_dates
from data.queries.duty_dates import duty_dates
from data.writer import change
from models.decision import Language
from models.hearing import HearingStepKind
from models.project import Phase, Sector
from models.stage import Stage
from pages.readable import Visit
from pages.readable.deadlines import read_deadlines
from tests.conftest import OFFICER, PLANNER
from tests.pages.office import ROOT, Office, quick_passwords
from tests.pages.promises import HOSTILE, statements


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


def found(office, **asked):
    ahead = {"first": office.today - timedelta(days=60), "end": office.today + timedelta(days=120)}
    with reading() as session:
        return days(session, DayFilter(**ahead, **asked), now=office.now)


def month_of(office, shown, *, language="zh", **query):
    query = {"month": f"{shown:%Y-%m}"} | query
    return read_deadlines(Visit(language=language, now=office.now, query=query)).body_html


def promise(office, due, title="通水"):
    command = PublishProject(
        department_id="water",
        language=Language.CHINESE,
        title="水厂",
        phase=Phase.IMPLEMENTATION,
        sector=Sector.WATER,
    )
    project = change(publish_project, command, OFFICER, now=office.now).key
    change(plan_milestone, PlanMilestone(project_id=project, title=title, due_date=due), OFFICER, now=office.now)
    return project


def with_hearing(office, held_on):
    flags = ChooseProcedure(decision_id=office.decision, template="cn-713", flags=("hearing_chosen",), reason="重大")
    change(choose_procedure, flags, PLANNER, now=office.now)
    step = RecordHearingStep(decision_id=office.decision, step=HearingStepKind.HELD, held_on=held_on)
    change(record_hearing_step, step, PLANNER, now=office.now)


def test_a_period_that_ends_with_a_day_is_on_that_day(office):
    closing = found(office, kinds=frozenset([DayKind.CLOSING]))

    assert [(one.day, one.decision_id) for one in closing] == [(office.last_day, office.decision)]


def test_a_hearing_and_what_is_due_before_it_by_law_are_on_their_days(office):
    held_on = office.today + timedelta(days=20)
    with_hearing(office, held_on)

    heard = found(office, kinds=frozenset([DayKind.HEARING]))
    due = {one.item.key: one.day for one in found(office, kinds=frozenset([DayKind.DUTY]))}

    assert [one.day for one in heard] == [held_on]
    assert due["obligation:hearing_materials"] == held_on - timedelta(days=7)


def test_a_step_and_a_milestone_are_on_the_days_for_which_they_are_planned(office):
    ends_on = office.today + timedelta(days=9)
    plan = ReviseStage(
        decision_id=office.decision, stage=Stage.LEGALITY_REVIEW, starts_on=office.today, ends_on=ends_on
    )
    change(revise_stage, plan, PLANNER, now=office.now)
    project = promise(office, ends_on)

    assert [one.day for one in found(office, kinds=frozenset([DayKind.STEP]))] == [ends_on]
    assert [one.project_id for one in found(office, kinds=frozenset([DayKind.MILESTONE]))] == [project]


def test_days_are_narrowed_to_a_department(office):
    assert found(office, department_id="parks") == []
    assert {one.department_id for one in found(office, department_id="water")} == {"water"}


def test_of_many_dates_the_soonest_are_kept(office):
    later, soonest, sooner = (promise(office, office.today + timedelta(days=ahead)) for ahead in (30, 10, 20))
    asked = {"since": office.today, "until": office.today + timedelta(days=60), "size": 2}

    with reading() as session:
        kept = due_dates(session, **asked, department_id="water")
        of_project = due_dates(session, **asked, project_id=later)
        of_others = due_dates(session, **asked, department_id="parks")

    assert [one.project_id for one in kept] == [soonest, sooner]
    assert [one.project_id for one in of_project] == [later]
    assert of_others == []


def test_what_is_still_due_by_law_is_the_same_asked_of_a_decision_a_department_or_all(office):
    held_on = office.today + timedelta(days=30)
    with_hearing(office, held_on)
    asked = {"until": held_on, "now": office.now, "size": 10}

    with reading() as session:
        of_all = duty_dates(session, **asked)
        of_decision = duty_dates(session, **asked, decision_id=office.decision)
        of_department = duty_dates(session, **asked, department_id="water")
        of_others = duty_dates(session, **asked, department_id="parks")

    assert ("obligation:hearing_materials", held_on - timedelta(days=7)) in {(one.key, one.due_on) for one in of_all}
    assert of_all == of_decision == of_department
    assert of_others == []


def test_the_month_says_when_it_closes_and_links_to_the_months_beside_it(office):
    html = month_of(office, office.last_day)

    assert f'<time datetime="{office.last_day}">' in html
    assert "征求意见截止" in html
    assert 'rel="prev"' in html
    assert 'rel="next"' in html


def test_the_filter_stays_in_every_link_and_in_that_of_the_calendar_to_subscribe_to(office):
    html = month_of(office, office.last_day, department="water", kind="closing")

    assert 'href="/calendar/deadlines.ics?department=water&amp;kind=closing"' in html
    assert html.count("department=water&amp;kind=closing&amp;month=") == 2


@pytest.mark.parametrize(
    "query",
    [
        {"month": "2026-13"},
        {"month": "0000-01"},
        {"month": "0001-01"},
        {"month": "9999-12"},
        {"month": HOSTILE},
        {"day": "2026-02-31"},
        {"day": HOSTILE},
        {"kind": HOSTILE, "department": HOSTILE},
    ],
)
def test_what_an_address_asks_for_and_nobody_understands_is_not_asked_for(office, query):
    readable = read_deadlines(Visit(language="en", now=office.now, query=query))

    assert readable.status == 200
    assert "<script" not in readable.body_html


def test_hostile_words_are_text(office):
    promise(office, office.last_day, title=HOSTILE[:190])

    assert "<img" not in month_of(office, office.last_day)


def test_a_day_with_much_on_it_shows_some_and_leads_to_all(office):
    for number in range(9):
        promise(office, office.last_day, title=f"节点{number}")

    html = month_of(office, office.last_day)
    whole = month_of(office, office.last_day, day=f"{office.last_day}")

    assert f"day={office.last_day}" in html
    assert "节点8" not in html
    assert "节点8" in whole


def test_a_month_with_nothing_of_a_kind_says_so(office):
    assert "本月没有这类事项" in month_of(office, date(2019, 2, 1))


def test_the_calendar_takes_few_statements_whatever_is_on_it(office):
    for number in range(4):
        promise(office, office.last_day, title=f"节点{number}")
    found(office)

    with statements() as made:
        found(office)

    assert len(made) <= 7


def test_streamlit_draws_the_calendar(office):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.run()
    app.switch_page("pages/deadlines.py")
    app.run()

    assert not app.exception
    assert "日历" in " ".join(element.proto.body for element in app.get("html"))
