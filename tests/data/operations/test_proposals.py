"""What is proposed is published by two, or at its instant, or not at all; and nobody reads it before."""

import json
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from data.database import reading
from data.ledger.verify import verify
from data.operations.commands import NEW_PROJECT
from data.operations.departments import AmendDepartment, amend_department
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import PublishBudget, publish_budget
from data.operations.project_decisions import LinkProject, link_project
from data.operations.projects import PublishProject
from data.operations.proposal_steps import (
    ApproveProposal,
    PublishProposal,
    RefuseProposal,
    WithdrawProposal,
    approve_proposal,
    publish_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from data.operations.proposals import ProposeAgain, ProposeChange, propose_again, propose_change, publish_or_propose
from data.operations.ratings import PublishRating, publish_rating
from data.publication import publish_due
from data.queries.milestones import find_milestone
from data.queries.project_view import find_project
from data.queries.proposals import find_proposal
from data.writer import change
from models.actor import OPERATOR, Actor, Role
from models.clock import local_date
from models.decision import Language
from models.disclosure import digest_of, opened
from models.exceptions import (
    ConflictError,
    InvalidValueError,
    NotAllowedError,
    OwnProposalError,
    ProposalStandsError,
    ReasonMissingError,
    SecondPersonError,
)
from models.ledger import EntryType, LedgerDisclosure, LedgerEntry
from models.milestone import ReasonCode, RevisionKind
from models.money import BudgetKind
from models.project import Phase
from models.proposal import ProposalState
from models.rating import RatingLetter
from tests.conftest import NOW, OFFICER, PLANNER
from tests.data.operations.keeping import contents, refused

LATER = NOW + timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)
SECOND = timedelta(seconds=1)
ONE = replace(OFFICER, account_id=1)
TWO = Actor(role=Role.APPROVER, department_id="water", account_id=2)
THREE = Actor(role=Role.APPROVER, department_id="water", account_id=3)


def demand_two(department="water", *, needs=True, now=NOW):
    """Have a department publish nothing unless a second person agrees; or again without one."""
    command = AmendDepartment(
        department_id=department, name_zh="水务局", name_en="Water", needs_second_person=needs, reason="内控要求"
    )
    change(amend_department, command, OPERATOR, now=now)


def moved(city, day=date(2027, 9, 1), **more):
    """A statement that moves the milestone of the city."""
    values = {"reason_code": ReasonCode.LAND, "reason": "征地协议晚签。", "seen": 1} | more
    return ReviseMilestone(milestone_id=city.milestone, kind=RevisionKind.REFORECAST, due_date=day, **values)


def propose(*commands, actor=ONE, now=LATER, **more):
    """Propose commands, and return the number of the proposal."""
    return int(change(propose_change, ProposeChange(commands=commands, **more), actor, now=now).key)


def approve(proposal, actor=TWO, now=LATER):
    """Agree to a proposal."""
    return change(approve_proposal, ApproveProposal(proposal_id=proposal), actor, now=now)


def look(proposal, now=LATER):
    """Return a proposal as its department sees it."""
    with reading() as session:
        return find_proposal(session, proposal, now=now)


def statements(city):
    """Return what was said of the milestone of the city."""
    with reading() as session:
        return [(one.number, one.due_date) for one in find_milestone(session, city.milestone).revisions]


def entries(type_):
    """Return the bodies of the entries of a type, and what is disclosed with each."""
    with reading() as session:
        assert verify(session).faults == []
        rows = session.exec(select(LedgerEntry).where(LedgerEntry.type == type_).order_by(col(LedgerEntry.idx))).all()
        return [
            (
                json.loads(row.body),
                session.exec(select(LedgerDisclosure).where(LedgerDisclosure.idx == row.idx)).all(),
            )
            for row in rows
        ]


@pytest.fixture
def strict(city):
    """The small record, in which a second person has to agree to what the department of water says of projects."""
    demand_two()
    return city


def test_without_a_second_person_nothing_is_published_whoever_asks(strict):
    budget = PublishBudget(
        project_id=strict.project, kind=BudgetKind.ESTIMATE, amount=1, currency="CNY", approved_on=local_date(NOW)
    )
    plan = PlanMilestone(project_id=strict.project, title="开工", due_date=local_date(NOW))

    for operation, command in (
        (revise_milestone, moved(strict)),
        (publish_budget, budget),
        (plan_milestone, plan),
    ):
        with refused(SecondPersonError):
            change(operation, command, ONE, now=LATER)


def test_what_others_say_of_a_project_is_not_for_its_department_to_agree_to(strict):
    rating = PublishRating(
        project_id=strict.project,
        body="审计局",
        letter=RatingLetter.RED,
        rated_on=local_date(NOW),
        link="https://audit.example/1",
    )

    assert change(publish_rating, rating, OPERATOR, now=LATER).number == 1


def test_a_planner_of_the_department_needs_a_second_person_too_and_one_of_another_does_not(strict):
    link = LinkProject(project_id=strict.project, decision_id=strict.decision)

    with refused(SecondPersonError):
        change(link_project, link, PLANNER, now=LATER)
    proposal = propose(link, actor=replace(PLANNER, account_id=9))
    approve(proposal)

    assert look(proposal).state is ProposalState.PUBLISHED


def test_what_is_proposed_is_not_said_before_a_second_person_agrees(strict):
    proposal = propose(moved(strict), note="请复核")

    assert statements(strict) == [(1, strict.promised)]
    assert look(proposal).state is ProposalState.WAITING


def test_what_a_second_person_agrees_to_is_published_at_once_in_the_name_of_its_author(strict):
    proposal = propose(moved(strict))

    approve(proposal, now=LATER + SECOND)

    assert statements(strict) == [(1, strict.promised), (2, date(2027, 9, 1))]
    with reading() as session:
        said = find_milestone(session, strict.milestone).latest
    assert (said.recorded_by, said.recorded_at) == (1, LATER + SECOND)
    ((body, _),) = entries(EntryType.MILESTONE_CHANGED)
    assert body["actor"] == {
        "role": "officer",
        "org": "water",
        "proposal": str(proposal),
        "proposed_at": "2026-11-24T03:00:00Z",
        "approved_at": "2026-11-24T03:00:01Z",
    }


def test_the_ledger_holds_from_the_beginning_what_it_opens_at_the_end(strict):
    proposal = propose(moved(strict))
    ((proposed, before),) = entries(EntryType.CHANGE_PROPOSED)

    approve(proposal)

    ((_, (seal,)),) = entries(EntryType.CHANGE_PUBLISHED)
    name, sealed = opened(seal.disclosure)
    assert before == []
    assert name == "sealed"
    assert digest_of(sealed) == proposed["pub"]["sha256"]
    assert opened(sealed)[1][0]["do"] == "revise_milestone"
    assert opened(sealed)[1][0]["with"]["reason"] == "征地协议晚签。"


def test_what_the_record_would_refuse_is_refused_when_it_is_proposed(strict):
    with refused(ReasonMissingError):
        propose(moved(strict, reason=""))


def test_all_of_a_proposal_is_tried_before_it_is_kept(strict):
    with refused(ConflictError):
        propose(moved(strict), moved(strict, date(2027, 10, 1)))

    proposal = propose(moved(strict), moved(strict, date(2027, 10, 1), seen=2))
    approve(proposal)

    assert [day for _, day in statements(strict)][1:] == [date(2027, 9, 1), date(2027, 10, 1)]


def test_nobody_agrees_to_an_own_proposal_whatever_their_role_has_become(strict):
    proposal = propose(moved(strict))

    for actor in (replace(TWO, account_id=1), replace(THREE, account_id=1)):
        with refused(OwnProposalError):
            approve(proposal, actor)


def test_only_an_approver_of_the_department_agrees(strict):
    proposal = propose(moved(strict))

    for actor in (replace(ONE, account_id=5), PLANNER, OPERATOR, replace(TWO, department_id="parks")):
        with refused(NotAllowedError):
            approve(proposal, actor)


def test_a_refusal_needs_a_reason_and_ends_a_proposal(strict):
    proposal = propose(moved(strict))
    with refused(ReasonMissingError):
        change(refuse_proposal, RefuseProposal(proposal_id=proposal, reason=" "), TWO, now=LATER)

    change(refuse_proposal, RefuseProposal(proposal_id=proposal, reason="依据不足"), TWO, now=LATER)

    assert look(proposal).state is ProposalState.REFUSED
    with refused(ProposalStandsError):
        approve(proposal)


def test_what_was_withdrawn_is_not_agreed_to(strict):
    proposal = propose(moved(strict))

    change(withdraw_proposal, WithdrawProposal(proposal_id=proposal), ONE, now=LATER)

    with refused(ProposalStandsError):
        approve(proposal)
    assert statements(strict) == [(1, strict.promised)]


def test_of_two_people_who_agree_at_once_one_publishes(strict):
    proposal = propose(moved(strict))
    outcomes = []

    def agree(actor):
        try:
            outcomes.append(approve(proposal, actor).key)
        except ProposalStandsError as error:
            outcomes.append(error.facts[1])

    threads = [threading.Thread(target=agree, args=(actor,)) for actor in (TWO, THREE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == sorted([str(proposal), ProposalState.PUBLISHED])
    assert len(statements(strict)) == 2


@pytest.mark.parametrize(
    ("after", "published"), [(-SECOND, False), (timedelta(), True), (SECOND, True)], ids=["before", "at", "after"]
)
def test_it_is_published_from_its_very_instant_on(city, after, published):
    proposal = propose(moved(city), publish_at=TOMORROW)

    done = publish_due(TOMORROW + after)

    assert done.published == ((proposal,) if published else ())
    assert done.next_at == (None if published else TOMORROW)
    assert len(statements(city)) == (2 if published else 1)


def test_what_is_late_bears_the_instant_at_which_it_was_published(city):
    propose(moved(city), publish_at=TOMORROW)

    publish_due(TOMORROW + timedelta(days=3))

    with reading() as session:
        assert find_milestone(session, city.milestone).latest.recorded_at == TOMORROW + timedelta(days=3)


def test_it_is_published_once_however_often_it_is_tried(city):
    proposal = propose(moved(city), publish_at=TOMORROW)
    publish_due(TOMORROW)
    before = contents()

    again = publish_due(TOMORROW)

    assert again.published == ()
    with refused(ProposalStandsError):
        change(publish_proposal, PublishProposal(proposal_id=proposal), OPERATOR, now=TOMORROW)
    assert contents() == before


def test_an_instant_needs_a_second_person_too_where_the_department_has_it_so(strict):
    proposal = propose(moved(strict), publish_at=TOMORROW)
    assert publish_due(TOMORROW + SECOND).published == ()

    approve(proposal, now=TOMORROW + timedelta(hours=1))

    assert look(proposal).state is ProposalState.PUBLISHED


def test_what_was_agreed_to_in_time_is_published_at_its_instant(strict):
    proposal = propose(moved(strict), publish_at=TOMORROW)

    approve(proposal)

    assert look(proposal).state is ProposalState.SCHEDULED
    assert len(statements(strict)) == 1
    assert publish_due(TOMORROW).published == (proposal,)


def test_what_is_to_have_happened_by_its_instant_can_be_scheduled(city):
    reached = ReviseMilestone(
        milestone_id=city.milestone, kind=RevisionKind.ACHIEVED, due_date=local_date(TOMORROW), seen=1
    )

    propose(reached, publish_at=TOMORROW)

    assert publish_due(TOMORROW).failed == ()
    assert statements(city)[-1] == (2, local_date(TOMORROW))


def test_what_the_record_refuses_at_its_instant_is_kept_with_the_reason_and_nothing_of_it_is_published(city):
    other = PlanMilestone(project_id=city.project, title="开工", due_date=local_date(NOW))
    proposal = propose(other, moved(city), publish_at=TOMORROW)
    gone = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.CANCELLED,
        due_date=city.promised,
        reason_code=ReasonCode.SCOPE,
        reason="不再建设。",
        seen=1,
    )
    change(revise_milestone, gone, ONE, now=LATER)

    done = publish_due(TOMORROW)

    view = look(proposal, TOMORROW)
    assert done.failed == (proposal,)
    assert view.state is ProposalState.FAILED
    assert isinstance(view.steps[-1].error, ConflictError)
    assert view.steps[-1].error.facts[:3] == ("milestone", 1, 2)
    assert [one.facts["title"] for one in view.statements] == ["开工", "通水"]
    assert view.is_overtaken
    assert len(statements(city)) == 2
    with reading() as session:
        assert find_milestone(session, city.milestone + 1) is None


def test_a_department_that_comes_to_need_a_second_person_publishes_nothing_that_was_scheduled_without_one(city):
    proposal = propose(moved(city), publish_at=TOMORROW)
    demand_two(now=LATER)

    publish_due(TOMORROW)

    assert look(proposal, TOMORROW).state is ProposalState.FAILED
    assert isinstance(look(proposal, TOMORROW).steps[-1].error, SecondPersonError)


@pytest.mark.parametrize(
    ("instant", "problem"),
    [(LATER, "past"), (LATER + timedelta(days=367), "too_far"), (None, "missing")],
)
def test_there_is_something_to_wait_for(city, instant, problem):
    with refused(InvalidValueError) as refusal:
        propose(moved(city), publish_at=instant)

    assert refusal.value.facts == ("publish_at", problem)


def test_where_one_person_may_publish_it_is_published_at_once(city):
    kept = change(publish_or_propose, ProposeChange(commands=(moved(city),)), ONE, now=LATER)

    assert (kept.subject, kept.number) == (f"prj/{city.project}", 2)
    assert entries(EntryType.CHANGE_PROPOSED) == []


def test_where_two_are_needed_it_is_proposed(strict):
    kept = change(publish_or_propose, ProposeChange(commands=(moved(strict),)), ONE, token="t", now=LATER)
    again = change(publish_or_propose, ProposeChange(commands=(moved(strict),)), ONE, token="t", now=LATER)

    assert kept == again
    assert look(int(kept.key)).state is ProposalState.WAITING


def test_a_department_that_no_longer_needs_two_says_so_in_the_ledger(strict):
    demand_two(needs=False, now=LATER)

    said = [body["pub"].get("needs_second_person") for body, _ in entries(EntryType.DEPARTMENT_AMENDED)]

    assert said == [True, False]
    assert change(revise_milestone, moved(strict), ONE, now=LATER).number == 2


def test_the_database_lets_no_proposal_end_twice(strict):
    proposal = propose(moved(strict))
    approve(proposal)

    view = look(proposal)

    assert [step.kind for step in view.steps] == ["approved", "published"]


def test_what_came_to_nothing_is_proposed_again_against_what_is_said_now(strict):
    proposal = propose(moved(strict))
    approve(propose(moved(strict, date(2027, 8, 1))))
    approve(proposal)
    assert look(proposal).state is ProposalState.FAILED

    again = int(change(propose_again, ProposeAgain(proposal_id=proposal), ONE, now=LATER).key)
    approve(again)

    assert [day for _, day in statements(strict)][1:] == [date(2027, 8, 1), date(2027, 9, 1)]


def test_what_still_waits_is_not_proposed_again(strict):
    proposal = propose(moved(strict))

    with refused(ProposalStandsError):
        change(propose_again, ProposeAgain(proposal_id=proposal), ONE, now=LATER)


def test_a_project_and_its_promises_are_one_proposal(strict):
    project = PublishProject(
        department_id="water", language=Language.CHINESE, title="第三水厂", phase=Phase.IDENTIFICATION
    )
    plan = PlanMilestone(project_id=NEW_PROJECT, title="开工", due_date=date(2027, 5, 1))

    proposal = propose(project, plan)
    approve(proposal)

    with reading() as session:
        view = find_project(session, "P-1002", today=local_date(NOW))
    assert [one.title for one in view.milestones] == ["开工"]


@pytest.mark.parametrize("named", ["@new", "@new:1", "@new:-1", "@new:x", "@news"])
def test_what_no_command_before_has_made_cannot_be_spoken_of(strict, named):
    with refused(InvalidValueError):
        propose(PlanMilestone(project_id=named, title="开工", due_date=date(2027, 5, 1)))


def test_a_milestone_that_no_command_before_has_made_cannot_be_moved(strict):
    with refused(InvalidValueError):
        propose(replace(moved(strict), milestone_id=-7))
