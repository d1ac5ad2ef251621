"""The calendar: closings and milestones, with identifiers that stay and numbers that rise."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from data.feeds.deadlines import as_calendar
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.periods import ExtendPeriod, extend_period
from data.queries.deadlines import Closing, DueDate
from data.writer import change
from models.clock import local_date
from models.decision import Language
from models.document import DocumentType
from models.milestone import Precision, ReasonCode, RevisionKind
from models.promised_day import PromisedDay
from tests.conftest import NOW, OFFICER, PLANNER
from tests.data.feeds.conftest import SITE
from tests.data.feeds.golden import assert_golden


def events(reply):
    calendar = Calendar.from_ical(reply.body)
    assert not calendar.errors
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_closing_is_an_instant_and_a_milestone_a_day(city, machine):
    found = events(machine.get("/calendar/deadlines.ics"))

    closing = found[f"closing-{city.decision}-1@record.example"]
    milestone = found[f"milestone-{city.milestone}@record.example"]
    assert closing.decoded("dtstart") == datetime(2026, 12, 24, 16, tzinfo=UTC)
    assert "2026-12-24 23:59 (Asia/Shanghai, UTC+0800)" in closing["description"]
    assert milestone.decoded("dtstart") == city.promised
    assert type(milestone.decoded("dtstart")) is date
    assert str(milestone["status"]) == "TENTATIVE"


def test_a_date_that_moves_keeps_its_event_and_raises_its_sequence(city, machine):
    before = events(machine.get("/calendar/deadlines.ics"))
    later = NOW + timedelta(hours=1)
    extension = ExtendPeriod(decision_id=city.decision, last_day=city.last_day + timedelta(days=5), reason="节假日。")
    change(extend_period, extension, PLANNER, now=later)
    move = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=9),
        reason_code=ReasonCode.WEATHER,
        reason="暴雨。",
    )
    change(revise_milestone, move, OFFICER, now=later)

    after = events(machine.get("/calendar/deadlines.ics"))

    assert before.keys() == after.keys()
    assert all(after[uid]["sequence"] == before[uid]["sequence"] + 1 for uid in before)
    assert after[f"milestone-{city.milestone}@record.example"].decoded("dtstart") == city.promised + timedelta(days=9)


def test_a_calendar_can_be_of_one_decision_project_or_department(city, machine):
    closing, milestone = f"closing-{city.decision}-1@record.example", f"milestone-{city.milestone}@record.example"

    def names(query):
        return set(events(machine.get(f"/calendar/deadlines.ics?{query}")))

    assert names(f"decision={city.decision}") == {closing}
    assert names(f"project={city.project}") == {milestone}
    assert names("department=water") == {closing, milestone}
    assert names("department=parks") == set()


def test_what_has_passed_is_not_in_the_calendar(small_city, machine):
    machine.now = NOW + timedelta(days=60)

    found = events(machine.get("/calendar/deadlines.ics"))

    assert set(found) == {f"milestone-{small_city.milestone}@record.example"}


@pytest.mark.parametrize(
    ("more", "days", "words"),
    [
        ({}, ("2027-02-10", "2027-02-10"), ""),
        (
            {"precision": Precision.MONTH},
            ("2027-02-01", "2027-02-28"),
            "预计在 2027-02 当月，具体日期尚未公布 · Some day in 2027-02: the day is not said yet",
        ),
        (
            {"precision": Precision.QUARTER, "date_high": date(2027, 5, 1)},
            ("2027-01-01", "2027-05-01"),
            "Some day in 2027-Q1: the day is not said yet\n介于 2027-01-01 与 2027-05-01 之间",
        ),
        ({"precision": Precision.YEAR}, ("2027-01-01", "2027-12-31"), "预计在 2027 年内"),
        ({"date_low": date(2027, 2, 1)}, ("2027-02-01", "2027-02-10"), "Between 2027-02-01 and 2027-02-10"),
    ],
)
def test_what_is_not_said_to_the_day_takes_all_days_that_it_may_mean_and_says_so(
    small_city, machine, more, days, words
):
    move = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=date(2027, 2, 10),
        reason_code=ReasonCode.WEATHER,
        reason="暴雨。",
        **more,
    )
    change(revise_milestone, move, OFFICER, now=NOW)

    (event,) = events(machine.get(f"/calendar/deadlines.ics?project={small_city.project}")).values()

    last = event.decoded("dtend") - timedelta(days=1)
    assert (str(event.decoded("dtstart")), str(last), str(event["status"])) == (*days, "TENTATIVE")
    assert words in str(event["description"])


def test_what_may_still_come_this_month_stays_in_the_calendar(small_city, machine):
    move = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=date(2027, 2, 1),
        precision=Precision.MONTH,
        reason_code=ReasonCode.WEATHER,
        reason="暴雨。",
    )
    change(revise_milestone, move, OFFICER, now=NOW)

    def count(day):
        machine.now = datetime(2027, *day, 4, tzinfo=UTC)
        return len(events(machine.get(f"/calendar/deadlines.ics?project={small_city.project}")))

    assert [count(day) for day in ((2, 28), (3, 1))] == [1, 0]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (RevisionKind.PAUSED, "TENTATIVE", "节点暂停 · Milestone paused"),
        (RevisionKind.CANCELLED, "CANCELLED", "节点取消 · Milestone cancelled"),
        (RevisionKind.REBASELINE, "TENTATIVE", "节点 · Milestone"),
        (RevisionKind.ACHIEVED, "CONFIRMED", "节点达成 · Milestone reached"),
    ],
)
def test_every_statement_keeps_the_event_raises_its_number_and_says_how_it_stands(
    small_city, machine, kind, status, words
):
    document = PublishDocument(
        project_id=small_city.project,
        type=DocumentType.PROJECT_PLAN,
        title="批复",
        file_name="p.txt",
        content=b"yes",
    )
    approval = int(change(publish_document, document, OFFICER, now=NOW).key)
    said = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=kind,
        due_date=local_date(NOW) if kind is RevisionKind.ACHIEVED else small_city.promised,
        reason_code=ReasonCode.FUNDING if kind.moves else None,
        reason="资金未到位。" if kind.moves else "",
        document_id=approval if kind is RevisionKind.REBASELINE else None,
        next_steps="申请拨款。" if kind is RevisionKind.PAUSED else "",
        resume_on=small_city.promised if kind is RevisionKind.PAUSED else None,
    )
    change(revise_milestone, said, OFFICER, now=NOW + timedelta(hours=1))

    event = events(machine.get("/calendar/deadlines.ics"))[f"milestone-{small_city.milestone}@record.example"]

    assert (event["sequence"], str(event["status"])) == (1, status)
    assert str(event["summary"]).startswith(f"{words}: 通水")
    feed = machine.get("/feeds/changes.atom").text
    assert feed.count("tag:record.example,2026:ledger/") == len(set(re.findall("<id>(tag:[^<]*)</id>", feed)))
    assert "通水" in ET.fromstring(feed).findtext("{*}entry/{*}title")


def test_a_calendar_is_written_as_it_always_was():
    closing = Closing(
        decision_id="2026-0001",
        title="Quiet hours; draft, 2",
        round=1,
        closes_at=datetime(2026, 12, 24, 16, tzinfo=UTC),
        zone="Asia/Shanghai",
        number=2,
        recorded_at=NOW,
    )
    due = DueDate(
        milestone_id=7,
        title="通水\x00",
        project_id="P-1001",
        project_title="第二水厂",
        language=Language.CHINESE,
        department_id="water",
        promised=PromisedDay(date(2027, 3, 4)),
        said=PromisedDay(date(2027, 6, 30)),
        kind=RevisionKind.REFORECAST,
        number=3,
        reason="征地未完成。",
        recorded_at=NOW,
    )

    written = as_calendar([closing], [due], site=SITE, is_cut=True)

    assert_golden("deadlines.ics", written)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
