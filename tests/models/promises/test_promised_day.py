"""What an imprecise day means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.milestone_codes import Precision
from models.promised_day import PromisedDay, first_day, last_day, not_before, slip
from tests.models.promises.said import day

any_day = st.dates(min_value=day("1900-01-01"), max_value=day("2200-01-01"))
promised_days = st.builds(PromisedDay, any_day, st.sampled_from(Precision))


@pytest.mark.parametrize(
    ("said", "precision", "first", "last"),
    [
        ("2026-05-17", Precision.DAY, "2026-05-17", "2026-05-17"),
        ("2026-05-17", Precision.MONTH, "2026-05-01", "2026-05-31"),
        ("2024-02-01", Precision.MONTH, "2024-02-01", "2024-02-29"),
        ("2026-05-17", Precision.QUARTER, "2026-04-01", "2026-06-30"),
        ("2026-12-31", Precision.QUARTER, "2026-10-01", "2026-12-31"),
        ("2026-05-17", Precision.YEAR, "2026-01-01", "2026-12-31"),
    ],
)
def test_a_month_a_quarter_a_year_is_kept_until_its_last_day(said, precision, first, last):
    assert first_day(day(said), precision) == day(first)
    assert last_day(day(said), precision) == day(last)
    assert PromisedDay(day(said), precision).day == day(last)


def test_a_slip_against_an_imprecise_promise_is_a_range():
    found = slip(PromisedDay(day("2026-03-01"), Precision.MONTH), PromisedDay(day("2026-04-10")))

    assert (found.days, found.least, found.most, found.is_exact) == (10, 10, 40, False)


def test_a_range_that_was_said_widens_what_is_said_of_a_slip_and_moves_no_date():
    promised = PromisedDay(day("2026-03-10"), low=day("2026-03-01"), high=day("2026-03-20"))

    found = slip(promised, PromisedDay(day("2026-03-25")))

    assert promised.day == day("2026-03-10")
    assert (found.days, found.least, found.most) == (15, 5, 24)


@given(promised=promised_days, came=promised_days)
def test_a_slip_lies_within_its_range(promised, came):
    found = slip(promised, came)

    assert found.least <= found.days <= found.most
    assert found.is_exact == (promised.is_exact and came.is_exact)


@given(promised=promised_days, today=any_day)
def test_what_has_not_come_by_today_comes_today_at_the_earliest(promised, today):
    assert not_before(promised, today).day == max(promised.day, today)
