"""
The pages of projects as the real server answers them: kept, made anew, after a change, and taken away whole.

They are measured on a copy of the record, in which something is said of a project before each page that is asked for
after a change.
"""

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from time import perf_counter, sleep

from data.database import Database
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.writer import Writer
from models.actor import Actor, Role
from models.clock import local_date, utc_now
from models.milestone import ReasonCode, RevisionKind
from models.project import Sector
from tests.bench.lines import Line, Times
from tests.bench.pages import Client, page_lines, shown
from tests.bench.record import BenchRecord
from tests.bench.server import Server, serving

#: Milliseconds for what is asked for first after a change, and for a map; megabytes by which the server may grow
#: while it is asked for the whole record; seconds until all are evaluated, and how many projects that is for.
_CHANGED, _MAP, _GROWTH, _ALL, _PROJECTS = 40.0, 2_600.0, 50.0, 10.0, 10_000
_CHANGES, _PAST = 30, timedelta(days=200)
#: Milliseconds of a processor in a second, from which a server is busy.
_BUSY = 100.0
_VIEWS = ("list", "map", "table", "timeline")
_NARROWED = f"sector={Sector.WATER}&late_by=30"
_OPEN = """
    SELECT m.id || ' ' || p.project_id || ' ' || p.department_id
    FROM milestone m JOIN project_present p ON p.project_id = m.project_id
    WHERE m.completes AND (
        SELECT kind FROM milestone_revision r WHERE r.milestone_id = m.id ORDER BY number DESC LIMIT 1
    ) IN ('baseline', 'reforecast')
    ORDER BY m.id LIMIT 100
"""


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield lines for each page and route of projects."""
    projects = record.column("SELECT count(*) FROM project_present")[0]
    with tempfile.TemporaryDirectory(dir=record.path.parent) as folder:
        moves = _Moves(_copied(record, Path(folder)), record.column(_OPEN))
        with serving(["app.py"], "/", DATABASE_URL=moves.url) as server:
            yield asyncio.run(_warm(server, projects))
            for path in _paths(moves.project):
                yield from asyncio.run(page_lines(server, path))
                yield asyncio.run(_after_changes(server, path, moves))
            for path in ("/map/projects", f"/map/projects?{_NARROWED}"):
                yield from asyncio.run(_map(server, path, moves))
            for path in ("/projects.csv", "/projects.geojson", "/open/projects.zip", "/open/oc4ids.json"):
                yield from asyncio.run(_taken_away(server, path, projects))
            yield Line(name="memory of the server after that", ours=server.memory(), unit="MB")
        moves.close()


def _paths(project: str) -> list[str]:
    day = local_date(utc_now()) - _PAST
    return [
        *(f"/projects?view={view}" for view in _VIEWS),
        *(f"/projects?view={view}&{_NARROWED}" for view in _VIEWS),
        f"/projects?as_of={day}",
        f"/projects/{project}",
        f"/projects/{project}?as_of={day}",
        "/api/v1/projects",
        f"/api/v1/projects?{_NARROWED}",
        f"/api/v1/projects/{project}",
        f"/api/v1/projects/{project}?as_of={day}",
    ]


class _Moves:
    """Puts off the last milestones of projects, one after the other, while a server reads the same record."""

    def __init__(self, path: Path, milestones: list[str]) -> None:
        self.url = f"sqlite:///{path}"
        self._database = Database(self.url)
        self._writer = Writer(self._database)
        self._milestones = cycle([one.split() for one in milestones])
        #: The one whose pages are asked for.
        self.project = milestones[-1].split()[1]
        self._days = 0

    def next(self) -> None:
        """Put off one more."""
        milestone, _, department = next(self._milestones)
        self._days += 1
        command = ReviseMilestone(
            milestone_id=int(milestone),
            kind=RevisionKind.REFORECAST,
            due_date=local_date(utc_now()) + timedelta(days=400 + self._days),
            reason_code=ReasonCode.LAND,
            reason="征地",
        )
        actor = Actor(role=Role.OFFICER, department_id=department)
        self._writer.submit(revise_milestone, command, actor).result()

    def close(self) -> None:
        """Let go of the record."""
        self._writer.close()
        self._database.dispose()


def _copied(record: BenchRecord, folder: Path) -> Path:
    with record.database.writing_engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(record.path, folder))


async def _warm(server: Server, projects: int) -> Line:
    """Wait until all are evaluated, as the server does when it starts."""
    client = await Client.open(server.port)
    began = perf_counter()
    await client.get("/api/v1/projects")
    taken = server.started_in + perf_counter() - began
    await _at_rest(server)
    budget = _ALL if projects <= _PROJECTS else None
    return Line(name="from the start to the first list of projects", ours=taken, unit="s", budget=budget)


async def _at_rest(server: Server) -> None:
    """Wait until the server has done beforehand what it does at its start: pages beside it are another measure."""
    before, worked = server.worked(), _BUSY
    while worked >= _BUSY:
        await asyncio.sleep(1)
        worked, before = server.worked() - before, server.worked()


async def _after_changes(server: Server, path: str, moves: _Moves) -> Line:
    """Ask for a page after each of some changes: nothing that was kept of any matter holds any more."""
    # A page that was written a second ago is still sent, so each time another one is asked for.
    more = "" if path.startswith("/api/") else f"{'&' if '?' in path else '?'}changed="
    client, taken, before = await Client.open(server.port), [], server.worked()
    for number in range(_CHANGES):
        await asyncio.to_thread(moves.next)
        began = perf_counter()
        await client.get(f"{path}{more}{number}" if more else path)
        taken.append((perf_counter() - began) * 1000)
    times = Times(taken)
    note = f"p50 {times.p50:.2f}, processor {(server.worked() - before) / _CHANGES:.2f}"
    return Line(name=f"GET {shown(path)} after a change, p95", ours=times.p95, unit="ms", budget=_CHANGED, note=note)


async def _map(server: Server, path: str, moves: _Moves) -> list[Line]:
    """Ask for a map that is drawn anew; in a browser, the first mark is seen in what is left of its time."""
    await asyncio.to_thread(moves.next)
    client = await Client.open(server.port)
    began = perf_counter()
    status, _, body = await client.get(path)
    first = (perf_counter() - began) * 1000
    note = f"answers {status}, {len(body) / 1000:.0f} kB"
    return [
        Line(name=f"GET {shown(path)} after a change", ours=first, unit="ms", budget=_MAP, note=note),
        *await page_lines(server, path),
    ]


async def _taken_away(server: Server, path: str, projects: int) -> list[Line]:
    """Take everything away, and watch by how much the server grows meanwhile."""
    client = await Client.open(server.port)
    with _growth(server) as grown:
        began = perf_counter()
        status, _, body = await client.get(path)
        took = perf_counter() - began
    note = f"answers {status}, {len(body) / 1_000_000:.1f} MB in {took:.1f} s"
    return [
        Line(name=f"GET {path}", ours=projects / took, unit="projects/s", note=note),
        Line(name=f"GET {path}, memory", ours=grown[0], unit="MB", budget=_GROWTH),
    ]


@contextmanager
def _growth(server: Server) -> Iterator[list[float]]:
    before, grown, done = server.memory(), [0.0], threading.Event()

    def watch() -> None:
        while not done.is_set():
            grown[0] = max(grown[0], server.memory() - before)
            sleep(0.1)

    thread = threading.Thread(target=watch)
    thread.start()
    yield grown
    done.set()
    thread.join()
