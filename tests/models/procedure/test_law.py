"""Dockets of six jurisdictions, held against the law: one row, one rule."""

from dataclasses import dataclass

import pytest

from models.duty_item import ItemState, Why
from models.outcome import OutcomeCode
from tests.models.procedure.facts import (
    CN,
    DE,
    EU,
    JP,
    UK,
    US,
    ZONES,
    act,
    day,
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
    waiver,
)

MET, NOT_YET, OVERDUE, MISSING, WAIVED, NA = (
    ItemState.MET,
    ItemState.NOT_YET,
    ItemState.OVERDUE,
    ItemState.MISSING,
    ItemState.WAIVED,
    ItemState.NOT_APPLICABLE,
)
#: Thirty days from 6 January, the first of them not counted, end on 5 February.
WHOLE = period("2026-01-06", "2026-02-05")
SHORT = period("2026-01-06", "2026-01-12")
URGENT = period("2026-01-06", "2026-01-12", reason="汛期将至")
OPINIONS = tuple(opinion("2026-02-01", name=f"o{n}", own=n == 0) for n in range(5))
HEARD = (flag("hearing_chosen"), hearing("notice", "2026-03-01"), hearing("held", "2026-04-10", said="2026-03-01"))


@dataclass(frozen=True)
class Row:
    """What is told of a docket, and what the law makes of one demand of it on a day."""

    says: str
    facts: tuple
    on: str
    item: str
    state: ItemState
    why: Why | None = None
    days: int | None = None
    due: str | None = None
    article: str | None = None
    procedure: str = CN
    overlays: tuple = ()


def over(*overlays):
    return {"overlays": overlays}


CHINA = [
    # 713, 15: the time for comments.
    Row("no period yet", (), "2026-01-07", "window:participation", NOT_YET, Why.NOT_TRIGGERED, article="713 15"),
    Row("running", (WHOLE,), "2026-01-20", "window:participation", NOT_YET, due="2026-02-05", article="713 15"),
    Row("30 whole days", (WHOLE,), "2026-02-06", "window:participation", MET, due="2026-02-05", article="713 15"),
    Row("7 days", (SHORT,), "2026-01-07", "window:participation", MISSING, Why.TOO_SHORT, 24, "2026-02-05", "713 15"),
    Row("7 days, said why", (URGENT,), "2026-01-07", "window:participation", WAIVED, Why.TOO_SHORT, 24, "2026-02-05"),
    Row("a blank reason", (period("2026-01-06", "2026-01-12", reason=" "),), "2026-01-07", "window:participation",
        MISSING, Why.TOO_SHORT, 24),
    Row("30 days, the first counted", (period("2026-01-06", "2026-02-04"),), "2026-02-06", "window:participation",
        MISSING, Why.SHORT_BY_FIRST_DAY, 1, "2026-02-05", "713 15"),
    Row("ends on National Day", (period("2026-09-01", "2026-10-01"),), "2026-10-09", "window:participation", MISSING,
        Why.SHORT_BY_FIRST_DAY, 7, "2026-10-08"),
    Row("ends after it", (period("2026-09-01", "2026-10-08"),), "2026-10-09", "window:participation", MET,
        due="2026-10-08"),
    Row("secret", (flag("secret"),), "2026-01-07", "window:participation", NA, Why.FLAG),
    Row("a waiver of its own", (SHORT, waiver("window:participation", "疫情", "2026-01-08")), "2026-01-09",
        "window:participation", WAIVED, Why.TOO_SHORT, 24),
    Row("no round at all, and decided", (outcome("2026-03-02"),), "2026-03-03", "window:participation", MISSING,
        Why.OVERTAKEN),
    Row("extended to the minimum", (SHORT, period("2026-01-06", "2026-02-05", reason="延长", said="2026-01-10")),
        "2026-02-06", "window:participation", MET, due="2026-02-05"),
    Row("Lu'an allows no exception", (URGENT,), "2026-01-07", "window:participation", MISSING, Why.NO_EXCEPTION, 24,
        article="luan", **over("cn-luan")),
    Row("nor does city planning", (URGENT,), "2026-01-07", "window:participation", MISSING, Why.NO_EXCEPTION,
        article="planning-act 26", **over("cn-city-planning")),
    Row("nor does expropriation", (URGENT,), "2026-01-07", "window:participation", MISSING, Why.NO_EXCEPTION,
        article="expropriation 10", **over("cn-expropriation")),
    Row("rules may be shorter", (URGENT,), "2026-01-07", "window:participation", WAIVED, article="rules 15",
        **over("cn-regulations")),
    # 713, 15: what is displayed, and where.
    Row("on the website", (WHOLE, notice("participation", "2026-01-06")), "2026-01-07",
        "publicity:participation:draft_notice", MET, article="713 15"),
    Row("nowhere", (WHOLE,), "2026-01-07", "publicity:participation:draft_notice", MISSING, Why.CHANNEL_MISSING),
    Row("five days late", (WHOLE, notice("participation", "2026-01-11")), "2026-01-12",
        "publicity:participation:draft_notice", MET, Why.LATE, 5),
    Row("late, and not extended", (WHOLE, notice("participation", "2026-01-11")), "2026-02-06",
        "window:participation", MISSING, Why.NOTICE_LATE, 5),
    Row("late, and extended by as much", (WHOLE, notice("participation", "2026-01-11"),
        period("2026-01-06", "2026-02-10", reason="公告迟延", said="2026-01-12")), "2026-02-11",
        "window:participation", MET),
    Row("the explanation in time", (WHOLE, document("draft_explanation", "2026-01-05")), "2026-01-07",
        "document:participation:draft_explanation", MET, due="2026-01-06", article="713 15"),
    Row("the explanation late", (WHOLE, document("draft_explanation", "2026-01-21")), "2026-01-22",
        "document:participation:draft_explanation", MET, Why.LATE, 15),
    Row("no explanation", (WHOLE,), "2026-01-09", "document:participation:draft_explanation", MISSING, None, 3),
    Row("it may not be withheld", (WHOLE, document("draft_explanation", "2026-01-05", withheld="过程性信息")),
        "2026-01-07", "document:participation:draft_explanation", MISSING, Why.WITHHELD_AGAINST_RULE),
    Row("said to come is not there", (WHOLE, document("draft_explanation", "2026-01-05", unready=True)), "2026-01-09",
        "document:participation:draft_explanation", MISSING, None, 3),
    Row("the draft before the period", (draft("2026-01-05"), WHOLE), "2026-01-07", "obligation:draft_published", MET),
    # 713, 14: groups.
    Row("no group", (), "2026-01-07", "obligation:groups_heard", NA, Why.FLAG),
    Row("a group heard", (flag("affects_specific_group"), act("groups_heard", "2026-01-20")), "2026-01-21",
        "obligation:groups_heard", MET, article="713 14"),
    Row("a group not heard, and decided", (flag("affects_specific_group"), outcome("2026-03-02")), "2026-03-03",
        "obligation:groups_heard", MISSING, None, 1),
    # 713, 16 and 17: the hearing.
    Row("no hearing", (), "2026-01-07", "obligation:hearing_materials", NA, Why.FLAG),
    Row("materials due", HEARD, "2026-04-01", "obligation:hearing_materials", NOT_YET, None, None, "2026-04-03",
        "713 16"),
    Row("materials overdue", HEARD, "2026-04-06", "obligation:hearing_materials", OVERDUE, None, 3, "2026-04-03"),
    Row("materials 7 days before", (*HEARD, hearing("materials", "2026-04-03")), "2026-04-11",
        "obligation:hearing_materials", MET, None, None, "2026-04-03"),
    Row("materials 3 days before", (*HEARD, hearing("materials", "2026-04-07")), "2026-04-11",
        "obligation:hearing_materials", MISSING, Why.TOO_SHORT, 4),
    Row("materials never", HEARD, "2026-04-11", "obligation:hearing_materials", MISSING, None, 8),
    Row("put off, they are in time again", (*HEARD, hearing("materials", "2026-04-07"),
        hearing("held", "2026-04-20", said="2026-04-08")), "2026-04-21", "obligation:hearing_materials", MET),
    Row("the list before the hearing", (*HEARD, hearing("list", "2026-04-01")), "2026-04-11",
        "obligation:hearing_list", MET),
    Row("Chizhou wants it 15 days before", (*HEARD, hearing("list", "2026-04-01")), "2026-04-11",
        "obligation:hearing_list", MISSING, Why.TOO_SHORT, 6, "2026-03-26", "chizhou", **over("cn-chizhou")),
    Row("rules: notice 30 days before", HEARD, "2026-04-11", "obligation:hearing_announced", MET, due="2026-03-11",
        article="rules 16", **over("cn-regulations")),
    Row("the record is to be signed, promptly", HEARD, "2026-04-15", "obligation:hearing_confirmed", NOT_YET,
        Why.NO_LEGAL_DEADLINE, 5, article="713 17"),
    Row("20 speakers", (*HEARD, hearing("list", "2026-04-01", participants=20, interested=6)), "2026-04-11",
        "requirement:hearing:participants", MET, **over("cn-yunnan-hearing")),
    Row("6 of 20 is no third", (*HEARD, hearing("list", "2026-04-01", participants=20, interested=6)), "2026-04-11",
        "requirement:hearing:interested", MISSING, Why.OUT_OF_BOUNDS, **over("cn-yunnan-hearing")),
    Row("two thirds came", (*HEARD, hearing("list", "2026-04-01", participants=21),
        hearing("held", "2026-04-10", attended=14)), "2026-04-11", "requirement:hearing:quorum", MET,
        **over("cn-yunnan-hearing")),
    # 713, 18 and 32: what became of the comments. There is no deadline.
    Row("no legal deadline", (WHOLE,), "2026-03-07", "obligation:adoption_published", NOT_YET, Why.NO_LEGAL_DEADLINE,
        30, None, "713 18"),
    Row("open still", (WHOLE,), "2026-01-20", "obligation:adoption_published", NOT_YET, Why.NOT_TRIGGERED),
    Row("published", (WHOLE, document("adoption_statement", "2026-02-20")), "2026-03-07",
        "obligation:adoption_published", MET),
    # 713, 19 to 21: experts.
    Row("not technical", (), "2026-01-07", "stage:expert_review", NA, Why.FLAG, article="713 19"),
    Row("technical", (flag("technical"),), "2026-01-07", "stage:expert_review", NOT_YET),
    Row("an opinion", (flag("technical"), *OPINIONS), "2026-02-02", "stage:expert_review", MET),
    Row("technical, decided without", (flag("technical"), outcome("2026-03-02")), "2026-03-03",
        "stage:expert_review", MISSING, Why.OVERTAKEN),
    Row("the flag was taken back", (flag("technical"), flag("technical", up=False, on="2026-01-10")), "2026-01-11",
        "stage:expert_review", NA, Why.FLAG),
    Row("left out with a reason", (flag("technical"),
        stage("expert_review", "skipped", "2026-01-10", "2026-01-20", reason="已论证", said="2026-01-09")),
        "2026-01-11", "stage:expert_review", WAIVED, Why.LEFT_OUT),
    Row("Quzhou: five, odd", (flag("technical"), *OPINIONS), "2026-02-02", "requirement:expert_review:experts", MET,
        article="quzhou", **over("cn-quzhou")),
    Row("Quzhou: four", (flag("technical"), *OPINIONS[:4], outcome("2026-03-02")), "2026-03-03",
        "requirement:expert_review:experts", MISSING, Why.OUT_OF_BOUNDS, **over("cn-quzhou")),
    Row("Quzhou: six is even", (flag("technical"), *OPINIONS, opinion("2026-02-01", name="o9"),
        outcome("2026-03-02")), "2026-03-03", "requirement:expert_review:experts", MISSING, Why.OUT_OF_BOUNDS,
        **over("cn-quzhou")),
    Row("Quzhou: one of five is the department's", (flag("technical"), *OPINIONS), "2026-02-02",
        "requirement:expert_review:own_experts", MET, **over("cn-quzhou")),
    Row("Quzhou: two of five is too many", (flag("technical"), *OPINIONS[:4],
        opinion("2026-02-01", name="o8", own=True), outcome("2026-03-02")), "2026-03-03",
        "requirement:expert_review:own_experts", MISSING, Why.OUT_OF_BOUNDS, **over("cn-quzhou")),
    Row("planning asks experts always", (outcome("2026-03-02"),), "2026-03-03", "obligation:experts_heard", MISSING,
        article="planning-act 26", **over("cn-city-planning")),
    # 713, 22 to 28: risk and legality.
    Row("no risk", (), "2026-01-07", "stage:risk_assessment", NA, Why.FLAG, article="713 22"),
    Row("the report may be withheld", (flag("stability_risk"),
        document("risk_assessment", "2026-02-01", withheld="711, 16")), "2026-02-02",
        "document:risk_assessment:risk_assessment", MET, Why.WITHHELD),
    Row("expropriation assesses it always", (WHOLE,), "2026-02-06", "obligation:stability_assessed", NOT_YET,
        article="expropriation 12", **over("cn-expropriation")),
    Row("review for five working days", (stage("legality_review", "finished", "2026-03-02", "2026-03-09"),),
        "2026-03-10", "duration:legality_review", MISSING, Why.TOO_SHORT, 2, "2026-03-11", "713 26"),
    Row("review for seven", (stage("legality_review", "finished", "2026-03-02", "2026-03-11"),), "2026-03-12",
        "duration:legality_review", MET, None, None, "2026-03-11"),
    Row("review running", (stage("legality_review", "started", "2026-03-02", "2026-03-20", said="2026-03-02"),),
        "2026-03-05", "duration:legality_review", NOT_YET, None, None, "2026-03-11"),
    Row("when it began is not said", (document("legality_opinion", "2026-03-09"),), "2026-03-10",
        "duration:legality_review", MISSING, Why.NOT_STATED),
    Row("a short review, said why", (stage("legality_review", "finished", "2026-03-02", "2026-03-09"),
        waiver("duration:legality_review", "抢险", "2026-03-02")), "2026-03-10", "duration:legality_review", WAIVED,
        Why.TOO_SHORT, 2),
    Row("over the holiday it takes longer", (stage("legality_review", "finished", "2026-09-29", "2026-10-09"),),
        "2026-10-10", "duration:legality_review", MISSING, Why.TOO_SHORT, 5, "2026-10-14"),
    # 713, 29 and 30: the decision, and what it waits for.
    Row("the review is still awaited", (WHOLE,), "2026-02-10", "gate:collective_decision:document:legality_opinion",
        NOT_YET, article="713 25"),
    Row("decided without review", (WHOLE, outcome("2026-03-02")), "2026-03-03",
        "gate:collective_decision:document:legality_opinion", MISSING, Why.OVERTAKEN),
    Row("reviewed afterwards", (WHOLE, outcome("2026-03-02"), document("legality_opinion", "2026-03-05")),
        "2026-03-06", "gate:collective_decision:document:legality_opinion", MISSING, Why.LATE, 3),
    Row("no hearing, no gate", (WHOLE,), "2026-02-10", "gate:collective_decision:stage:hearing:finished", NA,
        Why.FLAG),
    Row("decided while comments are taken", (WHOLE, outcome("2026-01-20")), "2026-02-10",
        "gate:collective_decision:stage:participation:finished", MISSING, Why.LATE, 16),
    Row("fair competition where the market is concerned", (flag("market_activity"), outcome("2026-03-02")),
        "2026-03-03", "document:collective_decision:fair_competition", MISSING, article="713 29"),
    # 713, 32 and 711, 26: publication.
    Row("decided, and due", (outcome("2026-03-02", said="2026-04-20"),), "2026-03-03", "obligation:decision_published",
        NOT_YET, Why.NOT_TRIGGERED),
    Row("published the same day", (outcome("2026-03-02"),), "2026-03-03", "obligation:decision_published", MET, None,
        None, "2026-03-30", "711 26"),
    Row("published after 20 working days", (outcome("2026-03-02", said="2026-04-20"),), "2026-04-21",
        "obligation:decision_published", MET, Why.LATE, 21),
    Row("gazette and website only", (outcome("2026-03-02"), notice("decision_notice", "2026-03-02"),
        notice("decision_notice", "2026-03-02", channel="gazette")), "2026-03-03",
        "publicity:publication:decision_notice", MISSING, Why.CHANNEL_MISSING, article="713 32"),
    Row("all three", (outcome("2026-03-02"), *(notice("decision_notice", "2026-03-02", channel=channel)
        for channel in ("gazette", "website", "newspaper"))), "2026-03-03", "publicity:publication:decision_notice",
        MET),
    Row("what is technical is explained", (flag("technical"), outcome("2026-03-02")), "2026-03-12",
        "document:publication:interpretation", NOT_YET, Why.NO_LEGAL_DEADLINE, 10),
    Row("what is not need not be", (outcome("2026-03-02"),), "2026-03-12", "document:publication:interpretation", NA,
        Why.FLAG),
    Row("not to go ahead needs no review", (WHOLE, outcome("2026-03-02", code=OutcomeCode.WITHDRAWN)), "2026-03-03",
        "document:legality_review:legality_opinion", NA, Why.DROPPED),
    Row("and still owes its answers", (WHOLE, outcome("2026-03-02", code=OutcomeCode.WITHDRAWN)), "2026-03-03",
        "obligation:adoption_published", NOT_YET, Why.NO_LEGAL_DEADLINE, 26),
    # 713, 33 and 34.
    Row("filed, promptly", (outcome("2026-03-02"),), "2026-03-12", "obligation:archived", NOT_YET,
        Why.NO_LEGAL_DEADLINE, 10, article="713 33"),
    Row("who carries it out", (outcome("2026-03-02"), act("executor_named", "2026-03-02")), "2026-03-12",
        "obligation:executor_named", MET, article="713 34"),
    # 713, 36: evaluation.
    Row("it may be evaluated", (outcome("2026-03-02"),), "2026-12-01", "stage:evaluation", NA, Why.OPTIONAL),
    Row("by somebody else", (outcome("2026-03-02"), evaluation("2026-11-01")), "2026-11-02",
        "requirement:evaluation:independent_evaluator", MET, article="713 36"),
    Row("not by who assessed before", (outcome("2026-03-02"), evaluation("2026-11-01", did_assessment=True)),
        "2026-11-02", "requirement:evaluation:independent_evaluator", MISSING, Why.OUT_OF_BOUNDS),
    # Land: implementing regulations, 26 to 31.
    Row("pre-notice for nine working days", (act("pre_notice", "2026-03-02"), act("pre_notice_ended", "2026-03-13")),
        "2026-03-14", "duration:pre_notice", MISSING, Why.TOO_SHORT, 3, "2026-03-16", "land 26",
        **over("cn-land-requisition")),
    Row("pre-notice for ten", (act("pre_notice", "2026-03-02"), act("pre_notice_ended", "2026-03-16")), "2026-03-17",
        "duration:pre_notice", MET, due="2026-03-16", **over("cn-land-requisition")),
    Row("announced 15 working days after approval", (act("approved", "2026-03-02"),
        act("requisition_announced", "2026-03-23")), "2026-03-24", "obligation:requisition_announced", MET, None, None,
        "2026-03-23", "land 31", **over("cn-land-requisition")),
    Row("not announced by then", (act("approved", "2026-03-02"),), "2026-03-25", "obligation:requisition_announced",
        OVERDUE, None, 2, "2026-03-23", **over("cn-land-requisition")),
    # Expropriation, 11 to 13; environmental assessment, 11 and 21; rules, 32.
    Row("most object, and nobody is heard", (flag("most_object"), outcome("2026-03-02")), "2026-03-03",
        "obligation:hearing_where_most_object", MISSING, article="expropriation 11", **over("cn-expropriation")),
    Row("the money first", (outcome("2026-03-02"), act("money_in_place", "2026-03-01")), "2026-03-03",
        "obligation:money_in_place", MET, article="expropriation 12", **over("cn-expropriation")),
    Row("the opinions on the environment", (outcome("2026-03-02"),), "2026-03-03",
        "obligation:environmental_opinions", MISSING, article="eia 11", **over("cn-environmental-assessment")),
    Row("rules take effect after 30 days", (outcome("2026-03-02", effective="2026-03-20"),), "2026-03-03",
        "obligation:published_before_effect", MISSING, Why.TOO_SHORT, 12, "2026-02-18", "rules 32",
        **over("cn-regulations")),
]  # fmt: skip


def usual(first, last, procedure, key, **more):
    return period(first, last, stage=key, zone=ZONES[procedure], **more)


ELSEWHERE = [
    # 5 U.S.C. 553.
    Row("the Act sets no time", (usual("2026-03-02", "2026-03-20", US, "comment"),), "2026-03-21", "window:comment",
        MET, article="apa (c)", procedure=US),
    Row("significant: sixty days", (flag("significant"), usual("2026-03-02", "2026-03-31", US, "comment")),
        "2026-04-02", "window:comment", MISSING, Why.TOO_SHORT, 31, "2026-05-01", "eo-12866", procedure=US),
    Row("good cause: no comments", (flag("good_cause"),), "2026-03-21", "window:comment", NA, Why.FLAG, procedure=US),
    Row("thirty days before effect", (outcome("2026-06-01", effective="2026-07-01"),), "2026-06-02",
        "obligation:published_before_effect", MET, due="2026-06-01", article="apa (d)", procedure=US),
    Row("twenty-nine", (outcome("2026-06-01", effective="2026-06-30"),), "2026-06-03",
        "obligation:published_before_effect", MISSING, Why.TOO_SHORT, 1, procedure=US),
    Row("a summary of 140 words", (usual("2026-03-02", "2026-05-01", US, "comment"),
        act("plain_summary", "2026-03-01", amount=140)), "2026-03-03", "requirement:proposal:summary_length", MISSING,
        Why.OUT_OF_BOUNDS, article="apa (b)(4)", procedure=US),
    Row("of 99", (act("plain_summary", "2026-03-01", amount=99),), "2026-03-03", "requirement:proposal:summary_length",
        MET, procedure=US),
    Row("comments left unanswered", (tally(10, 9, "2026-05-20"), outcome("2026-06-01")), "2026-06-03",
        "obligation:comments_answered", MISSING, article="apa (c)", procedure=US),
    Row("a final rule that nobody foresaw", (usual("2026-03-02", "2026-05-01", US, "comment"),
        draft("2026-05-20", name="d2", changed=True), outcome("2026-06-01")), "2026-06-03", "round:comment:d2",
        MISSING, Why.CHANGED_DRAFT, article="apa (b)(3)", procedure=US),
    Row("asked again", (usual("2026-03-02", "2026-05-01", US, "comment"), draft("2026-05-20", name="d2", changed=True),
        usual("2026-05-25", "2026-06-20", US, "comment", turn=2)), "2026-06-03", "round:comment:d2", MET,
        procedure=US),
    # Better regulation.
    Row("four weeks for evidence", (usual("2026-03-02", "2026-03-30", EU, "call_for_evidence"),), "2026-03-31",
        "window:call_for_evidence", MET, due="2026-03-30", article="guidelines", procedure=EU),
    Row("twelve weeks for a consultation", (flag("impact_assessment"),
        usual("2026-03-02", "2026-04-27", EU, "public_consultation")), "2026-04-28", "window:public_consultation",
        MISSING, Why.TOO_SHORT, 28, "2026-05-25", procedure=EU),
    Row("an exemption that was justified", (flag("impact_assessment"),
        usual("2026-03-02", "2026-04-27", EU, "public_consultation", reason="urgency")), "2026-04-28",
        "window:public_consultation", WAIVED, Why.TOO_SHORT, 28, procedure=EU),
    Row("no impact assessment", (), "2026-04-28", "window:public_consultation", NA, Why.FLAG, procedure=EU),
    Row("eight weeks after adoption", (flag("legislative"), outcome("2026-06-01"),
        usual("2026-06-08", "2026-08-03", EU, "proposal_feedback")), "2026-08-04", "window:proposal_feedback", MET,
        due="2026-08-03", procedure=EU),
    Row("no synopsis", (usual("2026-03-02", "2026-03-30", EU, "call_for_evidence"), outcome("2026-06-01")),
        "2026-06-02", "gate:adoption:document:adoption_statement:synopsis", MISSING, Why.OVERTAKEN, procedure=EU),
    Row("a draft act for four weeks", (flag("delegated_or_implementing"),
        usual("2026-03-02", "2026-03-30", EU, "draft_act_feedback")), "2026-03-31", "window:draft_act_feedback", MET,
        due="2026-03-30", procedure=EU),
    # Consultation Principles and Gunning.
    Row("no time is fixed", (usual("2026-03-02", "2026-03-10", UK, "consultation"),), "2026-03-11",
        "window:consultation", MET, None, None, None, "gunning 3", procedure=UK),
    Row("a response within twelve weeks", (usual("2026-03-02", "2026-03-30", UK, "consultation"),), "2026-04-30",
        "obligation:response_published", NOT_YET, None, None, "2026-06-22", "principles", procedure=UK),
    Row("twelve weeks are over", (usual("2026-03-02", "2026-03-30", UK, "consultation"),), "2026-06-30",
        "obligation:response_published", OVERDUE, None, 8, "2026-06-22", procedure=UK),
    Row("or it is explained why not", (usual("2026-03-02", "2026-03-30", UK, "consultation"),
        waiver("obligation:response_published", "A judgment is awaited.", "2026-06-20")), "2026-06-30",
        "obligation:response_published", WAIVED, None, 8, procedure=UK),
    Row("decided before the analysis", (usual("2026-03-02", "2026-03-30", UK, "consultation"),
        tally(10, 4, "2026-04-10"), outcome("2026-04-20")), "2026-04-21", "gate:decision:stage:analysis:finished",
        MISSING, Why.OVERTAKEN, article="gunning 4", procedure=UK),
    # Administrative Procedure Act of Japan.
    Row("thirty days with the day of the notice", (usual("2026-03-02", "2026-03-31", JP, "public_comment"),),
        "2026-04-01", "window:public_comment", MET, due="2026-03-31", article="apa 39", procedure=JP),
    Row("twenty-nine", (usual("2026-03-02", "2026-03-30", JP, "public_comment"),), "2026-04-01",
        "window:public_comment", MISSING, Why.TOO_SHORT, 1, procedure=JP),
    Row("differences and reasons with the promulgation", (outcome("2026-05-01", changes=True),), "2026-05-02",
        "obligation:difference_and_reasons", MET, article="apa 43", procedure=JP),
    Row("without them", (outcome("2026-05-01"),), "2026-05-02", "obligation:difference_and_reasons", MISSING,
        procedure=JP),
    Row("that it does not go ahead", (outcome("2026-05-01", code=OutcomeCode.NOT_ADOPTED),), "2026-05-02",
        "obligation:dropping_published", MET, article="apa 43", procedure=JP),
    # Baugesetzbuch.
    Row("a month, and thirty days", (usual("2026-05-06", "2026-06-05", DE, "display"),), "2026-06-06",
        "window:display", MET, due="2026-06-05", article="baugb 3(2)", procedure=DE),
    Row("in February thirty days are longer", (usual("2026-02-02", "2026-03-01", DE, "display"),), "2026-03-04",
        "window:display", MISSING, Why.TOO_SHORT, 2, "2026-03-03", procedure=DE),
    Row("announced a week before", (usual("2026-05-13", "2026-06-12", DE, "display"), notice("display", "2026-05-06")),
        "2026-05-20", "obligation:display_announced", MET, due="2026-05-06", procedure=DE),
    Row("announced three days before", (usual("2026-05-13", "2026-06-12", DE, "display"),
        notice("display", "2026-05-10")), "2026-05-20", "obligation:display_announced", MISSING, Why.TOO_SHORT, 4,
        procedure=DE),
    Row("agencies have thirty days too", (usual("2026-05-06", "2026-06-04", DE, "agencies"),), "2026-06-05",
        "window:agencies", MET, due="2026-06-04", article="baugb 4(2)", procedure=DE),
    Row("a changed draft is displayed again", (usual("2026-05-06", "2026-06-05", DE, "display"),
        draft("2026-06-20", name="d2", changed=True)), "2026-06-21", "round:display:d2", NOT_YET, Why.CHANGED_DRAFT,
        article="baugb 4a(3)", procedure=DE),
    Row("more than fifty said the same", (flag("same_statements"),), "2026-06-21",
        "obligation:result_communicated", NA, Why.FLAG, procedure=DE),
]  # fmt: skip


@pytest.mark.parametrize("row", CHINA + ELSEWHERE, ids=lambda row: f"{row.procedure}: {row.says}")
def test_the_law_says_of(row):
    found = evaluated(row.procedure, row.overlays, docket(*row.facts), row.on)

    item = found.item(row.item)
    assert item.state is row.state
    assert item.why is row.why or row.why is None
    assert item.days == row.days or row.days is None
    assert row.due is None or item.due.last_day == day(row.due)
    if row.article:
        assert row.article in item.articles
        assert found.template.cite(row.article).zh


def test_there_are_more_than_a_hundred_of_them():
    assert len(CHINA + ELSEWHERE) > 100


def test_every_number_that_was_counted_can_be_shown():
    for row in CHINA + ELSEWHERE:
        for item in evaluated(row.procedure, row.overlays, docket(*row.facts), row.on).items:
            assert item.due is None or item.due.steps
            assert item.due is None or item.articles
