"""What kind of record this is, as its first entry says, and how much is in it."""

import json
from datetime import date

from sqlmodel import Session, select

from models.ledger import LedgerEntry, LedgerHead


def example_day(session: Session) -> date | None:
    """Return the day for which this record was made as an example; nothing for a record in earnest."""
    body = session.exec(select(LedgerEntry.body).where(LedgerEntry.idx == 0)).first()
    told = json.loads(body)["pub"]["example_day"] if body else None
    return date.fromisoformat(told) if told else None


def count_entries(session: Session) -> int:
    """Return how many entries the ledger has: none in a new record, one in an opened one that is empty."""
    return session.exec(select(LedgerHead.size)).first() or 0
