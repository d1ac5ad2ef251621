"""How projects stand: one like all, changed like made anew, and a past day as it was seen on that day."""

from datetime import date, timedelta

import pytest

from data.database import reading
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.queries.promises import project_facts, project_milestones, project_promises
from data.queries.standing import standing
from data.queries.standings import all_standings, standing_of, standings_at, standings_on
from data.writer import change
from models.actor import Actor, Role
from models.clock import local_date
from models.light_reasons import Light
from models.milestone import ReasonCode, RevisionKind
from tests.conftest import NOW, OFFICER
from tests.data.queries.projects import Builders, day_after

DAYS = 25


def made_anew(session, now):
    """Return how all stand, as if nothing had been kept."""
    known = all_standings(session, now)
    told = project_facts(session, list(known))
    return {identifier: standing(one, known.on, known.evidence) for identifier, one in told.items()}


def build(days=DAYS):
    """Let projects go on for days, and return what was seen at the end of each."""
    builders, seen = Builders(7), {}
    for day in range(days):
        if day % 4 == 0:
            builders.publish(day_after(day), department=("water", "parks")[day % 8 // 4])
        for hour in (2, 3, 4):
            builders.go_on(day_after(day, hour))
        with reading() as session:
            found = all_standings(session, day_after(day, 5))
            seen[found.on] = (dict(found), {one: found[one].outlook for one in found})
    return seen


def test_a_change_shows_at_once_and_costs_one_project(city, statements):
    other = Builders(1).publish(day_after(1))
    with reading() as session:
        first = all_standings(session, day_after(2))
    command = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=200),
        reason_code=ReasonCode.LAND,
        reason="征地",
    )
    change(revise_milestone, command, OFFICER, now=day_after(2, 2))
    statements.clear()

    with reading() as session:
        second = all_standings(session, day_after(2, 3))
        made = len(statements)
        third = all_standings(session, day_after(2, 4))

    assert first[city.project].light.light is Light.GREEN
    assert second[city.project].light.light is Light.RED
    assert second[city.project].completion.slip_first.days == 200
    assert second[city.project].completion.notice == (city.promised - local_date(day_after(2))).days
    assert second.evaluated[other] is first.evaluated[other]
    assert made == 2 + 11
    assert third is second
    assert len(statements) == made


def test_how_all_stand_is_how_each_stands_and_what_is_kept_is_what_would_be_made_anew(city):
    seen = build(9)
    now = day_after(8, 6)

    with reading() as session:
        found = all_standings(session, now)
        anew = made_anew(session, now)
        each = {identifier: standing_of(session, identifier, now) for identifier in found}
        outlooks = {identifier: one.outlook for identifier, one in anew.items()}

    assert dict(found) == each == anew
    assert {identifier: one.outlook for identifier, one in found.items()} == outlooks
    assert len(seen) == 9


def test_a_past_day_is_what_was_seen_at_its_end(small_city):
    seen = build()
    now = day_after(DAYS + 40)

    with reading() as session:
        for day, (then, outlooks) in seen.items():
            some = sorted(then)[::2]
            few = standings_at(session, some, day, now=now)
            all_of_them = standings_on(session, day, now=now)
            assert dict(all_of_them) == then
            assert few == {identifier: then[identifier] for identifier in some}
            assert {identifier: one.outlook for identifier, one in all_of_them.items()} == outlooks
            assert all(one.outlook == outlooks[identifier] for identifier, one in few.items())
        assert standings_on(session, local_date(NOW) - timedelta(days=1), now=now) == {}


def test_the_end_of_today_is_the_present(city):
    build(5)
    now = day_after(4, 6)

    with reading() as session:
        present = all_standings(session, now)
        today = standings_at(session, list(present), local_date(now), now=now)

    assert dict(present) == dict(today)


def test_a_new_day_is_evaluated_without_a_change(small_city):
    with reading() as session:
        before = standing_of(session, small_city.project, day_after(0))
        after = standing_of(session, small_city.project, NOW + timedelta(days=140))

    assert before.light.light is Light.GREEN
    assert after.light.light is Light.STALE
    assert after.completion.slip_first.days == 40


def test_promises_of_many_are_read_with_the_statements_of_one(city, statements):
    builders = Builders(3)
    projects = [builders.publish(day_after(1)) for _ in range(5)]
    statements.clear()

    with reading() as session:
        one = project_promises(session, projects[0])
        alone = len(statements)
        many = project_facts(session, projects)
        assert len(statements) - alone == alone == 11
        dates = project_milestones(session, projects)

    assert len(statements) == 11 + 11 + 4
    assert many[projects[0]] == one
    assert dates[projects[0]] == list(one.milestones)
    assert [one.fact.code.value for one in one.milestones] == ["start", "main_structure", "acceptance"]
    assert one.milestones[1].fact.depends_on == (one.milestones[0].id,)


@pytest.mark.parametrize(("account", "said_on"), [(None, date(2026, 10, 1)), (1, local_date(NOW))])
def test_only_the_keeper_of_the_record_can_say_that_something_was_said_before(small_city, account, said_on):
    actor = Actor(role=Role.OFFICER, department_id="water", account_id=account)
    command = PlanMilestone(
        project_id=small_city.project, title="开工", due_date=date(2027, 1, 1), data_date=date(2026, 10, 1)
    )
    milestone = int(change(plan_milestone, command, actor, now=NOW + timedelta(hours=1)).key)

    with reading() as session:
        told = project_promises(session, small_city.project)
        then = project_promises(session, small_city.project, date(2026, 11, 1))

    found = next(one for one in told.milestones if one.id == milestone)
    assert found.history.first.said_on == said_on
    assert found.recorded_on == (local_date(NOW),)
    assert then is None
