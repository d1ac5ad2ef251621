"""
What every decision owed at a past instant, by what was known then.

What was recorded by then does not change any more, so it is counted once in the life of the process. That takes about
a millisecond for each decision.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from data.queries.docket_facts import dockets
from data.queries.docket_tallies import past_tallies
from data.queries.duties import Duties, procedure_of
from data.queries.keeping import Shelf, kept_with
from data.templates.calendars import calendar_of
from models.docket_evaluation import evaluate
from models.ledger import LedgerEntry

T = TypeVar("T")
_CHUNK = 500
#: How many instants are kept: a board compares with one.
_MOST = 8
_counts: Callable[[], Shelf[Any, Any]] = partial(Shelf, _MOST)


def counted_once(session: Session, instant: datetime, count: Callable[[], T]) -> T:
    """Return what was counted of a past instant; count it the first time. One statement."""
    # The first entry tells the record from one that was at its address before.
    first = session.exec(select(LedgerEntry.leaf_hash).where(col(LedgerEntry.idx) == 0)).first()
    answer: T = kept_with(session, _counts).find((first, instant), count)
    return answer


def duties_then(session: Session, identifiers: Sequence[str], instant: datetime) -> Iterator[tuple[str, Duties]]:
    """Yield what decisions owed at an instant at which all of them were announced, with their numbers."""
    for start in range(0, len(identifiers), _CHUNK):
        for identifier, docket in dockets(session, identifiers[start : start + _CHUNK], past_tallies).items():
            template = procedure_of(docket, instant)
            evaluation = evaluate(docket, template, calendar_of(template.day_rule.calendar), instant)
            yield identifier, Duties(template, evaluation)
