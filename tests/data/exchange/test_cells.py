from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exchange.cells import CellFault, amount_of, currency_in, in_smallest_unit, phase_of, sector_of, unit_in
from data.exchange.dates import DateOrder, Day, day_of, is_ambiguous, looks_like_date, order_shown
from models.milestone import Precision
from models.project import Phase, Sector


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-04", date(2024, 3, 4)),
        ("2017-02-16 00:00:00", date(2017, 2, 16)),
        ("2016-01-01T00:00:00Z", date(2016, 1, 1)),
        ("2024/3/4", date(2024, 3, 4)),
        ("2024.03.04", date(2024, 3, 4)),
        ("20240304", date(2024, 3, 4)),
        ("2024年3月4日", date(2024, 3, 4)),
        ("4 Mar 2024", date(2024, 3, 4)),
        ("March 4th, 2024", date(2024, 3, 4)),
        ("30/03/2016 5:00:00 PM", date(2016, 3, 30)),
        ("05/05/2024", date(2024, 5, 5)),
        (datetime(2024, 3, 4, 12, 0), date(2024, 3, 4)),  # noqa: DTZ001 - a workbook's dates have no zone.
        (date(2024, 3, 4), date(2024, 3, 4)),
    ],
)
def test_dates_are_read_as_people_write_them(cell, day):
    assert day_of(cell) == Day(day)


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2024年2月", date(2024, 2, 29), Precision.MONTH),
        ("2024-12", date(2024, 12, 31), Precision.MONTH),
        ("2024年6月底", date(2024, 6, 30), Precision.MONTH),
        ("2025Q3", date(2025, 9, 30), Precision.QUARTER),
        ("2025年第二季度", date(2025, 6, 30), Precision.QUARTER),
        ("2025年底", date(2025, 12, 31), Precision.YEAR),
    ],
)
def test_a_date_that_is_said_vaguely_is_the_last_day_of_its_time(cell, day, precision):
    assert day_of(cell) == Day(day, precision)


@pytest.mark.parametrize("cell", ["03/04/2024", "3.4.2024", "1-2-2024 10:00"])
def test_a_day_and_month_that_could_be_either_are_not_guessed(cell):
    with pytest.raises(CellFault) as fault:
        day_of(cell)
    assert fault.value.reason == "ambiguous_date"
    assert is_ambiguous(cell)
    assert day_of(cell, DateOrder.DAY_FIRST).day.day == day_of(cell, DateOrder.MONTH_FIRST).day.month


@pytest.mark.parametrize(
    "cell", ["tbc", "31/02/2024", "2024-13-01", "14/15/2024", "0001-01-01", "03/04/24", "2024-00"]
)
def test_what_is_no_date_is_none(cell):
    with pytest.raises(CellFault) as fault:
        day_of(cell)
    assert fault.value.reason == "not_a_date"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_above_twelve_proves_the_order(day):
    cell = f"{day.day}/{day.month:02d}/{day.year}"
    assert order_shown(cell) == (DateOrder.DAY_FIRST if day.day > 12 else None)
    assert day_of(cell, DateOrder.DAY_FIRST).day == day


@pytest.mark.parametrize("cell", ["1051497", "2016090007", "2024", "20240304", "", "PK-12"])
def test_numbers_are_not_taken_for_dates_by_their_looks(cell):
    assert not looks_like_date(cell)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("2,359,288.62", "2359288.62"),
        ("2066075.5899999999", "2066075.5899999999"),
        ("￥1,200 万元", "12000000"),
        ("3.5亿元", "350000000"),
        ("AUD 12 000", "12000"),
        ("1.234.567,89", "1234567.89"),
        (1_000_000, "1000000"),
        ("0", "0"),
        ("1E6", "1000000"),
    ],
)
def test_money_is_read_as_people_write_it(cell, amount):
    assert amount_of(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", ["tbc", "12,5", "1,23,456", "12 or 13", "NaN", "inf", "--", "#REF!", float("nan")])
def test_what_is_no_number_is_none(cell):
    with pytest.raises(CellFault) as fault:
        amount_of(cell)
    assert fault.value.reason == "not_a_number"


def test_less_than_nothing_is_no_amount():
    with pytest.raises(CellFault) as fault:
        amount_of("-5")
    assert fault.value.reason == "negative_amount"


def test_money_is_kept_in_the_smallest_unit_of_its_currency():
    assert in_smallest_unit(Decimal("2066075.5899999999"), "AUD") == 206607559
    assert in_smallest_unit(Decimal(1000), "JPY") == 1000
    assert in_smallest_unit(Decimal("1.2345"), "KWD") == 1234
    with pytest.raises(CellFault):
        in_smallest_unit(Decimal(10) ** 18, "CNY")


@pytest.mark.parametrize(
    ("told", "currency"),
    [("总投资(万元)", "CNY"), ("Budget (USD)", "USD"), ("€ 5", "EUR"), ("$ 5", ""), ("¥ 5", ""), ("FFC", "")],
)
def test_a_sign_that_several_currencies_have_names_none(told, currency):
    assert currency_in(told) == currency


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("总投资(万元)", 10_000), ("投资额（亿元）", 100_000_000), ("Cost (millions)", 10**6), ("Budget", 1)],
)
def test_a_heading_says_what_its_amounts_count_in(heading, unit):
    assert unit_in(heading) == unit


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("implementation", Phase.IMPLEMENTATION),
        ("Pre Application", Phase.IDENTIFICATION),
        ("在建", Phase.IMPLEMENTATION),
        ("已竣工", Phase.COMPLETION),
        ("Withdrawn", Phase.CANCELLED),
        ("whatever", None),
    ],
)
def test_words_for_phases_are_known(word, phase):
    assert phase_of(word) == phase


@pytest.mark.parametrize(
    ("word", "sector"),
    [("transport.road", Sector.TRANSPORT), ("Waste Water", Sector.WATER), ("教育", Sector.EDUCATION), ("CIP", None)],
)
def test_words_for_sectors_are_known(word, sector):
    assert sector_of(word) == sector
