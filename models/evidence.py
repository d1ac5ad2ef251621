"""
What all promises of a record are evidence of: reference classes and forecast records, from statements as numbers.

They are what :mod:`models.reference_class` and :mod:`models.forecast_record` make of histories. As numbers, two
hundred thousand statements take ten megabytes, and what a day makes of them is found in milliseconds. After a change
only the cases that changed are made again, and only the classes in which those are.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.forecast_record import ForecastRecord, Lead, forecast_record
from models.outlook import Outlook, outlook
from models.promise_cases import (
    ACHIEVED,
    CANCELLED,
    DUE,
    NO_DAY,
    Case,
    Cases,
    Statements,
    cases_of,
    changed_cases,
    number_of,
    united,
)
from models.reference_class import SHORTEST_PLAN, ClassKey, PastPromise, ReferenceClass, ReferenceClasses

#: Of so many past days it is kept what they knew: one is some six megabytes for ten thousand projects.
_DAYS = 4


class EverythingSaid:
    """Everything that was ever said of milestones; gathered when it is first asked for."""

    def __init__(self, gather: Callable[[], Iterable[Statements]]) -> None:
        """
        Gather nothing yet.

        :param gather: returns the statements about every milestone, together and in order
        """
        self._gather = gather
        #: What past days knew. It never changes: what was said since is no part of it.
        self.past: OrderedDict[date, Evidence] = OrderedDict()

    @cached_property
    def statements(self) -> Statements:
        """All of it."""
        return united(self._gather())


class Evidence(ReferenceClasses):
    """All promises of a record on a day. Each class and each record is counted when it is first asked for."""

    def __init__(
        self,
        said: EverythingSaid,
        departments: Callable[[], Iterable[str]],
        today: date,
        find: Callable[[], Cases] | None = None,
    ) -> None:
        """
        Weigh what was said as of a day; nothing is counted before somebody asks.

        :param departments: returns every department that said any of it
        :param find: returns what the day knows of each milestone; otherwise it is found in what was said
        """
        self.today = today
        self._said, self._departments = said, departments
        self._find = find
        self._classes: dict[ClassKey, ReferenceClass] = {}
        self.records = _Records(self, departments)

    def as_of(self, day: date) -> "Evidence":
        """Return what a past day knew."""
        past = self._said.past
        found = past[day] = past.get(day) or Evidence(self._said, self._departments, day)
        while len(past) > _DAYS:
            past.popitem(last=False)
        return found

    def with_changed(
        self, before: Iterable[Statements], after: Iterable[Statements], departments: Callable[[], Iterable[str]]
    ) -> "Evidence":
        """
        Return what the same day knows when something was said since; this one, if it comes to the same.

        :param before: the statements about all milestones of some projects, as they were
        :param after: the same, as they are now
        """
        gone, come = (cases_of(united(some), self.today) for some in (before, after))
        if all(map(np.array_equal, gone, come)):
            return self
        found = Evidence(self._said, departments, self.today, lambda: changed_cases(self.cases, gone, come))
        others = _classes_of(gone) | _classes_of(come)
        found._classes = {key: one for key, one in list(self._classes.items()) if _shared(key) not in others}
        moved = {*gone[Case.DEPARTMENT].tolist(), *come[Case.DEPARTMENT].tolist()}
        found.records.keep({key: one for key, one in self.records.found() if number_of(key[0]) not in moved})
        return found

    @cached_property
    def cases(self) -> Cases:
        """What the day knows of each milestone."""
        find, self._find = self._find, None
        # Let go of, so that of many changes only the last state is kept.
        return find() if find else cases_of(self._said.statements, self.today)

    @property
    def is_weighed(self) -> bool:
        """Whether anybody has asked."""
        return "cases" in vars(self)

    @cached_property
    def _known(self) -> "_Milestones":  # type: ignore[override]  # it is asked for nothing but what it contains.
        return _Milestones(self.cases)

    def outlook(self, promise: PastPromise, *, due: date, by_plan: date | None) -> Outlook:
        """Return everything that is said of when a milestone will be reached."""
        return outlook(self, self.records, promise, due=due, by_plan=by_plan)

    def _class(self, key: ClassKey) -> ReferenceClass:
        if key not in self._classes:
            self._classes[key] = _counted(self.cases, key, self.today.toordinal())
        return self._classes[key]


class _Milestones:
    """Which milestones there are; for some questions, a set of tens of thousands is not worth making."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def __contains__(self, milestone: object) -> bool:
        return bool(_promises(self._cases, np.flatnonzero(self._cases[Case.MILESTONE] == milestone)).size)


class _Records(Mapping[tuple[str, Lead], ForecastRecord]):
    """The forecast records of departments; only of those that said anything at that lead."""

    def __init__(self, evidence: Evidence, departments: Callable[[], Iterable[str]]) -> None:
        self._evidence, self._departments = evidence, departments
        self._found: dict[tuple[str, Lead], ForecastRecord | None] = {}

    def found(self) -> list[tuple[tuple[str, Lead], ForecastRecord | None]]:
        """Return what somebody has asked for."""
        return list(self._found.items())

    def keep(self, found: Mapping[tuple[str, Lead], ForecastRecord | None]) -> None:
        """Take over what is known already."""
        self._found |= found

    def __getitem__(self, key: tuple[str, Lead]) -> ForecastRecord:
        if key not in self._found:
            self._found[key] = self._record(*key)
        found = self._found[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[tuple[str, Lead]]:
        every = ((department, lead) for department in sorted(set(self._departments())) for lead in Lead)
        return (key for key in every if self.get(key) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _record(self, department: str, lead: Lead) -> ForecastRecord | None:
        cases, due = self._evidence.cases, DUE[lead]
        said = np.flatnonzero((cases[due] != NO_DAY) & (cases[Case.DEPARTMENT] == number_of(department)))
        if not len(said):
            return None
        kind, day = cases[Case.KIND][said], cases[Case.DAY][said].astype(np.float64)
        return forecast_record(
            department,
            lead,
            due=cases[due][said].astype(np.float64),
            actual=np.where(kind == ACHIEVED, day, np.nan),
            is_cancelled=kind == CANCELLED,
            today=self._evidence.today,
        )


def _counted(cases: Cases, key: ClassKey, today: int) -> ReferenceClass:
    """Return the promises that share what a class says, as of a day."""
    alike = np.ones(len(cases[Case.MILESTONE]), dtype=bool)
    for row, shared in zip((Case.DEPARTMENT, Case.STAGE, Case.SECTOR), _shared(key), strict=True):
        if shared:
            alike &= cases[row] == shared
    rows = _promises(cases, np.flatnonzero(alike))
    due, start, kind, day, said_on = (row[rows] for row in cases[Case.FIRST : Case.DUE_IN_THREE])
    done, cancelled = kind == ACHIEVED, kind == CANCELLED
    end = np.where(done, day, np.where(cancelled, said_on, today))
    planned = np.where(due - start >= SHORTEST_PLAN, due - start, np.nan)
    is_due = (due < today) & ~cancelled
    return ReferenceClass(
        key,
        n=int(is_due.sum()),
        on_time=int((is_due & done & (day <= due)).sum()),
        silent=int((is_due & ~done & (said_on <= due)).sum()),
        cancelled=int(cancelled.sum()),
        _ratios=(end - start) / planned,
        _days=(end - due).astype(np.float64),
        _done=done,
    )


def _promises(cases: Cases, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which of these promise anything: what is first said of what was reached before only tells a date."""
    is_open = cases[Case.KIND][rows] != ACHIEVED
    found: NDArray[np.intp] = rows[is_open | (cases[Case.DAY][rows] > cases[Case.START][rows])]
    return found


def _shared(key: ClassKey) -> tuple[int, int, int]:
    """Return what the promises of a class share, as numbers; nought where they differ."""
    return number_of(key.department), number_of(key.stage), number_of(key.sector)


def _classes_of(cases: Cases) -> set[tuple[int, int, int]]:
    """Return by what they share the classes that these are in."""
    alike = set(zip(*(row.tolist() for row in cases[Case.DEPARTMENT : Case.SECTOR + 1]), strict=True))
    return {
        each
        for department, stage, sector in alike
        for each in ((department, stage, sector), (0, stage, sector), (0, stage, 0), (0, 0, 0))
    }
