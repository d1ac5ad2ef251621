"""What more is said of milestones: confirmed, waiting for others, planned anew, moved by a point, corrected."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from data.database import database, reading
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestone_duties import ConfirmMilestone, LinkMilestone, confirm_milestone, link_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.belongings import belongings
from data.queries.project_record import predecessors_of
from data.writer import change
from models.clock import local_date
from models.comment import Point
from models.document import DisclosureClass, DocumentType
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotFoundError,
    OrderError,
    ReasonMissingError,
    RecordError,
    RuleError,
)
from models.ledger import EntryType
from models.milestone import (
    Milestone,
    MilestoneCode,
    MilestoneRevision,
    ReasonCode,
    RevisionKind,
)
from models.milestone_moves import moves
from models.milestone_revision import MilestoneConfirmation
from models.present import ProjectPresent
from models.verdict import VerdictCode
from tests.conftest import NOW, PLANNER
from tests.data.operations.keeping import do, ledger, refuse_others, refused, rows

TODAY = local_date(NOW)
SECRET = {"disclosure": DisclosureClass.WITHHELD, "ground": "第十五条", "review_on": TODAY}


def revise(city, kind, days=30, **more):
    said = {"milestone_id": city.milestone, "kind": kind, "due_date": city.promised + timedelta(days=days)}
    why = {"reason_code": ReasonCode.SCOPE, "reason": "增加一条管线。"} if kind.moves else {}
    return ReviseMilestone(**{**said, **why, **more})


def plan(city, title="开工", **more):
    command = PlanMilestone(**{"project_id": city.project, "title": title, "due_date": TODAY, **more})
    return int(do(plan_milestone, command).key)


def latest():
    return rows(MilestoneRevision, col(MilestoneRevision.id))[-1]


def test_a_usual_milestone_is_promised_under_its_code_within_a_range(city):
    number = plan(
        city,
        code=MilestoneCode.START,
        is_critical=True,
        date_low=TODAY - timedelta(days=1),
        date_high=TODAY + timedelta(days=20),
        data_date=TODAY,
    )

    milestone = rows(Milestone, col(Milestone.id))[-1]
    assert (milestone.id, milestone.code, milestone.is_critical) == (number, MilestoneCode.START, True)
    assert latest().date_high == TODAY + timedelta(days=20)
    facts = ledger()[3]
    assert (facts["code"], facts["is_critical"]) == ("start", True)
    assert (facts["date_high"], facts["data_date"]) == ("2026-12-14", "2026-11-24")
    with refused(OrderError):
        plan(city, date_high=TODAY - timedelta(days=1))


def test_confirming_unchanged_is_kept_with_its_instant_and_is_no_move(city):
    for number in (1, 2):
        kept = do(confirm_milestone, ConfirmMilestone(milestone_id=city.milestone, seen=1, data_date=TODAY))
        assert kept.number == number

    with reading() as session:
        said = belongings(session, [city.project])[city.project].confirmations[city.milestone]
        milestone = session.get(Milestone, city.milestone)
    assert [(one.number, one.revision, one.recorded_at) for one in said] == [(1, 1, NOW), (2, 1, NOW)]
    assert moves(milestone.revisions) == rows(ProjectPresent)[0].moves == 0
    type_, subject, about, facts = ledger()
    assert (type_, subject) == (EntryType.MILESTONE_CONFIRMED, f"prj/{city.project}")
    assert about == f"milestone/{city.milestone}/1/confirmed/2"
    assert facts["due_date"] == str(city.promised)


def test_a_confirmation_shows_when_the_project_was_last_spoken_of(city):
    later = NOW + timedelta(days=3)

    do(confirm_milestone, ConfirmMilestone(milestone_id=city.milestone), now=later)

    assert rows(ProjectPresent)[0].updated_at == later


def test_what_has_ended_or_was_said_anew_since_is_not_confirmed(small_city):
    command = ConfirmMilestone(milestone_id=small_city.milestone, seen=1)
    refuse_others(confirm_milestone, command)
    with refused(FutureEventError):
        do(confirm_milestone, ConfirmMilestone(milestone_id=small_city.milestone, data_date=TODAY + timedelta(days=1)))
    with refused(NotFoundError):
        do(confirm_milestone, ConfirmMilestone(milestone_id=999_999))
    do(revise_milestone, revise(small_city, RevisionKind.ACHIEVED, due_date=TODAY))

    with refused(ConflictError):
        do(confirm_milestone, command)
    with refused(RuleError):
        do(confirm_milestone, ConfirmMilestone(milestone_id=small_city.milestone, seen=2))


def test_a_milestone_waits_for_others_until_that_is_taken_back_with_a_reason(city):
    start, permit = plan(city, "开工"), plan(city, "施工许可")

    do(link_milestone, LinkMilestone(milestone_id=city.milestone, predecessor_id=start))
    do(link_milestone, LinkMilestone(milestone_id=start, predecessor_id=permit))
    with reading() as session:
        assert predecessors_of(session, city.project) == {city.milestone: [start], start: [permit]}
    with refused(ReasonMissingError):
        do(link_milestone, LinkMilestone(milestone_id=start, predecessor_id=permit, holds=False))
    do(link_milestone, LinkMilestone(milestone_id=start, predecessor_id=permit, holds=False, reason="可以先开工。"))

    with reading() as session:
        assert predecessors_of(session, city.project) == {city.milestone: [start]}
    type_, _, about, facts = ledger()
    assert (type_, about) == (EntryType.MILESTONE_LINKED, f"milestone/{start}/after/{permit}/2")
    assert (facts["holds"], facts["reason"]) == (False, "可以先开工。")


def test_nothing_waits_for_itself_near_or_far_nor_twice(small_city):
    start, permit = plan(small_city, "开工"), plan(small_city, "施工许可")
    do(link_milestone, LinkMilestone(milestone_id=small_city.milestone, predecessor_id=start))
    do(link_milestone, LinkMilestone(milestone_id=start, predecessor_id=permit))

    for milestone, predecessor in (
        (permit, small_city.milestone),
        (permit, permit),
        (small_city.milestone, start),
    ):
        with refused(InvalidValueError):
            do(link_milestone, LinkMilestone(milestone_id=milestone, predecessor_id=predecessor))
    with refused(InvalidValueError):
        do(link_milestone, LinkMilestone(milestone_id=permit, predecessor_id=start, holds=False, reason="无"))
    with refused(NotFoundError):
        do(link_milestone, LinkMilestone(milestone_id=permit, predecessor_id=999_999))
    refuse_others(link_milestone, LinkMilestone(milestone_id=permit, predecessor_id=start))


def test_another_plan_names_an_approval_of_the_same_project(city):
    approval = {"type": DocumentType.BUDGET_APPROVAL, "title": "调整批复", **SECRET}
    own = int(do(publish_document, PublishDocument(project_id=city.project, **approval)).key)
    foreign = change(publish_document, PublishDocument(decision_id=city.decision, **approval), PLANNER, now=NOW).key

    for document in (None, int(foreign)):
        with refused(InvalidValueError):
            do(revise_milestone, revise(city, RevisionKind.REBASELINE, document_id=document))
    do(revise_milestone, revise(city, RevisionKind.REBASELINE, document_id=own, seen=1))

    assert (latest().number, latest().kind, latest().document_id) == (2, RevisionKind.REBASELINE, own)
    assert rows(ProjectPresent)[0].promised_on == city.promised
    facts = ledger()[3]
    assert (facts["kind"], facts["document"]) == ("rebaseline", own)


def answer(point, code, **more):
    command = GiveVerdict(point_id=point, code=code, reason="说明。", **more)
    change(give_verdict, command, PLANNER, now=NOW + timedelta(hours=2))


def test_public_input_moves_a_date_only_by_a_point_that_was_adopted(city, comment):
    comment(city, token="one")
    comment(city, "太吵了", token="two")
    comment(city, "同上", token="three")
    adopted, refused_one, same = (point.id for point in rows(Point, col(Point.id)))
    why = {"reason_code": ReasonCode.PUBLIC_INPUT, "reason": "按意见改用低噪声泵。"}

    def moved(point):
        return revise(city, RevisionKind.REFORECAST, point_id=point, **why)

    with refused(InvalidValueError) as refusal:
        do(revise_milestone, moved(adopted))
    assert refusal.value.facts == ("point_id", "unanswered")
    answer(adopted, VerdictCode.PARTLY_ADOPTED)
    answer(refused_one, VerdictCode.NOT_ADOPTED)
    answer(same, VerdictCode.SAME_AS, same_as_id=adopted)
    for point, error in ((None, InvalidValueError), (refused_one, InvalidValueError), (999_999, NotFoundError)):
        with refused(error):
            do(revise_milestone, moved(point))

    do(revise_milestone, moved(adopted))
    do(revise_milestone, revise(city, RevisionKind.REFORECAST, 60, point_id=same, **why))

    assert latest().point_id == same
    assert ledger()[3]["point"] == same
    assert [one.point_id for one in rows(MilestoneRevision, col(MilestoneRevision.number))] == [None, adopted, same]
    with reading() as session:
        assert belongings(session, [city.project])[city.project].points == dict.fromkeys(
            (adopted, same), city.decision
        )


def test_public_input_of_another_record_is_named_by_where_it_can_be_read_and_no_other_reason_is(city):
    elsewhere = {"point_elsewhere": "https://other.example/decisions/2026-0001#point-7"}
    why = {"reason_code": ReasonCode.PUBLIC_INPUT, "reason": "按意见改线。"}

    for more in ({**elsewhere, "reason_code": ReasonCode.SCOPE}, {**why, **elsewhere, "point_id": 1}):
        with refused(RecordError):
            do(revise_milestone, revise(city, RevisionKind.REFORECAST, **more))
    do(revise_milestone, revise(city, RevisionKind.REFORECAST, **why, **elsewhere))

    assert (latest().point_id, latest().point_elsewhere) == (None, elsewhere["point_elsewhere"])
    assert ledger()[3]["point_elsewhere"] == elsewhere["point_elsewhere"]


def test_a_pause_keeps_what_is_done_meanwhile_and_when_it_is_to_go_on(city):
    resume = TODAY + timedelta(days=20)

    do(revise_milestone, revise(city, RevisionKind.PAUSED, 0, next_steps="等待\r\n批复。", resume_on=resume))

    assert (latest().next_steps, latest().resume_on) == ("等待\n批复。", resume)
    facts = ledger()[3]
    assert facts["resume_on"] == str(resume)
    assert "批复" not in str(facts)


def test_a_mistake_about_the_kind_is_corrected_in_one_change_and_both_statements_stay(city):
    do(revise_milestone, revise(city, RevisionKind.ACHIEVED, due_date=TODAY))
    mended = {"reason_code": ReasonCode.DATA_CORRECTION, "reason": "日期录错。", "due_date": TODAY - timedelta(days=5)}

    kept = do(
        revise_milestone,
        revise(city, RevisionKind.CORRECTION, corrects=2, stands_as=RevisionKind.ACHIEVED, **mended),
    )

    said = rows(MilestoneRevision, col(MilestoneRevision.number))
    assert [(one.number, one.kind, one.corrects) for one in said] == [
        (1, RevisionKind.BASELINE, None),
        (2, RevisionKind.ACHIEVED, None),
        (3, RevisionKind.CORRECTION, 2),
        (4, RevisionKind.ACHIEVED, None),
    ]
    assert kept.number == 4
    assert rows(ProjectPresent)[0].reached_on == TODAY - timedelta(days=5)
    assert ledger()[0] is EntryType.MILESTONE_REACHED


@pytest.mark.parametrize(
    ("kind", "stands_as"),
    [
        (RevisionKind.REFORECAST, RevisionKind.ACHIEVED),
        (RevisionKind.CORRECTION, RevisionKind.BASELINE),
        (RevisionKind.CORRECTION, RevisionKind.REFORECAST),
    ],
)
def test_only_a_correction_says_as_what_it_stands_and_not_as_everything(small_city, kind, stands_as):
    with refused(InvalidValueError):
        do(revise_milestone, revise(small_city, kind, stands_as=stands_as))


def test_a_move_to_the_same_date_is_refused_and_leaves_nothing(small_city):
    with refused(InvalidValueError) as refusal:
        do(revise_milestone, revise(small_city, RevisionKind.REFORECAST, 0))
    assert refusal.value.facts == ("due_date", "unchanged")


#: What the database itself refuses, whoever writes it: values that differ from those of a sound second statement.
UNSOUND = {
    "a second baseline": {"kind": "baseline"},
    "a move without a reason": {"reason": " "},
    "a move without the code of its reason": {"reason_code": None},
    "another plan that nobody approved": {"kind": "rebaseline"},
    "a date before its range": {"date_low": "2028-01-01"},
    "a date after its range": {"date_high": "2026-01-01"},
    "a move that corrects": {"corrects": 1},
    "a correction of what is not said yet": {"kind": "correction", "corrects": 2},
    "a point that is not the reason": {"point_id": 1},
    "a move that goes on one day": {"resume_on": "2027-01-01"},
    "a kind that there is not": {"kind": "moved"},
}


@pytest.mark.parametrize("unsound", UNSOUND)
def test_the_database_refuses_a_statement_that_breaks_a_rule(city, comment, unsound):
    comment(city)
    values = {
        "milestone_id": city.milestone,
        "number": 2,
        "kind": "reforecast",
        "due_date": "2027-06-30",
        "precision": "day",
        "reason_code": "land",
        "reason": "征地。",
        "recorded_at": "2026-11-24 03:00:00",
        "next_steps": "",
    }

    def write(row):
        columns = ", ".join(row)
        statement = text(
            f"INSERT INTO milestone_revision ({columns}) VALUES ({', '.join(f':{name}' for name in row)})"
        )
        with database().writing_engine.connect() as connection:
            connection.info["written"] = set()
            connection.execute(statement, row)
            connection.rollback()
            connection.info.pop("written")

    write(values)
    with pytest.raises(IntegrityError):
        write({**values, **UNSOUND[unsound]})


def test_the_tables_of_confirmations_and_moves_refuse_every_change(city):
    do(confirm_milestone, ConfirmMilestone(milestone_id=city.milestone))
    assert rows(MilestoneConfirmation)

    for table in ("milestone_confirmation", "milestone_revision"):
        for statement in (f"UPDATE {table} SET number = 9", f"DELETE FROM {table}"):
            with database().writing_engine.connect() as connection:
                connection.info["written"] = set()
                with pytest.raises(Exception, match="kept as they were written"):
                    connection.execute(text(statement))
                connection.rollback()
                connection.info.pop("written")
