"""How a milestone stands: computed from what was said, and from silence."""

import pytest

from data.templates.calendars import calendar_of
from models.promise_state import PromiseState, pause_clock, promise_state, working_day_after
from tests.models.promises.said import day, is_working, told

DUE = "2026-11-06"  # a Friday


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-11-06", PromiseState.SCHEDULED),
        ("2026-11-07", PromiseState.OVERDUE),
        ("2026-11-13", PromiseState.OVERDUE),  # the fifth working day
        ("2026-11-14", PromiseState.UNREPORTED),
    ],
)
def test_a_date_that_passes_is_overdue_and_after_five_working_days_unreported(today, state):
    assert promise_state(told(f"2026-01-01 baseline {DUE}"), day(today), is_working) is state


def test_a_word_starts_the_five_days_again_and_keeps_it_overdue():
    spoken_of = told(f"2026-01-01 baseline {DUE}", confirmed=["2026-11-12"])

    assert promise_state(spoken_of, day("2026-11-19"), is_working) is PromiseState.OVERDUE
    assert promise_state(spoken_of, day("2026-11-20"), is_working) is PromiseState.UNREPORTED


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("achieved", PromiseState.ACHIEVED),
        ("cancelled", PromiseState.CANCELLED),
        ("paused", PromiseState.PAUSED),
        ("resumed", PromiseState.UNREPORTED),
        ("correction", PromiseState.UNREPORTED),
    ],
)
def test_what_was_said_last_decides(kind, state):
    said = told(f"2026-01-01 baseline {DUE}", f"2026-02-01 {kind} {DUE}")

    assert promise_state(said, day("2027-06-01"), is_working) is state


def test_working_days_are_those_of_the_calendar_that_is_given():
    china = calendar_of("CN")

    assert working_day_after(day("2026-09-30"), 5, is_working) == day("2026-10-07")
    assert working_day_after(day("2026-09-30"), 5, china.is_working) > day("2026-10-08")


@pytest.mark.parametrize(
    ("confirmed", "today", "due", "is_overdue"),
    [
        ([], "2026-04-01", "2026-04-01", False),  # ninety days after the pause
        ([], "2026-04-02", "2026-04-01", True),
        (["2026-03-01"], "2026-04-02", "2026-05-30", False),
    ],
)
def test_a_pause_is_spoken_of_again_within_ninety_days(confirmed, today, due, is_overdue):
    paused = told("2025-01-01 baseline 2027-01-01", "2026-01-01 paused 2027-01-01", confirmed=confirmed)

    clock = pause_clock(paused, day(today))

    assert (clock.since, clock.update_due, clock.is_overdue) == (day("2026-01-01"), day(due), is_overdue)


def test_a_pause_that_is_said_again_began_when_it_first_was_said():
    paused = told("2025-01-01 baseline 2027-01-01", "2026-01-01 paused 2027-01-01", "2026-03-01 paused 2027-03-01")

    assert pause_clock(paused, day("2026-03-02")).since == day("2026-01-01")
    assert pause_clock(told("2025-01-01 baseline 2027-01-01"), day("2026-03-02")) is None
