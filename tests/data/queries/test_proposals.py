"""Lists of proposals: where each stands, and in as many statements however long they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.database import reading
from data.operations.departments import AmendDepartment, amend_department
from data.operations.money import ConfirmUnchanged
from data.operations.proposal_steps import ApproveProposal, RefuseProposal, approve_proposal, refuse_proposal
from data.operations.proposals import ProposeChange, propose_change
from data.queries.proposals import count_proposals, find_proposal, proposals, scheduled_proposals
from data.writer import change
from models.actor import OPERATOR, Actor, Role
from models.proposal import ProposalState
from tests.conftest import NOW, OFFICER

LATER = NOW + timedelta(hours=1)
TWO = Actor(role=Role.APPROVER, department_id="water", account_id=2)


@pytest.fixture
def strict(city):
    """The small record, in which a second person has to agree."""
    command = AmendDepartment(
        department_id="water", name_zh="水务局", name_en="Water", needs_second_person=True, reason="内控"
    )
    change(amend_department, command, OPERATOR, now=NOW)
    return city


def propose(city, **more):
    command = ProposeChange(commands=(ConfirmUnchanged(project_id=city.project),), **more)
    return int(change(propose_change, command, replace(OFFICER, account_id=1), now=LATER).key)


def listed(state, **more):
    with reading() as session:
        return proposals(session, "water", state, now=LATER, **more)


def numbers(state):
    return [one.id for one in listed(state).rows]


def test_each_is_listed_where_it_stands(strict):
    waiting, scheduled, published, refused = (
        propose(strict, publish_at=at) for at in (None, LATER + timedelta(days=1), None, None)
    )
    for number in (scheduled, published):
        change(approve_proposal, ApproveProposal(proposal_id=number), TWO, now=LATER)
    change(refuse_proposal, RefuseProposal(proposal_id=refused, reason="不妥"), TWO, now=LATER)

    with reading() as session:
        counts = count_proposals(session, "water", since=NOW)
        later = count_proposals(session, "water", since=LATER + timedelta(days=31))
        due = scheduled_proposals(session)

    assert numbers(ProposalState.WAITING) == [waiting]
    assert numbers(ProposalState.SCHEDULED) == [scheduled]
    assert numbers(ProposalState.PUBLISHED) == [published]
    assert numbers(ProposalState.REFUSED) == [refused]
    assert (counts.waiting, counts.scheduled, counts.refused, counts.failed) == (1, 1, 1, 0)
    assert later.total == 2
    assert due == [(scheduled, LATER + timedelta(days=1))]


def test_a_list_says_of_each_what_a_look_at_it_says(strict):
    every = [propose(strict), propose(strict, publish_at=LATER + timedelta(days=1))]
    change(approve_proposal, ApproveProposal(proposal_id=every[1]), TWO, now=LATER)

    with reading() as session:
        found = {one: find_proposal(session, one, now=LATER).state for one in every}

    assert all(number in numbers(state) for number, state in found.items())


def test_a_list_goes_on_where_it_ended(strict):
    made = [propose(strict) for _ in range(3)]

    first = listed(ProposalState.WAITING, size=2)
    second = listed(ProposalState.WAITING, size=2, after=first.next)

    assert [one.id for one in (*first.rows, *second.rows)] == made[::-1]
    assert second.next is None
    assert numbers(ProposalState.WAITING) == [one.id for one in listed(ProposalState.WAITING, after="none").rows]


def test_another_department_has_other_proposals(strict):
    propose(strict)

    with reading() as session:
        assert proposals(session, "parks", ProposalState.WAITING, now=LATER).rows == []


def test_a_list_takes_six_statements_however_long_it_is(strict, statements):
    for _ in range(5):
        propose(strict)
    statements.clear()

    assert len(listed(ProposalState.WAITING).rows) == 5

    assert len(statements) == 6


def test_counting_takes_one_statement(strict, statements):
    propose(strict)
    statements.clear()

    with reading() as session:
        count_proposals(session, "water", since=NOW)

    assert len(statements) == 1
