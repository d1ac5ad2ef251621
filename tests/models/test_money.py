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


@given(before=st.tuples(physical, spent), after=st.tuples(physical, spent))
@settings(deadline=None)
def test_what_is_reported_without_words_never_falls(before, after):
    first, second = report(physical=before[0], spent=before[1]), report(physical=after[0], spent=after[1])

    try:
        demand_cumulative(first, second)
    except ReasonMissingError:
        pass
    else:
        assert second.physical is None or second.physical >= (first.physical or 0)
        assert second.spent is None or second.spent >= (first.spent or 0) or first.currency != second.currency
    demand_cumulative(first, report(physical=after[0], spent=after[1], body="上次多报了。"))


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), length=st.integers(-400, 400))
@settings(deadline=None)
def test_a_period_ends_on_the_day_it_starts_or_later(start, length):
    said = report(period_start=start, period_end=start + timedelta(days=length))

    if length < 0:
        with pytest.raises(OrderError):
            demand_cumulative(None, said)
    else:
        demand_cumulative(None, said)


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
