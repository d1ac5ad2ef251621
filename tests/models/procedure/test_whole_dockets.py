"""A docket that was run well, in each jurisdiction: nothing is missing, and nothing contradicts."""

import pytest

from models.duty_item import ItemState
from tests.models.procedure.facts import (
    CN,
    DE,
    EU,
    JP,
    UK,
    US,
    ZONES,
    act,
    docket,
    document,
    draft,
    evaluated,
    evaluation,
    flag,
    hearing,
    notice,
    opinion,
    outcome,
    period,
    stage,
    tally,
)

ANSWERED = tally(8, 8, "2026-06-20", complete="2026-06-20")
DECIDED = outcome("2026-06-24", effective="2026-08-01", changes=True)
EVERYWHERE = tuple(notice("decision_notice", "2026-06-24", channel=one) for one in ("gazette", "website", "newspaper"))


def window(procedure, key, first="2026-03-02", last="2026-06-02"):
    return period(first, last, stage=key, zone=ZONES[procedure])


RUN_WELL = {
    CN: (
        flag("technical"),
        flag("stability_risk"),
        flag("hearing_chosen"),
        flag("affects_specific_group"),
        flag("market_activity"),
        act("in_catalogue", "2026-01-05"),
        draft("2026-02-20"),
        document("draft_explanation", "2026-02-20"),
        notice("participation", "2026-03-02"),
        window(CN, "participation"),
        act("groups_heard", "2026-04-01"),
        hearing("notice", "2026-03-10"),
        hearing("selection", "2026-03-10"),
        hearing("list", "2026-04-01"),
        hearing("materials", "2026-04-01"),
        hearing("held", "2026-04-20"),
        hearing("confirmation", "2026-04-20"),
        document("hearing_record", "2026-04-25"),
        opinion("2026-04-01"),
        document("risk_assessment", "2026-05-01", withheld="第十六条"),
        document("adoption_statement", "2026-06-10"),
        document("other", "2026-06-10", key="fair_competition"),
        stage("legality_review", "finished", "2026-06-08", "2026-06-18"),
        document("legality_opinion", "2026-06-18", withheld="第十六条"),
        tally(8, 8, "2026-06-20", complete="2026-06-20"),
        DECIDED,
        *EVERYWHERE,
        document("interpretation", "2026-06-24"),
        act("executor_named", "2026-06-24"),
        act("archived", "2026-07-01"),
        stage("implementation", "finished", "2026-08-01", "2027-04-01"),
    ),
    US: (
        flag("significant"),
        draft("2026-03-01"),
        document("legal_basis", "2026-03-01"),
        document("draft_explanation", "2026-03-01"),
        act("plain_summary", "2026-03-01", amount=97),
        act("time_and_place", "2026-03-01"),
        window(US, "comment"),
        ANSWERED,
        document("adoption_statement", "2026-06-24"),
        DECIDED,
        document("decision_text", "2026-06-24"),
    ),
    EU: (
        flag("impact_assessment"),
        flag("legislative"),
        document("draft_explanation", "2026-03-01"),
        window(EU, "call_for_evidence"),
        window(EU, "public_consultation"),
        document("adoption_statement", "2026-06-15", key="synopsis"),
        document("cost_benefit", "2026-06-16"),
        document("other", "2026-06-18", key="scrutiny_opinion"),
        DECIDED,
        window(EU, "proposal_feedback", "2026-07-01", "2026-08-26"),
        act("sent_to_parliament", "2026-09-10"),
    ),
    UK: (
        flag("has_impact"),
        draft("2026-03-01"),
        document("draft_explanation", "2026-03-01"),
        document("cost_benefit", "2026-03-01"),
        act("open_points_stated", "2026-03-01"),
        window(UK, "consultation"),
        ANSWERED,
        act("responses_read", "2026-06-23"),
        DECIDED,
        document("adoption_statement", "2026-07-01"),
    ),
    JP: (
        draft("2026-03-01"),
        document("legal_basis", "2026-03-01"),
        window(JP, "public_comment"),
        ANSWERED,
        document("adoption_statement", "2026-06-24"),
        DECIDED,
    ),
    DE: (
        act("early_hearing", "2026-01-20"),
        notice("display", "2026-02-20"),
        document("draft_explanation", "2026-03-01"),
        document("environmental_impact", "2026-03-01"),
        window(DE, "display"),
        window(DE, "agencies"),
        ANSWERED,
        DECIDED,
    ),
}


@pytest.mark.parametrize("procedure", sorted(RUN_WELL))
def test_a_docket_that_was_run_well_lacks_nothing(procedure):
    told = docket(*RUN_WELL[procedure], evaluation("2027-05-01"), document("evaluation_report", "2027-05-02"))

    found = evaluated(procedure, (), told, "2027-06-01")

    assert [(item.key, item.state, item.why) for item in found.items if not item.is_settled] == []
    assert found.contradictions == ()
    assert found.waivers == ()
    assert found.completeness == 1
    assert found.gap_from_closing == 22


@pytest.mark.parametrize("procedure", sorted(RUN_WELL))
def test_the_same_docket_was_on_its_way_while_comments_were_taken(procedure):
    found = evaluated(procedure, (), docket(*RUN_WELL[procedure]), "2026-03-11")

    assert found.of_state(ItemState.MISSING, ItemState.OVERDUE) == ()
    assert found.of_state(ItemState.NOT_YET)
    assert found.days_since_closing is None


@pytest.mark.parametrize("procedure", sorted(RUN_WELL))
def test_a_docket_of_which_only_the_decision_is_known_lacks_much(procedure):
    found = evaluated(procedure, (), docket(DECIDED), "2026-06-25")

    missing = found.of_state(ItemState.MISSING)
    assert {item.kind for item in missing} >= {"stage", "gate"}
    assert all(item.articles for item in missing)
    assert found.completeness < 1
