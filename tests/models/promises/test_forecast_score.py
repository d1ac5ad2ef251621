"""How true our own likelihoods were."""

import random

import pytest

from models.forecast_score import SCORED_FROM, Prediction, score
from tests.models.promises.said import day


def prediction(chance, came=None, **more):
    return Prediction(
        milestone=1, made_on=day("2025-01-01"), by=day("2026-01-01"), chance=chance, came_true=came, **more
    )


def test_nothing_is_scored_until_thirty_are_decided():
    decided = [prediction(0.5, came=True)] * (SCORED_FROM - 1)

    assert score(decided).brier is None
    assert score(decided).n == 29
    assert score([*decided, prediction(0.5)]).brier is None
    assert score([*decided, prediction(0.5, came=False)]).brier == pytest.approx(0.25)


def test_invented_projects_are_left_out():
    found = score([prediction(1.0, came=True)] * 30 + [prediction(1.0, came=False, is_synthetic=True)] * 30)

    assert (found.n, found.open, found.synthetic, found.brier) == (30, 0, 30, 0.0)


def test_in_an_example_the_invented_ones_are_scored_and_no_other():
    real, invented = prediction(1.0, came=True), prediction(1.0, came=False, is_synthetic=True)

    found = score([real] * 5 + [invented] * 30, of_invented=True)

    assert (found.n, found.synthetic, found.brier) == (30, 30, 1.0)


def test_the_score_is_that_of_brier():
    # Four of five came true: (0.8 - 1)² and (0.8 - 0)², in mean 0.16, which is what always saying 0.8 scores.
    found = score([prediction(0.8, came=True)] * 40 + [prediction(0.8, came=False)] * 10)

    assert found.brier == pytest.approx(0.16)
    assert found.climatology == pytest.approx(0.16)


def test_of_chances_that_are_true_as_many_come_as_they_say():
    draw = random.Random(3)
    chances = [draw.random() for _ in range(5000)]

    found = score([prediction(chance, came=draw.random() < chance) for chance in chances])

    assert [each.low for each in found.bins] == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert sum(each.n for each in found.bins) == found.n == 5000
    for each in found.bins:
        assert each.observed.share == pytest.approx(each.mean_chance, abs=0.05)
        assert each.low <= each.mean_chance <= each.high


def test_certainty_lies_in_the_last_bin():
    assert score([prediction(1.0, came=True)] * 30).bins[0].high == 1.0
