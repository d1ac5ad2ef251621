"""
Numbers that stand for the whole record: which version of the present it shows, and how many points were received.

They are written where the present is refreshed, in the same transaction, and read at once, once in a session.
"""

import secrets
from collections.abc import Mapping

from sqlalchemy import text
from sqlmodel import Session, col, select

from data.database import read_once
from models.ledger import Counter

#: The versions of what lists show of decisions, projects and departments.
DECISIONS, PROJECTS, DEPARTMENTS = "present decisions", "present projects", "present departments"
#: How many points there are, and how many of them are answered.
POINTS, ANSWERED = "points", "points answered"
_ALL = (DECISIONS, PROJECTS, DEPARTMENTS, POINTS, ANSWERED)
_ADD = text(
    "INSERT INTO counter (series, last) VALUES (:series, :first) "
    "ON CONFLICT (series) DO UPDATE SET last = counter.last + :more"
)
_COUNTED = select(Counter.series, Counter.last).where(col(Counter.series).in_(_ALL))
_KNOWN = "versions"


def versions(session: Session) -> Mapping[str, int]:
    """Return these numbers, as the state of the record has them that the session sees."""
    return read_once(
        session,
        _KNOWN,
        lambda: dict.fromkeys(_ALL, 0) | {row.series: row.last for row in session.connection().execute(_COUNTED)},
    )


def add(session: Session, sums: Mapping[str, int]) -> None:
    """Count so many more, or fewer."""
    rows = [{"series": series, "first": more, "more": more} for series, more in sums.items() if more]
    if rows:
        session.execute(_ADD, rows)


def renew(session: Session, series: str) -> None:
    """Say that what lists show is no longer what it was."""
    # It begins anywhere, so that a record made anew is not taken for the one that was at its address before.
    session.execute(_ADD, {"series": series, "first": secrets.randbelow(2**30), "more": 1})
