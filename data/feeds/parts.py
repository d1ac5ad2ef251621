"""Reading the whole record part by part, so that never all of it is in memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from sqlmodel import Session

from data.queries.past_session import reading_as_of
from models.clock import local_date

T = TypeVar("T")
K = TypeVar("K")


class Part(NamedTuple):
    """What is written next, and how many rows are in it."""

    content: bytes
    rows: int


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where an export is read from, for whom, and when."""

    #: Opens a session that reads. Each part is read in one of its own, so that a slow reader holds nothing up.
    reading: Callable[[], AbstractContextManager[Session]]
    #: Where people find the record.
    site: str
    now: datetime
    #: Only what belongs to this decision.
    decision_id: str | None = None
    #: By what had been recorded at the end of this day; nothing for the present.
    as_of: date | None = None

    @property
    def today(self) -> date:
        """The day on the calendar of the jurisdiction; the past one, where one is asked for."""
        return self.as_of or local_date(self.now)

    def knowing(self) -> AbstractContextManager[Session]:
        """Open a session that knows what is asked for: what a past day knew, or everything."""
        return reading_as_of(self.reading, self.as_of) if self.as_of else self.reading()


def batches(
    source: Source, read: Callable[[Session, K], Sequence[T]], *, first: K, key: Callable[[T], K], size: int
) -> Iterator[Sequence[T]]:
    """
    Return everything that ``read`` finds, at most ``size`` at a time.

    :param read: returns what comes after a key
    :param first: a key before all others
    """
    after = first
    while True:
        with source.knowing() as session:
            rows = read(session, after)
        if rows:
            after = key(rows[-1])
            yield rows
        if len(rows) < size:
            return
