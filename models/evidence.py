"""
What all promises of a record are evidence of: reference classes and forecast records, from statements as numbers.

They are what :mod:`models.reference_class` and :mod:`models.forecast_record` make of histories. As columns, two
hundred thousand statements take ten megabytes, and are weighed anew in milliseconds: after each change, and as of any
past day.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from models.forecast_record import LEAD_DAYS, Forecast, ForecastRecord, Lead, forecast_records
from models.milestone_codes import RevisionKind
from models.outlook import Outlook, outlook
from models.promise_history import PromiseHistory
from models.reference_class import SHORTEST_PLAN, ClassKey, Level, PastPromise, ReferenceClass, ReferenceClasses

#: One row a statement, in the order of milestones and numbers; days are ordinals.
Statements = NDArray[np.int64]
_MILESTONE, _DEPARTMENT, _STAGE, _SECTOR, _KIND, _DAY, _SAID_ON, _RECORDED_ON = range(8)
_WHAT_CAME = [_MILESTONE, _KIND, _DAY]
_KINDS = {kind: number for number, kind in enumerate(RevisionKind)}
_ACHIEVED, _CANCELLED = _KINDS[RevisionKind.ACHIEVED], _KINDS[RevisionKind.CANCELLED]
_NO_FORECAST = (_ACHIEVED, _CANCELLED, _KINDS[RevisionKind.PAUSED])
_NOTHING: Statements = np.empty((0, 8), dtype=np.int64)


def statements_of(
    history: PromiseHistory, recorded_on: Iterable[date], *, milestone: int, department: str, stage: str, sector: str
) -> list[tuple[int, ...]]:
    """Return the statements of a history as rows."""
    of = (milestone, _number_of(department), _number_of(stage), _number_of(sector))
    return [
        (*of, _KINDS[one.kind], one.day.toordinal(), one.said_on.toordinal(), recorded.toordinal())
        for one, recorded in zip(history.said, recorded_on, strict=True)
    ]


def as_statements(rows: Iterable[tuple[int, ...]]) -> Statements:
    """Return rows as columns of numbers."""
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 8)


class Evidence(ReferenceClasses):
    """All promises of a record on a day. Each class and each record is counted when it is first asked for."""

    def __init__(
        self, statements: Callable[[], Iterable[Statements]], departments: Callable[[], Iterable[str]], today: date
    ) -> None:
        """
        Weigh statements as of a day; nothing is counted before somebody asks.

        :param statements: returns those of every milestone, together and in order
        :param departments: returns every department that made any
        """
        self.today = today
        self._gather, self._departments = statements, departments
        self._classes: dict[ClassKey, ReferenceClass] = {}
        self.records: Mapping[tuple[str, Lead], ForecastRecord] = _Records(self, departments)

    def as_of(self, day: date) -> "Evidence":
        """Return what a past day knew."""
        return Evidence(lambda: [self.said], self._departments, day)

    @cached_property
    def said(self) -> Statements:
        """Everything that was said by the end of the day."""
        told = np.concatenate([_NOTHING, *self._gather()])
        is_known = told[:, _RECORDED_ON] <= self.today.toordinal()
        return told if is_known.all() else told[is_known]

    @cached_property
    def _promises(self) -> "_Promises":
        return _Promises(self.said, self.today)

    @cached_property
    def _known(self) -> "_Milestones":  # type: ignore[override]  # it is asked for nothing but what it contains.
        return _Milestones(self._promises.milestones)

    def outlook(self, promise: PastPromise, *, due: date, by_plan: date | None) -> Outlook:
        """Return everything that is said of when a milestone will be reached."""
        return outlook(self, self.records, promise, due=due, by_plan=by_plan)

    def _class(self, key: ClassKey) -> ReferenceClass:
        if key not in self._classes:
            self._classes[key] = self._promises.reference_class(key)
        return self._classes[key]


class _Milestones:
    """Which milestones there are; for some questions, a set of tens of thousands is not worth making."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        self._numbers = numbers

    def __contains__(self, milestone: object) -> bool:
        return bool((self._numbers == milestone).any())


class _Promises:
    """The first promise of every milestone, and what became of it."""

    def __init__(self, said: Statements, today: date) -> None:
        # The first row of each milestone is the last of it from behind.
        first, last = _last_of_each(said[::-1])[::-1], _last_of_each(said)
        # What was first said when it had been reached already tells a date, and promises nothing.
        is_promise = (last[:, _KIND] != _ACHIEVED) | (last[:, _DAY] > first[:, _SAID_ON])
        first, last = first[is_promise], last[is_promise]
        self.milestones = first[:, _MILESTONE]
        self._of = first[:, : _SECTOR + 1]
        due, said_on, now = first[:, _DAY], first[:, _SAID_ON], today.toordinal()
        self.done, self.cancelled = last[:, _KIND] == _ACHIEVED, last[:, _KIND] == _CANCELLED
        end = np.where(self.done, last[:, _DAY], np.where(self.cancelled, last[:, _SAID_ON], now))
        planned = np.where(due - said_on >= SHORTEST_PLAN, due - said_on, np.nan)
        self.ratios, self.days = (end - said_on) / planned, (end - due).astype(np.float64)
        self.is_due = (due < now) & ~self.cancelled
        self.on_time = self.is_due & self.done & (last[:, _DAY] <= due)

    def reference_class(self, key: ClassKey) -> ReferenceClass:
        """Return the promises that share what a class says."""
        rows = np.ones(len(self.milestones), dtype=bool)
        for column, shared in ((_DEPARTMENT, key.department), (_STAGE, key.stage), (_SECTOR, key.sector)):
            if shared and key.level is not Level.ALL:
                rows &= self._of[:, column] == _number_of(shared)
        return ReferenceClass(
            key,
            n=int(self.is_due[rows].sum()),
            on_time=int(self.on_time[rows].sum()),
            cancelled=int(self.cancelled[rows].sum()),
            _ratios=self.ratios[rows],
            _days=self.days[rows],
            _done=self.done[rows],
        )


class _Records(Mapping[tuple[str, Lead], ForecastRecord]):
    """The forecast records of departments; only of those that said anything at that lead."""

    def __init__(self, evidence: Evidence, departments: Callable[[], Iterable[str]]) -> None:
        self._evidence, self._departments = evidence, departments
        self._found: dict[tuple[str, Lead], ForecastRecord | None] = {}

    def __getitem__(self, key: tuple[str, Lead]) -> ForecastRecord:
        if key not in self._found:
            self._found[key] = forecast_records(self._forecasts(*key), self._evidence.today).get(key)
        found = self._found[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[tuple[str, Lead]]:
        every = ((department, lead) for department in sorted(set(self._departments())) for lead in Lead)
        return (key for key in every if self.get(key) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _forecasts(self, department: str, lead: Lead) -> list[Forecast]:
        """Return the last date that was said of each milestone at that lead."""
        said = self._evidence.said
        said = said[said[:, _DEPARTMENT] == _number_of(department)]
        (least, most), ahead = LEAD_DAYS[lead], said[:, _DAY] - said[:, _SAID_ON]
        is_ahead = (least <= ahead) & (ahead < most) & ~np.isin(said[:, _KIND], _NO_FORECAST)
        became = {number: (kind, day) for number, kind, day in _last_of_each(said)[:, _WHAT_CAME].tolist()}
        return [
            _forecast(department, lead, due, *became[number])
            for number, _, due in _last_of_each(said[is_ahead])[:, _WHAT_CAME].tolist()
        ]


def _last_of_each(said: Statements) -> Statements:
    """Return the last row of each milestone."""
    is_last = np.ones(len(said), dtype=bool)
    is_last[:-1] = np.diff(said[:, _MILESTONE]) != 0
    return said[is_last]


def _forecast(department: str, lead: Lead, due: int, kind: int, day: int) -> Forecast:
    return Forecast(
        department=department,
        lead=lead,
        due=date.fromordinal(due),
        actual=date.fromordinal(day) if kind == _ACHIEVED else None,
        is_cancelled=kind == _CANCELLED,
    )


@lru_cache(maxsize=10_000)
def _number_of(name: str) -> int:
    """Return a number for a name, the same in every process; nothing is nought."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True) if name else 0
