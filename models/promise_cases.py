"""
What was said of milestones as numbers, and what a day knows of each of them: the cases of reference classes.

Days are ordinals, and nought is no day. What is written here a column a statement, or a column a milestone, is
computed for two hundred thousand statements in the time that one takes as an object.
"""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from models.forecast_record import LEAD_DAYS, NO_FORECAST, Lead
from models.milestone_codes import RevisionKind
from models.promise_history import PromiseHistory

#: Rows of numbers, as the next says: a column a statement, in the order of milestones and numbers.
Statements = NDArray[np.int64]


class Row(IntEnum):
    """Which row of statements is what."""

    MILESTONE = 0
    DEPARTMENT = 1
    STAGE = 2
    SECTOR = 3
    KIND = 4
    DAY = 5
    SAID_ON = 6
    RECORDED_ON = 7


#: Rows of numbers, as the next says: a column a milestone. A row in which nothing changed is shared with those before.
Cases = tuple[NDArray[np.int64], ...]


class Case(IntEnum):
    """Which row of cases is what: the first four are those of statements."""

    MILESTONE = 0
    DEPARTMENT = 1
    STAGE = 2
    SECTOR = 3
    #: The date first promised, and when it was.
    FIRST = 4
    START = 5
    #: What was said last.
    KIND = 6
    DAY = 7
    SAID_ON = 8
    #: The dates said last so long ahead.
    DUE_IN_THREE = 9
    DUE_IN_SIX = 10
    DUE_IN_TWELVE = 11


DUE = {Lead.THREE: Case.DUE_IN_THREE, Lead.SIX: Case.DUE_IN_SIX, Lead.TWELVE: Case.DUE_IN_TWELVE}
NO_DAY = 0
_KINDS = {kind: number for number, kind in enumerate(RevisionKind)}
ACHIEVED, CANCELLED = _KINDS[RevisionKind.ACHIEVED], _KINDS[RevisionKind.CANCELLED]
_IS_FORECAST = np.array([kind not in NO_FORECAST for kind in RevisionKind])
_NOTHING: Statements = np.empty((len(Row), 0), dtype=np.int64)


def statements_of(
    history: PromiseHistory, recorded_on: Iterable[date], *, milestone: int, department: str, stage: str, sector: str
) -> list[tuple[int, ...]]:
    """Return the statements of a history, each with its numbers."""
    of = (milestone, number_of(department), number_of(stage), number_of(sector))
    return [
        (*of, _KINDS[one.kind], one.day.toordinal(), one.said_on.toordinal(), recorded.toordinal())
        for one, recorded in zip(history.said, recorded_on, strict=True)
    ]


def as_statements(said: Iterable[tuple[int, ...]]) -> Statements:
    """Return statements as rows of numbers."""
    return np.fromiter(chain.from_iterable(said), dtype=np.int64).reshape(-1, len(Row)).T.copy()


def united(some: Iterable[Statements]) -> Statements:
    """Return statements of several projects as one."""
    return np.concatenate([_NOTHING, *some], axis=1)


def cases_of(said: Statements, today: date) -> Cases:
    """Return what is known of each milestone by what was recorded up to a day."""
    known = np.flatnonzero(said[Row.RECORDED_ON] <= today.toordinal())
    milestone = said[Row.MILESTONE, known]
    is_first = np.ones(len(known), dtype=bool)
    np.not_equal(milestone[1:], milestone[:-1], out=is_first[1:])
    first, last = known[is_first], known[np.append(is_first[1:], values=True)[: len(known)]]
    cases = np.empty((len(Case), len(first)), dtype=np.int64)
    cases[: Case.FIRST] = said[: Row.KIND].take(last, axis=1)
    cases[Case.FIRST], cases[Case.START] = said[Row.DAY, first], said[Row.SAID_ON, first]
    cases[Case.KIND : Case.DUE_IN_THREE] = said[Row.KIND : Row.RECORDED_ON].take(last, axis=1)
    day, places = said[Row.DAY, known], np.cumsum(is_first) - 1
    ahead = np.where(_IS_FORECAST[said[Row.KIND, known]], day - said[Row.SAID_ON, known], -1)
    for lead, (least, most) in LEAD_DAYS.items():
        forecasts, due = np.flatnonzero((least <= ahead) & (ahead < most)), cases[DUE[lead]]
        due[:] = NO_DAY
        # In their order: of those of one milestone, the last one stays.
        due[places[forecasts]] = day[forecasts]
    return tuple(cases)


def changed_cases(cases: Cases, gone: Cases, come: Cases) -> Cases:
    """Return cases of which some are replaced by others."""
    places = np.flatnonzero(np.isin(cases[Case.MILESTONE], gone[Case.MILESTONE]))
    if np.array_equal(cases[Case.MILESTONE][places], come[Case.MILESTONE]):
        return tuple(_patched(row, places, new) for row, new in zip(cases, come, strict=True))
    return tuple(np.concatenate([np.delete(row, places), new]) for row, new in zip(cases, come, strict=True))


def _patched(row: NDArray[np.int64], places: NDArray[np.intp], new: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a row with other numbers in some places; the same one if they are no others."""
    if np.array_equal(row[places], new):
        return row
    found = row.copy()
    found[places] = new
    return found


@lru_cache(maxsize=10_000)
def number_of(name: str) -> int:
    """Return a number for a name, the same in every process; nothing is nought."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True) if name else 0
