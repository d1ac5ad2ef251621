"""Money is whole numbers of the smallest unit; progress only grows, unless words say why it falls."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.exceptions import InvalidValueError, OrderError, ReasonMissingError
from models.money import WHOLE, BudgetKind, BudgetVersion, ProgressReport, demand_cumulative

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
physical = st.one_of(st.none(), st.integers(0, WHOLE))
spent = st.one_of(st.none(), st.integers(0, 10**15))


def report(**more):
    said = {"project_id": "P-1001", "number": 1, "period_start": TODAY, "period_end": TODAY, "recorded_at": NOW}
    said |= {"currency": "CNY"} if more.get("spent") is not None else {}
    return ProgressReport(**{**said, **more})


def budget(**more):
    said = {"project_id": "P-1001", "number": 1, "kind": BudgetKind.BUDGET, "amount": 100, "currency": "CNY"}
    return BudgetVersion(**{**said, "approved_on": TODAY, "recorded_at": NOW, **more})


@given(before=st.lists(st.tuples(physical, spent), max_size=4), after=st.tuples(physical, spent))
@settings(deadline=None)
def test_what_was_reached_never_falls_but_by_a_correction(before, after):
    said = [report(physical=built, spent=paid) for built, paid in before]
    now = report(physical=after[0], spent=after[1])

    try:
        demand_cumulative(said, now)
    except ReasonMissingError:
        assert any(
            last > (value if value is not None else last)
            for value, last in (
                (after[0], next((built for built, _ in reversed(before) if built is not None), -1)),
                (after[1], next((paid for _, paid in reversed(before) if paid is not None), -1)),
            )
        )
    else:
        assert now.physical is None or all(one.physical is None for one in said) or now.physical >= _last(said)
    demand_cumulative(said, report(physical=after[0], spent=after[1], is_correction=True, reason="上次多报了。"))


def _last(said):
    return next(one.physical for one in reversed(said) if one.physical is not None)


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), length=st.integers(-400, 400))
@settings(deadline=None)
def test_a_period_ends_on_the_day_it_starts_or_later(start, length):
    said = report(period_start=start, period_end=start + timedelta(days=length))

    if length < 0:
        with pytest.raises(OrderError):
            demand_cumulative((), said)
    else:
        demand_cumulative((), said)


@given(amount=st.one_of(st.floats(), st.text(max_size=5)))
@settings(deadline=None)
def test_a_fraction_is_no_amount(amount):
    try:
        kept = budget(amount=amount)
    except (InvalidValueError, OverflowError):
        return
    assert isinstance(kept.amount, int)
    assert kept.amount == float(amount)


@pytest.mark.parametrize("amount", [-1, 0.5, None, "12 万"])
def test_what_is_no_whole_number_of_fen_is_refused(amount):
    with pytest.raises(InvalidValueError, match="amount"):
        budget(amount=amount)


@pytest.mark.parametrize("currency", ["", "cny", "元", "CNYX", "C1Y"])
def test_a_currency_is_three_capital_letters(currency):
    with pytest.raises(InvalidValueError, match="currency"):
        budget(currency=currency)


@pytest.mark.parametrize("share", [-1, WHOLE + 1])
def test_progress_lies_between_nothing_and_the_whole(share):
    with pytest.raises(InvalidValueError, match="physical"):
        report(physical=share)
