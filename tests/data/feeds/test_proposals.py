"""What systems push where a second person agrees first; and that nobody else learns of it before it is published."""

import asyncio
import json
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from data.database import reading
from data.feeds.exports import EXPORTS
from data.feeds.parts import Source
from data.feeds.proposals import proposal_routes
from data.feeds.routes import feed_routes
from data.feeds.updates import update_routes
from data.operations.departments import AmendDepartment, amend_department
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone
from data.operations.proposal_steps import ApproveProposal, approve_proposal
from data.operations.proposals import ProposeChange, propose_change
from data.publication import publish_due
from data.queries.milestones import find_milestone
from data.queries.proposals import find_proposal, proposals
from data.queries.search import search
from data.search import Query
from data.tokens import issue
from data.writer import change
from models.access import Act
from models.actor import OPERATOR, Actor, Role
from models.clock import local_date, utc_now
from models.disclosure import digest_of
from models.milestone import ReasonCode, RevisionKind
from models.proposal import ProposalState
from tests.conftest import OFFICER
from tests.data.feeds.conftest import SITE, Reply

APPROVER = Actor(role=Role.APPROVER, department_id="water", account_id=2)
ACTS = (Act.REVISE_MILESTONE, Act.CONFIRM_MILESTONE)
SECRET = "机密征地分歧"


class Client:
    """A program that pushes and asks, without a network between."""

    def __init__(self):
        self.app = Starlette(routes=[*update_routes(), *proposal_routes(), *feed_routes(lambda _: SITE)])

    def send(self, path, body=b"", *, method="GET", query="", **headers):
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "server": ("record.example", 80),
            "client": ("192.0.2.7", 1),
        }
        sent = []

        async def receive():
            if sent:
                await asyncio.sleep(3600)
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        return Reply(sent[0]["status"], None, b"".join(message.get("body", b"") for message in sent[1:]))


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def strict(city):
    """The small record, in which a second person has to agree."""
    command = AmendDepartment(
        department_id="water", name_zh="水务局", name_en="Water", needs_second_person=True, reason="内控"
    )
    change(amend_department, command, OPERATOR)
    return city


def token(department="water"):
    expires = utc_now() + timedelta(days=30)
    issued = issue(OPERATOR, name="系统", department_id=department, acts=ACTS, expires_at=expires)
    return f"Bearer {issued.token}"


def row(city, **more):
    values = {"project_id": city.project, "milestone_id": city.milestone, "seen": 1, "date": "2027-09-01"}
    return {**values, "kind": "reforecast", "reason_code": "land", "reason": SECRET, **more}


def push(client, bearer, *rows, query="", **headers):
    body = json.dumps({"milestones": rows}).encode()
    headers |= {"authorization": bearer, "content_type": "application/json"}
    return client.send("/api/v1/updates", body, method="POST", query=query, **headers)


def statements(city):
    with reading() as session:
        return len(find_milestone(session, city.milestone).revisions)


def test_what_is_pushed_is_accepted_and_waits_for_a_second_person(client, strict):
    bearer = token()

    answer = push(client, bearer, row(strict))

    assert answer.status == 202
    assert answer.json["kept"] is False
    assert answer.json["proposal"] == {"id": 1, "address": "/api/v1/proposals/1"}
    assert statements(strict) == 1
    told = client.send("/api/v1/proposals/1", authorization=bearer).json
    assert told["state"] == "waiting"
    assert told["statements"][0]["says"]["reason"] == SECRET


def test_the_same_key_is_the_same_proposal(client, strict):
    bearer = token()

    first, again = (push(client, bearer, row(strict), idempotency_key="k") for _ in range(2))

    assert (again.status, again.json["proposal"], again.json["sent_before"]) == (202, first.json["proposal"], True)
    with reading() as session:
        assert find_proposal(session, 2, now=utc_now()) is None


def test_a_token_proposes_no_more_than_it_may_publish(client, strict):
    expires = utc_now() + timedelta(days=30)
    issued = issue(OPERATOR, name="系统", department_id="water", acts=[Act.CONFIRM_MILESTONE], expires_at=expires)

    answer = push(client, f"Bearer {issued.token}", row(strict))

    assert answer.status == 422
    assert answer.json["faults"][0]["code"] == "NotAllowedError"


def test_a_fault_is_told_as_ever_and_nothing_is_proposed(client, strict):
    answer = push(client, token(), row(strict, reason=""))

    assert answer.status == 422
    assert "proposal" not in answer.json


def test_an_instant_schedules_what_is_pushed(client, city):
    at = utc_now() + timedelta(days=1)

    answer = push(client, token(), row(city), query=f"publish_at={at:%Y-%m-%dT%H:%M:%SZ}")

    assert answer.status == 202
    assert statements(city) == 1
    assert publish_due(at + timedelta(seconds=1)).published == (1,)
    assert statements(city) == 2


@pytest.mark.parametrize(
    ("said", "problem"),
    [("2020-01-01T00:00:00Z", "past"), ("2027-01-01T09:00:00", "no_zone"), ("tomorrow", "no_instant")],
)
def test_an_instant_that_is_none_is_refused(client, city, said, problem):
    answer = push(client, token(), row(city), query=f"publish_at={said}")

    assert (answer.status, answer.json) == (400, {"error": "publish_at", "about": problem})


def test_without_a_second_person_what_is_pushed_is_published_at_once(client, city):
    answer = push(client, token(), row(city))

    assert (answer.status, answer.json["kept"]) == (200, True)
    assert statements(city) == 2


def test_sixty_rows_are_one_proposal_and_are_published_together(client, strict):
    command = AmendDepartment(
        department_id="water", name_zh="水务局", name_en="Water", needs_second_person=False, reason="补录"
    )
    change(amend_department, command, OPERATOR)
    promised = local_date(utc_now()) + timedelta(days=90)
    made = [
        int(
            change(
                plan_milestone,
                PlanMilestone(project_id=strict.project, title=f"节点{number}", due_date=promised),
                OFFICER,
            ).key
        )
        for number in range(60)
    ]
    change(amend_department, AmendDepartment(**{**vars(command), "needs_second_person": True}), OPERATOR)

    answer = push(client, token(), *(row(strict, milestone_id=one) for one in made))
    change(approve_proposal, ApproveProposal(proposal_id=answer.json["proposal"]["id"]), APPROVER)

    with reading() as session:
        assert [len(find_milestone(session, one).revisions) for one in made] == [2] * 60
        (page,) = proposals(session, "water", ProposalState.PUBLISHED, now=utc_now()).rows
    assert len(page.statements) == 60


def propose(city):
    moved = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=77),
        reason_code=ReasonCode.LAND,
        reason=SECRET,
        seen=1,
    )
    planned = PlanMilestone(project_id=city.project, title=SECRET, due_date=city.promised)
    command = ProposeChange(commands=(moved, planned), note=SECRET)
    return int(change(propose_change, command, OFFICER).key)


def published(client, city):
    """Return all that anybody can read of the record."""
    answers = [
        client.send(path).text
        for path in (
            "/api/v1/projects",
            f"/api/v1/projects/{city.project}",
            "/api/v1/decisions",
            "/feeds/changes.atom",
            "/calendar/deadlines.ics",
            "/accountability.csv",
            "/projects.csv",
            "/api/v1/proposals/1",
        )
    ]
    source = Source(reading=reading, site=SITE, now=utc_now(), decision_id=None)
    exported = [b"".join(part.content for part in export.write(source)) for export in EXPORTS.values()]
    with reading() as session:
        found = search(session, Query(SECRET))
    return "\n".join((*answers, repr(found))) + b"\n".join(exported).decode("utf-8", "replace")


def test_nothing_of_a_proposal_can_be_read_before_it_is_published(client, strict):
    propose(strict)

    after = published(client, strict)

    assert SECRET not in after
    assert str(strict.promised + timedelta(days=77)) not in after
    assert "change.proposed" not in after


def test_once_it_is_published_anybody_can_check_when_it_was_proposed(client, strict):
    assert client.send(f"/api/v1/proposals/{propose(strict)}").status == 404
    change(approve_proposal, ApproveProposal(proposal_id=1), APPROVER)

    told = client.send("/api/v1/proposals/1").json

    assert told["state"] == "published"
    assert told["proposed_at"] <= told["approved_at"] <= told["published_at"]
    assert digest_of(told["sealed"]) == told["sha256"]
    assert "note" not in told
    assert SECRET in published(client, strict)


def test_another_department_is_told_nothing(client, strict):
    propose(strict)

    assert client.send("/api/v1/proposals/1", authorization=token("parks")).status == 404
    assert client.send("/api/v1/proposals/1", authorization="Bearer nothing").status == 401


def test_the_feed_of_changes_tells_that_two_people_published_it(client, strict):
    propose(strict)
    change(approve_proposal, ApproveProposal(proposal_id=1), APPROVER)

    told = client.send("/feeds/changes.atom").text

    assert "经第二人审核同意" in told
    assert "agreed to by a second person" in told
