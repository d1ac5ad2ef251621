"""Comment periods, by the microsecond."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.comment_period import CommentPeriod, PeriodKind, usual_end
from models.exceptions import NotOpenError, OrderError, ReasonMissingError

OPENS_AT = datetime(2026, 11, 1, tzinfo=UTC)
LAST_DAY = date(2026, 12, 2)
CLOSES_AT = datetime(2026, 12, 2, 16, tzinfo=UTC)


def period(*, opens_at=OPENS_AT, last_day=LAST_DAY, zone="Asia/Shanghai", reason="", at=OPENS_AT):
    return CommentPeriod.open(
        decision_id="2026-0001",
        round_number=1,
        opens_at=opens_at,
        last_day=last_day,
        zone_name=zone,
        least_until=usual_end(opens_at, zone),
        reason=reason,
        at=at,
    )


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        (OPENS_AT - timedelta(microseconds=1), False),
        (OPENS_AT, True),
        (CLOSES_AT - timedelta(seconds=1), True),
        (CLOSES_AT - timedelta(microseconds=1), True),
        (CLOSES_AT, False),
        (CLOSES_AT + timedelta(seconds=1), False),
    ],
)
def test_a_period_includes_its_opening_and_excludes_its_closing(instant, is_open):
    assert period().is_open(instant) is is_open


@given(
    st.sampled_from(["Asia/Shanghai", "America/New_York", "America/Santiago", "Africa/Cairo", "Pacific/Apia"]),
    st.dates(date(2012, 2, 2), date(2080, 1, 1)),
    st.timedeltas(timedelta(days=-40), timedelta(days=40)),
)
def test_a_comment_is_let_in_exactly_while_the_period_runs(zone, last_day, away):
    opens_at = datetime.combine(last_day - timedelta(days=33), datetime.min.time(), UTC)
    found = period(opens_at=opens_at, last_day=last_day, zone=zone, at=opens_at)
    arrived_at = found.latest.closes_at + away

    if found.latest.opens_at <= arrived_at < found.latest.closes_at:
        found.admit(arrived_at)
    else:
        with pytest.raises(NotOpenError):
            found.admit(arrived_at)


def test_thirty_days_are_the_usual_time_and_need_no_reason():
    opens_at = datetime(2026, 11, 1, 16, tzinfo=UTC)

    assert period(opens_at=opens_at, last_day=date(2026, 12, 1), at=opens_at).latest.reason == ""


def test_twenty_nine_days_need_a_reason():
    opens_at = datetime(2026, 11, 1, 16, tzinfo=UTC)

    with pytest.raises(ReasonMissingError):
        period(opens_at=opens_at, last_day=date(2026, 11, 30), at=opens_at)
    assert period(opens_at=opens_at, last_day=date(2026, 11, 30), reason="汛期将至", at=opens_at).latest.reason


def test_a_period_cannot_close_before_it_opens():
    with pytest.raises(OrderError):
        period(last_day=date(2026, 10, 1))


def test_a_period_cannot_be_opened_for_days_that_are_over():
    with pytest.raises(OrderError):
        period(at=CLOSES_AT + timedelta(days=1))


def test_an_extension_keeps_the_first_closing():
    found = period()

    found.extend(last_day=date(2026, 12, 12), reason="资料补充公开", at=OPENS_AT)

    assert [said.closes_at for said in found.revisions] == [CLOSES_AT, CLOSES_AT + timedelta(days=10)]
    assert found.latest.kind is PeriodKind.EXTENDED


def test_an_extension_is_later_than_what_it_extends():
    with pytest.raises(OrderError):
        period().extend(last_day=LAST_DAY, reason="不变", at=OPENS_AT)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_more_and_less_time_need_a_reason(reason):
    with pytest.raises(ReasonMissingError):
        period().extend(last_day=date(2026, 12, 12), reason=reason, at=OPENS_AT)
    with pytest.raises(ReasonMissingError):
        period().close_early(reason=reason, at=OPENS_AT)


def test_what_is_closed_early_is_closed_from_that_instant():
    found = period()
    now = OPENS_AT + timedelta(days=3)

    found.close_early(reason="草案撤回", at=now)

    assert found.is_open(now - timedelta(microseconds=1)) is False or found.latest.closes_at == now
    assert not found.is_open(now)
