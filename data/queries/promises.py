"""What was promised of projects: of one, or of thousands with the same statements; now, or as of a past day."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from data.queries.promise_facts import milestones_among, promises_among
from data.queries.promise_rows import Among
from data.queries.promised import ContractFact, MilestonePromise, ProjectPromises, SaidOfProject

__all__ = [
    "ContractFact",
    "MilestonePromise",
    "ProjectPromises",
    "SaidOfProject",
    "chunks",
    "project_facts",
    "project_milestones",
    "project_promises",
]

#: How many projects a database is asked about at once.
CHUNK = 500


def project_promises(session: Session, project_id: str, as_of: date | None = None) -> ProjectPromises | None:
    """Return what was promised of one project; nothing if there is none, or was none then. Eleven statements."""
    return project_facts(session, [project_id], as_of).get(project_id)


def project_facts(
    session: Session, identifiers: Sequence[str], as_of: date | None = None
) -> dict[str, ProjectPromises]:
    """
    Return what was promised of projects, by their numbers. Eleven statements for each five hundred.

    :param as_of: by what had been recorded at the end of that day
    """
    found: dict[str, ProjectPromises] = {}
    for some in chunks(identifiers):
        found.update((one.project_id, one) for one in promises_among(Among(session, some, as_of)))
    return found


def project_milestones(
    session: Session, identifiers: Sequence[str], as_of: date | None = None
) -> dict[str, list[MilestonePromise]]:
    """Return what was promised of the milestones of a few projects. Four statements."""
    return milestones_among(Among(session, identifiers, as_of)) if identifiers else {}


def chunks(identifiers: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield identifiers as many at once as a database is asked about."""
    for start in range(0, len(identifiers), CHUNK):
        yield identifiers[start : start + CHUNK]
