"""What is said of one date, side by side; and why dates moved."""

from datetime import timedelta

from models.delay_causes import DelayCause, delay_causes
from models.forecast_record import Forecast, Lead, forecast_records
from models.milestone_codes import ReasonCode
from models.outlook import outlook
from models.reference_class import ReferenceClasses
from tests.models.promises.said import TODAY, day, told
from tests.models.promises.test_likelihood import OPEN, cases, kept

DUE = day("2027-06-01")


def record():
    due = day("2025-01-01")
    said = [
        Forecast(department="water", lead=Lead.SIX, due=due, actual=due + timedelta(days=50 + each))
        for each in range(10)
    ]
    return forecast_records(said, TODAY)


def test_what_is_said_of_a_date_stands_on_one_strip():
    found = outlook(ReferenceClasses(cases(5, 20), TODAY), record(), OPEN, due=DUE, by_plan=day("2027-09-01"))

    assert found.official == DUE
    assert found.by_record.median == DUE + timedelta(days=54)
    assert found.by_class.median.day in found.days
    assert found.days == tuple(sorted(found.days))
    assert found.days[0] == DUE
    assert len(found.days) == 6


def test_where_nothing_else_can_be_said_there_is_the_promise_alone():
    assert outlook(ReferenceClasses([], TODAY), {}, OPEN, due=DUE).days == (DUE,)


def test_what_is_reached_has_no_outlook():
    found = outlook(ReferenceClasses([], TODAY), record(), kept(9999), due=DUE)

    assert found.by_record is None
    assert found.days == (DUE,)


def test_the_reason_that_cost_most_days_comes_first():
    histories = [
        told("2026-01-01 baseline 2026-06-01", "2026-02-01 reforecast 2026-07-01"),
        told("2026-01-01 baseline 2026-06-01", "2026-02-01 reforecast 2026-06-11", "2026-03-01 reforecast 2026-06-01"),
    ]

    assert delay_causes(histories) == (DelayCause(ReasonCode.LAND, 3, 30),)
    assert delay_causes([]) == ()


def test_what_goes_on_later_was_moved_by_what_it_was_paused_for():
    paused = told(
        "2026-01-01 baseline 2026-06-01",
        "2026-02-01 reforecast 2026-06-11",
        "2026-03-01 paused 2026-06-11",
        "2026-05-01 paused 2026-06-11",
        "2026-08-01 resumed 2026-12-08",
    )

    assert delay_causes([paused]) == (DelayCause(ReasonCode.LAND, 2, 190),)
