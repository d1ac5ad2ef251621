"""
What shows only when all projects are laid side by side: words said before, and days on which everything was moved.

Reports are read once, and then those that came since: kept of each is a number that stands for its words. What was
moved is known from the statements that are kept as evidence (:mod:`data.queries.standings`).
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from operator import is_
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from data.queries.remembered import remembered
from data.queries.standings import Standings
from data.versions import PROJECTS
from models.clock import end_of_day
from models.money import ProgressReport
from models.project_coincidences import MovedDay, TextFact, bursts, copied_reports, words_key
from models.project_contradiction import ProjectContradiction
from models.promise_cases import ACHIEVED, CANCELLED, Row, Statements, united

T = TypeVar("T")
#: By project.
Found = Mapping[str, tuple[ProjectContradiction, ...]]
_MOVES_NOTHING = (ACHIEVED, CANCELLED)
#: How many answers are kept for a database.
_MOST = 500


def copied_words(session: Session, day: date | None = None) -> Found:
    """
    Return the reports that have the words of an earlier one, by project.

    One statement where something has changed. At first, ten thousand projects take seconds.

    :param day: by what had been reported at the end of which day; nothing for the present
    """
    return remembered(session, PROJECTS, ("copied words", day), lambda: _copied(session, day))


def bursts_of_moves(session: Session, known: Standings, day: date | None = None) -> Callable[[str], Found]:
    """
    Return what tells of a department the days on which it moved very many dates: by project that it moved in them.

    No statement. They are found anew when anything was said of the projects that the department has.

    :param known: how all projects stand at present
    :param day: by what had been said at the end of which day; nothing for the present
    """
    return partial(_kept(session).moves.of, known, day)


def kept_while(session: Session, asked: Hashable, made_of: Sequence[object], make: Callable[[], T]) -> T:
    """Return an answer that holds as long as what it is made of is the same objects; make it if it does not."""
    return _kept(session).answers.find(asked, made_of, make)


def moves_in(said: Statements) -> NDArray[np.intp]:
    """Return at which places among statements a date is moved."""
    is_later = said[Row.MILESTONE, 1:] == said[Row.MILESTONE, :-1]
    is_other = said[Row.DAY, 1:] != said[Row.DAY, :-1]
    return 1 + np.flatnonzero(is_later & is_other & ~np.isin(said[Row.KIND, 1:], _MOVES_NOTHING))


def _bursts(department: str, projects: Sequence[str], some: Sequence[Statements], day: date | None) -> Found:
    said = united(some)
    moved = moves_in(said)
    if day is not None:
        moved = moved[said[Row.RECORDED_ON, moved] <= day.toordinal()]
    project = np.repeat(np.arange(len(some)), [one.shape[1] for one in some])[moved]
    recorded_on = said[Row.RECORDED_ON, moved]
    days, milestones = _distinct(recorded_on, said[Row.MILESTONE, moved])
    counts = zip(days.tolist(), milestones.tolist(), _distinct(recorded_on, project)[1].tolist(), strict=True)
    found: dict[str, list[ProjectContradiction]] = defaultdict(list)
    for one in bursts(
        MovedDay(department=department, on=date.fromordinal(on), milestones=count, projects=of)
        for on, count, of in counts
    ):
        moves, _ = one.sources
        on = moves.on.toordinal() if moves.on else 0
        for place in np.unique(project[recorded_on == on]).tolist():
            found[projects[place]].append(replace(one, project=projects[place]))
    return {name: tuple(each) for name, each in found.items()}


def _distinct(days: NDArray[np.int64], things: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the days, and how many different things there are on each."""
    most = int(things.max(initial=0)) + 1
    found, counts = np.unique(np.unique(days * most + things) // most, return_counts=True)
    return found, counts.astype(np.int64)


class _Answers:
    """Answers that hold as long as what they were made of is the same objects."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Sequence[object], Any]] = OrderedDict()

    def find(self, key: Hashable, made_of: Sequence[object], make: Callable[[], T]) -> T:
        """Return the answer kept under a key, or make it."""
        with self._lock:
            if key in self._kept:
                before, kept = self._kept[key]
                if len(before) == len(made_of) and all(map(is_, before, made_of)):
                    self._kept.move_to_end(key)
                    found: T = kept
                    return found
        made = make()
        with self._lock:
            self._kept[key] = (made_of, made)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made


class _Reports:
    """The reports of one database that say anything: numbers, the words among them."""

    def __init__(self) -> None:
        self.lock = Lock()
        #: Number, project, period, instant, words: a row each.
        self.rows = np.empty((5, 0), dtype=np.int64)
        self.projects: list[str] = []
        self._numbers: dict[str, int] = {}

    def read(self, session: Session) -> None:
        """Read what came since. A report is never changed."""
        said: Any = ProgressReport
        statement = (
            select(said.id, said.project_id, said.period_end, said.recorded_at, said.body)
            .where(said.id > int(self.rows[0].max(initial=0)), said.unchanged.is_(False), said.body != "")
            .order_by(col(said.id))
        )
        rows = [
            (row.id, self._number(row.project_id), row.period_end.toordinal(), _second(row.recorded_at), words)
            for row in session.connection().execute(statement)
            if (words := words_key(row.body)) is not None
        ]
        if rows:
            self.rows = np.concatenate([self.rows, np.array(rows, dtype=np.int64).T], axis=1)

    def _number(self, project: str) -> int:
        if project not in self._numbers:
            self._numbers[project] = len(self.projects)
            self.projects.append(project)
        return self._numbers[project]

    def alike(self, rows: NDArray[np.int64], until: int | None) -> Iterator[TextFact]:
        """Yield the reports among these with words that others have, too."""
        rows = rows if until is None else rows[:, rows[3] < until]
        words, counts = np.unique(rows[4], return_counts=True)
        for number, project, period, _, key in rows[:, np.isin(rows[4], words[counts > 1])].T.tolist():
            yield TextFact(id=number, project=self.projects[project], period_end=date.fromordinal(period), words=key)


class _Moves:
    """The bursts that were found. A change forgets only those of the departments whose projects it changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: Standings | None = None
        self._found: OrderedDict[tuple[str, date | None], Found] = OrderedDict()

    def of(self, known: Standings, day: date | None, department: str) -> Found:
        """Return the bursts of a department, by project."""
        with self._lock:
            self._follow(known)
            if (department, day) not in self._found:
                projects = known.columns.of_department.get(department, ())
                said = [known.evaluated[one].statements for one in projects]
                self._found[department, day] = _bursts(department, projects, said, day)
                while len(self._found) > _MOST:
                    self._found.popitem(last=False)
            self._found.move_to_end((department, day))
            return self._found[department, day]

    def _follow(self, known: Standings) -> None:
        if self._known is None or self._known.evaluated is not known.evaluated:
            changed = known.departments_changed_since(self._known) if self._known else set()
            for each in [one for one in self._found if one[0] in changed]:
                del self._found[each]
            self._known = known


class _Kept:
    """What is kept of one database."""

    def __init__(self) -> None:
        self.reports = _Reports()
        self.answers = _Answers()
        self.moves = _Moves()


@cache
def _databases() -> WeakKeyDictionary[Engine, _Kept]:
    return WeakKeyDictionary()


def _kept(session: Session) -> _Kept:
    return _databases().setdefault(session.get_bind().engine, _Kept())


def _copied(session: Session, day: date | None) -> Found:
    kept = _kept(session)
    with kept.reports.lock:
        kept.reports.read(session)
        rows = kept.reports.rows
    # Most changes report nothing: then the rows are the same.
    return kept.answers.find(("copied words", day), [rows], lambda: _by_project(kept.reports, rows, day))


def _by_project(reports: _Reports, rows: NDArray[np.int64], day: date | None) -> Found:
    found: dict[str, list[ProjectContradiction]] = defaultdict(list)
    for one in copied_reports(reports.alike(rows, None if day is None else _second(end_of_day(day)))):
        found[one.project].append(one)
    return {project: tuple(each) for project, each in found.items()}


def _second(instant: datetime) -> int:
    return int(instant.timestamp())
