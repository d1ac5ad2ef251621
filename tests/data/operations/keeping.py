"""What the record holds before and after a change, for the tests of the operations."""

import json
from contextlib import contextmanager

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from data.database import reading
from data.ledger.verify import verify
from data.writer import change
from models.actor import CITIZEN, OPERATOR, Actor, Role
from models.base import Record
from models.exceptions import NotAllowedError
from models.ledger import EntryType, LedgerDisclosure, LedgerEntry
from tests.conftest import NOW, OFFICER, PLANNER

#: Everybody who may not work on a project of the water bureau.
OTHERS = (
    CITIZEN,
    OPERATOR,
    PLANNER,
    Actor(role=Role.OFFICER, department_id="parks"),
    Actor(role=Role.OFFICER),
    Actor(role=Role.AUDITOR),
    Actor(role=Role.EXPERT, department_id="water"),
)


def contents():
    """Return how many rows each table has, and the size of the ledger."""
    with reading() as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Record.metadata.sorted_tables
        }


@contextmanager
def refused(error):
    """Expect a refusal that leaves nothing behind, and hand out what was refused."""
    before = contents()
    with pytest.raises(error) as refusal:
        yield refusal
    assert contents() == before


def rows(table, order=None):
    """Return all rows of a table."""
    with reading() as session:
        statement = select(table)
        return list(session.exec(statement.order_by(order) if order is not None else statement))


def ledger():
    """Return the last entry of the ledger: its type, matter, what exactly it is about, and its public facts."""
    with reading() as session:
        assert verify(session).faults == []
        entry = session.exec(select(LedgerEntry).order_by(col(LedgerEntry.idx).desc()).limit(1)).one()
        return EntryType(entry.type), entry.subject, entry.about, json.loads(entry.body)["pub"]


def disclosures():
    """Return how many fields are disclosed with the last entry of the ledger."""
    with reading() as session:
        last = session.exec(select(func.max(LedgerEntry.idx))).one()
        return len(session.exec(select(LedgerDisclosure).where(LedgerDisclosure.idx == last)).all())


def refuse_others(operation, command, others=OTHERS):
    """Check that nobody else may do it, and that nothing is left of the attempt."""
    for actor in others:
        with refused(NotAllowedError):
            change(operation, command, actor, now=NOW)


def do(operation, command, *, token="", now=NOW):
    """Do it as the officer of the water bureau."""
    return change(operation, command, OFFICER, token=token, now=now)
