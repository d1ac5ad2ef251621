"""Days, instants, numbers and money in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.milestone import Precision
from models.promised_day import PromisedDay
from pages.formats import (
    format_closing,
    format_instant,
    format_left,
    format_money,
    format_percent,
    format_promised,
    format_size,
)

CLOSES_AT = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "english", "chinese"),
    [
        (Precision.DAY, "2026-08-05", "2026-08-05"),
        (Precision.MONTH, "2026-08", "2026-08"),
        (Precision.QUARTER, "2026 Q3", "2026年第3季度"),
        (Precision.YEAR, "2026", "2026年"),
    ],
)
def test_a_day_is_said_no_more_exactly_than_it_was_promised(precision, english, chinese):
    promised = PromisedDay(date(2026, 8, 5), precision)

    assert [format_promised(promised, language) for language in ("en", "zh")] == [english, chinese]


def test_a_range_is_said_with_its_ends():
    promised = PromisedDay(date(2026, 8, 5), low=date(2026, 7, 1))

    assert format_promised(promised, "en") == "2026-08-05 (between 2026-07-01 and 2026-08-05)"
    assert format_promised(promised, "zh") == "2026-08-05（2026-07-01 至 2026-08-05 之间）"


def test_a_closing_at_midnight_is_said_by_its_last_minute():
    assert format_closing(CLOSES_AT, "Asia/Shanghai", "en") == "Wed 2 Dec 2026 23:59 (Beijing time, UTC+8)"
    assert format_closing(CLOSES_AT, "Asia/Shanghai", "zh") == "2026年12月2日（周三） 23:59 (北京时间，UTC+8)"


def test_a_closing_within_a_day_is_said_as_it_is():
    assert "10:30" in format_closing(datetime(2026, 12, 2, 2, 30, tzinfo=UTC), None, "en")


@pytest.mark.parametrize(
    ("zone", "distance"), [("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC-5"), ("Pacific/Apia", "UTC+13")]
)
def test_an_instant_names_its_zone_and_the_distance_from_utc(zone, distance):
    assert distance in format_instant(CLOSES_AT, zone, "en")


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=2), "2 days"),
        (timedelta(days=2) - timedelta(microseconds=1), "47 hours"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(seconds=-1), "0 minutes"),
    ],
)
def test_little_time_is_counted_in_small_units(left, text):
    assert format_left(CLOSES_AT, CLOSES_AT - left, "en") == text


@pytest.mark.parametrize(
    ("amount", "currency", "chinese", "english"),
    [
        (123_456_789_00, "CNY", "1.23 亿元", "CNY 123.46 million"),
        (12_000_00, "CNY", "1.2 万元", "CNY 12,000"),
        (0, "CNY", "0元", "CNY 0"),
        (5_000, "JPY", "5,000 JPY", "JPY 5,000"),
    ],
)
def test_money_has_its_currency(amount, currency, chinese, english):
    assert format_money(amount, currency, "zh") == chinese
    assert format_money(amount, currency, "en") == english


def test_shares_and_sizes_are_short():
    assert format_percent(10_000) == "100%"
    assert format_percent(4_250) == "42.5%"
    assert format_size(1) == "1 KB"
    assert format_size(2 * 1024 * 1024) == "2.0 MB"
