"""Civil days and the instants at which they end, in zones where midnight misbehaves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import days_between, end_of_day, local_date, start_of_day, zone
from models.exceptions import InvalidValueError

ZONES = ["Asia/Shanghai", "America/New_York", "America/Santiago", "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu"]


@pytest.mark.parametrize(
    ("day", "zone_name", "instant"),
    [
        # Until 1 December is the half-open interval that ends at the first instant of 2 December.
        (date(2026, 12, 1), "Asia/Shanghai", datetime(2026, 12, 1, 16, tzinfo=UTC)),
        # A day of 25 hours.
        (date(2026, 11, 1), "America/New_York", datetime(2026, 11, 2, 5, tzinfo=UTC)),
        # Midnight of 6 September 2026 does not exist: the clock jumps to one o'clock.
        (date(2026, 9, 5), "America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
        # 30 December 2011 did not exist at all.
        (date(2011, 12, 29), "Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
        # China had summer time from 1986 to 1991.
        (date(1988, 7, 1), "Asia/Shanghai", datetime(1988, 7, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_the_first_instant_of_the_next(day, zone_name, instant):
    assert end_of_day(day, zone_name) == instant


@given(st.dates(date(1970, 1, 2), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_days_follow_each_other_without_a_gap(day, zone_name):
    assert end_of_day(day, zone_name) == start_of_day(day + timedelta(days=1), zone_name)
    assert start_of_day(day, zone_name) <= end_of_day(day, zone_name)


@given(st.dates(date(2012, 1, 2), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_the_last_microsecond_of_a_day_is_still_that_day(day, zone_name):
    ends_at = end_of_day(day, zone_name)

    assert local_date(ends_at - timedelta(microseconds=1), zone_name) == day
    assert local_date(ends_at, zone_name) == day + timedelta(days=1)


def test_days_are_counted_on_the_calendar_and_not_by_hours():
    late = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)

    assert days_between(late, late + timedelta(minutes=2)) == 1
    assert days_between(late, late + timedelta(minutes=2), "Europe/Berlin") == 0


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Asia/Shanghai\x00"])
def test_a_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(InvalidValueError):
        zone(name)
