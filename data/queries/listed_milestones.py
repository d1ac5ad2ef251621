"""The milestones of the projects of a list, and how they stand: kept in the process until their project changes."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from data.queries.promised import MilestonePromise
from data.queries.promises import project_milestones
from data.queries.standing import MilestoneStanding, milestone_standing
from data.queries.standings import Standings

#: Of how many projects they are kept: of each, some kilobytes.
_MOST = 1_000


class ListedMilestone(NamedTuple):
    """A milestone: what was promised of it, and how it stands."""

    promise: MilestonePromise
    standing: MilestoneStanding


class _Kept:
    """What is kept of one database, with the evaluation of the project of which it was read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[str, tuple[object, Sequence[ListedMilestone]]] = OrderedDict()

    def find(self, known: Standings, project_ids: Sequence[str]) -> dict[str, Sequence[ListedMilestone]]:
        """Return those that still hold."""
        with self._lock:
            kept = {one: self._found[one] for one in project_ids if one in self._found}
        return {one: found for one, (of, found) in kept.items() if of is known.evaluated[one]}

    def keep(self, known: Standings, found: Mapping[str, Sequence[ListedMilestone]]) -> None:
        """Keep what was read, and forget the oldest beyond what fits."""
        with self._lock:
            for one, milestones in found.items():
                self._found[one] = (known.evaluated[one], milestones)
                self._found.move_to_end(one)
            while len(self._found) > _MOST:
                self._found.popitem(last=False)


@cache
def _databases() -> WeakKeyDictionary[Engine, _Kept]:
    return WeakKeyDictionary()


def listed_milestones(
    session: Session, known: Standings, project_ids: Sequence[str], as_of: date | None = None
) -> Mapping[str, Sequence[ListedMilestone]]:
    """
    Return the milestones of a few projects by the day first promised, and how they stand. Four statements, or none.

    :param known: how all projects stand at present
    :param as_of: by what had been recorded at the end of that day; nothing for the present
    """
    if as_of is not None:
        return _read(session, project_ids, as_of, as_of)
    kept = _databases().setdefault(session.get_bind().engine, _Kept())
    found = kept.find(known, project_ids)
    read = _read(session, [one for one in project_ids if one not in found], None, known.on)
    kept.keep(known, read)
    return found | read


def _read(
    session: Session, project_ids: Sequence[str], as_of: date | None, on: date
) -> dict[str, Sequence[ListedMilestone]]:
    told = project_milestones(session, project_ids, as_of)
    return {
        one: [ListedMilestone(promise, milestone_standing(promise, on)) for promise in told.get(one, ())]
        for one in project_ids
    }
