"""The milestones of the projects of a list, and how they stand: kept in the process until their project changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from sqlmodel import Session

from data.queries.keeping import Shelf, kept_with
from data.queries.milestone_standing import MilestoneStanding, milestone_standing
from data.queries.promised import MilestonePromise
from data.queries.promises import project_milestones
from data.queries.standings import Standings

#: Of how many projects they are kept, at present or as of a past day: of each, some kilobytes.
_MOST = 1_000


class ListedMilestone(NamedTuple):
    """A milestone: what was promised of it, and how it stands."""

    promise: MilestonePromise
    standing: MilestoneStanding


#: By project and past day, none for the present: with the evaluation of the project beside which they were read.
_milestones: Callable[[], Shelf[tuple[str, date | None], tuple[object, Sequence[ListedMilestone]]]] = partial(
    Shelf, _MOST
)


def listed_milestones(
    session: Session, known: Standings, project_ids: Sequence[str], as_of: date | None = None
) -> Mapping[str, Sequence[ListedMilestone]]:
    """
    Return the milestones of a few projects by the day first promised, and how they stand. Four statements, or none.

    :param known: how all projects stand at present
    :param as_of: by what had been recorded at the end of that day; nothing for the present
    """
    shelf = kept_with(session, _milestones)
    kept = {one: shelf.get((one, as_of)) for one in project_ids}
    found = {one: each[1] for one, each in kept.items() if each is not None and each[0] is known.evaluated[one]}
    read = _read(session, [one for one in project_ids if one not in found], as_of, as_of or known.on)
    for one, milestones in read.items():
        shelf.put((one, as_of), (known.evaluated[one], milestones))
    return found | read


def _read(
    session: Session, project_ids: Sequence[str], as_of: date | None, on: date
) -> dict[str, Sequence[ListedMilestone]]:
    told = project_milestones(session, project_ids, as_of)
    return {
        one: [ListedMilestone(promise, milestone_standing(promise, on)) for promise in told.get(one, ())]
        for one in project_ids
    }
