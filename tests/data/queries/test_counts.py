"""Counts are what counting comes to, and are counted again when something changed."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from data.database import database, reading
from data.operations.decisions import PublishDecision, publish_decision
from data.operations.departments import AmendDepartment, amend_department
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.periods import ClosePeriod, close_period
from data.operations.projects import PublishProject, publish_project
from data.operations.verdicts import GiveVerdict, give_verdict
from data.present import rebuild
from data.queries.decision_view import tally_of
from data.queries.decisions import DecisionFilter, count_decisions, first_decisions, list_decisions
from data.queries.departments import departments
from data.queries.now import happening
from data.queries.portfolio import portfolio_regions
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectFilter, count_projects, list_projects
from data.versions import ANSWERED, POINTS, versions
from data.writer import change
from models.actor import OPERATOR
from models.clock import local_date
from models.decision import DecisionState, Language, Topic
from models.milestone import ReasonCode, RevisionKind
from models.outcome import OutcomeCode
from models.project import Phase
from models.verdict import VerdictCode
from tests.conftest import NOW, OFFICER, PLANNER

LATER = NOW + timedelta(hours=2)
TODAY = local_date(NOW)


def counted(now=LATER, **asked):
    """Return the states in which there are decisions, and how many."""
    with reading() as session:
        found = count_decisions(session, DecisionFilter(**asked), now=now)
    return {state: count for state, count in found.items() if count}


def standing(**asked):
    """Return the states in which there are projects, and how many."""
    with reading() as session:
        found = count_projects(session, ProjectFilter(**asked), today=TODAY)
    return {state: count for state, count in found.items() if count}


def publish(title, *, now=NOW):
    """Publish another project, without any promise."""
    command = PublishProject(
        department_id="water", language=Language.CHINESE, title=title, phase=Phase.PREPARATION, region="临江区"
    )
    return change(publish_project, command, OFFICER, now=now).key


def test_decisions_are_counted_where_they_stand_as_time_goes_by(city):
    assert counted(NOW + timedelta(days=1)) == {DecisionState.OPEN: 1}
    assert counted(NOW + timedelta(days=60)) == {DecisionState.CONSIDERED: 1}
    assert counted(NOW - timedelta(days=1)) == {DecisionState.ANNOUNCED: 1}


@pytest.mark.parametrize(
    ("code", "state"), [(OutcomeCode.ADOPTED, DecisionState.DECIDED), (OutcomeCode.WITHDRAWN, DecisionState.DROPPED)]
)
def test_a_count_is_another_as_soon_as_a_decision_is_decided(city, code, state):
    before = counted()
    change(close_period, ClosePeriod(decision_id=city.decision, reason="完成"), PLANNER, now=LATER)
    command = PublishOutcome(
        decision_id=city.decision, code=code, reason="综合意见", decided_by="市政府", decided_on=TODAY
    )
    change(publish_outcome, command, PLANNER, now=LATER + timedelta(hours=1))

    after = counted(LATER + timedelta(days=1))

    assert (before, after) == ({DecisionState.OPEN: 1}, {state: 1})


def test_decisions_are_counted_among_those_that_the_other_filters_leave(city):
    command = PublishDecision(department_id="water", language=Language.ENGLISH, topic=Topic.SAFETY, title="Fireworks")
    change(publish_decision, command, PLANNER, now=NOW)

    assert counted(topic=Topic.SAFETY) == {DecisionState.ANNOUNCED: 1}
    assert counted(words="FIREworks") == {DecisionState.ANNOUNCED: 1}
    assert counted(state=DecisionState.OPEN) == {DecisionState.OPEN: 1, DecisionState.ANNOUNCED: 1}


def test_projects_are_counted_as_they_are_listed(city):
    publish("地铁三号线")
    with reading() as session:
        listed = list_projects(session, ProjectFilter(), today=TODAY).rows

    found = standing()

    assert found == {ProjectState.ON_TIME: 1, ProjectState.UNKNOWN: 1}
    assert sorted(found) == sorted(row.state for row in listed)


def test_a_count_is_another_as_soon_as_a_promise_moves(city):
    before = standing()
    command = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=9),
        reason_code=ReasonCode.WEATHER,
        reason="汛期",
    )
    change(revise_milestone, command, OFFICER, now=LATER)

    assert (before, standing()) == ({ProjectState.ON_TIME: 1}, {ProjectState.LATE: 1})


def test_a_change_that_was_made_earlier_and_kept_later_is_counted(city):
    publish("地铁三号线", now=LATER)
    before = standing()
    publish("地铁四号线", now=NOW - timedelta(days=1))

    assert (before[ProjectState.UNKNOWN], standing()[ProjectState.UNKNOWN]) == (1, 2)


def test_a_project_counts_for_another_day_by_that_day(city):
    with reading() as session:
        late = count_projects(session, ProjectFilter(), today=city.promised + timedelta(days=1))

    assert standing() == {ProjectState.ON_TIME: 1}
    assert late[ProjectState.LATE] == 1


def test_a_district_is_named_as_soon_as_a_project_lies_in_it(city):
    with reading() as session:
        before = portfolio_regions(session, now=LATER)
    publish("地铁三号线")
    with reading() as session:
        after = portfolio_regions(session, now=LATER)

    assert (list(before), list(after)) == ([], ["临江区"])


def test_a_department_has_its_new_name_at_once(city):
    with reading() as session:
        before = departments(session)["water"].name_zh
    command = AmendDepartment(department_id="water", name_zh="水利局", name_en="Water", reason="改名")
    change(amend_department, command, OPERATOR, now=LATER)
    with reading() as session:
        after = departments(session)["water"].name_zh

    assert (before, after) == ("水务局", "水利局")


def test_points_are_counted_as_they_come_in_and_are_answered(city, comment):
    points = [comment(city, token=f"{number}").number for number in range(5)]
    for point in points[:2]:
        command = GiveVerdict(point_id=point, code=VerdictCode.ADOPTED, reason="合理")
        change(give_verdict, command, PLANNER, now=LATER)

    with reading() as session:
        whole, tally = versions(session), tally_of(session, city.decision)
        shown = happening(session, now=LATER)

    assert (whole[POINTS], whole[ANSWERED]) == (5, 2) == (tally.points, tally.answered)
    assert (shown.comments, shown.answered) == (5, 2)


def test_a_point_that_is_answered_in_the_batch_in_which_it_came_is_counted_once(city):
    from data.tallies import count_points  # noqa: PLC0415 - only this test looks behind the writer.

    with database().rebuilding() as session:
        came_and_went = [(city.decision, "", "object", "", 1), (city.decision, "", "object", "", -1)]
        count_points(session, [*came_and_went, (city.decision, "", "object", "adopted", 1)])
    with reading() as session:
        tally = tally_of(session, city.decision)

    assert (tally.points, tally.answered) == (1, 1)


def test_making_everything_anew_changes_nothing(city, comment):
    points = [comment(city, token=f"{number}").number for number in range(3)]
    change(give_verdict, GiveVerdict(point_id=points[0], code=VerdictCode.NOTED, reason="知悉"), PLANNER, now=LATER)
    publish("地铁三号线")
    before = everything_derived()
    with database().rebuilding() as session:
        rebuild(session)

    assert everything_derived() == before


def everything_derived():
    """Return all rows of what is derived."""
    with reading() as session:
        tables = {
            table: sorted(map(repr, session.execute(text(f"SELECT * FROM {table}"))))
            for table in ("decision_present", "project_present", "comment_tally")
        }
        counted = versions(session)
    return tables | {"points": (counted[POINTS], counted[ANSWERED])}


def test_the_first_of_several_states_are_the_first_of_their_lists(city):
    for number in range(5):
        command = PublishDecision(
            department_id="water", language=Language.CHINESE, title=f"草案{number}", topic=Topic.WATER
        )
        change(publish_decision, command, PLANNER, now=NOW + timedelta(minutes=number))
    states = {DecisionState.OPEN: 2, DecisionState.ANNOUNCED: 3}

    with reading() as session:
        first = first_decisions(session, states, now=LATER)
        lists = {
            state: list(list_decisions(session, DecisionFilter(state=state), now=LATER, size=size).rows)
            for state, size in states.items()
        }

    assert first == lists
    assert [len(rows) for rows in first.values()] == [1, 3]


def test_counts_that_nothing_changed_cost_one_statement(small_city, statements):
    standing()
    before = len(statements)
    standing()

    assert len(statements) - before == 1


def test_what_happens_now_takes_ten_statements(small_city, statements):
    with reading() as session:
        happening(session, now=LATER)

    assert len(statements) <= 12
    before = len(statements)
    with reading() as session:
        happening(session, now=LATER)
        departments(session)
    assert len(statements) - before <= 10
