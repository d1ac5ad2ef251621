"""What a decision owes, for machines: an address, a command, and dates in the calendar."""

import json
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from data.__main__ import main
from data.operations.catalogue import PublishCatalogueEntry, publish_catalogue_entry
from data.operations.hearings import (
    RecordHearingStep,
    RegisterForHearing,
    record_hearing_step,
    register_for_hearing,
)
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.periods import ClosePeriod, close_period
from data.operations.procedures import ChooseProcedure, PublishWaiver, choose_procedure, publish_waiver
from data.writer import change
from models.actor import CITIZEN
from models.clock import local_date
from models.decision import Language
from models.hearing import HearingSide, HearingStepKind
from models.outcome import OutcomeCode
from tests.conftest import NOW, PLANNER

TODAY = local_date(NOW)
HOUR = timedelta(hours=1)
NOTICE = "publicity:participation:draft_notice"


def do(operation, command, hours=1.0):
    return change(operation, command, PLANNER, now=NOW + hours * HOUR)


def item(reply, key):
    return next(one for one in reply["items"] if one["key"] == key)


def test_every_demand_is_told_with_state_article_and_arithmetic(small_city, machine):
    found = machine.get(f"/api/v1/decisions/{small_city.decision}/duties")

    assert found.status == 200
    assert found.json["procedure"]["template"] == "cn-713"
    notice, window = item(found.json, NOTICE), item(found.json, "window:participation")
    assert (notice["state"], notice["why"]) == ("missing", "channel_missing")
    assert notice["articles"][0]["id"] == "713 15"
    assert "第15条" in notice["articles"][0]["zh"]
    assert window["due"]["last_day"] == "2026-12-24"
    assert window["due"]["steps"][0]["day"] == "2026-11-24"
    assert window["evidence"] == {
        "kind": "period",
        "id": "1",
        "day": "2026-12-24",
        "recorded_at": "2026-11-24T02:00:00Z",
    }


def test_an_answer_is_known_by_its_tag_until_something_changes(small_city, machine):
    address = f"/api/v1/decisions/{small_city.decision}/duties"
    tag = machine.get(address).headers["ETag"]

    assert machine.get(address, if_none_match=tag).status == 304
    do(publish_waiver, PublishWaiver(decision_id=small_city.decision, of=NOTICE, reason="断电", ground="第15条"))
    again = machine.get(address, if_none_match=tag)

    assert again.status == 200
    assert item(again.json, NOTICE)["state"] == "waived"
    assert again.json["waivers"] == [
        {
            "id": "1",
            "of": NOTICE,
            "reason": "断电",
            "ground": "第15条",
            "by": "water",
            "recorded_at": "2026-11-24T03:00:00Z",
        }
    ]


@pytest.mark.parametrize("at", ["2026-11-24T02:30:00Z", "2026-11-24T10:30%2B08:00", "2026-11-24T10:30+08:00"])
def test_any_past_instant_can_be_asked_about(small_city, machine, at):
    do(publish_waiver, PublishWaiver(decision_id=small_city.decision, of=NOTICE, reason="断电"))

    found = machine.get(f"/api/v1/decisions/{small_city.decision}/duties?at={at}").json

    assert found["as_of"] == "2026-11-24T02:30:00Z"
    assert item(found, NOTICE)["state"] == "missing"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?at=yesterday", 400),
        ("?at=2026-11-24T02:30:00", 400),
        ("?at=2026-02-30", 400),
        ("?at=2026-11-23", 404),
        ("?on=2026-11-23", 400),
    ],
)
def test_what_is_no_instant_or_lies_before_the_announcement_is_refused(small_city, machine, query, status):
    assert machine.get(f"/api/v1/decisions/{small_city.decision}/duties{query}").status == status


def test_there_are_no_duties_of_a_decision_that_there_is_not(small_city, machine):
    assert machine.get("/api/v1/decisions/2026-9999/duties").status == 404


def test_the_command_prints_every_duty_and_ends_with_one_where_something_lacks(small_city, capsys):
    code = main(["check", small_city.decision, "--at", "2026-11-24"])

    said = capsys.readouterr().out
    assert code == 1
    assert f"missing        {NOTICE}" in said
    assert "Decree 713" in said
    assert "due 2026-12-24" in said


def test_the_command_ends_with_nought_where_nothing_lacks_and_says_the_same_to_machines(small_city, machine, capsys):
    do(publish_waiver, PublishWaiver(decision_id=small_city.decision, of=NOTICE, reason="断电"))
    do(
        publish_waiver,
        PublishWaiver(decision_id=small_city.decision, of="document:participation:draft_explanation", reason="同上"),
    )

    code = main(["check", small_city.decision, "--at", "2026-11-24T04:00:00+00:00", "--json"])

    assert code == 0
    found = machine.get(f"/api/v1/decisions/{small_city.decision}/duties?at=2026-11-24T04:00:00Z").json
    assert json.loads(capsys.readouterr().out) == found


@pytest.mark.parametrize("more", [["2026-9999"], ["2026-0001", "--at", "soon"]])
def test_the_command_says_what_it_refuses(small_city, capsys, more):
    assert main(["check", *more]) == 1
    assert "Refused" in capsys.readouterr().err


def test_what_the_law_asks_and_when_a_hearing_is_held_stand_in_the_calendar(small_city, machine):
    decision = {"decision_id": small_city.decision}
    do(choose_procedure, ChooseProcedure(**decision, template="us-apa"))
    held_on = TODAY + timedelta(days=20)
    step = RecordHearingStep(**decision, step=HearingStepKind.HELD, held_on=held_on, statement="礼堂")
    do(record_hearing_step, step)
    do(
        choose_procedure,
        ChooseProcedure(**decision, template="cn-713", flags=("hearing_chosen",), reason="改", seen=1),
    )

    found = machine.get("/calendar/deadlines.ics")

    events = {str(one["uid"]): one for one in Calendar.from_ical(found.body).walk("VEVENT")}
    hearing = events[f"hearing-{small_city.decision}@record.example"]
    materials = events[f"duty-{small_city.decision}-obligation-hearing_materials@record.example"]
    assert hearing.decoded("dtstart") == held_on
    assert materials.decoded("dtstart") == held_on - timedelta(days=7)
    assert "重大行政决策程序暂行条例第16条" in materials["description"]
    assert type(materials.decoded("dtstart")) is date


def test_everything_that_was_recorded_of_a_procedure_can_be_read_but_who_registered(small_city, machine):
    decision = {"decision_id": small_city.decision}
    do(choose_procedure, ChooseProcedure(**decision, template="cn-713", flags=("hearing_chosen",)))
    do(record_hearing_step, RecordHearingStep(**decision, step=HearingStepKind.REGISTRATION, held_on=TODAY))
    register = RegisterForHearing(**decision, side=HearingSide.PUBLIC, name="朱自清", contact="zhu@mail.example")
    change(register_for_hearing, register, CITIZEN, now=NOW + HOUR)

    reply = machine.get(f"/api/v1/decisions/{small_city.decision}/proceedings")

    assert reply.json["procedures"][0]["flags"] == ["hearing_chosen"]
    assert reply.json["hearing"]["registrations"][0]["name"] == "朱**"
    assert "自清" not in reply.text
    assert "mail.example" not in reply.text
    assert "recorded_by" not in reply.text
    assert machine.get("/api/v1/decisions/2026-9999/proceedings").status == 404


def test_the_catalogue_of_a_year_is_told_with_every_change(small_city, machine):
    entry = PublishCatalogueEntry(department_id="water", language=Language.CHINESE, title="节水", planned_on=TODAY)
    do(publish_catalogue_entry, entry)

    found = machine.get("/api/v1/catalogue").json

    assert (found["year"], found["entries"][0]["revisions"][0]["title"]) == (2026, "节水")
    assert machine.get("/api/v1/catalogue?year=2025").json["entries"] == []
    assert machine.get("/api/v1/catalogue?year=1").status == 400
    assert "列入决策目录" in machine.get("/feeds/changes.atom").text


def test_what_is_done_leaves_the_calendar(small_city, machine):
    decision = {"decision_id": small_city.decision}
    do(close_period, ClosePeriod(**decision, reason="够了"))
    outcome = PublishOutcome(**decision, code=OutcomeCode.ADOPTED, reason="好", decided_by="会", decided_on=TODAY)
    do(publish_outcome, outcome)

    found = machine.get(f"/calendar/deadlines.ics?decision={small_city.decision}").text

    assert "decision_published" not in found
