"""What a decision owes, by the facts of the record: now, at any past instant, and for thousands at once."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from data.database import reading
from data.operations.acts import RecordAct, record_act
from data.operations.catalogue import (
    AmendCatalogueEntry,
    PublishCatalogueEntry,
    amend_catalogue_entry,
    publish_catalogue_entry,
)
from data.operations.documents import PublishDocument, publish_document
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.hearings import RecordHearingStep, record_hearing_step
from data.operations.notices import PublishNotice, publish_notice
from data.operations.opinions import PublishOpinion, publish_opinion
from data.operations.outcomes import PublishEvaluation, PublishOutcome, publish_evaluation, publish_outcome
from data.operations.periods import ClosePeriod, close_period
from data.operations.procedures import ChooseProcedure, PublishWaiver, choose_procedure, publish_waiver
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.docket_facts import dockets
from data.queries.docket_tallies import past_tallies
from data.queries.duties import all_duties, docket_of, duties_at, duties_of
from data.writer import change
from models.catalogue import CatalogueState
from models.clock import local_date
from models.decision import Language
from models.docket_facts import TallyFact
from models.document import DisclosureClass, DocumentType
from models.duty_item import ItemState
from models.hearing import HearingStepKind
from models.ledger import LedgerHead
from models.notice import NoticeChannel
from models.objections import MANY_OBJECTIONS
from models.opinion import OpinionStance, SelectionMethod
from models.outcome import OutcomeCode
from models.procedure_act import Conclusion
from models.verdict import VerdictCode
from tests.conftest import DRAFT, NOW, PLANNER

TODAY = local_date(NOW)
HOUR = timedelta(hours=1)


def do(operation, command, hours=1.0):
    return change(operation, command, PLANNER, now=NOW + hours * HOUR)


def of(query, decision, instant):
    with reading() as session:
        return query(session, decision, instant)


def docket(city):
    with reading() as session:
        return docket_of(session, city.decision)


@pytest.fixture
def told(city, comment):
    """A decision of which something of every kind is told, up to its evaluation."""
    decision = {"decision_id": city.decision}
    withheld = {"disclosure": DisclosureClass.WITHHELD, "ground": "第十六条", "review_on": TODAY}
    entry = {"department_id": "water", "language": Language.CHINESE, "title": "节水"}
    number = int(do(publish_catalogue_entry, PublishCatalogueEntry(**entry), 0.1).key)
    started = {"state": CatalogueState.STARTED, "reason": "启动", "entry_id": number}
    do(amend_catalogue_entry, AmendCatalogueEntry(**entry, **decision, **started), 0.2)
    do(choose_procedure, ChooseProcedure(**decision, template="cn-713", flags=("urgent", "technical")), 0.3)
    comment(city, now=NOW + HOUR)
    do(
        choose_procedure,
        ChooseProcedure(
            **decision, template="cn-713", overlays=("cn-luan",), flags=("technical",), reason="改", seen=1
        ),
        1.1,
    )
    do(
        publish_notice,
        PublishNotice(
            **decision,
            of="participation",
            channel=NoticeChannel.WEBSITE,
            evidence="截图",
            from_on=TODAY,
            confirmed_by="甲",
        ),
        1.2,
    )
    do(publish_waiver, PublishWaiver(**decision, of="publicity:participation:draft_notice", reason="断电"), 1.3)
    do(
        record_act,
        RecordAct(
            **decision, act="legality_reviewed", began_on=TODAY - timedelta(days=20), held_on=TODAY, by_whom="乙"
        ),
        1.4,
    )
    do(
        record_act,
        RecordAct(**decision, act="risk_assessed", conclusion=Conclusion.CONTROLLABLE, held_on=TODAY, by_whom="丙"),
        1.5,
    )
    do(
        record_hearing_step,
        RecordHearingStep(
            **decision, step=HearingStepKind.HELD, held_on=TODAY, participants=9, interested=4, attended=8
        ),
        1.6,
    )
    do(
        publish_document,
        PublishDocument(
            **decision, type=DocumentType.ADOPTION_STATEMENT, key="expert_opinions", title="采纳", **withheld
        ),
        1.7,
    )
    do(
        publish_opinion,
        PublishOpinion(
            **decision,
            name="甲",
            affiliation="乙",
            selection=SelectionMethod.DRAWN,
            conflict_statement="无",
            is_from_own_department=True,
            stance=OpinionStance.AGAINST,
            body="不",
            dissent="不",
            language=Language.CHINESE,
            signed_on=TODAY,
        ),
        1.8,
    )
    do(
        publish_draft,
        PublishDraft(
            **decision, language=Language.CHINESE, text=DRAFT, reason="大改", is_materially_changed=True, seen=1
        ),
        1.9,
    )
    do(give_verdict, GiveVerdict(point_id=1, code=VerdictCode.NOTED, reason="知道了", seen=0), 2)
    do(close_period, ClosePeriod(**decision, reason="够了"), 2.1)
    do(
        publish_outcome,
        PublishOutcome(
            **decision, code=OutcomeCode.ADOPTED, reason="好", changes="改了", decided_by="会", decided_on=TODAY
        ),
        2.2,
    )
    do(
        publish_evaluation,
        PublishEvaluation(
            **decision,
            expected="甲",
            measured="乙",
            conclusion="丙",
            evaluator="丁",
            did_assessment=True,
            evaluated_on=TODAY,
        ),
        2.3,
    )
    return city


def test_a_docket_holds_every_fact_of_the_record(told):
    found = docket(told)

    empty = [one.name for one in fields(found) if getattr(found, one.name) in ((), None)]
    assert empty == ["stages"]
    assert [fact.overlays for fact in found.procedures] == [(), ("cn-luan",)]
    assert [(fact.flag, fact.is_raised) for fact in found.flags] == [
        ("technical", True),
        ("urgent", True),
        ("urgent", False),
    ]
    assert [(fact.act, fact.on) for fact in found.acts] == [
        ("in_catalogue", TODAY),
        ("legality_reviewed", TODAY),
        ("legality_review_sent", TODAY - timedelta(days=20)),
        ("risk_assessed", TODAY),
        ("risk_controllable", TODAY),
    ]
    assert [(fact.id, fact.is_materially_changed) for fact in found.drafts] == [("1", False), ("2", True)]
    assert [(fact.of, fact.by) for fact in found.waivers] == [("publicity:participation:draft_notice", "water")]
    assert (found.documents[0].key, found.documents[0].ground) == ("expert_opinions", "第十六条")
    assert (found.opinions[0].is_from_own_department, found.opinions[0].has_dissent) == (True, True)
    assert (found.hearings[0].participants, found.hearings[0].attended) == (9, 8)
    assert (found.outcomes[0].states_changes, found.evaluations[0].did_assessment) == (True, True)
    assert len(found.periods) == 2
    assert found.tallies[-1] == TallyFact(
        points=1,
        answered=1,
        first_answer_at=NOW + 2 * HOUR,
        complete_at=NOW + 2 * HOUR,
        recorded_at=NOW + 2 * HOUR,
    )


def test_a_docket_read_alone_is_the_same_as_one_read_among_others(told):
    with reading() as session:
        alone = dockets(session, [told.decision], past_tallies)
        among = dockets(session, [told.decision, "2026-9999"], past_tallies)

    assert alone == among
    assert list(alone) == [told.decision]


def test_a_docket_takes_two_statements(told, statements):
    docket(told)

    assert len(statements) == 2


def test_what_is_owed_now_is_the_same_by_the_counts_of_today_and_by_the_counts_of_every_day(told):
    instant = NOW + 30 * HOUR

    by_today, by_history = of(duties_of, told.decision, instant), of(duties_at, told.decision, instant)

    assert by_today == by_history
    assert by_today.template.overlays == ("cn-luan",)


def test_a_past_instant_is_judged_by_what_was_known_then(told):
    before = of(duties_at, told.decision, NOW + 0.5 * HOUR)
    with reading() as session:
        last = session.exec(select(LedgerHead.last_time)).one()
    instants = [NOW + minutes * timedelta(minutes=6) for minutes in range(1, 25)]

    judged = {instant: of(duties_at, told.decision, instant).evaluation for instant in instants}

    assert before.template.overlays == ()
    assert before.evaluation.points == 0
    assert last >= NOW + 2.3 * HOUR
    for instant, evaluation in judged.items():
        evidence = [item.evidence for item in evaluation.items if item.evidence]
        assert all(one.recorded_at <= instant for one in evidence)
        assert all(waiver.recorded_at <= instant for waiver in evaluation.waivers)
    assert of(duties_at, told.decision, NOW - HOUR) is None


def test_a_decision_without_a_chosen_procedure_is_judged_by_the_usual_one(city):
    found = of(duties_of, city.decision, NOW + HOUR)

    assert found.template.id == "cn-713"
    assert found.evaluation.item("publicity:participation:draft_notice").state is ItemState.MISSING
    assert of(duties_of, "2026-9999", NOW) is None


def test_a_waiver_shows_at_once_and_only_what_changed_is_evaluated_again(city, statements):
    key = "publicity:participation:draft_notice"
    with reading() as session:
        first = all_duties(session, NOW + HOUR)
    do(publish_waiver, PublishWaiver(decision_id=city.decision, of=key, reason="断电"), 2)
    statements.clear()

    with reading() as session:
        second = all_duties(session, NOW + 3 * HOUR)
        made = len(statements)
        third = all_duties(session, NOW + 4 * HOUR)

    assert first[city.decision].evaluation.item(key).state is ItemState.MISSING
    assert second[city.decision].evaluation.item(key).state is ItemState.WAIVED
    assert made == 5
    assert third is second
    assert len(statements) == made


def test_a_day_that_ends_is_counted_and_a_clock_that_falls_back_reopens_nothing(city):
    closed = datetime.combine(city.last_day, datetime.min.time(), UTC) + timedelta(days=2)

    after = of(duties_of, city.decision, closed)
    next_day = of(duties_of, city.decision, closed + timedelta(days=1))
    do(publish_waiver, PublishWaiver(decision_id=city.decision, of="stage:expert_review", reason="无"), 24 * 40)
    fallen_back = of(duties_of, city.decision, NOW)

    assert next_day.evaluation.days_since_closing == after.evaluation.days_since_closing + 1
    assert fallen_back.evaluation.item("window:participation").state is ItemState.MET
    assert fallen_back.evaluation.instant == NOW + 24 * 40 * HOUR


def test_many_objections_raise_their_flag_from_the_counts(small_city, comment):
    for number in range(MANY_OBJECTIONS):
        comment(small_city, f"不 {number}", token=f"t{number}", now=NOW + HOUR + timedelta(minutes=number))

    found = docket(small_city)

    assert [(fact.flag, fact.is_raised) for fact in found.flags] == [("many_objections", True)]
    instant = NOW + 30 * HOUR
    assert of(duties_of, small_city.decision, instant) == of(duties_at, small_city.decision, instant)


def test_a_period_in_which_nothing_came_is_answered_when_it_closes(small_city):
    found = docket(small_city)

    assert [(tally.points, tally.complete_at) for tally in found.tallies] == [(0, found.periods[0].closes_at)]


def test_a_period_in_another_zone_ends_its_days_there(small_city):
    do(choose_procedure, ChooseProcedure(decision_id=small_city.decision, template="us-apa", zone="Pacific/Honolulu"))

    found = of(duties_of, small_city.decision, NOW + 2 * HOUR)

    assert found.template.day_rule.zone == found.template.day_rule.rule.zone == "Pacific/Honolulu"
    assert found.evaluation.item("stage:proposal").state in (ItemState.MET, ItemState.NOT_YET)
