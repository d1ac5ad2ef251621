"""The two estimators against values that others computed."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.survival import kaplan_meier, wilson

# Freireich and others, Blood 21 (1963): weeks in remission, with a plus where it was not over; in every textbook.
FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"


def curve_of(text):
    times = [float(each.rstrip("+")) for each in text.split()]
    return kaplan_meier(np.array(times), np.array([not each.endswith("+") for each in text.split()]))


@pytest.mark.parametrize(
    ("weeks", "left"),
    [(5, 1.0), (6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448), (35, 0.448)],
)
def test_the_curve_is_that_of_the_textbooks(weeks, left):
    assert curve_of(FREIREICH).survival(weeks) == pytest.approx(left, abs=0.0005)


def test_the_curve_equals_an_example_worked_by_hand():
    curve = curve_of("1 2+ 3 3 5+ 6")

    assert list(curve.times) == [1, 3, 6]
    assert list(curve.left) == pytest.approx([5 / 6, 5 / 12, 0])
    assert [curve.at_risk(time) for time in (0, 1, 3, 6)] == [6, 5, 2, 0]


def test_a_median_is_the_first_time_at_which_half_has_ended():
    assert curve_of(FREIREICH).quantile(0.5) == 23
    assert curve_of("1 2 3 4").quantile(0.5) == 2
    assert curve_of(FREIREICH).quantile(0.8) is None


def test_those_that_took_as_long_are_asked_and_no_others():
    curve = curve_of("1 2 3 4 5 6 7 8")

    assert curve.quantile(0.5, after=4) == 6
    assert curve.quantile(0.5, after=8) is None
    assert curve.chance(6, after=4).share == pytest.approx(0.5)
    assert curve.chance(6, after=8) is None


def test_beyond_everything_observed_there_is_a_chance_only_if_all_have_ended():
    assert curve_of("1 2 3+").chance(4, after=0) is None
    assert curve_of("1 2 3").chance(4, after=0).share == 1


# Newcombe, Statistics in Medicine 17 (1998), table I, method 3; and the example of PROJECTS.
@pytest.mark.parametrize(
    ("successes", "n", "confidence", "low", "high"),
    [
        (81, 263, 0.95, 0.2553, 0.3662),
        (15, 148, 0.95, 0.0624, 0.1605),
        (0, 20, 0.95, 0.0, 0.1611),
        (1, 29, 0.95, 0.0061, 0.1718),
        (3, 11, 0.90, 0.11, 0.52),
    ],
)
def test_the_range_of_a_share_is_that_of_the_tables(successes, n, confidence, low, high):
    found = wilson(successes, n, confidence)

    places = 4 if confidence == 0.95 else 2
    assert (round(found.low, places), round(found.high, places)) == (low, high)


@given(n=st.integers(1, 5000), share=st.floats(0, 1))
def test_a_share_lies_within_its_range_and_that_within_nought_and_one(n, share):
    found = wilson(round(share * n), n)

    assert 0 <= found.low <= found.share + 1e-9
    assert found.share - 1e-9 <= found.high <= 1


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_of_nothing_there_is_no_share(successes, n):
    with pytest.raises(ValueError, match=str(n)):
        wilson(successes, n)


@given(st.lists(st.tuples(st.integers(-50, 50), st.booleans()), min_size=1, max_size=60))
def test_the_curve_only_falls_and_without_anything_unfinished_is_the_share_left(cases):
    times = np.array([float(time) for time, _ in cases])
    curve = kaplan_meier(times, np.array([done for _, done in cases]))
    whole = kaplan_meier(times, np.ones(len(cases), dtype=bool))

    assert all(before >= after for before, after in zip([1.0, *curve.left], curve.left, strict=False))
    for time in times:
        assert math.isclose(whole.survival(time), (times > time).mean(), abs_tol=1e-9)
        assert curve.survival(time) >= whole.survival(time) - 1e-9
