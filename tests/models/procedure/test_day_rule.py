"""Days are counted as the law counts them, and show how."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.templates.calendars import calendar_of
from models.clock import end_of_day, local_date
from models.day_rule import DayRule, Span, StepReason, Unit, due_date, latest_day_before
from models.exceptions import InvalidValueError
from models.working_days import Calendar, DayKind

CHINA = calendar_of("cn")
CIVIL_CODE = DayRule(first_day_counts=False, rolls_over=True)
PRACTICE = DayRule(first_day_counts=True, rolls_over=True)
PLAIN = Calendar("plain")
#: Dates and spans as people use them.
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
SPANS = st.builds(Span, st.integers(1, 120), st.sampled_from(Unit)) | st.builds(
    Span, st.integers(1, 12), st.sampled_from([Unit.WEEK, Unit.MONTH]), st.booleans()
)


@pytest.mark.parametrize(("rule", "last_day"), [(PRACTICE, date(2025, 2, 19)), (CIVIL_CODE, date(2025, 2, 20))])
def test_a_notice_of_ten_working_days_is_true_only_if_the_first_day_counts(rule, last_day):
    """A real notice: "2025-02-07 至 2025-02-19, 共10个工作日". People worked on Saturday 8 February."""
    due = due_date(date(2025, 2, 7), Span(10, Unit.WORKING_DAY), rule, CHINA)

    assert due.last_day == last_day
    assert due.counted == 10


def test_by_the_civil_code_the_same_notice_runs_for_nine_days():
    due = due_date(date(2025, 2, 7), Span(10, Unit.WORKING_DAY), CIVIL_CODE, CHINA)

    assert next(step.ordinal for step in due.steps if step.day == date(2025, 2, 19)) == 9


def test_every_day_of_the_arithmetic_says_why_it_counts_or_does_not():
    due = due_date(date(2025, 2, 7), Span(3, Unit.WORKING_DAY), CIVIL_CODE, CHINA)

    assert [(step.day.day, step.ordinal, step.reason, step.kind) for step in due.steps] == [
        (7, None, StepReason.FIRST_DAY, DayKind.WORKING),
        (8, 1, StepReason.COUNTED, DayKind.MAKE_UP),
        (9, None, StepReason.NOT_WORKING, DayKind.WEEKEND),
        (10, 2, StepReason.COUNTED, DayKind.WORKING),
        (11, 3, StepReason.COUNTED, DayKind.WORKING),
    ]


def test_thirty_days_from_the_first_of_september_end_after_the_national_holiday():
    """Civil Code, Articles 201 and 203: 1 October is a holiday, and so is every day until the 7th."""
    due = due_date(date(2026, 9, 1), Span(30, Unit.DAY), CIVIL_CODE, CHINA)

    assert due.last_day == date(2026, 10, 8)
    assert due.instant == datetime(2026, 10, 8, 16, tzinfo=UTC)
    passed_over = [step for step in due.steps if step.reason is StepReason.PASSED_OVER]
    assert [step.day for step in passed_over] == [date(2026, 10, day) for day in range(2, 8)]
    assert passed_over[0].name == "国庆节"


def test_without_roll_over_a_period_ends_on_the_holiday():
    rule = DayRule(first_day_counts=False, rolls_over=False)

    assert due_date(date(2026, 9, 1), Span(30, Unit.DAY), rule, CHINA).last_day == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("start", "span", "last_day"),
    [
        # Civil Code, Article 202: the day of the same number, or the last of the month.
        (date(2027, 1, 31), Span(1, Unit.MONTH), date(2027, 2, 28)),
        (date(2028, 1, 31), Span(1, Unit.MONTH), date(2028, 2, 29)),
        (date(2026, 5, 6), Span(1, Unit.MONTH), date(2026, 6, 6)),
        (date(2026, 11, 15), Span(14, Unit.MONTH), date(2028, 1, 15)),
        # BGB, section 188, paragraph 2: where the first day counts, the day before; where there is none, the last.
        (date(2026, 5, 6), Span(1, Unit.MONTH, first_day_counts=True), date(2026, 6, 5)),
        (date(2027, 1, 31), Span(1, Unit.MONTH, first_day_counts=True), date(2027, 2, 28)),
        (date(2026, 3, 2), Span(12, Unit.WEEK), date(2026, 5, 25)),
        (date(2026, 3, 2), Span(12, Unit.WEEK, first_day_counts=True), date(2026, 5, 24)),
        (date(2026, 3, 2), Span(1, Unit.DAY, first_day_counts=True), date(2026, 3, 2)),
    ],
)
def test_weeks_and_months_end_on_the_corresponding_day(start, span, last_day):
    rule = DayRule(first_day_counts=False, rolls_over=False)

    assert due_date(start, span, rule, PLAIN).last_day == last_day


@pytest.mark.parametrize(
    ("event", "span", "latest"),
    [
        # Decree 713, Article 16: materials seven days before the hearing.
        (date(2026, 11, 20), Span(7, Unit.DAY), date(2026, 11, 13)),
        (date(2026, 11, 20), Span(7, Unit.WORKING_DAY), date(2026, 11, 11)),
        (date(2026, 5, 13), Span(1, Unit.WEEK), date(2026, 5, 6)),
        (date(2026, 3, 31), Span(1, Unit.MONTH), date(2026, 2, 28)),
        # The make-up Saturday, 10 October, counts; the national holiday does not.
        (date(2026, 10, 12), Span(4, Unit.WORKING_DAY), date(2026, 9, 30)),
    ],
)
def test_a_time_before_an_event_leaves_its_day_out(event, span, latest):
    assert latest_day_before(event, span, CIVIL_CODE, CHINA).last_day == latest


def test_what_reaches_beyond_the_published_holidays_is_provisional_and_counted_monday_to_friday():
    known = due_date(date(2026, 12, 1), Span(10, Unit.WORKING_DAY), CIVIL_CODE, CHINA)
    beyond = due_date(date(2027, 2, 1), Span(10, Unit.WORKING_DAY), CIVIL_CODE, CHINA)

    assert not known.is_provisional
    assert beyond.is_provisional
    # The spring festival of 2027 is on 6 February; nobody has decreed what days are free for it.
    assert beyond.last_day == date(2027, 2, 15)
    assert {step.kind for step in beyond.steps} == {DayKind.WORKING, DayKind.WEEKEND}


@pytest.mark.parametrize("n", [0, -1, 3661])
def test_a_period_of_nothing_or_out_of_all_measure_is_refused(n):
    with pytest.raises(InvalidValueError):
        due_date(date(2026, 1, 1), Span(n, Unit.DAY), CIVIL_CODE, CHINA)
    with pytest.raises(InvalidValueError):
        latest_day_before(date(2026, 1, 1), Span(n, Unit.DAY), CIVIL_CODE, CHINA)


def test_a_date_at_the_end_of_time_is_refused_rather_than_run_over():
    with pytest.raises(InvalidValueError):
        due_date(date(9999, 12, 30), Span(5, Unit.DAY), CIVIL_CODE, CHINA)


@pytest.mark.parametrize(
    ("zone", "start", "ends_at"),
    [
        ("Asia/Shanghai", date(2026, 11, 30), datetime(2026, 12, 1, 16, tzinfo=UTC)),
        # A last day of 25 hours.
        ("America/New_York", date(2026, 10, 31), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        # A next day without a midnight.
        ("America/Santiago", date(2026, 9, 4), datetime(2026, 9, 6, 4, tzinfo=UTC)),
        # A next day that was skipped.
        ("Pacific/Apia", date(2011, 12, 28), datetime(2011, 12, 30, 10, tzinfo=UTC)),
        # China had summer time.
        ("Asia/Shanghai", date(1988, 6, 30), datetime(1988, 7, 1, 15, tzinfo=UTC)),
    ],
)
def test_the_last_day_ends_at_the_first_instant_of_the_next_in_its_zone(zone, start, ends_at):
    rule = DayRule(first_day_counts=False, rolls_over=False, zone=zone)

    assert due_date(start, Span(1, Unit.DAY), rule, PLAIN).instant == ends_at


def test_an_instant_after_midnight_in_utc_is_the_day_before_in_new_york():
    assert local_date(datetime(2025, 6, 17, 3, 59, 59, tzinfo=UTC), "America/New_York") == date(2025, 6, 16)


@given(DAYS, SPANS, st.booleans(), st.booleans())
def test_the_arithmetic_adds_up(start, span, counts_first, rolls):
    due = due_date(start, span, DayRule(counts_first, rolls), CHINA)

    ordinals = [step.ordinal for step in due.steps if step.ordinal is not None]
    assert ordinals == list(range(1, due.counted + 1))
    assert [step.day for step in due.steps] == [start + timedelta(days=n) for n in range(len(due.steps))]
    assert due.last_day == due.steps[-1].day
    assert due.instant == end_of_day(due.last_day)
    if span.unit in (Unit.DAY, Unit.WORKING_DAY):
        assert due.counted == span.n


@given(DAYS, SPANS, st.booleans(), st.sets(st.integers(-10, 400), max_size=12))
def test_a_due_date_never_moves_earlier_when_a_holiday_is_added(start, span, counts_first, offsets):
    rule = DayRule(counts_first, rolls_over=True)
    more = {start + timedelta(days=offset): "added" for offset in offsets}
    with_more = Calendar("more", {**CHINA.holidays, **more}, CHINA.workdays, CHINA.known_until)

    assert due_date(start, span, rule, with_more).last_day >= due_date(start, span, rule, CHINA).last_day


@given(DAYS, SPANS)
def test_counting_the_first_day_never_makes_a_period_longer(start, span):
    span = Span(span.n, span.unit)

    assert due_date(start, span, PRACTICE, CHINA).last_day <= due_date(start, span, CIVIL_CODE, CHINA).last_day


@given(DAYS, st.integers(1, 60))
def test_what_is_sent_on_the_latest_day_leaves_the_time_whole(event, n):
    rule = DayRule(first_day_counts=False, rolls_over=False)
    for unit in (Unit.DAY, Unit.WORKING_DAY, Unit.WEEK):
        latest = latest_day_before(event, Span(n, unit), rule, PLAIN).last_day

        assert latest < event
        assert due_date(latest, Span(n, unit), rule, PLAIN).last_day >= event
