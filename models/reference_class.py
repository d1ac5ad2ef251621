"""
What became of promises like one: reference classes, from the most alike to all.

The method is reference class forecasting (Kahneman, Tversky: Intuitive Prediction, 1979; Flyvbjerg: From Nobel Prize
to Project Management, 2006): ask not how this one goes about it, but how long those like it took. Hong Kong decided
from 25 projects of its own. What is unfinished counts as unfinished so far; what was given up is counted apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.promise_history import PromiseHistory
from models.survival import Curve, Floats, kaplan_meier

#: How many promises whose first date has passed it takes: to say a share, a median date, a date kept by 80 %.
SHARE_FROM, MEDIAN_FROM, QUANTILE_FROM = 5, 8, 20
#: Days. What was promised for sooner is measured in days: as a multiple of a few, every delay is enormous.
SHORTEST_PLAN = 28
_NEVER = np.nan


class Level(StrEnum):
    """How much alike the promises of a class are."""

    DEPARTMENT_STAGE_SECTOR = "department_stage_sector"
    STAGE_SECTOR = "stage_sector"
    STAGE = "stage"
    ALL = "all"


class ClassKey(NamedTuple):
    """Which class: how much alike its promises are, and what they share; nothing where they differ."""

    level: Level
    department: str = ""
    stage: str = ""
    sector: str = ""

    def __str__(self) -> str:
        return "/".join(each for each in self if each)


EVERYTHING = ClassKey(Level.ALL)


@dataclass(frozen=True, kw_only=True)
class PastPromise:
    """One promise: when it was first made, for when, and what became of it."""

    milestone: int
    department: str
    #: The code of the milestone; nothing where it is none of the usual ones, which are then like no other.
    stage: str
    sector: str
    first_date: date
    #: The day it was first published; none where it was published too late to tell how long it was to take.
    start: date | None = None
    actual: date | None = None
    cancelled_on: date | None = None
    #: Whether it was first said when it had been reached already: that tells a date, and promises nothing.
    is_hindsight: bool = False
    #: When it was last spoken of.
    said_on: date | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said of it any more since its first date, be it that it was reached."""
        return self.is_open and self.said_on is not None and self.said_on <= self.first_date

    @property
    def planned(self) -> int | None:
        """How many days it was first promised to take; none where that is not known, or too few to compare by."""
        days = (self.first_date - self.start).days if self.start else 0
        return days if days >= SHORTEST_PLAN else None

    @property
    def is_open(self) -> bool:
        """Whether it can still be reached."""
        return self.actual is None and self.cancelled_on is None


@dataclass(frozen=True, eq=False)
class ReferenceClass:
    """The promises of one class, as figures of a day."""

    key: ClassKey
    #: Those whose first date has passed, and how many of them were reached by it.
    n: int
    on_time: int
    #: Of how many of the n nothing was said since that date: they count as late, and may only be untold.
    silent: int
    cancelled: int
    _ratios: Floats = field(repr=False)
    _days: Floats = field(repr=False)
    _done: NDArray[np.bool_] = field(repr=False)

    @cached_property
    def ratios(self) -> Curve:
        """How long they took, as multiples of what was first promised, where that is known."""
        known = ~np.isnan(self._ratios)
        return kaplan_meier(self._ratios[known], self._done[known])

    @cached_property
    def days(self) -> Curve:
        """How many days after their first date they were reached."""
        return kaplan_meier(self._days, self._done)


class ReferenceClasses:
    """All promises of a record on a day, by class. Made once; each class is counted when it is first asked for."""

    def __init__(self, promises: Iterable[PastPromise], today: date) -> None:
        promises = tuple(one for one in promises if not one.is_hindsight)
        self.today = today
        self._columns = _Columns(promises, today)
        self._rows: dict[ClassKey, list[int]] = {}
        for row, promise in enumerate(promises):
            for key in _keys(promise):
                self._rows.setdefault(key, []).append(row)
        self._known = frozenset(promise.milestone for promise in promises)
        self._classes: dict[ClassKey, ReferenceClass] = {}

    def for_promise(self, promise: PastPromise) -> tuple[ReferenceClass, int]:
        """
        Return the first class with enough promises, and how many others than this one itself have their date behind.

        Enough is what a date needs; failing that, what a share needs; failing that, there are only all of them.
        """
        itself = int(promise.milestone in self._known and promise.first_date < self.today and not promise.cancelled_on)
        keys = _keys(promise)
        for enough in (MEDIAN_FROM, SHARE_FROM):
            # Mostly, the first is enough, and no other need be counted.
            for each in map(self._class, keys):
                if each.n - itself >= enough:
                    return each, each.n - itself
        last = self._class(keys[-1])
        return last, last.n - itself

    def _class(self, key: ClassKey) -> ReferenceClass:
        if key not in self._classes:
            rows = np.array(self._rows.get(key, ()), dtype=np.intp)
            self._classes[key] = self._columns.reference_class(key, rows)
        return self._classes[key]


class _Columns:
    """The promises as columns of numbers: days are ordinals, and what is not known is not a number."""

    def __init__(self, promises: Sequence[PastPromise], today: date) -> None:
        def days(values: Iterable[date | None]) -> Floats:
            return np.array([value.toordinal() if value else _NEVER for value in values])

        first, start = days(one.first_date for one in promises), days(one.start for one in promises)
        actual, cancelled = days(one.actual for one in promises), days(one.cancelled_on for one in promises)
        self.done = ~np.isnan(actual)
        self.cancelled = ~self.done & ~np.isnan(cancelled)
        end = np.where(self.done, actual, np.where(self.cancelled, cancelled, today.toordinal()))
        planned = np.where(first - start >= SHORTEST_PLAN, first - start, _NEVER)
        self.ratios, self.days = (end - start) / planned, end - first
        self.is_due = (first < today.toordinal()) & ~self.cancelled
        self.on_time = self.is_due & self.done & (actual <= first)
        self.silent = self.is_due & np.array([one.is_silent for one in promises], dtype=bool)

    def reference_class(self, key: ClassKey, rows: NDArray[np.intp]) -> ReferenceClass:
        """Return the class of some rows."""
        return ReferenceClass(
            key,
            n=int(self.is_due[rows].sum()),
            on_time=int(self.on_time[rows].sum()),
            silent=int(self.silent[rows].sum()),
            cancelled=int(self.cancelled[rows].sum()),
            _ratios=self.ratios[rows],
            _days=self.days[rows],
            _done=self.done[rows],
        )


def past_promise(history: PromiseHistory, *, milestone: int, department: str, stage: str, sector: str) -> PastPromise:
    """Return what a history says of its first promise."""
    first = history.first
    return PastPromise(
        milestone=milestone,
        department=department,
        stage=stage,
        sector=sector,
        first_date=first.day,
        start=first.said_on if first.said_on < first.day else None,
        actual=history.actual,
        cancelled_on=history.latest.said_on if history.is_cancelled else None,
        is_hindsight=history.actual is not None and history.actual <= first.said_on,
        said_on=history.latest.said_on,
    )


def _keys(promise: PastPromise) -> tuple[ClassKey, ...]:
    if not promise.stage:
        return (EVERYTHING,)
    return (
        ClassKey(Level.DEPARTMENT_STAGE_SECTOR, promise.department, promise.stage, promise.sector),
        ClassKey(Level.STAGE_SECTOR, stage=promise.stage, sector=promise.sector),
        ClassKey(Level.STAGE, stage=promise.stage),
        EVERYTHING,
    )
