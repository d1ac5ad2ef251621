"""Projects for machines: promises, lights and likelihoods; the filters of the portfolio; and any past day."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from data.database import reading
from data.feeds.written import instant
from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.money import PublishBudget, publish_budget
from data.operations.projects import AmendProject, amend_project
from data.writer import change
from models.clock import local_date
from models.decision import Language
from models.milestone import MilestoneCode, ReasonCode, RevisionKind
from models.money import BudgetKind
from models.project import Phase
from tests.conftest import NOW, OFFICER
from tests.data.queries.projects import Builders, day_after

WEEK = timedelta(days=7)


def put_off(city, days, at):
    command = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=days),
        reason_code=ReasonCode.LAND,
        reason="征地未完成。",
    )
    change(revise_milestone, command, OFFICER, now=at)


@pytest.fixture
def moved(city):
    """The project, whose end was put off twice, and which was given another name and a cost since."""
    put_off(city, 30, day_after(0))
    put_off(city, 200, day_after(7))
    command = AmendProject(
        project_id=city.project, reason="改名", language=Language.CHINESE, title="南水厂", phase=Phase.COMPLETION
    )
    change(amend_project, command, OFFICER, now=day_after(7, 2))
    budget = PublishBudget(
        project_id=city.project,
        kind=BudgetKind.APPROVED_ESTIMATE,
        amount=5,
        currency="CNY",
        approved_on=local_date(day_after(7)),
    )
    change(publish_budget, budget, OFFICER, now=day_after(7, 2))
    return city


def test_a_project_carries_its_light_and_its_likelihood_with_what_they_rest_on(moved, machine):
    machine.now = day_after(8)

    project = machine.get(f"/api/v1/projects/{moved.project}").json

    assert project["light"]["code"] == "R"
    assert project["light"]["rule_version"] == 1
    assert (
        project["light"]["reasons"][0] | {"limit": 90, "measured": 200, "code": "late"}
        == project["light"]["reasons"][0]
    )
    assert project["likelihood"]["n"] == 0
    assert project["likelihood"]["class"]["level"] == "all"
    assert project["likelihood"]["cannot_say"] == ["no_cases"]
    assert project["contradictions"] == []
    milestone = project["milestones"][0]
    assert milestone["first_date"] == moved.promised.isoformat()
    assert milestone["latest_date"] == (moved.promised + timedelta(days=200)).isoformat()
    assert milestone["actual_date"] is None
    assert milestone["slip_first"]["days"] == 200
    assert milestone["slip_latest"]["days"] == 0
    assert milestone["moves"] == 2
    first = (moved.promised - local_date(day_after(0))).days
    second = (moved.promised + timedelta(days=30) - local_date(day_after(7))).days
    assert milestone["notice_days"] == (first + second) / 2


def test_the_list_says_of_each_project_what_the_project_says_of_itself(moved, machine):
    Builders(5).publish(day_after(8))
    machine.now = day_after(9)

    listed = machine.get("/api/v1/projects").json["projects"]

    assert len(listed) == 2
    for one in listed:
        alone = machine.get(f"/api/v1/projects/{one['id']}").json
        for milestone, said in zip(one["milestones"], alone["milestones"], strict=True):
            assert milestone.items() <= said.items()
        del one["milestones"]
        assert one.items() <= alone.items()


def test_a_milestone_carries_what_it_was_said_to_be_first_and_since_and_of_a_past_day_what_was_said_by_then(
    moved, machine
):
    amended = AmendMilestone(
        milestone_id=moved.milestone, title="供水", code=MilestoneCode.HANDOVER, is_critical=True, reason="名称有误。"
    )
    change(amend_milestone, amended, OFFICER, now=day_after(9))
    machine.now = day_after(10)

    now = machine.get(f"/api/v1/projects/{moved.project}").json["milestones"][0]
    then = machine.get(f"/api/v1/projects/{moved.project}?as_of={local_date(day_after(8))}").json["milestones"][0]

    assert (now["title"], now["code"], now["is_critical"]) == ("供水", "handover", True)
    assert (now["first_title"], now["first_code"], now["first_is_critical"]) == ("通水", None, False)
    assert now["amendments"] == [
        {
            "number": 1,
            "title": "供水",
            "code": "handover",
            "is_critical": True,
            "reason": "名称有误。",
            "said_on": str(local_date(day_after(9))),
            "recorded_at": instant(day_after(9)),
        }
    ]
    assert (then["title"], then["code"], then["amendments"]) == ("通水", None, [])


def test_as_of_a_past_day_it_is_what_it_was_on_that_day(moved, machine):
    day = local_date(day_after(1))
    machine.now = day_after(8)

    then = machine.get(f"/api/v1/projects/{moved.project}?as_of={day}").json
    listed = machine.get(f"/api/v1/projects?as_of={day}").json["projects"]
    before = machine.get(f"/api/v1/projects/{moved.project}?as_of={local_date(NOW) - timedelta(days=1)}")

    assert then["as_of"] == day.isoformat()
    assert then["title"] == "第二水厂"
    assert then["light"]["code"] == "G"
    assert then["budgets"] == []
    assert then["milestones"][0]["moves"] == 1
    assert [said["number"] for said in then["milestones"][0]["revisions"]] == [1, 2]
    assert [said["number"] for said in then["revisions"]] == [1]
    assert [one["id"] for one in listed] == [moved.project]
    assert listed[0]["title"] == "第二水厂"
    assert before.status == 404
    assert machine.get(f"/api/v1/projects?as_of={local_date(NOW) - timedelta(days=1)}").json["projects"] == []


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("light=R", True),
        ("light=G", False),
        ("late_by=200", True),
        ("late_by=201", False),
        ("due_within=3650", True),
        ("due_within=10", False),
        ("near=119.5,30.2,1", True),
        ("near=119.5,31,1", False),
        ("area=119,30;120,30;120,31;119,31", True),
        ("area=119,31;120,31;120,32", False),
        ("words=%E5%8D%97%E6%B0%B4", True),
        ("state=late&sort=-cost", True),
    ],
)
def test_filters_are_those_of_the_portfolio(small_city, machine, query, is_found):
    put_off(small_city, 200, day_after(7))
    command = AmendProject(
        project_id=small_city.project, reason="改名", language=Language.CHINESE, title="南水厂", phase=Phase.COMPLETION
    )
    change(amend_project, command, OFFICER, now=day_after(7, 2))
    machine.now = day_after(8)

    found = machine.get(f"/api/v1/projects?{query}").json["projects"]

    assert [one["id"] for one in found] == [small_city.project] * is_found


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("as_of=2099-01-01", "as_of"),
        ("as_of=20260101", "as_of"),
        ("as_of=2026-02-30", "as_of"),
        ("as_of=0001-01-01", "as_of"),
        ("near=1,2", "near"),
        ("near=nan,2,3", "near"),
        ("near=200,2,3", "near"),
        ("near=1,2,-3", "near"),
        ("area=1,2;3,4", "area"),
        ("area=1,2;3,4;5..6,7", "area"),
        ("area=1,2;3,4;5,99", "area"),
        ("area=" + "1,2;" * 1500 + "1,2", "area"),
        ("late_by=-1", "late_by"),
        ("due_within=999999", "due_within"),
        ("light=B", "light"),
        ("sort=price", "sort"),
        ("sort=--late", "sort"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(small_city, machine, query, parameter):
    reply = machine.get(f"/api/v1/projects?{query}")

    assert reply.status == 400
    assert reply.json["error"]["parameter"] == parameter


def test_a_page_of_the_list_takes_few_statements(small_city, machine, statements):
    machine.now = day_after(8)
    machine.get("/api/v1/projects")
    machine.now = day_after(8, 2)
    statements.clear()

    machine.get("/api/v1/projects?size=5")

    assert len(statements) <= 9


def test_the_milestones_of_a_past_day_are_read_once(small_city, machine, statements):
    machine.now = day_after(8)
    past = f"/api/v1/projects?as_of={local_date(NOW)}"
    first = machine.get(past)
    machine.now = day_after(8, 2)
    again = machine.get(f"{past}&size=5")
    statements.clear()

    other = machine.get(f"{past}&size=6")

    assert first.json["projects"] == again.json["projects"] == other.json["projects"] != []
    assert not [one for one in statements if "FROM milestone" in one]


@pytest.fixture
def statements():
    """The statements that are sent to the database for readers."""
    with reading() as session:
        engine = session.get_bind()
    seen = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
