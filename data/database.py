"""
Engines and sessions: one way in for readers, one for the writer.

The only module, with ``guards``, ``search`` and the migrations, that knows which database this is.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import pysqlite3.dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

import models
from data.settings import record_settings
from models.base import Record
from models.exceptions import UnrecordedChangeError

T = TypeVar("T")
#: The first release without a bug that can lose committed pages of a WAL when several connections reset it at once.
OLDEST_SQLITE = (3, 51, 3)
#: Tables whose changes need a ledger entry.
TRACKED = frozenset(
    mapper.local_table.name  # type: ignore[attr-defined]
    for mapper in Record._sa_registry.mappers  # noqa: SLF001 - SQLModel names it so, and offers no other way.
    if mapper.class_.tracked and models.TABLES
)
_WRITES = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE
)
_WRITES_INSIDE = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)
#: A number of our own among PostgreSQL's advisory locks.
_WRITERS_LOCK = 713_2019
_NUMBERS = count(1)
#: Where a connection keeps the names of the tracked tables that the running change has written to; absent outside one.
WRITTEN = "written"
#: What a session is marked with that sees one state of the record for as long as it lasts.
SEES_ONE_STATE = "sees_one_state"


class Database:
    """A record's database: an engine that reads, and one that writes."""

    def __init__(self, url: str) -> None:
        """Prepare both; nothing is opened yet."""
        #: Tells it from every other of this process. What is kept of it names it so, and does not keep it alive.
        self.number = next(_NUMBERS)
        self.url = _understood(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            demand_sound_sqlite(pysqlite3.dbapi2.sqlite_version_info)
            Path(self.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        self.writing_engine = self._engine(writes=True)
        self.reading_engine = self._engine(writes=False)
        #: A connection that is always the same: it alone can tell whether others have committed.
        self._watch: Any = None
        self._watching = Lock()
        self._readers = sessionmaker(
            bind=self.reading_engine, class_=Session, expire_on_commit=False, info={SEES_ONE_STATE: True}
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that sees one state of the record, and cannot change it."""
        with self._readers() as session:
            yield session

    @contextmanager
    def rebuilding(self) -> Iterator[Session]:
        """Open a session that makes derived rows anew. Tracked tables refuse it, as they refuse all but the writer."""
        with self.writing_engine.begin() as connection, Session(connection) as session:
            yield session
            session.flush()

    def commits(self) -> int | None:
        """
        Return what is another number whenever anybody has committed since; nothing where only a statement could tell.

        It takes some microseconds, because nothing is read (https://sqlite.org/pragma.html#pragma_data_version).
        """
        if not self.is_sqlite:
            return None
        with self._watching:
            if self._watch is None:
                self._watch = pysqlite3.dbapi2.connect(
                    str(self.url.database), isolation_level=None, check_same_thread=False
                )
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def dispose(self) -> None:
        """Close all connections."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.reading_engine.dispose()
        self.writing_engine.dispose()

    def _engine(self, *, writes: bool) -> Engine:
        if self.is_sqlite:
            engine = create_engine(self.url, module=pysqlite3.dbapi2, pool_size=20, max_overflow=80)
            event.listen(engine, "connect", _write_durably if writes else _read_only)
            event.listen(engine, "begin", _begin_immediate if writes else _begin)
        else:
            engine = create_engine(self.url, pool_size=10, max_overflow=40, pool_pre_ping=True)
            if writes:
                event.listen(engine, "begin", _begin_alone)
            else:
                engine = engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
        if writes:
            event.listen(engine, "before_cursor_execute", _note_tracked)
        return engine


def read_once(session: Session, what: str, read: Callable[[], T]) -> T:
    """Return what is read, once in a transaction that sees one state of the record, and in others each time."""
    if SEES_ONE_STATE not in session.info:
        return read()
    seen_in, found = session.info.get(what, (None, None))
    if seen_in is None or seen_in is not session.get_transaction():
        found = read()
        # Reading has begun the transaction, if there was none.
        session.info[what] = (session.get_transaction(), found)
    answer: T = found
    return answer


@cache
def database() -> Database:
    """Return the database of this process."""
    return Database(record_settings().database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that reads the record of this process."""
    with database().reading() as session:
        yield session


def demand_sound_sqlite(version: tuple[int, ...]) -> None:
    """
    Refuse to keep a record with an SQLite that can lose it.

    :raises RuntimeError: if the library is older than :data:`OLDEST_SQLITE`
    """
    if version < OLDEST_SQLITE:
        found, needed = (".".join(map(str, numbers)) for numbers in (version, OLDEST_SQLITE))
        raise RuntimeError(f"SQLite {found} can lose committed changes (WAL reset); {needed} or newer is needed")


def _understood(url: str) -> URL:
    parsed = make_url(url)
    if parsed.get_backend_name() in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _write_durably(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "busy_timeout = 10000",
        "cache_size = -64000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _read_only(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout = 10000", "mmap_size = 1073741824", "cache_size = -16000", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that would first read and then write could be refused when it comes to write.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_alone(connection: Connection) -> None:
    # As SQLite does: one batch of changes at a time, whatever process it comes from, so that what an operation has
    # read stays true until it is kept.
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def _note_tracked(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    pattern = (
        _WRITES_INSIDE.finditer(statement) if statement.lstrip()[:4].upper() == "WITH" else (_WRITES.match(statement),)
    )
    for match in pattern:
        if match and match[1] in TRACKED:
            if WRITTEN not in connection.info:
                raise UnrecordedChangeError(match[1])
            connection.info[WRITTEN].add(match[1])
