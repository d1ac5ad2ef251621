"""Likelihoods are kept as they were published, sealed by one entry, and resolved by a query."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col

from data.operations.forecasts import PublishForecasts, forecasts_digest, publish_forecasts
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.writer import change
from models.actor import OPERATOR
from models.clock import local_date
from models.exceptions import InvalidValueError, NotAllowedError, NotFoundError, RecordError
from models.ledger import EntryType
from models.milestone import MilestoneRevision, ReasonCode, RevisionKind
from models.published_forecast import Forecast, PublishedForecast, came_true
from tests.conftest import NOW
from tests.data.operations.keeping import do, ledger, refused, rows

TODAY = local_date(NOW)


def forecast(milestone, **more):
    said = {"milestone_id": milestone, "target_on": TODAY, "probability": 3_500, "class_key": "water/approval"}
    return Forecast(**{**said, "cases": 12, "rung": "median", **more})


def publish(*forecasts, now=NOW, **more):
    command = PublishForecasts(**{"forecasts": forecasts, "rule_version": "1", "is_synthetic": False, **more})
    return change(publish_forecasts, command, OPERATOR, now=now)


def plan(city, title):
    return int(do(plan_milestone, PlanMilestone(project_id=city.project, title=title, due_date=TODAY)).key)


def say(milestone, kind, day, now=NOW):
    command = ReviseMilestone(
        milestone_id=milestone, kind=kind, due_date=day, reason_code=ReasonCode.LAND, reason="征地未完成。"
    )
    do(revise_milestone, command, now=now)


def came_of(today):
    """Return what became of each likelihood, as it was published first to last."""
    statements = rows(MilestoneRevision, col(MilestoneRevision.number))
    return [
        came_true(one.target_on, [said for said in statements if said.milestone_id == one.milestone_id], today)
        for one in rows(PublishedForecast, col(PublishedForecast.id))
    ]


def test_many_likelihoods_are_kept_in_one_change_and_one_entry_seals_them(city):
    other = plan(city, "开工")
    forecasts = (
        forecast(other),
        forecast(city.milestone, probability=0),
        forecast(city.milestone, target_on=city.promised),
    )

    assert publish(*forecasts).number == 3

    kept = rows(PublishedForecast, col(PublishedForecast.id))
    assert [(one.milestone_id, one.probability, one.made_at) for one in kept] == [
        (other, 3_500, NOW),
        (city.milestone, 0, NOW),
        (city.milestone, 3_500, NOW),
    ]
    type_, subject, about, facts = ledger()
    assert (type_, subject, about) == (EntryType.FORECAST_PUBLISHED, "forecasts", "forecasts/2026-11-24T02:00:00Z")
    again = [Forecast(**{name: getattr(one, name) for name in Forecast.__dataclass_fields__}) for one in kept]
    assert facts == {
        "count": 3,
        "rule_version": "1",
        "synthetic": False,
        "sha256": forecasts_digest(list(reversed(again))),
    }


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"probability": 10_001}, InvalidValueError),
        ({"probability": -1}, InvalidValueError),
        ({"cases": -1}, InvalidValueError),
        ({"class_key": ""}, InvalidValueError),
        ({"milestone_id": 999_999}, NotFoundError),
    ],
)
def test_what_is_no_likelihood_is_refused_with_all_that_came_with_it(small_city, more, error):
    sound = forecast(small_city.milestone)

    with refused(error):
        publish(sound, replace(forecast(small_city.milestone, target_on=small_city.promised), **more))
    with refused(InvalidValueError):
        publish()


def test_one_version_says_one_thing_of_a_day_at_an_instant(small_city):
    publish(forecast(small_city.milestone))

    with refused(RecordError):
        publish(forecast(small_city.milestone, probability=9_000))
    publish(forecast(small_city.milestone), rule_version="2")
    publish(forecast(small_city.milestone), now=NOW + timedelta(days=1))

    assert len(rows(PublishedForecast)) == 3


def test_no_department_publishes_likelihoods(small_city):
    command = PublishForecasts(forecasts=(forecast(small_city.milestone),), rule_version="1", is_synthetic=False)

    with refused(NotAllowedError):
        do(publish_forecasts, command)


def test_what_came_of_it_follows_from_the_record_and_nothing_is_changed(city):
    kept, missed, gone, waiting = (plan(city, title) for title in ("甲", "乙", "丙", "丁"))
    publish(
        *(forecast(one, target_on=TODAY) for one in (kept, missed, gone)), forecast(waiting, target_on=city.promised)
    )
    say(kept, RevisionKind.ACHIEVED, TODAY)
    say(gone, RevisionKind.CANCELLED, TODAY)

    now, tomorrow = came_of(TODAY), came_of(TODAY + timedelta(days=1))
    assert now == [True, None, None, None]
    assert tomorrow == [True, False, None, None]


def test_reached_a_day_too_late_is_false_and_a_correction_changes_what_came_of_it(small_city):
    milestone = plan(small_city, "甲")
    publish(forecast(milestone, target_on=TODAY))
    later = NOW + timedelta(days=2)
    say(milestone, RevisionKind.ACHIEVED, TODAY + timedelta(days=1), now=later)

    assert came_of(local_date(later)) == [False]
    mended = ReviseMilestone(
        milestone_id=milestone,
        kind=RevisionKind.CORRECTION,
        stands_as=RevisionKind.ACHIEVED,
        due_date=TODAY,
        reason_code=ReasonCode.DATA_CORRECTION,
        reason="录错。",
    )
    do(revise_milestone, mended, now=later)
    assert came_of(local_date(later)) == [True]
