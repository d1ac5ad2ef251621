"""Reading the whole record part by part, so that never all of it is in memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from sqlmodel import Session

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

    @property
    def today(self) -> date:
        """The day on the calendar of the jurisdiction."""
        return local_date(self.now)


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
        with source.reading() as session:
            rows = read(session, after)
        if rows:
            after = key(rows[-1])
            yield rows
        if len(rows) < size:
            return
