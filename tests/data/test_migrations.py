"""A record that an older version made is brought up to date without the loss of a row."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.database import database, reading
from data.ledger.verify import verify
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.present import rebuild
from data.queries.milestone_amendments import amendments_of
from data.queries.project_view import find_project
from data.schema import _config, drop_everything, is_current, migrate, open_record
from data.writer import change, writer
from models.clock import local_date
from models.day_said import said_on
from models.ledger import EntryType
from models.milestone import ReasonCode, RevisionKind
from tests.conftest import NOW, OFFICER

_AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
#: What is kept of a project at the second version: by table, rows of values.
OLD = {
    "department": [{"id": "water", "recorded_at": _AT}],
    "department_revision": [
        {
            "department_id": "water",
            "number": 1,
            "name_zh": "水务局",
            "name_en": "Water",
            "contact": "",
            "reason": "",
            "recorded_at": _AT,
        }
    ],
    "project": [{"id": "P-1001", "recorded_at": _AT}],
    "project_revision": [
        {
            "project_id": "P-1001",
            "number": 1,
            "department_id": "water",
            "language": "zh",
            "title": "第二水厂",
            "description": "",
            "purpose": "",
            "phase": "implementation",
            "sector": "waterAndWaste",
            "region": "",
            "reason": "",
            "recorded_at": _AT,
        }
    ],
    "milestone": [{"id": 1, "project_id": "P-1001", "title": "通水", "type": "delivery", "completes": True}],
    "milestone_revision": [
        {
            "milestone_id": 1,
            "number": number,
            "kind": kind,
            "due_date": "2027-03-31",
            "precision": "month",
            "reason_code": code,
            "reason": reason,
            "recorded_at": _AT,
        }
        for number, (kind, code, reason) in enumerate(
            (
                ("baseline", None, ""),
                ("reforecast", "publicInput", "采纳居民意见。"),
                ("paused", "permits", "等待批复。"),
                ("resumed", None, ""),
                ("correction", "dataCorrection", "录错。"),
            ),
            1,
        )
    ],
    "budget_version": [
        {
            "project_id": "P-1001",
            "number": 1,
            "kind": "estimate",
            "amount": 2**53 - 1,
            "currency": "CNY",
            "approved_on": "2026-10-01",
            "reason": "",
            "recorded_at": _AT,
        }
    ],
    "progress_report": [
        {
            "project_id": "P-1001",
            "number": number,
            "period_start": "2026-10-01",
            "period_end": "2026-10-31",
            "physical": physical,
            "spent": None,
            "currency": None,
            "body": body,
            "unchanged": False,
            "recorded_at": _AT,
        }
        for number, physical, body in ((1, 4000, "主体完成四成。"), (2, 3000, "上次多报了。"))
    ],
    "document": [{"id": 1, "project_id": "P-1001", "recorded_at": _AT}],
    "document_revision": [
        {
            "document_id": 1,
            "number": 1,
            "type": "other",
            "title": "批复",
            "alt": "",
            "key": "",
            "disclosure": "withheld",
            "ground": "第十五条",
            "review_on": "2027-01-01",
            "reason": "",
            "recorded_at": _AT,
        }
    ],
}


@pytest.fixture
def old_record(record):
    """A record of the second version, with rows."""
    drop_everything(database())
    with database().writing_engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with database().writing_engine.connect() as connection:
        connection.info["written"] = set()
        for table, rows in OLD.items():
            columns = ", ".join(rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            connection.execute(
                text(f"INSERT INTO {table} ({columns}) VALUES ({values})"),
                [{**row, "recorded_at": row.get("recorded_at", _AT).replace(tzinfo=None)} for row in rows],
            )
        connection.commit()
        connection.info.pop("written")
    return record


def kept():
    """Return what the record holds of the rows above, in the columns that there were."""
    found = {}
    with database().reading_engine.connect() as connection:
        for table, rows in OLD.items():
            columns = ", ".join(rows[0])
            found[table] = sorted(map(str, connection.execute(text(f"SELECT {columns} FROM {table}")).all()))
    return found


def test_nothing_is_lost_and_everything_goes_on(old_record):
    before = kept()

    migrate(database())

    assert kept() == before
    assert is_current(database())
    open_record(writer())
    with database().rebuilding() as session:
        rebuild(session)
    with reading() as session:
        view = find_project(session, "P-1001", today=local_date(NOW))
        assert verify(session).faults == []
    (milestone,) = view.milestones
    assert (milestone.code, milestone.is_critical) == (None, False)
    assert [one.next_steps for one in milestone.revisions] == [""] * 5
    assert [one.is_correction for one in view.reports] == [False, False]


def test_what_is_new_can_be_said_of_what_is_old(old_record):
    migrate(database())
    open_record(writer())
    moved = ReviseMilestone(
        milestone_id=1,
        kind=RevisionKind.REBASELINE,
        due_date=local_date(NOW),
        reason_code=ReasonCode.SCOPE,
        reason="增加一条管线。",
        document_id=1,
        seen=5,
    )

    assert change(revise_milestone, moved, OFFICER, now=NOW).number == 6


def test_old_rows_are_guarded_as_before(old_record):
    migrate(database())

    for table in ("milestone_revision", "milestone", "progress_report", "budget_version"):
        for statement in (f"UPDATE {table} SET id = 9", f"DELETE FROM {table}"):
            with database().writing_engine.connect() as connection:
                connection.info["written"] = set()
                with pytest.raises(DBAPIError):
                    connection.execute(text(statement))
                connection.rollback()
                connection.info.pop("written")


def test_what_was_amended_before_another_record_could_tell_the_day_stays_guarded_and_tells_none(old_record):
    amendment = {"milestone_id": 1, "number": 1, "title": "供水", "is_critical": False, "reason": "名称有误。"}
    with database().writing_engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
    with database().writing_engine.connect() as connection:
        connection.info["written"] = set()
        columns, values = ", ".join(amendment), ", ".join(f":{name}" for name in amendment)
        connection.execute(
            text(f"INSERT INTO milestone_amendment ({columns}, recorded_at) VALUES ({values}, :at)"),
            {**amendment, "at": _AT.replace(tzinfo=None)},
        )
        connection.commit()
        connection.info.pop("written")

    migrate(database())

    with reading() as session:
        (said,) = amendments_of(session, 1)
    assert (said.title, said.data_date, said_on(said)) == ("供水", None, local_date(_AT))
    with database().writing_engine.connect() as connection:
        connection.info["written"] = set()
        with pytest.raises(DBAPIError):
            connection.execute(text("UPDATE milestone_amendment SET data_date = '2026-01-01'"))
        connection.rollback()
        connection.info.pop("written")


def test_the_database_finds_itself_sound(sqlite_record):
    with database().reading_engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_the_ledger_takes_every_type_of_entry_that_there_is(record):
    dialect = database().reading_engine.dialect.name
    with database().reading_engine.connect() as connection:
        if dialect == "sqlite":
            found = text("SELECT sql FROM sqlite_master WHERE name = 'ledger_entry'")
        else:
            found = text(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_ledger_entry_entrytype'"
            )
        definition = connection.execute(found).scalar_one()

    assert [code for code in EntryType if f"'{code}'" not in definition] == []
