"""What is proposed of milestones: told of each that is open, and with one statement for a department."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.database import reading
from data.operations.milestone_duties import ConfirmMilestone
from data.operations.milestones import ReviseMilestone
from data.operations.proposal_steps import ApproveProposal, WithdrawProposal, approve_proposal, withdraw_proposal
from data.operations.proposals import ProposeChange, propose_change
from data.publication import publish_due
from data.queries.proposed_milestones import proposed_milestones
from data.writer import change
from models.milestone import Precision, ReasonCode, RevisionKind
from models.proposal import ProposalState
from tests.conftest import OFFICER
from tests.data.queries.test_proposals import LATER, TWO, strict

__all__ = ["strict"]
DAY = date(2027, 9, 30)


def moved(city, **more):
    told = {"due_date": DAY, "precision": Precision.MONTH, "reason_code": ReasonCode.LAND, "reason": "征地晚签。"}
    return ReviseMilestone(milestone_id=city.milestone, kind=RevisionKind.REFORECAST, seen=1, **(told | more))


def propose(*commands, **more):
    command = ProposeChange(commands=commands, **more)
    return int(change(propose_change, command, replace(OFFICER, account_id=1), now=LATER).key)


def proposed(department="water"):
    with reading() as session:
        return proposed_milestones(session, department)


def test_what_waits_is_told_with_what_it_would_say(strict):
    number = propose(moved(strict))

    (one,) = proposed()[strict.milestone]

    assert (one.proposal_id, one.state, one.publish_at) == (number, ProposalState.WAITING, None)
    assert (one.kind, one.promised.said, one.promised.precision) == (RevisionKind.REFORECAST, DAY, Precision.MONTH)
    assert not one.is_confirmed


def test_what_was_agreed_to_is_scheduled_until_its_instant(strict):
    at = LATER + timedelta(days=1)
    number = propose(moved(strict), publish_at=at)
    waiting = proposed()[strict.milestone]
    change(approve_proposal, ApproveProposal(proposal_id=number), TWO, now=LATER)

    scheduled = proposed()[strict.milestone]
    publish_due(at)

    assert [(one.state, one.publish_at) for one in waiting] == [(ProposalState.WAITING, at)]
    assert [(one.state, one.publish_at) for one in scheduled] == [(ProposalState.SCHEDULED, at)]
    assert proposed() == {}


def test_that_a_date_still_holds_is_told_as_that_and_after_what_was_proposed_before(strict):
    propose(moved(strict))
    propose(ConfirmMilestone(milestone_id=strict.milestone, seen=1))

    told = proposed()[strict.milestone]

    assert [(one.is_confirmed, one.promised.day) for one in told] == [(False, DAY), (True, strict.promised)]


def test_what_was_withdrawn_and_what_other_departments_propose_is_not_told(strict):
    number = propose(moved(strict))
    assert proposed("parks") == {}

    change(withdraw_proposal, WithdrawProposal(proposal_id=number), replace(OFFICER, account_id=1), now=LATER)

    assert proposed() == {}


@pytest.mark.parametrize("many", [1, 12])
def test_a_department_takes_one_statement_however_much_is_proposed(strict, statements, many):
    for days in range(many):
        propose(moved(strict, due_date=DAY + timedelta(days=days), precision=Precision.DAY))
    statements.clear()

    found = proposed()

    assert len(found[strict.milestone]) == many
    assert len(statements) == 1
