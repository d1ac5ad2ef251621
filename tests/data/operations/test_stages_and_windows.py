"""The stages of a decision, and the windows for comments in it, are those of the procedure that was chosen for it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from data.database import reading
from data.operations.comments import EnterComment, SubmitComment, enter_comment, submit_comment
from data.operations.decisions import PublishDecision, ReviseStage, publish_decision, revise_stage
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.periods import (
    ClosePeriod,
    ExtendPeriod,
    OpenPeriod,
    close_period,
    extend_period,
    open_period,
)
from data.operations.procedures import ChooseProcedure, choose_procedure
from data.queries.deadlines import closings
from data.queries.decision_view import find_decision
from data.queries.decisions import DecisionFilter, count_decisions, list_decisions
from data.writer import change
from models.actor import CITIZEN
from models.clock import end_of_day, local_date
from models.comment import Channel, Comment, Stance
from models.comment_period import CommentPeriod
from models.decision import DecisionState, Language
from models.exceptions import NotAllowedError, NotFoundError, NotOpenError, ReasonMissingError
from models.outcome import OutcomeCode
from models.stage import Stage, StageKind, StageRevision
from tests.conftest import NOW, PLANNER
from tests.data.operations.keeping import ledger, refused, rows

TODAY = local_date(NOW)
ZONE = "Europe/Brussels"


def later(days):
    return NOW + timedelta(days=days)


def announce(template="", *flags, overlays=()):
    """Publish a decision that runs by a procedure, and return its number."""
    command = PublishDecision(department_id="water", language=Language.ENGLISH, title="Harbours")
    key = change(publish_decision, command, PLANNER, now=NOW).key
    if template:
        chosen = ChooseProcedure(decision_id=key, template=template, flags=flags, overlays=overlays)
        change(choose_procedure, chosen, PLANNER, now=NOW)
    return key


def plan(decision, stage, *, now=NOW, **more):
    values = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=9)} | more
    return change(revise_stage, ReviseStage(decision_id=decision, stage=stage, **values), PLANNER, now=now)


def open_for(decision, days, stage="", *, now=NOW, zone=ZONE, **more):
    """Open a period that runs for so many days after the day on which it opens."""
    last_day = local_date(more.get("opens_at") or now, zone) + timedelta(days=days)
    command = OpenPeriod(decision_id=decision, last_day=last_day, stage=stage, zone=zone, **more)
    return change(open_period, command, PLANNER, now=now)


def say(decision, *, now, stage="", token=""):
    """Comment, and return the stage in whose period the comment came."""
    command = SubmitComment(
        decision_id=decision, stance=Stance.CHANGE, body="No", language=Language.ENGLISH, stage=stage
    )
    change(submit_comment, command, CITIZEN, token=token or f"{now} {stage}", now=now)
    return stage_of_last_comment()


def stage_of_last_comment():
    periods = {period.id: period.stage for period in rows(CommentPeriod)}
    return periods[rows(Comment, Comment.id)[-1].period_id]


def decide(decision, *, now, code=OutcomeCode.ADOPTED):
    command = PublishOutcome(
        decision_id=decision, code=code, reason="Weighed", decided_by="the college", decided_on=local_date(now)
    )
    return change(publish_outcome, command, PLANNER, now=now)


def seen(decision, now):
    with reading() as session:
        return find_decision(session, decision, now=now)


def state(decision, now):
    """Return the state in which lists have a decision, by which it is counted, too."""
    with reading() as session:
        listed = {row.id: row.state for row in list_decisions(session, DecisionFilter(), now=now).rows}
        counted = count_decisions(session, DecisionFilter(words="Harbours"), now=now)
    assert counted[listed[decision]] >= 1
    return listed[decision]


def test_the_stages_of_the_procedure_are_planned_moved_begun_and_finished(city):
    decision = announce("us-apa")

    plan(decision, "consideration")
    plan(decision, "consideration", kind=StageKind.MOVED, reason="More comments than expected.", seen=1)
    plan(decision, "consideration", kind=StageKind.STARTED, seen=2)
    plan(decision, "consideration", kind=StageKind.FINISHED, ends_on=TODAY, seen=3)

    said = seen(decision, NOW).stages["consideration"]
    assert [one.kind for one in said] == list(StageKind)[:4]
    assert ledger()[3] | {"starts_on": "", "ends_on": ""} == {
        "stage": "consideration",
        "kind": "finished",
        "starts_on": "",
        "ends_on": "",
        "reason": "",
        "title_zh": "考虑意见",
        "title_en": "Consideration of comments",
    }


def test_a_stage_of_another_procedure_is_refused(city):
    decision = announce("us-apa")

    with refused(NotFoundError) as refusal:
        plan(decision, Stage.COLLECTIVE_DECISION)

    assert refusal.value.facts == ("stage", "collective_decision")


@pytest.mark.parametrize("stage", ["comment", "hearing", "no_such", ""])
def test_where_no_procedure_was_chosen_there_are_the_ten_of_decree_713(city, stage):
    decision = announce()
    for one in Stage:
        plan(decision, one)

    with refused(NotFoundError):
        plan(decision, stage)
    assert {row.stage for row in rows(StageRevision) if row.decision_id == decision} == set(Stage)


def test_stages_are_told_in_the_order_of_the_procedure_by_what_it_calls_them(city):
    decision = announce("uk-gunning")
    for stage in ("evaluation", "consultation", "preparation"):
        plan(decision, stage)

    view = seen(decision, NOW)

    assert list(view.stages) == ["preparation", "consultation", "evaluation"]
    assert view.stage_title("consultation").zh == "公众咨询"


def test_what_was_said_of_a_stage_stays_to_be_read_when_another_procedure_is_chosen(city):
    decision = announce("uk-gunning")
    plan(decision, "consultation")
    again = ChooseProcedure(decision_id=decision, template="us-apa", reason="The other law applies.", seen=1)
    change(choose_procedure, again, PLANNER, now=NOW)
    plan(decision, "comment")

    view = seen(decision, NOW)

    assert list(view.stages) == ["comment", "consultation"]
    assert view.stage_title("consultation").en == "consultation"


@pytest.fixture
def eu(small_city):
    """An initiative with two windows side by side, and one after the decision."""
    return announce("eu-better-regulation", "impact_assessment", "legislative")


@pytest.fixture
def both(eu):
    """The call runs until the end of day 30, the consultation from day 10 to the end of day 100."""
    open_for(eu, 30, "call_for_evidence")
    open_for(eu, 90, "public_consultation", now=later(10))
    return SimpleNamespace(
        id=eu,
        first_closing=end_of_day(local_date(NOW, ZONE) + timedelta(days=30), ZONE),
        last_closing=end_of_day(local_date(NOW, ZONE) + timedelta(days=100), ZONE),
    )


def test_a_comment_belongs_to_the_one_that_closes_first_unless_it_says_another(both):
    assert say(both.id, now=later(5)) == "call_for_evidence"
    assert say(both.id, now=later(12)) == "call_for_evidence"
    assert say(both.id, now=later(12), stage="public_consultation") == "public_consultation"
    assert say(both.id, now=later(50)) == "public_consultation"
    with pytest.raises(NotOpenError) as refusal:
        say(both.id, now=later(50), stage="call_for_evidence")
    assert refusal.value.facts[1] == both.first_closing


def test_a_letter_belongs_to_the_period_in_which_it_came(both):
    for days, stage in ((20, "call_for_evidence"), (60, "public_consultation")):
        command = EnterComment(
            decision_id=both.id,
            stance=Stance.OBJECT,
            body="No",
            language=Language.ENGLISH,
            channel=Channel.PAPER,
            received_at=later(days),
        )
        change(enter_comment, command, PLANNER, token=f"letter {days}", now=later(120))
        assert stage_of_last_comment() == stage


def test_the_period_shown_is_the_open_one_that_closes_first(both):
    closing = [seen(both.id, later(days)).present.closes_at for days in (5, 12, 50, 120)]

    assert closing == [both.first_closing, both.first_closing, both.last_closing, both.last_closing]


def test_it_is_open_until_the_last_of_them_closes_whatever_was_recorded_when(both):
    states = [state(both.id, later(days)) for days in (5, 12, 50, 120)]

    assert states == [DecisionState.OPEN] * 3 + [DecisionState.CONSIDERED]


def test_every_closing_stands_in_the_calendar(both):
    with reading() as session:
        found = closings(session, since=NOW, until=later(200), decision_id=both.id, size=10)

    assert [(one.round, one.closes_at) for one in found] == [(1, both.first_closing), (2, both.last_closing)]


def test_each_is_extended_and_closed_for_itself(both):
    last_day = local_date(later(110), ZONE)
    change(
        extend_period,
        ExtendPeriod(decision_id=both.id, last_day=last_day, reason="Late documents", round=2),
        PLANNER,
        now=later(12),
    )
    change(close_period, ClosePeriod(decision_id=both.id, reason="Withdrawn"), PLANNER, now=later(13))

    assert seen(both.id, later(12.5)).present.closes_at == later(13)
    assert seen(both.id, later(14)).present.closes_at == end_of_day(last_day, ZONE)


def test_a_second_period_of_a_stage_waits_for_the_first(both):
    with refused(NotAllowedError):
        open_for(both.id, 40, "call_for_evidence", now=later(12))
    assert open_for(both.id, 40, "call_for_evidence", now=later(31)).key == "3"


def test_between_periods_side_by_side_there_is_no_gap(eu):
    open_for(eu, 30, "call_for_evidence")

    with refused(NotAllowedError):
        open_for(eu, 90, "public_consultation", now=later(1), opens_at=later(40))
    assert open_for(eu, 90, "public_consultation", now=later(1), opens_at=later(25)).key == "2"


def test_periods_do_not_run_side_by_side_where_no_procedure_says_so(small_city):
    decision = announce()
    open_for(decision, 40)

    with refused(NotAllowedError):
        open_for(decision, 60, now=later(1))


@pytest.fixture
def decided(eu):
    open_for(eu, 90, "public_consultation")
    decide(eu, now=later(95))
    return eu


def test_comments_are_taken_on_what_was_decided(decided):
    open_for(decided, 60, "proposal_feedback", now=later(97))

    assert say(decided, now=later(99)) == "proposal_feedback"
    view = seen(decided, later(99))
    assert (view.state, view.takes_comments) == (DecisionState.DECIDED, True)
    assert not seen(decided, later(160)).takes_comments


def test_no_others_are(decided):
    with refused(NotAllowedError):
        open_for(decided, 90, "public_consultation", now=later(97))
    with refused(NotOpenError):
        say(decided, now=later(97))


def test_none_are_where_the_matter_was_dropped(eu):
    decide(eu, now=NOW, code=OutcomeCode.WITHDRAWN)

    with refused(NotAllowedError):
        open_for(eu, 60, "proposal_feedback", now=later(1))


def test_none_are_where_no_procedure_was_chosen(small_city):
    decision = announce()
    decide(decision, now=NOW)

    with refused(NotAllowedError):
        open_for(decision, 60, now=later(1))


@pytest.mark.parametrize(
    ("template", "flags", "stage", "days"),
    [
        ("eu-better-regulation", (), "call_for_evidence", 28),
        ("eu-better-regulation", ("green_paper",), "public_consultation", 84),
        ("us-apa", ("significant",), "comment", 60),
        ("jp-apa", (), "public_comment", 29),
    ],
)
def test_one_day_less_than_the_procedure_asks_needs_a_public_reason(small_city, template, flags, stage, days):
    zones = {"us-apa": "America/New_York", "jp-apa": "Asia/Tokyo"}
    zone = zones.get(template, ZONE)
    decision, other = announce(template, *flags), announce(template, *flags)

    with refused(ReasonMissingError) as refusal:
        open_for(decision, days - 1, stage, zone=zone)
    open_for(decision, days - 1, stage, zone=zone, reason="The session of the council is in May.")
    open_for(other, days, stage, zone=zone)

    assert refusal.value.facts == ("short_period",)
    assert seen(decision, later(1)).present.is_short
    assert not seen(other, later(1)).present.is_short


def test_where_the_procedure_sets_no_minimum_nothing_is_short(small_city):
    decision = announce("uk-gunning")

    open_for(decision, 5, "consultation", zone="Europe/London")

    assert not seen(decision, later(1)).present.is_short


def test_an_overlay_asks_for_more(small_city):
    decision = announce("cn-713", overlays=("cn-land-requisition",))

    with refused(ReasonMissingError):
        open_for(decision, 20, zone="Asia/Shanghai")


def test_where_no_procedure_was_chosen_thirty_days_are_usual(small_city):
    decision, other = announce(), announce()

    with refused(ReasonMissingError):
        open_for(decision, 28, zone="Asia/Shanghai")
    open_for(other, 29, zone="Asia/Shanghai")

    assert not seen(other, later(1)).present.is_short


def test_to_close_below_the_minimum_is_refused_as_short_without_a_reason(small_city):
    decision = announce("jp-apa")
    open_for(decision, 40, "public_comment", zone="Asia/Tokyo")

    with refused(ReasonMissingError) as early:
        change(close_period, ClosePeriod(decision_id=decision, reason=""), PLANNER, now=later(10))
    with refused(ReasonMissingError) as enough:
        change(close_period, ClosePeriod(decision_id=decision, reason=""), PLANNER, now=later(35))
    change(close_period, ClosePeriod(decision_id=decision, reason="Withdrawn"), PLANNER, now=later(10))

    assert (early.value.facts, enough.value.facts) == (("short_period",), ("early_closing",))
    assert seen(decision, later(11)).present.is_short
