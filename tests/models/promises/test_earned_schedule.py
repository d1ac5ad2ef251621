"""When the plan had as much done as is done today."""

from datetime import timedelta

import pytest

from models.earned_schedule import earned_schedule
from tests.models.promises.said import day

START = day("2026-01-01")
MONTH = 30
#: Eight months, of which the first three bring ten per cent each, and the others fourteen.
PLAN = [
    (START + timedelta(days=MONTH * month), done)
    for month, done in enumerate((0, 1000, 2000, 3000, 4400, 5800, 7200, 8600, 10_000))
]


def test_thirty_per_cent_after_five_of_eight_months_takes_thirteen():
    found = earned_schedule(PLAN, 3000, START + timedelta(days=5 * MONTH))

    assert found.earned / MONTH == pytest.approx(3.0)
    assert found.index == pytest.approx(0.60)
    assert found.finish_days / MONTH == pytest.approx(13.3, abs=0.05)
    assert found.finish(START) == START + timedelta(days=400)


def test_what_is_on_plan_ends_on_plan():
    found = earned_schedule(PLAN, 5100, START + timedelta(days=round(4.5 * MONTH)))

    assert found.index == pytest.approx(1.0)
    assert found.finish(START) == PLAN[-1][0]


def test_a_plan_that_stands_still_has_earned_the_day_it_was_first_so_far():
    plan = [(START, 0), (day("2026-03-01"), 5000), (day("2026-06-01"), 5000), (day("2026-09-01"), 10_000)]

    assert earned_schedule(plan, 5000, day("2026-06-01")).earned == 59


@pytest.mark.parametrize(
    ("plan", "done", "on"),
    [
        ([], 0, "2026-06-01"),
        (PLAN[:1], 0, "2026-06-01"),
        (PLAN, 3000, "2026-01-01"),  # it begins today
        (PLAN[:4], 4000, "2026-06-01"),  # beyond what was planned
    ],
)
def test_without_a_plan_or_a_beginning_there_is_nothing_to_say(plan, done, on):
    assert earned_schedule(plan, done, day(on)) is None


def test_what_hardly_moves_has_no_end():
    assert earned_schedule(PLAN, 10, START + timedelta(days=200)).finish(START) is None
