"""Days on which a department moved very many dates at once, found in the statements that are kept as evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.project_coincidences import MovedDay, bursts
from models.project_contradiction import ProjectContradiction
from models.promise_cases import ACHIEVED, CANCELLED, Row, Statements, united

_MOVES_NOTHING = (ACHIEVED, CANCELLED)


def department_bursts(
    department: str, projects: Sequence[str], some: Sequence[Statements], day: date | None
) -> Mapping[str, tuple[ProjectContradiction, ...]]:
    """
    Return the bursts of a department, by project that was moved in them.

    :param some: what was said of each of its projects
    :param day: by what had been said at the end of which day; nothing for the present
    """
    said = united(some)
    moved = _moves_in(said)
    if day is not None:
        moved = moved[said[Row.RECORDED_ON, moved] <= day.toordinal()]
    project = np.repeat(np.arange(len(some)), [one.shape[1] for one in some])[moved]
    recorded_on = said[Row.RECORDED_ON, moved]
    milestones, moving = _by_day(recorded_on, said[Row.MILESTONE, moved]), _by_day(recorded_on, project)
    found: dict[str, list[ProjectContradiction]] = defaultdict(list)
    for one in bursts(
        MovedDay(department=department, on=date.fromordinal(on), milestones=len(each), projects=len(moving[on]))
        for on, each in milestones.items()
    ):
        moves, _ = one.sources
        for place in moving[moves.on.toordinal()] if moves.on else ():
            found[projects[place]].append(one)
    return _Bursts(found)


class _Bursts(Mapping[str, tuple[ProjectContradiction, ...]]):
    """The bursts in which each project was moved. Of each it is told when it is asked for: a page shows few."""

    def __init__(self, found: Mapping[str, Sequence[ProjectContradiction]]) -> None:
        # A key that is asked for and not there is no key.
        self._found = dict(found)

    def __getitem__(self, project: str) -> tuple[ProjectContradiction, ...]:
        return tuple(replace(one, project=project) for one in self._found[project])

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _moves_in(said: Statements) -> NDArray[np.intp]:
    """Return at which places among statements a date is moved."""
    is_later = said[Row.MILESTONE, 1:] == said[Row.MILESTONE, :-1]
    is_other = said[Row.DAY, 1:] != said[Row.DAY, :-1]
    return 1 + np.flatnonzero(is_later & is_other & ~np.isin(said[Row.KIND, 1:], _MOVES_NOTHING))


def _by_day(days: NDArray[np.int64], things: NDArray[np.int64]) -> dict[int, list[int]]:
    """Return the different things that there are on each day, both in order."""
    most = int(things.max(initial=0)) + 1
    pairs = np.sort(days * most + things)
    on, thing = np.divmod(pairs[_is_other(pairs)], most)
    begins, told = np.flatnonzero(_is_other(on)), thing.tolist()
    ends = pairwise([*begins.tolist(), len(told)])
    return {day: told[begin:end] for day, (begin, end) in zip(on[begins].tolist(), ends, strict=True)}


def _is_other(ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of numbers in order are others than the one before."""
    return np.append(np.True_, ordered[1:] != ordered[:-1])[: len(ordered)]
