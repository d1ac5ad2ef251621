"""How fast an end recedes."""

from datetime import timedelta

import pytest

from models.creep import creep
from tests.models.promises.said import TODAY, day, told


def moved_monthly(days):
    """Return a history whose date moves by so many days every thirty, for two years."""
    statements = ["2024-11-24 baseline 2027-01-01"]
    for month in range(1, 25):
        said_on, due = day("2024-11-24") + timedelta(days=30 * month), day("2027-01-01") + timedelta(days=days * month)
        statements.append(f"{said_on} reforecast {due}")
    return told(*statements)


@pytest.mark.parametrize(("days", "rate"), [(0, 0.0), (15, 0.5), (24, 0.8), (30, 1.0), (60, 2.0)])
def test_the_rate_is_days_of_delay_for_each_day_gone_by(days, rate):
    found = creep(moved_monthly(days), TODAY)

    assert found.rate == pytest.approx(rate, abs=0.05)
    assert len(found.points) == 13


def test_silence_after_the_date_creeps_as_fast_as_time():
    assert creep(told("2024-01-01 baseline 2025-01-01"), TODAY).rate == pytest.approx(1.0)


@pytest.mark.parametrize(
    "statements",
    [
        ("2026-09-24 baseline 2027-01-01",),  # two months old: no trend yet
        ("2024-01-01 baseline 2025-01-01", "2025-01-01 achieved 2025-01-01"),
        ("2024-01-01 baseline 2025-01-01", "2025-01-01 cancelled 2025-01-01"),
    ],
)
def test_what_is_too_young_or_ended_has_no_rate(statements):
    assert creep(told(*statements), TODAY) is None


def test_three_months_are_enough():
    assert len(creep(told("2026-08-20 baseline 2027-01-01"), TODAY).points) == 4
