"""Systems that push: by token alone, within its scope, row by row, once."""

import asyncio
import json
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware

from data.accounts import open_session
from data.database import reading
from data.feeds.updates import update_routes
from data.operations.accounts import CreateAccount, create_account
from data.operations.tokens import RevokeToken, revoke_token
from data.queries.milestones import find_milestone
from data.tokens import issue
from data.writer import change
from models.access import Act
from models.actor import OPERATOR, Role
from models.clock import utc_now
from models.milestone import RevisionKind
from pages.server.origins import Origins
from pages.server.request_limits import RequestLimits
from tests.data.feeds.conftest import Reply

_ALL = (Act.REVISE_MILESTONE, Act.CONFIRM_MILESTONE, Act.REPORT_PROGRESS)


class Pusher:
    """A system that pushes, without a network between."""

    def __init__(self):
        before = [Middleware(Origins), Middleware(RequestLimits)]
        self.app = Starlette(routes=update_routes(), middleware=before)

    def send(self, body=b"", *, method="POST", query="", **headers):
        return asyncio.run(self._send(body, method, query, {"host": "record.example", **headers}))

    async def _send(self, body, method, query, headers):
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": "/api/v1/updates",
            "raw_path": b"/api/v1/updates",
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "server": ("record.example", 80),
            "client": ("192.0.2.7", 1),
        }
        sent = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        await self.app(scope, receive, send)
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return Reply(sent[0]["status"], Headers(raw=sent[0]["headers"]), content)


@pytest.fixture
def client():
    return Pusher()


def token(department="water", acts=_ALL, days=30):
    now = utc_now()
    return issue(
        OPERATOR, name="项目管理系统", department_id=department, acts=acts, expires_at=now + timedelta(days=days)
    )


def moved(city, **more):
    row = {"milestone_id": city.milestone, "seen": 1, "date": "2027-09-01", "reason_code": "land", "reason": "征地"}
    return {"milestones": [row | more]}


def push(client, issued, content, *, key="", dry_run=False):
    headers = {"authorization": f"Bearer {issued.token}", "content_type": "application/json"}
    headers |= {"idempotency_key": key} if key else {}
    return client.send(json.dumps(content).encode(), query="dry_run=1" if dry_run else "", **headers)


def open_session_of_an_officer():
    command = CreateAccount(
        email="o@water.example",
        name="测试员",
        role=Role.OFFICER,
        department_id="water",
        password="a password for tests",
    )
    change(create_account, command, OPERATOR)
    return open_session("o@water.example", "a password for tests", "203.0.113.7")


def statements(city):
    with reading() as session:
        return [(one.kind, str(one.due_date)) for one in find_milestone(session, city.milestone).revisions]


def test_a_row_that_is_pushed_becomes_a_revision(client, city):
    answer = push(client, token(), moved(city))

    said = answer.json
    assert answer.status == 200
    assert (said["kept"], said["faults"], said["changes"][0]["after"]) == (True, [], "2027-09-01")
    assert statements(city)[1:] == [(RevisionKind.REFORECAST, "2027-09-01")]


def test_a_dry_run_says_the_same_and_keeps_nothing(client, small_city):
    issued = token()

    looked = push(client, issued, moved(small_city), dry_run=True).json
    kept = push(client, issued, moved(small_city)).json

    assert looked["changes"] == kept["changes"]
    assert (looked["kept"], kept["kept"]) == (False, True)


def test_without_a_token_nothing_is_looked_at_and_a_cookie_is_none(client, small_city):
    content = json.dumps(moved(small_city)).encode()
    session = open_session_of_an_officer()

    missing = client.send(content, cookie=f"throughline_session={session}; __Host-throughline_session={session}")
    wrong = client.send(content, authorization="Bearer tlt_wrong")

    assert [missing.status, wrong.status] == [401, 401]
    assert [missing.json["error"], wrong.json["error"]] == ["token_missing", "token_not_taken"]
    assert missing.headers["WWW-Authenticate"].startswith("Bearer")
    assert len(statements(small_city)) == 1


def test_a_token_that_was_revoked_is_no_longer_taken(client, small_city):
    issued = token()
    change(revoke_token, RevokeToken(token_id=issued.id, reason="系统停用"), OPERATOR)

    assert push(client, issued, moved(small_city)).status == 401


@pytest.mark.parametrize(
    ("department", "acts"), [("parks", _ALL), ("water", (Act.REPORT_PROGRESS, Act.CONFIRM_MILESTONE))]
)
def test_a_token_does_only_what_it_was_given_for(client, small_city, department, acts):
    answer = push(client, token(department, acts), moved(small_city))

    assert answer.status == 422
    assert [fault["code"] for fault in answer.json["faults"]] == ["NotAllowedError"]
    assert len(statements(small_city)) == 1


def test_the_same_under_the_same_key_happens_once(client, small_city):
    issued, elsewhere = token(), token()

    first = push(client, issued, moved(small_city), key="2026-11").json
    again = push(client, issued, moved(small_city), key="2026-11").json
    other = push(client, issued, moved(small_city, reason="其他"), key="2026-11")
    theirs = push(client, elsewhere, moved(small_city), key="2026-11").json

    assert (first["sent_before"], again["sent_before"]) == (False, True)
    assert (other.status, other.json["error"]) == (409, "key_reused")
    assert (theirs["kept"], theirs["unchanged"]) == (False, 1)
    assert len(statements(small_city)) == 2


def test_every_row_at_fault_is_named_and_nothing_is_kept(client, small_city):
    rows = moved(small_city)["milestones"] + [
        {"milestone_id": 999_999, "seen": 1, "kind": "confirmed"},
        {"milestone_id": 7, "seen": 1, "date": "TBD"},
    ]

    answer = push(client, token(), {"milestones": rows})

    faults = [(fault["row"], fault["column"], fault["code"]) for fault in answer.json["faults"]]
    assert answer.status == 422
    assert faults == [(2, "", "NotFoundError"), (3, "date", "not_a_date")]
    assert len(statements(small_city)) == 1


def test_csv_is_taken_as_well(client, small_city):
    content = f"milestone_id,seen,date,reason_code,reason\n{small_city.milestone},1,2027-09-01,land,征地\n"

    answer = client.send(content.encode(), authorization=f"Bearer {token().token}", content_type="text/csv")

    assert answer.json["kept"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"{", "broken_json"),
        (b"[]", "broken_json"),
        (b'{"budgets": []}', "broken_json"),
        (b'{"milestones": 1}', "broken_json"),
        (b'{"milestones": [1]}', "broken_json"),
        (b'{"milestones": [{"due": "2027-01-01"}]}', "unknown_column"),
        (b'{"milestones": [{"date": {"a": 1}}]}', "broken_json"),
    ],
)
def test_what_is_no_file_of_updates_is_named(client, small_city, content, error):
    answer = client.send(content, authorization=f"Bearer {token().token}", content_type="application/json")

    assert (answer.status, answer.json["error"]) == (400, error)


def test_nothing_but_pushing_is_answered(client, small_city):
    assert [client.send(method=method).status for method in ("OPTIONS", "PUT", "DELETE")] == [405, 405, 405]


def test_rows_that_were_fetched_are_pushed_back_as_they_are_and_change_nothing(client, small_city):
    issued = token()
    fetched = client.send(method="GET", authorization=f"Bearer {issued.token}").json

    untouched = push(client, issued, fetched).json
    fetched["milestones"][0] |= {"date": "2027-09", "reason_code": "weather", "reason": "汛期"}
    edited = push(client, issued, fetched).json

    assert fetched["milestones"][0]["seen"] == 1
    assert (untouched["kept"], untouched["unchanged"], untouched["faults"]) == (False, 2, [])
    assert (edited["kept"], edited["changes"][0]["after"]) == (True, "2027-09-30")
    assert client.send(method="GET").status == 401


def test_a_page_elsewhere_cannot_have_a_browser_push(client, small_city):
    content = json.dumps(moved(small_city)).encode()

    answer = client.send(content, authorization=f"Bearer {token().token}", origin="https://evil.example")

    assert answer.status == 403
    assert len(statements(small_city)) == 1


def test_a_body_of_more_than_a_megabyte_is_refused(client, small_city):
    assert client.send(b" " * 1_048_577, authorization=f"Bearer {token().token}").status == 413
