"""The projects of which something does not fit together, counted for all departments at once."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from data.queries.beside_others import all_beside_others
from data.queries.remembered import remembered
from data.queries.standings import all_standings
from data.versions import PROJECTS
from models.clock import local_date


def contradictions_of(session: Session, *, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """
    Return how many things do not fit together: by department, and by project if any do not.

    In the project's own record, and beside others. No statement where nothing has changed that day.
    """
    return remembered(session, PROJECTS, ("contradictions", local_date(now)), lambda: _contradictions(session, now))


def _contradictions(session: Session, now: datetime) -> dict[str, dict[str, int]]:
    known = all_standings(session, now)
    beside = all_beside_others(session, known)
    found: dict[str, dict[str, int]] = {}
    for name, one in known.evaluated.items():
        count = len(one.standing.contradictions) + len(beside.get(name, ()))
        if count:
            found.setdefault(one.standing.said.department_id, {})[name] = count
    return found
