"""Tokens of systems that push: for one department, some acts, and a time."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from data import tokens
from data.database import reading
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.tokens import IssueToken, RevokeToken, issue_token, revoke_token
from data.queries.tokens import api_tokens
from data.writer import change
from models.access import PERMISSIONS, Act
from models.actor import OPERATOR, Role
from models.api_token import ApiToken
from models.clock import local_date
from models.exceptions import (
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    OrderError,
    ReasonMissingError,
)
from models.ledger import EntryType, LedgerEntry
from models.milestone import RevisionKind
from tests.conftest import NOW, OFFICER
from tests.data.operations.keeping import ledger, refused, rows

SOON = NOW + timedelta(days=30)


def issue(**more):
    said = {"name": "项目管理系统", "department_id": "water", "acts": [Act.REVISE_MILESTONE], "expires_at": SOON}
    return tokens.issue(OPERATOR, **{**said, **more}, now=NOW)


def test_a_token_acts_for_its_department_within_its_scope(city):
    issued = issue()

    actor = tokens.who_holds(issued.token, NOW)
    reached = ReviseMilestone(milestone_id=city.milestone, kind=RevisionKind.ACHIEVED, due_date=local_date(NOW))
    with refused(NotAllowedError):
        promise = PlanMilestone(project_id=city.project, title="开工", due_date=local_date(NOW))
        change(plan_milestone, promise, actor, now=NOW)

    assert (actor.role, actor.department_id) == (Role.OFFICER, "water")
    assert change(revise_milestone, reached, actor, now=NOW).number == 2
    assert ledger()[0] is EntryType.MILESTONE_REACHED


def test_a_token_of_another_department_does_nothing_here(small_city):
    issued = issue(department_id="parks")
    reached = ReviseMilestone(milestone_id=small_city.milestone, kind=RevisionKind.ACHIEVED, due_date=local_date(NOW))

    with refused(NotAllowedError):
        change(revise_milestone, reached, tokens.who_holds(issued.token, NOW), now=NOW)


def test_the_token_itself_is_kept_nowhere(small_city):
    issued = issue()

    with reading() as session:
        kept = session.exec(select(ApiToken)).one()
        told = " ".join(session.exec(select(LedgerEntry.body)))
    assert issued.token not in str(vars(kept)) + told
    assert "项目管理系统" not in told
    assert kept.token_digest == tokens.digest(issued.token)
    facts = ledger()[3]
    assert facts == {
        "department": "water",
        "acts": ["revise_milestone"],
        "expires_at": "2026-12-24T02:00:00Z",
        "active": True,
    }


@pytest.mark.parametrize(("seconds", "is_taken"), [(-1, True), (0, False), (1, False)])
def test_a_token_ends_at_its_instant(small_city, seconds, is_taken):
    issued = issue()

    found = tokens.who_holds(issued.token, SOON + timedelta(seconds=seconds))

    assert (found is not None) is is_taken


def test_a_token_is_revoked_at_once_with_a_reason_and_once(city):
    issued = issue()

    with refused(ReasonMissingError):
        change(revoke_token, RevokeToken(token_id=issued.id, reason=" "), OPERATOR, now=NOW)
    change(revoke_token, RevokeToken(token_id=issued.id, reason="泄露。"), OPERATOR, now=NOW)

    assert tokens.who_holds(issued.token, NOW) is None
    assert ledger()[3]["active"] is False
    with reading() as session:
        (told,) = api_tokens(session, now=NOW)
    assert (told.is_active, told.reason, told.revoked_at) == (False, "泄露。", NOW)
    with refused(InvalidValueError):
        change(revoke_token, RevokeToken(token_id=issued.id, reason="再次。"), OPERATOR, now=NOW)
    with refused(NotFoundError):
        change(revoke_token, RevokeToken(token_id=99, reason="无。"), OPERATOR, now=NOW)


def test_what_nobody_issued_is_nobody(small_city):
    assert tokens.who_holds("", NOW) is None
    assert tokens.who_holds("tlt_guess", NOW) is None


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"acts": []}, InvalidValueError),
        ({"acts": [Act.KEEP_ACCOUNTS]}, InvalidValueError),
        ({"acts": [Act.REVISE_MILESTONE, Act.GIVE_VERDICT]}, InvalidValueError),
        ({"acts": [Act.SUBMIT_COMMENT]}, InvalidValueError),
        ({"department_id": "nobody"}, NotFoundError),
        ({"expires_at": NOW}, OrderError),
        ({"expires_at": NOW + timedelta(days=367)}, InvalidValueError),
        ({"name": " "}, InvalidValueError),
    ],
)
def test_no_token_is_issued_for_nothing_for_others_or_for_ever(small_city, more, error):
    with refused(error):
        issue(**more)
    assert rows(ApiToken) == []


def test_only_an_administrator_issues_and_revokes(small_city):
    command = IssueToken(
        token_digest="a" * 64, name="甲", department_id="water", acts=(Act.REVISE_MILESTONE,), expires_at=SOON
    )

    with refused(NotAllowedError):
        change(issue_token, command, OFFICER, now=NOW)
    with refused(NotAllowedError):
        change(revoke_token, RevokeToken(token_id=1, reason="无。"), OFFICER, now=NOW)


def test_a_token_can_be_for_everything_that_an_officer_does_alone(small_city):
    acts = [act for act in Act if Role.OFFICER in PERMISSIONS[act].roles and PERMISSIONS[act].own_department]

    issued = issue(acts=acts)

    assert tokens.who_holds(issued.token, NOW).scope == frozenset(acts)
    assert len(json.dumps(ledger()[3]["acts"])) > 100
