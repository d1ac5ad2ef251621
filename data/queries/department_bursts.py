"""Days on which a department moved very many dates at once, found in the statements that are kept as evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.project_coincidences import BURST_TIMES, MovedDay, burst
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
    days, milestones = _distinct(recorded_on, said[Row.MILESTONE, moved])
    _, moving = _distinct(recorded_on, project)
    counts = np.sort(milestones).tolist()
    # The median of the others is no less than this, so that few days are looked at one by one.
    least = counts[max((len(counts) - 1) // 2 - 1, 0)] if len(counts) > 1 else 0
    many = np.flatnonzero(milestones >= BURST_TIMES * least)
    found: dict[str, list[ProjectContradiction]] = defaultdict(list)
    for on, count, of in zip(days[many].tolist(), milestones[many].tolist(), moving[many].tolist(), strict=True):
        one = burst(MovedDay(department=department, on=date.fromordinal(on), milestones=count, projects=of), counts)
        if one is not None:
            for place in np.unique(project[recorded_on == on]).tolist():
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


def _distinct(days: NDArray[np.int64], things: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the days, in order, and how many different things there are on each."""
    most = int(things.max(initial=0)) + 1
    pairs = np.sort(days * most + things)
    is_other = np.append(np.True_, pairs[1:] != pairs[:-1])[: len(pairs)]
    found, counts = np.unique(pairs[is_other] // most, return_counts=True)
    return found, counts.astype(np.int64)
