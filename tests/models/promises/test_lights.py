"""The published rule of the lights, row by row."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.light_facts import LightFacts
from models.light_reasons import Light, LightReason
from models.light_rule import RULE, RULE_VERSION, LightRule
from models.lights import LightResult, light
from models.milestone_codes import MilestoneCode, RevisionKind
from models.money import BudgetKind
from models.project import Cadence
from models.promise_history import PromiseHistory, Said
from tests.models.promises.said import RECENT, TODAY, budget, day, is_working, milestone, report


def end(*statements, **more):
    return milestone(*statements, id=9, completes=True, confirmed=[RECENT], **more)


START = milestone("2024-01-01 baseline 2024-02-01", "2024-02-02 achieved 2024-02-01", id=1, code=MilestoneCode.START)
OPEN = milestone("2024-01-01 baseline 2026-12-31", id=2)
ON_TIME = end("2024-01-01 baseline 2027-06-30")


def late_by(days, *, start=()):
    due = day("2027-01-01") + timedelta(days=days)
    return LightFacts(milestones=(*start, end("2024-01-01 baseline 2027-01-01", f"2026-01-01 reforecast {due}")))


# The facts, the light, and the codes of all that speaks for it or stands behind it.
RULE_V1 = [
    (LightFacts(milestones=(ON_TIME,)), "G", ["as_promised"]),
    (late_by(30), "G", ["as_promised"]),
    (late_by(31), "Y", ["late"]),
    (late_by(90), "Y", ["late"]),
    (late_by(91), "R", ["late"]),
    # Fifteen per cent of the 1065 days from 2024-02-01 are 159, and five are 53.
    (late_by(159, start=(START,)), "Y", ["late"]),
    (late_by(160, start=(START,)), "R", ["late"]),
    (late_by(53, start=(START,)), "G", ["as_promised"]),
    # Nobody said anything for more than one and a half times the days between reports.
    (
        LightFacts(milestones=(milestone("2026-10-09 baseline 2027-06-30"),), cadence=Cadence.MONTHLY),
        "G",
        ["as_promised"],
    ),
    (
        LightFacts(milestones=(milestone("2026-10-08 baseline 2027-06-30"),), cadence=Cadence.MONTHLY),
        "S",
        ["not_confirmed"],
    ),
    (LightFacts(milestones=(milestone("2026-07-10 baseline 2027-06-30"),)), "G", ["as_promised"]),  # 137 days
    (LightFacts(milestones=(milestone("2026-07-08 baseline 2027-06-30"),)), "S", ["not_confirmed"]),  # 139 days
    (LightFacts(milestones=(milestone("2026-07-08 baseline 2027-06-30"),), confirmed_on=TODAY), "G", ["as_promised"]),
    (LightFacts(), "S", ["no_baseline"]),
    (LightFacts(reports=(report(physical=100),)), "S", ["no_baseline"]),
    (
        LightFacts(milestones=(ON_TIME, milestone("2026-01-01 baseline 2026-11-10", id=2))),
        "S",
        ["unreported"],
    ),
    (
        LightFacts(milestones=(ON_TIME, milestone("2026-01-01 baseline 2026-11-10", id=2, confirmed=[RECENT]))),
        "G",
        ["as_promised"],
    ),
    (
        LightFacts(
            milestones=(
                ON_TIME,
                milestone("2026-01-01 baseline 2026-11-20", id=2, confirmed=[RECENT], is_critical=True),
            )
        ),
        "R",
        ["critical_overdue"],
    ),
    (LightFacts(milestones=(ON_TIME,), budgets=(budget(100), budget(100, BudgetKind.BUDGET))), "G", ["as_promised"]),
    (LightFacts(milestones=(ON_TIME,), budgets=(budget(100), budget(101, BudgetKind.BUDGET))), "R", ["over_estimate"]),
    (
        LightFacts(
            milestones=(ON_TIME,), budgets=(budget(100), budget(130, BudgetKind.ADJUSTMENT, has_document=True))
        ),
        "G",
        ["as_promised"],
    ),
    (
        LightFacts(milestones=(ON_TIME,), budgets=(budget(100), budget(101, BudgetKind.BUDGET, currency="USD"))),
        "G",
        ["as_promised"],
    ),
    (
        LightFacts(milestones=(ON_TIME,), budgets=(budget(100),), reports=(report(spent=101),)),
        "R",
        ["over_estimate"],
    ),
    (
        LightFacts(milestones=(ON_TIME,), budgets=(budget(100),), reports=(report(physical=3000, spent=50),)),
        "G",
        ["as_promised"],
    ),
    (
        LightFacts(milestones=(ON_TIME,), budgets=(budget(100),), reports=(report(physical=2999, spent=50),)),
        "Y",
        ["spend_ahead"],
    ),
    (
        LightFacts(milestones=(OPEN, end("2024-01-01 baseline 2027-01-23", depends_on=(2,)))),
        "Y",
        ["predecessor_unmet"],
    ),
    (
        LightFacts(milestones=(OPEN, end("2024-01-01 baseline 2027-01-24", depends_on=(2,)))),
        "G",
        ["as_promised"],
    ),
    (
        LightFacts(
            milestones=(
                end(
                    "2024-01-01 baseline 2027-01-01",
                    "2026-09-01 reforecast 2027-01-05",
                    "2026-10-01 reforecast 2027-01-09",
                ),
            )
        ),
        "Y",
        ["often_moved"],
    ),
    (
        LightFacts(milestones=(end("2024-01-01 baseline 2027-01-01", "2026-10-01 paused 2027-01-01"),)),
        "P",
        ["paused"],
    ),
    (
        LightFacts(milestones=(milestone("2024-01-01 baseline 2027-01-01", "2026-08-01 paused 2027-01-01"),)),
        "S",
        ["pause_not_updated", "paused"],
    ),
    (
        LightFacts(milestones=(end("2024-01-01 baseline 2027-01-01", "2026-10-01 cancelled 2027-01-01"),)),
        "C",
        ["cancelled"],
    ),
    (LightFacts(milestones=(end("2024-01-01 baseline 2025-01-01", "2026-01-01 achieved 2026-01-01"),)), "D", ["done"]),
]


@pytest.mark.parametrize(("facts", "letter", "codes"), RULE_V1)
def test_the_rule_row_by_row(facts, letter, codes):
    found = light(facts, TODAY, is_working)

    assert found.light == letter
    assert [reason.code for reason in found.reasons] == codes
    assert found.rule_version == RULE_VERSION == 1


def test_a_reason_carries_the_numbers_that_made_it():
    late = light(late_by(91), TODAY, is_working).reasons[0]
    over = light(
        LightFacts(milestones=(ON_TIME,), budgets=(budget(100),), reports=(report(spent=101),)), TODAY, is_working
    )

    assert (late.code, late.measured, late.limit, late.milestone) == (LightReason.LATE, 91, 90, 9)
    assert (over.reasons[0].measured, over.reasons[0].limit, over.reasons[0].currency) == (101, 100, "CNY")


def test_what_is_done_says_how_late_it_was():
    facts = LightFacts(milestones=(end("2024-01-01 baseline 2025-01-01", "2026-01-01 achieved 2026-01-01"),))

    assert light(facts, TODAY, is_working).reasons[0].measured == 365


def test_silence_does_not_hide_what_else_is_wrong():
    silent = LightFacts(milestones=(milestone("2024-01-01 baseline 2025-01-01", completes=True),))

    found = light(silent, TODAY, is_working)

    assert found.light is Light.STALE
    assert [reason.light for reason in found.reasons] == sorted(
        (reason.light for reason in found.reasons), key="SPRYG".index
    )
    assert {reason.code for reason in found.reasons} >= {LightReason.UNREPORTED, LightReason.LATE}


def test_a_light_has_no_place_for_what_anybody_thinks_of_it():
    assert {each.name for each in fields(LightResult)} == {"light", "rule_version", "reasons"}
    assert not {"rating", "light", "status"} & {each.name for each in fields(LightFacts)}


def test_another_rule_says_that_it_is_another():
    stricter = replace(RULE, version=2, red_days=10, red_share=0)

    found = light(late_by(31), TODAY, is_working, stricter)

    assert (found.light, found.rule_version) == (Light.RED, 2)
    assert LightRule() == RULE


any_day = st.dates(min_value=day("2020-01-01"), max_value=day("2030-01-01"))


@st.composite
def any_facts(draw):
    def one(number):
        days = sorted(draw(st.lists(any_day, min_size=1, max_size=5)))
        kinds = [RevisionKind.BASELINE, *draw(st.lists(st.sampled_from(RevisionKind), min_size=4, max_size=4))]
        said = [
            Said(number=place, kind=kind, due_date=draw(any_day), said_on=on)
            for place, (kind, on) in enumerate(zip(kinds, days, strict=False), 1)
        ]
        ids = st.lists(st.integers(1, 4), max_size=2)
        shape = milestone("2020-01-01 baseline 2020-01-01", id=number, is_critical=draw(st.booleans()))
        return replace(shape, history=PromiseHistory(tuple(said)), depends_on=tuple(draw(ids)))

    milestones = tuple(one(number) for number in range(1, draw(st.integers(1, 4))))
    reports = (report(physical=draw(st.integers(0, 10_000)), spent=draw(st.integers(0, 200))),)
    budgets = (budget(draw(st.integers(0, 150))),)
    return LightFacts(
        milestones=milestones,
        reports=reports[: draw(st.integers(0, 1))],
        budgets=budgets,
        cadence=draw(st.sampled_from([None, *Cadence])),
    )


@given(facts=any_facts(), today=any_day)
@settings(deadline=None)
def test_what_is_stale_is_never_green(facts, today):
    found = light(facts, today, is_working)

    if found.light is Light.GREEN:
        assert [reason.code for reason in found.reasons] == [LightReason.AS_PROMISED]
        assert facts.completion is not None
        assert (today - facts.last_word).days <= RULE.longest_silence(facts.cadence) <= 138
        for each in facts.milestones:
            assert (
                each.history.is_ended
                or (today - max(each.history.latest.day, each.history.last_spoken_of)).days <= 7
                or each.history.latest.kind is RevisionKind.PAUSED
            )
    assert found.reasons
    assert found.light == found.reasons[0].light


@given(facts=any_facts(), today=any_day, more=st.integers(200, 4000))
@settings(deadline=None)
def test_what_is_not_spoken_of_any_more_ends_as_stale_or_is_ended(facts, today, more):
    last = facts.last_word or today
    then = max(last, today) + timedelta(days=more)

    assert light(facts, then, is_working).light in (Light.STALE, Light.DONE, Light.CANCELLED)
