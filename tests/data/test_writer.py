import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from data.database import database, demand_sound_sqlite, reading
from data.ledger.verify import verify
from data.operations.comments import SubmitComment, submit_comment
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.verdicts import GiveVerdict, give_verdict
from data.present import rebuild
from data.unit_of_work import Kept
from data.writer import change, writer
from models.actor import CITIZEN
from models.comment import Comment, CommentTally, Stance
from models.decision import Language
from models.exceptions import (
    ConflictError,
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    NotOpenError,
    ReasonMissingError,
    TokenReusedError,
    UnrecordedChangeError,
)
from models.ledger import LedgerEntry
from models.milestone import MilestoneRevision, ReasonCode, RevisionKind
from models.present import DecisionPresent, ProjectPresent
from models.project import Project
from models.verdict import VerdictCode
from tests.conftest import NOW, OFFICER, PLANNER


def count(table):
    with reading() as session:
        return len(session.exec(select(table)).all())


def test_the_same_token_with_the_same_content_is_one_comment(city, comment):
    assert comment(city) == comment(city)
    assert count(Comment) == 1


def test_the_same_token_with_other_content_is_refused(city, comment):
    comment(city)
    with pytest.raises(TokenReusedError):
        comment(city, "别的话")
    assert count(Comment) == 1


def test_a_comment_one_microsecond_before_the_closing_is_taken_and_at_the_closing_it_is_not(city, comment):
    with reading() as session:
        closes_at = session.exec(select(DecisionPresent.closes_at)).one()
    comment(city, token="early", now=closes_at - timedelta(microseconds=1))
    with pytest.raises(NotOpenError) as refusal:
        comment(city, token="late", now=closes_at)
    assert refusal.value.facts[1] == closes_at
    assert count(Comment) == 1


@pytest.mark.parametrize("body", ["", " \n\t ", "\x00\x01", "\u202e\u2066"])
def test_a_comment_without_words_is_refused(small_city, comment, body):
    with pytest.raises(InvalidValueError):
        comment(small_city, body)


def test_a_comment_of_a_hundred_thousand_characters_is_taken_and_one_more_is_not(city, comment):
    comment(city, "字" * 100_000, token="long")
    with pytest.raises(InvalidValueError):
        comment(city, "字" * 100_001, token="longer")
    with pytest.raises(InvalidValueError):
        comment(city, "x" * 1_000_000, token="a megabyte")
    assert count(Comment) == 1


def test_a_comment_on_a_clause_of_another_draft_is_refused(small_city, comment):
    with pytest.raises(NotFoundError):
        comment(small_city, clause_id=999)


def test_two_who_revise_one_milestone_do_not_overwrite_each_other(city):
    def move(days):
        command = ReviseMilestone(
            milestone_id=city.milestone,
            kind=RevisionKind.REFORECAST,
            due_date=city.promised + timedelta(days=days),
            reason_code=ReasonCode.LAND,
            reason="征地未完成",
            seen=1,
        )
        return change(revise_milestone, command, OFFICER, now=NOW)

    assert move(30).number == 2
    with pytest.raises(ConflictError) as refusal:
        move(60)
    assert refusal.value.facts[1:3] == (1, 2)
    assert count(MilestoneRevision) == 2


def test_a_date_does_not_move_without_a_reason(city):
    command = ReviseMilestone(
        milestone_id=city.milestone, kind=RevisionKind.REFORECAST, due_date=city.promised, reason=" "
    )
    with pytest.raises(ReasonMissingError):
        change(revise_milestone, command, OFFICER)


def test_a_date_does_not_move_without_a_reason_even_behind_our_back(city):
    with database().writing_engine.connect() as connection:
        connection.info["written"] = set()
        with pytest.raises(DBAPIError, match="reason_given"):
            connection.execute(
                text(
                    "INSERT INTO milestone_revision"
                    " (milestone_id, number, kind, due_date, precision, reason, recorded_at)"
                    " VALUES (:one, 2, 'reforecast', '2027-01-01', 'day', ' ', '2026-01-01 00:00:00')"
                ),
                {"one": city.milestone},
            )
        connection.info.pop("written")


def test_who_has_no_right_changes_nothing(city):
    command = ReviseMilestone(milestone_id=city.milestone, kind=RevisionKind.RESUMED, due_date=city.promised)
    for actor in (CITIZEN, PLANNER):
        with pytest.raises(NotAllowedError):
            change(revise_milestone, command, actor)


@pytest.mark.parametrize(
    "table",
    ["comment", "comment_text", "verdict", "milestone_revision", "decision_revision", "ledger_entry", "clause"],
)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {column} = {column}"])
def test_the_database_refuses_to_alter_what_was_said(city, comment, table, statement):
    kept = comment(city)
    change(give_verdict, GiveVerdict(point_id=kept.number, code=VerdictCode.NOTED, reason="收到"), PLANNER, now=NOW)
    column = {"comment_text": "comment_id", "ledger_entry": "idx"}.get(table, "id")
    with database().writing_engine.connect() as connection:
        connection.info["written"] = set()
        with pytest.raises(DBAPIError, match="kept as they were written"):
            connection.execute(text(statement.format(table, column=column)))
        connection.info.pop("written")


def test_a_raw_write_to_a_tracked_table_fails(city):
    with database().writing_engine.connect() as connection, pytest.raises(UnrecordedChangeError):
        connection.execute(text("DELETE FROM point"))


def test_a_change_without_a_ledger_entry_is_not_kept(city):
    def forgetful(_, uow):
        uow.keep(Project(id="P-9999", recorded_at=uow.now))
        return Kept(subject="prj/P-9999")

    with pytest.raises(UnrecordedChangeError):
        change(forgetful, None, OFFICER)
    assert count(Project) == 1


def test_readers_cannot_write(city):
    with reading() as session, pytest.raises(DBAPIError):
        session.execute(text("INSERT INTO counter (series, last) VALUES ('x', 1)"))


def test_a_refused_change_leaves_the_others_of_its_batch(city, comment):
    def send(number):
        body = "" if number % 3 == 0 else f"意见{number}"
        try:
            return comment(city, body, token=f"t{number}")
        except InvalidValueError:
            return None

    with ThreadPoolExecutor(16) as pool:
        kept = [result for result in pool.map(send, range(60)) if result]
    assert len(kept) == count(Comment) == 40
    with reading() as session:
        assert verify(session).faults == []
        sseqs = session.exec(
            select(LedgerEntry.sseq)
            .where(LedgerEntry.subject == f"dec/{city.decision}")
            .order_by(col(LedgerEntry.idx))
        ).all()
    assert sseqs == list(range(1, len(sseqs) + 1))


def test_the_ledger_holds_over_full_tiles(city, comment):
    futures = [
        writer().submit(
            submit_comment,
            SubmitComment(
                decision_id=city.decision, body=f"意见{n}", stance=Stance.SUPPORT, language=Language.CHINESE
            ),
            CITIZEN,
            token=f"t{n}",
            now=NOW,
        )
        for n in range(600)
    ]
    assert all(future.result(60) for future in futures)
    with reading() as session:
        found = verify(session)
        tiles = session.execute(text("SELECT count(*) FROM ledger_tile")).scalar()
    assert (found.faults, tiles) == ([], found.entries // 256)


def test_the_present_follows_from_what_was_said(city, comment):
    kept = comment(city)
    comment(city, "支持", token="other", stance=Stance.SUPPORT)
    change(give_verdict, GiveVerdict(point_id=kept.number, code=VerdictCode.ADOPTED, reason="好"), PLANNER, now=NOW)

    def present():
        with reading() as session:
            return [
                sorted(str(row.model_dump()) for row in session.exec(select(table)))
                for table in (DecisionPresent, ProjectPresent, CommentTally)
            ]

    before = present()
    with database().rebuilding() as session:
        rebuild(session)
    assert present() == before


STORM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from data.operations.comments import SubmitComment, submit_comment
from data.writer import change
from datetime import timedelta
from models.actor import CITIZEN
from models.comment import Stance
from models.decision import Language
from tests.conftest import NOW

def send(number):
    command = SubmitComment(
        decision_id=sys.argv[1], body=f"{number}", stance=Stance.NEUTRAL, language=Language.CHINESE
    )
    kept = change(submit_comment, command, CITIZEN, token=f"storm {number}", now=NOW + timedelta(hours=1))
    sys.stdout.write(f"{kept.key}\\n")
    sys.stdout.flush()

with ThreadPoolExecutor(32) as pool:
    list(pool.map(send, range(100_000)))
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(city):
    storm = subprocess.Popen(
        [sys.executable, "-c", STORM, city.decision], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    acknowledged = [storm.stdout.readline().strip() for _ in range(300)]
    storm.kill()
    rest, _ = storm.communicate()
    # The last line may have been cut by the kill.
    acknowledged += rest.split("\n")[:-1]
    with reading() as session:
        kept = {str(number) for number in session.exec(select(Comment.id))}
        assert verify(session).faults == []
    assert len(acknowledged) >= 300
    assert set(acknowledged) <= kept


def test_an_sqlite_that_can_lose_pages_is_refused():
    with pytest.raises(RuntimeError, match=r"3\.40\.1"):
        demand_sound_sqlite((3, 40, 1))
