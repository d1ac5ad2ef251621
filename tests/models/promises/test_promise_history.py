"""What was promised, when, and how it moved."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.milestone_codes import Precision, RevisionKind
from models.milestone_moves import moves, slippage
from models.promise_history import PromiseHistory, Said, history
from tests.models.promises.said import TODAY, day, told

LATE = told(
    "2024-01-10 baseline 2025-06-30",
    "2025-06-10 reforecast 2025-12-31",  # twenty days' notice
    "2026-01-15 reforecast 2026-06-30",  # fifteen days after the date
    "2026-02-01 rebaseline 2027-01-31",  # five months' notice
)

any_day = st.dates(min_value=day("2015-01-01"), max_value=day("2035-12-31"))
later_kinds = st.sampled_from([kind for kind in RevisionKind if kind is not RevisionKind.BASELINE])


@st.composite
def histories(draw):
    days = sorted(draw(st.lists(any_day, min_size=1, max_size=12)))
    kinds = [RevisionKind.BASELINE] + [draw(later_kinds) for _ in days[1:]]
    said = [
        Said(
            number=number,
            kind=kind,
            due_date=draw(any_day),
            said_on=said_on,
            precision=draw(st.sampled_from(Precision)),
        )
        for number, (kind, said_on) in enumerate(zip(kinds, days, strict=True), 1)
    ]
    return PromiseHistory(tuple(said), tuple(sorted(draw(st.lists(any_day, max_size=4)))))


def test_the_first_date_stands_beside_the_baseline_that_is_approved_now():
    assert LATE.first.day == day("2025-06-30")
    assert LATE.baseline.day == day("2027-01-31")
    assert LATE.slip_against_first(TODAY).days == 580
    assert LATE.slip_against_baseline(TODAY).days == 0
    assert LATE.slip_against_latest(TODAY).days == 0


@pytest.mark.parametrize(
    ("number", "days", "notice", "is_short", "is_after"),
    [(0, 184, 20, True, False), (1, 181, -15, False, True), (2, 215, 149, False, False)],
)
def test_each_move_tells_how_much_notice_it_gave(number, days, notice, is_short, is_after):
    move = LATE.moves[number]

    assert (move.days, move.notice) == (days, notice)
    assert (move.is_short_notice, move.is_after_the_date) == (is_short, is_after)


def test_the_median_of_notices_is_of_delays_alone():
    earlier = told("2026-01-01 baseline 2026-12-31", "2026-01-02 reforecast 2026-12-01")

    assert LATE.median_notice == 20
    assert earlier.median_notice is None
    assert len(earlier.moves) == 1


@pytest.mark.parametrize(
    ("statements", "first", "latest"),
    [
        (("2026-01-01 baseline 2026-11-20",), 4, 4),  # overdue: late until today
        (("2026-01-01 baseline 2026-11-24",), 0, 0),  # today is still within it
        (("2026-01-01 baseline 2026-12-24",), 0, 0),
        (("2026-01-01 baseline 2026-10-01", "2026-09-01 achieved 2026-08-31"), -31, -31),
        (
            ("2026-01-01 baseline 2026-06-30", "2026-06-01 reforecast 2026-09-30", "2026-10-03 achieved 2026-10-02"),
            94,
            2,
        ),
        (("2026-01-01 baseline 2026-06-30", "2026-06-01 cancelled 2026-06-30"), None, None),
        (("2026-01-01 baseline 2026-06-30", "2026-06-01 paused 2026-06-30"), 147, 147),
    ],
)
def test_the_slip_is_counted_until_it_is_reached_or_until_today(statements, first, latest):
    told_of = told(*statements)

    slips = [told_of.slip_against_first(TODAY), told_of.slip_against_latest(TODAY)]

    assert [slip and slip.days for slip in slips] == [first, latest]


def test_a_more_exact_day_within_the_month_promised_is_no_move_to_later():
    said = told("2026-01-01 baseline 2026-05-01", "2026-02-01 reforecast 2026-05-31").said
    month = Said(
        number=1, kind=said[0].kind, due_date=day("2026-05-01"), said_on=day("2026-01-01"), precision=Precision.MONTH
    )

    assert PromiseHistory((month, said[1])).moves == ()


def test_a_correction_holds_from_the_day_it_was_made_and_not_before():
    wrong = told(
        "2025-01-01 baseline 2026-03-01", "2026-03-02 achieved 2026-03-01", "2026-05-01 correction 2026-12-31"
    )

    assert wrong.as_of(day("2026-04-30")).actual == day("2026-03-01")
    assert wrong.as_of(day("2026-05-01")).actual is None
    assert wrong.as_of(day("2026-05-01")).latest.day == day("2026-12-31")


def test_what_changed_between_two_days_is_what_was_said_in_between():
    assert LATE.between(day("2025-06-10"), day("2026-01-15")) == LATE.said[2:3]
    assert LATE.between(TODAY, TODAY) == ()


def test_nothing_was_promised_before_the_first_promise():
    assert LATE.as_of(day("2024-01-09")) is None
    assert LATE.as_of(day("2024-01-10")).said == LATE.said[:1]


def test_the_chart_is_the_day_it_was_said_and_the_day_then_promised():
    assert LATE.points[1] == (day("2025-06-10"), day("2025-12-31"))
    assert len(LATE.points) == 4


def test_statements_are_put_in_order_and_there_is_one_at_least():
    assert history(reversed(LATE.said)) == LATE
    with pytest.raises(ValueError, match=r"\(\)"):
        history([])


def test_the_first_baseline_never_changes_under_a_thousand_random_sequences():
    draw = random.Random(4)
    kinds = [kind for kind in RevisionKind if kind is not RevisionKind.BASELINE]
    for _ in range(1000):
        first = day("2020-01-01") + timedelta(days=draw.randrange(2000))
        statements = [f"2020-01-01 baseline {first}"]
        for step in range(draw.randrange(15)):
            said_on = day("2020-01-02") + timedelta(days=step * 30)
            statements.append(f"{said_on} {draw.choice(kinds)} {first + timedelta(days=draw.randrange(-500, 1500))}")

        told_of = told(*statements)

        assert told_of.first.day == first
        assert told_of.first.kind is RevisionKind.BASELINE


@given(told_of=histories(), then=any_day)
@settings(deadline=None)
def test_as_of_a_day_uses_nothing_that_was_said_later(told_of, then):
    known = told_of.as_of(then)

    if known is None:
        assert told_of.first.said_on > then
    else:
        assert known.said == tuple(one for one in told_of.said if one.said_on <= then)
        assert known.last_spoken_of <= then
        assert known.first == told_of.first
        assert known.as_of(then) == known
    assert told_of.latest_on(then) == (known.latest if known else None)


@given(told_of=histories(), today=any_day)
@settings(deadline=None)
def test_a_history_agrees_with_what_the_present_is_kept_by(told_of, today):
    said = [one for one in told_of.said if one.kind not in (RevisionKind.ACHIEVED, RevisionKind.CANCELLED)]
    exact = PromiseHistory(tuple(replace(one, precision=Precision.DAY) for one in said))

    assert len(exact.moves) == moves(exact.said)
    assert exact.slip_against_first(today).days == slippage(exact.said, today).days


@given(told_of=histories(), today=any_day)
@settings(deadline=None)
def test_what_is_not_ended_slips_until_today_at_least(told_of, today):
    slip = told_of.slip_against_first(today)

    if told_of.is_cancelled:
        assert slip is None
    elif told_of.actual is None:
        assert slip.days >= (today - told_of.first.day).days or slip.days == 0
        assert told_of.slip_against_latest(today).days >= 0
    else:
        assert slip.days == (told_of.actual - told_of.first.day).days
