"""
What was evaluated of every matter of a kind, kept in the process until it can be another one.

That is when the matter changes, or when the clock comes to something that matters to it. So of thousands only those
are evaluated again for which the answer can be another one.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlalchemy import literal, union_all
from sqlmodel import Session, col, select

from data.database import read_once
from data.queries.keeping import kept_with
from models.docket import never_earlier
from models.ledger import LedgerEntry, LedgerHead, LedgerSubject

T = TypeVar("T")
_CHUNK = 500
_HEAD = "ledger head"
_LEDGER: Any = select(LedgerHead.size, LedgerHead.frontier, LedgerHead.last_time)
#: Evaluates matters at an instant; with each, the instant from which it can be another one.
Evaluate = Callable[[Session, Sequence[str], datetime], Mapping[str, tuple[datetime, T]]]


@dataclass(frozen=True)
class _Judged(Generic[T]):
    """An evaluation, and for how long it holds."""

    #: The hash of the last entry on the matter: no two states of any record have the same.
    last: bytes
    since: datetime
    until: datetime
    found: T

    def holds(self, last: bytes, instant: datetime) -> bool:
        return self.last == last and self.since <= instant < self.until


@dataclass(frozen=True)
class _All(Generic[T]):
    """What all matters are evaluated to, at which state of the ledger, and from when to when that holds."""

    size: int
    frontier: bytes
    #: The last entry of that state: where it still stands, entries were only added since.
    last: bytes
    #: The last entry on each matter.
    entries: dict[str, bytes]
    since: datetime
    until: datetime
    found: MappingProxyType[str, T]

    def holds(self, instant: datetime) -> bool:
        return self.since <= instant < self.until


class _Kept(Generic[T]):
    """What was evaluated of one database."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.judged: dict[str, _Judged[T]] = {}
        self.all: _All[T] | None = None


class Evaluations(Generic[T]):
    """The evaluations of every matter of a kind."""

    def __init__(self, subject: str, evaluate: Evaluate[T]) -> None:
        """
        Evaluate nothing yet.

        :param subject: how the names of these matters begin in the ledger
        """
        self._subject = subject
        self._evaluate = evaluate

    def one(self, session: Session, identifier: str, instant: datetime) -> T | None:
        """Return what a matter is evaluated to; nothing if there is none of that number."""
        _, _, now = _head(session, instant)
        last = self._entry(session, identifier)
        if last is None:
            return None
        kept = self._kept(session)
        judged = kept.judged.get(identifier)
        if judged is None or not judged.holds(last, now):
            judged = self._judge(session, kept, {identifier: last}, now)[identifier]
        return judged.found

    def all(self, session: Session, instant: datetime) -> Mapping[str, T]:
        """
        Return what every matter is evaluated to, by its number.

        Two statements where something has changed since it was last asked, one where nothing has, and none where the
        session asked before; and those by which what changed is evaluated. Whoever gets it shares it with others.
        """
        size, frontier, now = _head(session, instant)
        kept = self._kept(session)
        # Who comes while all are evaluated waits for that, instead of doing the same.
        with kept.lock:
            known = kept.all
            if (
                known is None
                or (known.size, known.frontier) != (size, frontier)
                or not known.since <= now < known.until
            ):
                known = kept.all = self._all(session, kept, (size, frontier), now)
            return known.found

    def _all(self, session: Session, kept: _Kept[T], state: tuple[int, bytes], now: datetime) -> _All[T]:
        known = kept.all
        read, last, is_newer = self._entries(session, state[0], known)
        entries = known.entries | read if known is not None and is_newer else read
        # Where time has changed nothing, only what is newer can be another one.
        doubtful = read if known is not None and is_newer and known.holds(now) else entries
        judged = {one: kept.judged[one] for one in doubtful if one in kept.judged}
        changed = [one for one, entry in doubtful.items() if one not in judged or not judged[one].holds(entry, now)]
        with undisturbed():
            for some in _chunks(sorted(changed)):
                judged |= self._judge(session, kept, {one: entries[one] for one in some}, now)
        found = {one: judged[one].found for one in doubtful}
        holding: list[_Judged[T] | _All[T]] = list(judged.values())
        if known is not None and doubtful is not entries:
            if not doubtful:
                return replace(known, size=state[0], frontier=state[1], last=last)
            found, holding = known.found | found, [known, *holding]
        return _All(
            *state,
            last,
            entries,
            since=max((one.since for one in holding), default=now),
            until=min((one.until for one in holding), default=now),
            found=MappingProxyType(found),
        )

    def _judge(
        self, session: Session, kept: _Kept[T], entries: Mapping[str, bytes], now: datetime
    ) -> dict[str, _Judged[T]]:
        evaluated = self._evaluate(session, list(entries), now).items()
        found = {one: _Judged(entries[one], now, until, result) for one, (until, result) in evaluated}
        kept.judged |= found
        return found

    def _kept(self, session: Session) -> _Kept[T]:
        return kept_with(session, _Kept, of=self._subject)

    def _entry(self, session: Session, identifier: str) -> bytes | None:
        """Return the hash of the last entry on a matter."""
        statement = _ENTRIES.where(LedgerSubject.subject == self._subject + identifier)
        row = session.connection().execute(statement).first()
        return None if row is None else row.leaf_hash

    def _entries(self, session: Session, size: int, known: _All[T] | None) -> tuple[dict[str, bytes], bytes, bool]:
        """
        Return the hash of the last entry on each matter, and that of the last of all.

        Only newer ones, and so it is said, where entries were only added to those that are known.
        """
        if known is not None and size >= known.size:
            newer = select(LedgerEntry.subject, LedgerEntry.leaf_hash, LedgerEntry.idx).where(
                LedgerEntry.idx >= known.size, col(LedgerEntry.subject).startswith(self._subject)
            )
            found = self._read(session, newer, known.size, size)
            if found.pop(_BEFORE, b"") == known.last:
                return found, found.pop(_LAST, b""), True
        found = self._read(session, _ENTRIES.where(col(LedgerSubject.subject).startswith(self._subject)), 0, size)
        return found, found.pop(_LAST, b""), False

    def _read(self, session: Session, entries: Any, before: int, size: int) -> dict[str, bytes]:
        of_all = {_BEFORE: before - 1, _LAST: size - 1}
        places = [
            select(literal(name).label("subject"), LedgerEntry.leaf_hash, LedgerEntry.idx).where(
                LedgerEntry.idx == place
            )
            for name, place in of_all.items()
        ]
        rows = session.connection().execute(union_all(entries, *places)).all()
        # Of the entries on a matter, the last one stays.
        in_order = sorted(rows, key=lambda row: row.idx)
        return {row.subject.removeprefix(self._subject): row.leaf_hash for row in in_order}


#: The last entries of the whole ledger, by names that no matter has.
_BEFORE, _LAST = "the last before", "the last"
_ENTRIES: Any = select(LedgerSubject.subject, LedgerEntry.leaf_hash, LedgerEntry.idx).join(
    LedgerEntry, col(LedgerEntry.idx) == LedgerSubject.last_idx
)


def _head(session: Session, instant: datetime) -> tuple[int, bytes, datetime]:
    """Return the state of the ledger, and the instant at which to evaluate: no clock that fell back reopens things."""
    found = read_once(session, _HEAD, lambda: session.connection().execute(_LEDGER).first())
    if found is None or found.last_time is None:
        return 0, b"", instant
    return found.size, found.frontier, never_earlier(instant, found.last_time)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the collector not look again and again through a million objects of which none is garbage."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
