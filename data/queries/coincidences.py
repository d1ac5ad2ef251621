"""
What shows only when all projects are laid side by side: words said before, and days on which everything was moved.

Reports are read once, and then those that came since: kept of each is a number that stands for its words. What was
moved is known from the statements that are kept as evidence (:mod:`data.queries.standings`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlmodel import Session, col

from data.queries.department_bursts import department_bursts
from data.queries.keeping import Shelf, kept_while, kept_with
from data.queries.remembered import remembered
from data.queries.standings import Standings
from data.versions import PROJECTS
from models.clock import end_of_day
from models.money import ProgressReport
from models.project_coincidences import TextFact, copied_reports, words_key
from models.project_contradiction import ProjectContradiction

#: By project.
Found = Mapping[str, tuple[ProjectContradiction, ...]]
#: Of how many departments, at present or as of a past day, the bursts are kept.
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
    return partial(kept_with(session, _Moves).of, known, day)


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
        self._found: Shelf[tuple[str, date | None], Found] = Shelf(_MOST)

    def of(self, known: Standings, day: date | None, department: str) -> Found:
        """Return the bursts of a department, by project."""
        with self._lock:
            self._follow(known)
            return self._found.find((department, day), lambda: _bursts(known, department, day))

    def _follow(self, known: Standings) -> None:
        if self._known is None or self._known.evaluated is not known.evaluated:
            changed = known.departments_changed_since(self._known) if self._known else set()
            self._found.drop(lambda key: key[0] in changed)
            self._known = known


def _bursts(known: Standings, department: str, day: date | None) -> Found:
    projects = known.columns.of_department.get(department, ())
    return department_bursts(department, projects, [known.evaluated[one].statements for one in projects], day)


def _copied(session: Session, day: date | None) -> Found:
    reports = kept_with(session, _Reports)
    with reports.lock:
        reports.read(session)
        rows = reports.rows
    # Most changes report nothing: then the rows are the same.
    return kept_while(session, ("copied words", day), [rows], lambda: _by_project(reports, rows, day))


def _by_project(reports: _Reports, rows: NDArray[np.int64], day: date | None) -> Found:
    found: dict[str, list[ProjectContradiction]] = defaultdict(list)
    for one in copied_reports(reports.alike(rows, None if day is None else _second(end_of_day(day)))):
        found[one.project].append(one)
    return {project: tuple(each) for project, each in found.items()}


def _second(instant: datetime) -> int:
    return int(instant.timestamp())
