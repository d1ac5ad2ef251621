"""The JSON API: pages, entity tags, refusals, and what it tells of a decision and a project."""

import gzip
from datetime import timedelta

import pytest

from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.projects import PublishProject, publish_project
from data.operations.verdicts import GiveVerdict, give_verdict
from data.writer import change
from models.decision import Language
from models.milestone import ReasonCode, RevisionKind
from models.project import Phase
from models.verdict import VerdictCode
from tests.conftest import NOW, OFFICER, PLANNER
from tests.data.feeds.conftest import SITE


def publish_more(count):
    for number in range(count):
        project = PublishProject(
            department_id="water", language=Language.CHINESE, title=f"泵站 {number}", phase=Phase.PREPARATION
        )
        change(publish_project, project, OFFICER, now=NOW + timedelta(minutes=number))


def test_a_list_is_read_to_its_end_by_following_next(city, machine):
    publish_more(4)

    page, seen = machine.get("/api/v1/projects?size=2"), []
    while True:
        seen += [project["id"] for project in page.json["projects"]]
        if page.json["next"] is None:
            break
        assert page.headers["link"] == f'<{page.json["next"]}>; rel="next"'
        page = machine.get(page.json["next"].removeprefix(SITE))

    assert len(seen) == len(set(seen)) == 5
    assert "link" not in page.headers


def test_the_filters_are_those_of_the_pages(city, machine):
    publish_more(1)

    found = machine.get("/api/v1/projects?phase=implementation&state=on_time&sector=waterAndWaste&words=%E6%B0%B4")

    assert [project["id"] for project in found.json["projects"]] == [city.project]
    assert machine.get("/api/v1/projects?department=parks").json["projects"] == []
    assert machine.get("/api/v1/decisions?state=open&topic=water").json["decisions"][0]["id"] == city.decision
    assert machine.get("/api/v1/decisions?state=decided").json["decisions"] == []


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/decisions?state=late", "state"),
        ("/api/v1/decisions?after=P-1001", "after"),
        ("/api/v1/projects?size=0", "size"),
        ("/api/v1/projects?size=201", "size"),
        ("/api/v1/projects?size=9999999999999999999", "size"),
        ("/api/v1/projects?words=%00", "words"),
        ("/api/v1/projects?department=%27%3B--", "department"),
        ("/api/v1/comments?stance=object", "decision"),
        ("/feeds/changes.atom?before=-1", "before"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(small_city, machine, address, parameter):
    reply = machine.get(address)

    assert reply.status == 400
    assert reply.json["error"]["parameter"] == parameter
    assert parameter in reply.json["error"]["message"]


def test_a_filter_that_is_not_known_is_refused_and_not_ignored(small_city, machine):
    reply = machine.get("/api/v1/decisions?departement=water")

    assert reply.status == 400
    assert "departement" in reply.json["error"]["message"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/decisions/2020-0001",
        "/api/v1/projects/P-9",
        "/api/v1/projects/%2e%2e",
        "/api/v1/comments?decision=2020-0001",
        "/feeds/changes.atom?project=P-9999",
        "/calendar/deadlines.ics?department=nobody",
        "/open/comments.csv?decision=2020-0001",
        "/files/00000000000000000000000000000000",
    ],
)
def test_what_is_not_in_the_record_is_not_found(small_city, machine, address):
    reply = machine.get(address)

    assert reply.status == 404
    assert reply.json["error"]["code"] == "not_found"
    assert reply.headers["access-control-allow-origin"] == "*"


def test_an_answer_that_still_holds_is_not_sent_again(small_city, machine, comment):
    first = machine.get("/api/v1/decisions")

    second = machine.get("/api/v1/decisions", if_none_match=f'"other", {first.headers["etag"]}')
    comment(small_city)
    third = machine.get("/api/v1/decisions", if_none_match=first.headers["etag"])

    assert (second.status, second.body) == (304, b"")
    assert third.status == 200
    assert third.json["decisions"][0]["comments"] == 1


def test_a_decision_closes_for_machines_at_the_instant_it_closes_for_people(small_city, machine):
    decision = machine.get(f"/api/v1/decisions/{small_city.decision}")
    closes_at = NOW.replace(month=12, day=24, hour=16, minute=0)
    machine.now = closes_at - timedelta(microseconds=1)
    before = machine.get(f"/api/v1/decisions/{small_city.decision}", if_none_match=decision.headers["etag"])
    machine.now = closes_at

    after = machine.get(f"/api/v1/decisions/{small_city.decision}", if_none_match=before.headers["etag"])

    assert before.json["periods"][0]["closes_at"] == "2026-12-24T16:00:00Z"
    assert (before.json["state"], after.json["state"]) == ("open", "considered")


def test_a_project_shows_every_date_that_was_promised(city, machine):
    command = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=30),
        reason_code=ReasonCode.LAND,
        reason="征地未完成。",
    )
    change(revise_milestone, command, OFFICER, now=NOW + timedelta(hours=1))

    milestone = machine.get(f"/api/v1/projects/{city.project}").json["milestones"][0]

    assert milestone["baseline_date"] == city.promised.isoformat()
    assert milestone["latest_date"] == (city.promised + timedelta(days=30)).isoformat()
    assert milestone["slip_days"] == 30
    assert [said["kind"] for said in milestone["revisions"]] == ["baseline", "reforecast"]
    assert milestone["revisions"][1]["reason"] == "征地未完成。"
    assert milestone["revisions"][1]["reason_code"] == "land"


def test_a_comment_has_a_masked_name_and_no_contact(city, machine, comment):
    comment(city, name="朱自清", contact="13800138000")
    answer = GiveVerdict(point_id=1, code=VerdictCode.ADOPTED, reason="改为六小时。")
    change(give_verdict, answer, PLANNER, now=NOW + timedelta(hours=1))

    listed = machine.get(f"/api/v1/comments?decision={city.decision}&state=adopted")
    everything = machine.get("/api/v1/comments")

    assert listed.json["comments"] == everything.json["comments"]
    assert listed.json["comments"][0]["name"] == "朱**"
    assert listed.json["comments"][0]["verdicts"][0]["reason"] == "改为六小时。"
    for address in ("/api/v1/comments", f"/api/v1/decisions/{city.decision}", "/open/comments.csv"):
        body = machine.get(address).text
        assert "朱自清" not in body
        assert "13800138000" not in body


def test_a_decision_has_its_period_clauses_and_tally(city, machine, comment):
    comment(city)

    decision = machine.get(f"/api/v1/decisions/{city.decision}").json

    assert [clause["label"] for clause in decision["draft"]["clauses"]] == ["第一条", "第二条", "第三条"]
    assert decision["periods"][0]["zone"] == "Asia/Shanghai"
    assert decision["tally"]["points"] == 1
    assert decision["tally"]["by_stance"] == {"object": 1}
    assert decision["outcome"] is None


def test_pages_of_other_sites_may_ask(small_city, machine):
    preflight = machine.get("/api/v1/projects", method="OPTIONS", origin="https://elsewhere.example")

    assert preflight.status == 204
    assert preflight.headers["access-control-allow-headers"] == "If-None-Match"
    assert machine.get("/api/v1/projects").headers["access-control-allow-origin"] == "*"


def test_a_long_answer_is_compressed_for_whoever_can_read_it(small_city, machine):
    plain = machine.get(f"/api/v1/decisions/{small_city.decision}")

    packed = machine.get(f"/api/v1/decisions/{small_city.decision}", accept_encoding="gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] == plain.headers["etag"]


def test_what_was_refused_is_refused_again_whatever_the_caller_says_to_have(small_city, machine):
    reply = machine.get("/api/v1/projects/P-9", if_none_match="*")

    assert reply.status == 404


def test_answers_are_forgotten_when_there_are_too_many(small_city, machine, monkeypatch):
    monkeypatch.setattr("data.feeds.answers._MOST", 1_000)
    first = machine.get("/api/v1/projects?size=1")

    for size in range(2, 12):
        machine.get(f"/api/v1/projects?size={size}")

    assert machine.get("/api/v1/projects?size=1").body == first.body


def test_the_head_of_an_export_comes_without_the_export(small_city, machine):
    reply = machine.get("/open/comments.csv", method="HEAD")

    assert reply.status == 200
    assert reply.body == b""
    assert reply.headers["content-disposition"] == "attachment; filename*=UTF-8''comments.csv"
