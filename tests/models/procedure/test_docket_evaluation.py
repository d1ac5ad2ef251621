"""A docket at an instant: what it shows, to the second, and what it cannot hide."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from time import perf_counter

import pytest

from data.templates.reading import procedure
from models.contradictions import ContradictionKind
from models.docket import never_earlier
from models.docket_evaluation import view_of
from models.docket_figures import figure
from models.duty_item import ItemKind, ItemState, Why
from models.opinion import OpinionStance
from models.outcome import OutcomeCode
from models.working_days import Calendar
from tests.models.procedure.facts import (
    CN,
    EU,
    ONE_SECOND,
    UK,
    US,
    act,
    day,
    docket,
    document,
    draft,
    evaluated,
    evaluation,
    flag,
    hearing,
    noon,
    notice,
    opinion,
    outcome,
    period,
    stage,
    tally,
    waiver,
)

OPENED = period("2026-01-06", "2026-02-05")


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (OPENED.closes_at - ONE_SECOND, ItemState.NOT_YET),
        (OPENED.closes_at - ONE_SECOND / 1_000_000, ItemState.NOT_YET),
        (OPENED.closes_at, ItemState.MET),
        (OPENED.closes_at + ONE_SECOND, ItemState.MET),
    ],
)
def test_a_period_until_24_00_is_over_at_the_first_instant_of_the_next_day(instant, state):
    assert evaluated(CN, (), docket(OPENED), instant).item("window:participation").state is state


def test_a_time_limit_is_kept_until_the_last_instant_of_its_last_day():
    told = docket(period("2026-03-02", "2026-03-30", stage="consultation", zone="Europe/London"))
    # Twelve weeks from 30 March are over when 22 June is, in London: an hour before it is by universal time.
    ends_at = datetime(2026, 6, 22, 23, tzinfo=UTC)

    before = evaluated(UK, (), told, ends_at - ONE_SECOND).item("obligation:response_published")
    after = evaluated(UK, (), told, ends_at).item("obligation:response_published")

    assert before.due.instant == ends_at
    assert (before.state, before.days) == (ItemState.NOT_YET, None)
    assert (after.state, after.days) == (ItemState.OVERDUE, 1)


def test_seven_days_with_a_reason_are_waived_and_the_reason_is_listed():
    told = docket(period("2026-01-06", "2026-01-12", reason="汛期将至"))

    found = evaluated(CN, (), told, "2026-01-20")

    (reason,) = found.waivers
    assert (reason.of, reason.reason, reason.by) == ("window:participation", "汛期将至", "planner")
    assert found.item("window:participation").waiver == reason


def test_the_reason_of_an_extension_does_not_excuse_the_opening():
    late = period("2026-01-06", "2026-01-20", reason="应公众要求延长", said="2026-01-10")

    found = evaluated(CN, (), docket(period("2026-01-06", "2026-01-12"), late), "2026-01-25")

    item = found.item("window:participation")
    assert (item.state, item.why, item.waiver) == (ItemState.MISSING, Why.TOO_SHORT, None)


def test_a_period_closed_early_with_a_reason_is_waived():
    early = period("2026-01-06", "2026-01-20", reason="洪水", said="2026-01-20")

    item = evaluated(CN, (), docket(OPENED, early), "2026-01-25").item("window:participation")

    assert (item.state, item.waiver.reason) == (ItemState.WAIVED, "洪水")


def test_a_notice_that_was_late_moves_the_closing_by_the_same_days():
    told = docket(OPENED, notice("participation", "2026-01-11"))

    item = evaluated(CN, (), told, "2026-01-12").item("window:participation")

    assert item.should_close == datetime(2026, 2, 10, 16, tzinfo=UTC)
    assert (item.state, item.why, item.days) == (ItemState.MISSING, Why.NOTICE_LATE, 5)


def test_a_document_that_came_while_the_period_ran_was_there_for_a_share_of_it():
    came = replace(document("draft_explanation", "2026-01-21"), recorded_at=OPENED.opens_at + ONE_SECOND * 86_400 * 10)

    (share,) = evaluated(CN, (), docket(OPENED, came), "2026-03-01").availability

    assert share.share == Fraction(21, 31)
    assert (share.stage, share.round, share.document_id) == ("participation", 1, "draft_explanation")


def test_a_document_that_came_after_the_closing_was_never_there():
    told = docket(OPENED, document("draft_explanation", "2026-02-20"))

    (share,) = evaluated(CN, (), told, "2026-03-01").availability

    assert share.share == 0


def test_a_document_replaced_by_another_form_was_there_from_the_first():
    first = document("draft_explanation", "2026-01-05")
    again = document("draft_explanation", "2026-01-25")

    found = evaluated(CN, (), docket(OPENED, first, again), "2026-03-01")

    assert [share.share for share in found.availability] == [1]
    assert found.item("document:participation:draft_explanation").state is ItemState.MET


def test_what_was_public_and_is_withheld_now_counts_as_withheld():
    told = docket(
        flag("stability_risk"),
        document("risk_assessment", "2026-01-05"),
        document("risk_assessment", "2026-01-25", withheld="第十六条"),
    )

    item = evaluated(CN, (), told, "2026-02-01").item("document:risk_assessment:risk_assessment")

    assert (item.state, item.why, item.evidence.ground) == (ItemState.MET, Why.WITHHELD, "第十六条")


def test_the_consideration_gap_is_told_from_the_closing_and_from_the_end_of_the_analysis():
    told = docket(OPENED, tally(8, 8, "2026-02-20", complete="2026-02-20"), outcome("2026-02-23"))

    found = evaluated(CN, (), told, "2026-03-01")

    assert (found.gap_from_closing, found.gap_from_analysis) == (18, 3)
    assert found.days_since_closing is None


def test_a_decision_before_the_analysis_is_a_contradiction_and_the_gap_is_negative():
    told = docket(OPENED, outcome("2026-02-10"), tally(8, 8, "2026-02-20", complete="2026-02-20"))

    found = evaluated(CN, (), told, "2026-03-01")

    assert found.gap_from_analysis == -10
    assert [one.kind for one in found.contradictions] == [ContradictionKind.DECIDED_BEFORE_ANALYSIS]


def test_silence_is_counted_from_the_last_closing():
    told = docket(OPENED, period("2026-02-10", "2026-03-20", turn=2))

    found = evaluated(CN, (), told, "2026-04-01")

    assert found.days_since_closing == 12
    assert found.days_open == 31 + 39


def test_a_period_that_runs_is_counted_to_today():
    assert evaluated(CN, (), docket(OPENED), "2026-01-16").days_open == 10


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ((OPENED, outcome("2026-02-05")), ContradictionKind.DECIDED_BEFORE_CLOSING),
        ((outcome("2026-03-02", effective="2026-02-01"),), ContradictionKind.EFFECTIVE_BEFORE_DECISION),
        ((outcome("2026-03-02"), evaluation("2026-02-01")), ContradictionKind.EVALUATED_BEFORE_DECISION),
        ((outcome("2026-03-02"), opinion("2026-03-20")), ContradictionKind.OPINION_AFTER_DECISION),
        ((outcome("2026-03-02"), hearing("held", "2026-03-20")), ContradictionKind.HEARING_AFTER_DECISION),
        (
            (
                stage("legality_review", "finished", "2026-03-10", "2026-03-20"),
                stage("collective_decision", "finished", "2026-03-05", "2026-03-05"),
            ),
            ContradictionKind.STAGE_BEFORE_PREDECESSOR,
        ),
    ],
)
def test_dates_out_of_order_are_told(facts, kind):
    found = evaluated(CN, (), docket(*facts), "2026-06-01")

    assert kind in [one.kind for one in found.contradictions]


def test_an_orderly_docket_contradicts_nothing_and_is_complete():
    told = docket(
        draft("2026-01-05"),
        document("draft_explanation", "2026-01-05"),
        notice("participation", "2026-01-06"),
        OPENED,
        tally(8, 8, "2026-02-20", complete="2026-02-20"),
        document("adoption_statement", "2026-02-20"),
        stage("legality_review", "finished", "2026-02-23", "2026-03-04"),
        document("legality_opinion", "2026-03-04"),
        outcome("2026-03-06", effective="2026-04-01"),
        *(notice("decision_notice", "2026-03-06", channel=one) for one in ("gazette", "website", "newspaper")),
        act("executor_named", "2026-03-06"),
        act("archived", "2026-03-20"),
    )

    found = evaluated(CN, (), told, "2026-04-02")

    assert found.of_state(ItemState.MISSING, ItemState.OVERDUE) == ()
    assert found.contradictions == ()
    assert found.completeness == 1
    assert found.notice_days == 1


def test_completeness_counts_what_applies_and_is_due_and_waivers_do_not_pass_for_met():
    told = docket(draft("2026-01-05"), period("2026-01-06", "2026-01-12", reason="汛期将至"))

    found = evaluated(CN, (), told, "2026-01-07")

    states = {item.key: item.state for item in found.due}
    assert states == {
        "stage:initiation": ItemState.MET,
        "stage:drafting": ItemState.MET,
        "obligation:draft_published": ItemState.MET,
        "window:participation": ItemState.WAIVED,
        "publicity:participation:draft_notice": ItemState.MISSING,
        "document:participation:draft_explanation": ItemState.MISSING,
    }
    assert found.completeness == Fraction(1, 2)


def test_a_docket_about_which_nothing_is_known_has_no_completeness():
    assert evaluated(CN, (), docket(announced="2026-06-01"), "2026-01-01").completeness is None


def test_nothing_that_closed_reopens_when_the_clock_falls_back():
    last_entry = OPENED.closes_at + ONE_SECOND
    fallen_back = OPENED.closes_at - ONE_SECOND * 3600

    instant = never_earlier(fallen_back, last_entry)

    assert evaluated(CN, (), docket(OPENED), instant).item("window:participation").state is ItemState.MET
    assert never_earlier(last_entry, fallen_back) == last_entry


def test_a_second_round_is_held_against_the_minimum_too():
    told = docket(OPENED, period("2026-03-02", "2026-03-10", turn=2))

    found = evaluated(CN, (), told, "2026-04-01")

    assert found.item("window:participation").state is ItemState.MET
    assert found.item("window:participation:2").state is ItemState.MISSING


def test_a_changed_draft_asks_for_a_round_even_where_no_article_does_and_is_never_missing_then():
    told = docket(draft("2026-01-05"), OPENED, draft("2026-02-20", name="d2", changed=True), outcome("2026-03-20"))

    item = evaluated(CN, (), told, "2026-04-01").item("round:participation:d2")

    assert (item.state, item.why, item.articles) == (ItemState.NOT_YET, Why.CHANGED_DRAFT, ())


def test_comments_on_an_adopted_proposal_are_no_part_of_the_silence_before_it():
    told = docket(
        flag("legislative"),
        period("2026-03-02", "2026-03-30", stage="call_for_evidence", zone="Europe/Brussels"),
        outcome("2026-06-01"),
        period("2026-06-08", "2026-08-03", stage="proposal_feedback", zone="Europe/Brussels"),
    )

    found = evaluated(EU, (), told, "2026-08-04")

    assert found.gap_from_closing == 63
    assert ContradictionKind.DECIDED_BEFORE_CLOSING not in [one.kind for one in found.contradictions]


def test_a_planned_stage_that_was_not_finished_is_overdue_and_keeps_its_first_dates():
    told = docket(
        stage("legality_review", "baseline", "2026-03-02", "2026-03-10", said="2026-02-01"),
        stage("legality_review", "moved", "2026-03-05", "2026-03-20", reason="补充材料", said="2026-02-20"),
    )

    item = evaluated(CN, (), told, "2026-03-25").item("stage:legality_review")

    assert (item.state, item.days) == (ItemState.OVERDUE, 5)
    assert (item.planned.first_ends_on, item.planned.ends_on, item.planned.moves) == (
        day("2026-03-10"),
        day("2026-03-20"),
        1,
    )


def test_a_met_item_keeps_the_waiver_that_was_published_for_it():
    told = docket(flag("technical"), waiver("stage:expert_review", "时间紧", "2026-01-10"), opinion("2026-02-01"))

    item = evaluated(CN, (), told, "2026-02-02").item("stage:expert_review")

    assert item.state is ItemState.MET
    assert item.waiver.reason == "时间紧"


def test_a_gate_is_waived_with_what_it_waits_for():
    told = docket(flag("technical"), waiver("stage:expert_review", "时间紧", "2026-01-10"))

    item = evaluated(CN, (), told, "2026-02-02").item("gate:collective_decision:stage:expert_review:finished")

    assert (item.kind, item.state) == (ItemKind.GATE, ItemState.WAIVED)


def test_a_matter_dropped_early_owes_no_final_rule():
    told = docket(draft("2026-03-01"), outcome("2026-04-01", code=OutcomeCode.WITHDRAWN))

    found = evaluated(US, (), told, "2026-04-02")

    assert found.item("stage:comment").why is Why.DROPPED
    assert found.item("obligation:published_before_effect").why is Why.DROPPED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("experts", 3),
        ("experts_own_share", Fraction(1, 3)),
        ("experts_dissenting", 2),
        ("options", 2),
        ("answered_share", Fraction(3, 4)),
        ("answers_without_reason", 1),
        ("hearing_participants", 21),
        ("hearing_interested_share", Fraction(1, 3)),
        ("hearing_attendance", None),
        ("evaluators_who_assessed", None),
    ],
)
def test_figures_are_of_the_record_and_what_it_does_not_state_is_none(name, value):
    told = docket(
        opinion("2026-02-01", stance=OpinionStance.AGAINST),
        opinion("2026-02-01", name="o2", dissent=True),
        opinion("2026-02-01", name="o3", own=True),
        draft("2026-01-05", options=2),
        tally(4, 3, "2026-02-10", without_reason=1),
        hearing("list", "2026-02-01", participants=21, interested=7),
    )
    view = view_of(told, procedure(CN), Calendar("plain"), noon("2026-03-01"))

    assert figure(view, name) == value


def test_two_hundred_dockets_are_evaluated_in_a_second():
    """Five milliseconds each; it takes one, so that a slow machine passes too."""
    told = docket(OPENED, draft("2026-01-05"), outcome("2026-03-06"), flag("technical"), flag("hearing_chosen"))
    evaluated(CN, (), told, "2026-04-01")

    began = perf_counter()
    for _ in range(200):
        evaluated(CN, (), told, "2026-04-01")

    assert perf_counter() - began < 1
