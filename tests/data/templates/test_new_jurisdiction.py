"""A jurisdiction that nobody foresaw needs two files and no code."""

from fractions import Fraction

import pytest

from data.templates.calendars import calendar_of
from data.templates.reading import read_shelf
from models.docket_evaluation import evaluate
from models.duty_item import ItemState, Why
from tests.data.templates.example import OVERLAY, shelve
from tests.models.procedure.facts import act, day, docket, document, draft, flag, noon, outcome, period

MURMURS = {"stage": "murmurs", "zone": "Europe/Paris"}


@pytest.fixture
def ys(tmp_path):
    shelf = read_shelf(shelve(tmp_path, overlay=OVERLAY))
    assert [str(fault) for fault in shelf.faults] == []

    def evaluated(told, on, *overlays):
        template = shelf.template("ys-tides", overlays)
        return evaluate(told, template, calendar_of("none"), noon(on, "Europe/Paris"))

    return evaluated


def test_its_own_words_and_articles_are_cited(ys):
    found = ys(docket(act("bells_rung", "2026-03-02")), "2026-03-03")

    item = found.item("stage:bells")
    assert (item.state, item.title.zh) == (ItemState.MET, "鸣钟")
    assert found.template.cite(item.articles[0]).en == "Tide Act, clause 2"


def test_its_own_days_are_counted(ys):
    # Five working days, the first of which counts: Monday 2 March to Friday 6 March.
    item = ys(docket(period("2026-03-02", "2026-03-06", **MURMURS)), "2026-03-07").item("window:murmurs")

    assert (item.state, item.due.last_day) == (ItemState.MET, day("2026-03-06"))


def test_at_spring_tide_it_takes_two_weeks(ys):
    told = docket(flag("spring_tide"), period("2026-03-02", "2026-03-06", **MURMURS))

    item = ys(told, "2026-03-07").item("window:murmurs")

    # Two weeks end on Sunday 15 March, and roll to Monday.
    assert (item.state, item.due.last_day) == (ItemState.MISSING, day("2026-03-16"))
    assert item.articles == ("tides 3", "tides 4")


@pytest.mark.parametrize(
    ("last", "state", "why"),
    [
        ("2026-03-04", ItemState.WAIVED, Why.TOO_SHORT),
        ("2026-03-03", ItemState.MISSING, Why.BELOW_FLOOR),
    ],
)
def test_a_reason_excuses_down_to_its_floor(ys, last, state, why):
    told = docket(period("2026-03-02", last, reason="the sea", **MURMURS))

    item = ys(told, "2026-03-07").item("window:murmurs")

    assert (item.state, item.why) == (state, why)
    assert "tides 5" in item.articles


def test_its_own_acts_are_gates_and_figures(ys):
    told = docket(act("gate_inspected", "2026-03-10", amount="7/2"), outcome("2026-03-12"))

    found = ys(told, "2026-03-13")

    assert found.item("gate:verdict:act:gate_inspected").state is ItemState.MET
    assert found.item("gate:verdict:stage:murmurs:finished").state is ItemState.MISSING
    assert found.item("requirement:verdict:depth").figure == Fraction(7, 2)
    assert found.item("requirement:verdict:depth").state is ItemState.MET


def test_its_harbour_is_stricter_and_both_are_cited(ys):
    told = docket(
        period("2026-03-02", "2026-03-06", reason="the sea", **MURMURS), document("adoption_statement", "2026-03-20")
    )

    plain, laid = ys(told, "2026-03-21"), ys(told, "2026-03-21", "ys-harbour")

    assert plain.item("window:murmurs").state is ItemState.MET
    assert laid.item("window:murmurs").why is Why.NO_EXCEPTION
    assert laid.item("window:murmurs").articles == ("tides 3", "harbour 2", "tides 5")
    assert plain.item("obligation:echo").why is None
    # From Friday 6 March, which counts, ten days end on Sunday the 15th, and roll to the 16th.
    assert (laid.item("obligation:echo").why, laid.item("obligation:echo").days) == (Why.LATE, 4)
    assert laid.item("obligation:echo").articles == ("tides 8", "harbour 3")


def test_its_changed_draft_is_asked_about_again(ys):
    told = docket(
        period("2026-03-02", "2026-03-06", **MURMURS), draft("2026-03-09", changed=True), outcome("2026-03-12")
    )

    item = ys(told, "2026-03-13").item("round:murmurs:d1")

    assert (item.state, item.articles) == (ItemState.MISSING, ("tides 6",))
