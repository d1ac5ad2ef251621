"""How true a department's dates were, three, six and twelve months ahead."""

from datetime import timedelta

import pytest

from models.forecast_record import Forecast, Lead, forecast_records, forecasts, lead_of, record_days
from tests.models.promises.said import TODAY, day, told


def came(days_late, number, *, lead=Lead.SIX, cancelled=False):
    """Return a forecast that came so many days late; none, that has not come."""
    due = day("2025-01-01") + timedelta(days=number)
    actual = None if days_late is None else due + timedelta(days=days_late)
    return Forecast(department="water", lead=lead, due=due, actual=actual, is_cancelled=cancelled)


def record(*days_late, today=TODAY):
    said = [came(days, number) for number, days in enumerate(days_late)]
    return forecast_records(said, today)["water", Lead.SIX]


def test_of_each_milestone_the_last_date_said_at_each_lead_counts():
    said = told(
        "2024-01-01 baseline 2024-12-31",  # a year ahead
        "2024-10-01 reforecast 2025-03-31",  # six months
        "2024-11-01 reforecast 2025-04-30",  # six months, later
        "2025-04-20 reforecast 2025-05-01",  # too near to be a forecast
        "2025-05-09 achieved 2025-05-08",
    )

    found = {one.lead: one for one in forecasts(said, "water")}

    assert set(found) == {Lead.SIX, Lead.TWELVE}
    assert found[Lead.SIX].due == day("2025-04-30")
    assert found[Lead.TWELVE].actual == day("2025-05-08")


def test_a_pause_forecasts_nothing():
    assert list(forecasts(told("2024-01-01 baseline 2024-01-10", "2024-01-02 paused 2024-12-31"), "water")) == []


@pytest.mark.parametrize(
    ("days", "lead"),
    [(44, None), (45, Lead.THREE), (136, Lead.SIX), (274, Lead.TWELVE), (548, Lead.TWELVE), (549, None)],
)
def test_a_lead_is_about_so_many_months(days, lead):
    assert lead_of(TODAY + timedelta(days=days), TODAY) is lead


def test_bias_is_the_median_and_the_spread_reaches_from_the_best_tenth_to_the_worst():
    found = record(*range(0, 100, 10))

    assert (found.n, found.on_time) == (10, 1)
    assert (found.best_tenth, found.bias, found.worst_tenth) == (0, 40, 80)


def test_what_has_not_come_yet_is_late_so_far():
    found = record(*([10] * 4), *([None] * 6))

    assert found.bias is None
    assert found.best_tenth == 10
    assert found.share.share == 0


def test_what_was_given_up_is_counted_apart_and_what_is_to_come_not_yet():
    said = [came(0, 1), came(None, 2, cancelled=True), came(None, 5000)]

    found = forecast_records(said, TODAY)["water", Lead.SIX]

    assert (found.n, found.cancelled, found.share) == (1, 1, None)


def test_the_record_makes_another_day_of_a_date_said_now():
    found = record(*([60] * 10), *([90] * 10))

    assert record_days(found, day("2027-06-01"), TODAY).median == day("2027-07-31")
    assert record_days(found, day("2027-06-01"), TODAY).most == day("2027-08-30")
    # Seventy days late already: only those that were later still are asked.
    assert record_days(found, day("2026-09-15"), TODAY).median == day("2026-12-14")
    assert record_days(record(60, 60), day("2027-06-01"), TODAY).median is None
