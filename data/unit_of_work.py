"""The unit of work: one change to the record, made by one actor at one instant, kept whole or not at all."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Insert, insert
from sqlmodel import Session

from data.database import WRITTEN
from models.actor import Actor
from models.base import Record
from models.exceptions import UnrecordedChangeError
from models.ledger import Audience, Counter, EntryType
from models.proposal import Agreement

T = TypeVar("T")


@cache
def _insert_into(kind: type[Record]) -> Insert:
    return insert(Record.metadata.tables[str(kind.__tablename__)])


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a change resulted in: the matter, what was changed, and the number of the statement."""

    subject: str
    key: str = ""
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is to be written to the ledger about a change."""

    type: EntryType
    subject: str
    about: str
    time: datetime
    actor: Mapping[str, str]
    pub: Mapping[str, Any]
    disclosed: tuple[tuple[Audience, str, Any], ...]


class Findable(NamedTuple):
    """A text to be found: what kind of thing it belongs to, its number, and the words."""

    kind: int
    number: int
    text: str


@dataclass
class UnitOfWork:
    """What an operation works with. The writer opens it, and keeps what it did or discards it."""

    session: Session
    actor: Actor
    #: The instant of the change. Everything in it bears the same time.
    now: datetime
    #: The client token of the submission, where there is one.
    token: str = ""
    entries: list[Entry] = field(default_factory=list)
    findable: list[Findable] = field(default_factory=list)
    #: Points that came in, or whose state changed: decision, clause key, stance, state, how many more or fewer.
    counted: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    #: What was read of each matter, by subject: shared by a batch, and forgotten as soon as more happens to the matter
    #: than that a comment on it comes in.
    known: dict[str, dict[Hashable, Any]] = field(default_factory=dict)
    #: The proposal that is being published, and who agreed to it; nothing where an actor publishes at once.
    agreed: Agreement | None = None

    def record(
        self,
        type_: EntryType,
        *,
        subject: str,
        about: str,
        pub: Mapping[str, Any] | None = None,
        public: Mapping[str, Any] | None = None,
        private: Mapping[str, Any] | None = None,
    ) -> None:
        """
        Write to the ledger what is being done, and to what.

        :param pub: facts that are public by nature and stay for ever
        :param public: words of people, published, and one day erasable
        :param private: what only officials may see
        """
        disclosed = (
            *((Audience.PUBLIC, name, value) for name, value in (public or {}).items()),
            *((Audience.OFFICER, name, value) for name, value in (private or {}).items() if value),
        )
        if type_ is not EntryType.COMMENT_RECEIVED:
            self.known.pop(subject, None)
        actor = {"role": str(self.actor.role)}
        if self.actor.department_id:
            actor["org"] = self.actor.department_id
        if self.agreed is not None:
            actor |= _said_of(self.agreed)
        self.entries.append(
            Entry(
                type=type_,
                subject=subject,
                about=about,
                time=self.now,
                actor=actor,
                pub=pub or {},
                disclosed=disclosed,
            )
        )

    def make_findable(self, kind: int, number: int, *texts: str) -> None:
        """Have a text found by the search, in place of what was found of the same thing before."""
        self.findable.append(Findable(kind, number, "\n".join(text for text in texts if text)))

    def next_number(self, series: str, *, first: int = 1) -> int:
        """Return the next number of a series."""
        counter = self.session.get(Counter, series)
        if counter is None:
            counter = Counter(series=series, last=first - 1)
        counter.last += 1
        self.session.add(counter)
        self.session.flush()
        return counter.last

    def keep(self, *rows: Any) -> None:
        """Write rows, so that their numbers are known."""
        self.session.add_all(rows)
        self.session.flush()

    def know(self, subject: str, question: Hashable, read: Callable[[], T]) -> T:
        """Return what is known of a matter, read once for all comments on it in a batch."""
        known = self.known.setdefault(subject, {})
        if question not in known:
            known[question] = read()
        found: T = known[question]
        return found

    def insert(self, kind: type[Record], values: Mapping[str, Any]) -> int:
        """Write one row without an object, and return its number. For what happens hundreds of times a second."""
        written = self.session.connection().execute(_insert_into(kind), values)
        key: Any = written.inserted_primary_key
        return int(key[0])

    def inside(self, actor: Actor, agreed: Agreement | None = None, *, now: datetime | None = None) -> "UnitOfWork":
        """Return a unit of work within this one, which may come to nothing. What it did is kept by :meth:`take`."""
        return UnitOfWork(self.session, actor, now or self.now, agreed=agreed)

    def take(self, inner: "UnitOfWork") -> None:
        """Make what was done within another unit of work a part of this one."""
        self.entries += inner.entries
        self.findable += inner.findable
        self.counted += inner.counted
        for entry in inner.entries:
            self.known.pop(entry.subject, None)

    def open(self) -> None:
        """Begin to watch what is written to tracked tables."""
        self.session.connection().info[WRITTEN] = set()

    def close(self) -> None:
        """Write what is left, and stop watching."""
        self.session.flush()
        written: Iterable[str] = self.session.connection().info.pop(WRITTEN, ())
        if written and not self.entries:
            raise UnrecordedChangeError(*sorted(written))

    def discard(self) -> None:
        """Stop watching what will be undone."""
        self.session.connection().info.pop(WRITTEN, None)


def _said_of(agreed: Agreement) -> dict[str, str]:
    at = {"proposed_at": agreed.proposed_at, "approved_at": agreed.approved_at}
    instants = {name: f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for name, instant in at.items() if instant}
    return {"proposal": str(agreed.proposal_id), **instants}
