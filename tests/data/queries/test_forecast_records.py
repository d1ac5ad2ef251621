"""How true dates and likelihoods were: by department and lead, and scored from thirty that were decided."""

from datetime import timedelta

import pytest

from data.database import reading
from data.operations.forecasts import PublishForecasts, publish_forecasts
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.queries.forecast_records import department_records, forecast_scores
from data.schema import drop_everything, migrate, open_record
from data.writer import change, writer
from models.actor import OPERATOR
from models.clock import local_date
from models.forecast_record import Lead
from models.forecast_score import SCORED_FROM
from models.likelihood import Rung
from models.milestone import ReasonCode, RevisionKind
from models.published_forecast import Forecast
from tests.conftest import OFFICER, make_city
from tests.data.queries.projects import day_after

FIRST = local_date(day_after(0))
DUE = FIRST + timedelta(days=100)


def plan(city, count):
    """Promise dates a hundred days ahead."""
    command = PlanMilestone(project_id=city.project, title="节点", due_date=DUE)
    return [int(change(plan_milestone, command, OFFICER, now=day_after(0)).key) for _ in range(count)]


def reach(milestone, days_late):
    command = ReviseMilestone(
        milestone_id=milestone, kind=RevisionKind.ACHIEVED, due_date=DUE + timedelta(days=days_late)
    )
    change(revise_milestone, command, OFFICER, now=day_after(100 + days_late))


def say_likely(milestones, *, probability, is_synthetic=False, at=1):
    forecasts = tuple(
        Forecast(milestone_id=one, target_on=DUE, probability=probability, class_key="all", cases=9, rung="median")
        for one in milestones
    )
    command = PublishForecasts(forecasts=forecasts, rule_version="1", is_synthetic=is_synthetic)
    change(publish_forecasts, command, OPERATOR, now=day_after(at))


def scores(at):
    with reading() as session:
        return forecast_scores(session, now=day_after(at))


def test_the_dates_of_a_department_are_held_against_what_came(city):
    milestones = plan(city, 9)
    for place, milestone in enumerate(milestones[:8]):
        reach(milestone, 10 * place)

    with reading() as session:
        found = department_records(session, now=day_after(200))
        then = department_records(session, now=day_after(200), as_of=FIRST + timedelta(days=50))

    record = found["water"][Lead.THREE]
    assert (record.n, record.on_time) == (10, 1)  # With the one of the city itself.
    assert record.bias == 40
    assert then["water"][Lead.THREE].n == 0
    assert "parks" not in found


def test_likelihoods_are_scored_only_from_thirty_that_were_decided(city):
    milestones = plan(city, SCORED_FROM)
    say_likely(milestones, probability=8000)
    for milestone in milestones[: SCORED_FROM - 6]:
        reach(milestone, 0)

    before = scores(100)
    after = scores(102)

    assert (before.all.n, before.all.open, before.all.brier) == (SCORED_FROM - 6, 6, None)
    assert after.all.n == SCORED_FROM
    assert after.all.brier == pytest.approx(0.8 * 0.04 + 0.2 * 0.64)
    assert [(one.low, one.n, one.observed.share) for one in after.all.bins] == [(0.8, SCORED_FROM, 0.8)]
    assert after.by_rung == {Rung.MEDIAN: after.all}
    assert after.first_made_on == after.last_made_on == local_date(day_after(1))


def test_what_was_given_up_is_not_decided_and_what_was_invented_proves_nothing(city):
    milestones = plan(city, 2)
    say_likely(milestones, probability=5000)
    say_likely(milestones, probability=5000, is_synthetic=True, at=2)
    command = ReviseMilestone(
        milestone_id=milestones[0],
        kind=RevisionKind.CANCELLED,
        due_date=DUE,
        reason_code=ReasonCode.FUNDING,
        reason="资金",
    )
    change(revise_milestone, command, OFFICER, now=day_after(3))

    found = scores(120).all

    assert (found.n, found.open, found.synthetic) == (1, 1, 2)
    assert not scores(120).is_example


def test_an_example_scores_its_invented_forecasts_and_says_that_they_are(use_record, tmp_path):
    kept_in = use_record(f"sqlite:///{tmp_path}/example.db")
    drop_everything(kept_in)
    migrate(kept_in)
    open_record(writer(), example_day=FIRST)
    milestones = plan(make_city(), SCORED_FROM)
    say_likely(milestones, probability=8000, is_synthetic=True)

    found = scores(102)

    assert found.is_example
    assert (found.all.n, found.all.synthetic, found.all.brier) == (SCORED_FROM, SCORED_FROM, pytest.approx(0.64))


def test_scores_are_counted_with_four_statements_and_kept(small_city, statements):
    say_likely(plan(small_city, 3), probability=5000)
    statements.clear()

    with reading() as session:
        first = forecast_scores(session, now=day_after(120))
        made = len(statements)
        second = forecast_scores(session, now=day_after(120, 2))

    assert made == 5
    assert second is first
    assert len(statements) == made + 1


def test_a_record_without_forecasts_has_no_score(small_city):
    found = scores(1)

    assert (found.all.n, found.all.brier, found.first_made_on) == (0, None, None)
