"""Taking the whole record away: how fast, and how much memory it takes."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from models.clock import utc_now
from tests.bench.lines import Line
from tests.bench.record import BenchRecord

#: Rows a second, and megabytes more than before.
_RATE, _GROWTH = 100_000.0, 50.0
_COMMENTS = "SELECT p.id, c.decision_id, c.stance, c.received_at, t.body FROM point p JOIN comment c ON c.id = p.comment_id JOIN comment_text t ON t.comment_id = c.id ORDER BY p.id"  # noqa: E501


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield two lines for each form in which the record is exported."""
    try:
        from data.feeds.exports import EXPORTS, export_to  # noqa: PLC0415 - whoever has no feeds measures the rest.
        from data.feeds.parts import Source  # noqa: PLC0415 - as above.
    except ImportError as error:
        print(f"Exports are left out: {error}")
        return
    floor = _floor(record)
    with tempfile.TemporaryDirectory(dir=record.path.parent) as folder:
        for name, export in EXPORTS.items():
            source = Source(reading=record.database.reading, site="https://record.example", now=utc_now())
            with _memory() as growth:
                began = perf_counter()
                rows = export_to(Path(folder) / export.file_name, export, source, lambda _done, _total: None)
                took = perf_counter() - began
            counted = "comments", "milestones"
            # Of projects and decisions a row is a whole matter, with everything that belongs to it.
            budget = _RATE if name in counted else None
            yield Line(name=f"export {name}", ours=rows / took, unit="rows/s", more_is_better=True, budget=budget,
                       floor=floor if name == "comments" else None, note=f"{rows} rows")  # fmt: skip
            yield Line(name=f"export {name}, memory", ours=growth[0], unit="MB", budget=_GROWTH)


def _floor(record: BenchRecord) -> float:
    """Return how many comments a second are read by bare ``sqlite3``."""
    connection = record.raw()
    began, rows = perf_counter(), 0
    for _ in connection.execute(_COMMENTS):
        rows += 1
    connection.close()
    return rows / (perf_counter() - began)


@contextmanager
def _memory() -> Iterator[list[float]]:
    """Watch by how many megabytes the memory of this process grows at most. Mapped files are not counted."""
    before, growth, done = _anonymous(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            growth[0] = max(growth[0], _anonymous() - before)

    thread = threading.Thread(target=watch)
    thread.start()
    yield growth
    done.set()
    thread.join()


def _anonymous() -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    return 0.0
