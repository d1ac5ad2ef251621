"""What shows only when projects are laid side by side: pictures and words used twice, bursts of moves, odd places."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data.queries.remembered import remembered
from data.queries.standings import Standings, all_standings
from data.versions import PROJECTS
from models.clock import local_date
from models.document import DisclosureClass, Document, DocumentRevision, DocumentType, StoredFile
from models.milestone import Milestone, MilestoneRevision, RevisionKind
from models.money import ProgressReport
from models.present import ProjectPresent
from models.project_coincidences import (
    CHINA,
    EARTH,
    Extent,
    MovedFact,
    PhotoFact,
    PlaceFact,
    TextFact,
    bursts,
    copied_reports,
    misplaced,
    reused_photos,
)
from models.project_contradiction import ProjectContradiction

_MOVES_NOTHING = (RevisionKind.ACHIEVED, RevisionKind.CANCELLED)


def coincidences(session: Session, *, now: datetime) -> tuple[ProjectContradiction, ...]:
    """
    Return everything that shows when all projects are laid side by side. Counted once for each state of them.

    Three statements where something has changed; for ten thousand projects they take seconds. Bursts are those of
    departments, and name no project.
    """
    known = all_standings(session, now)
    return remembered(session, PROJECTS, ("coincidences", known.on), lambda: tuple(_found(session, known)))


def coincidences_of(session: Session, project_id: str, *, now: datetime) -> tuple[ProjectContradiction, ...]:
    """Return those of one project."""
    return tuple(one for one in coincidences(session, now=now) if one.project == project_id)


def _found(session: Session, known: Standings) -> Iterator[ProjectContradiction]:
    located = ((one, each.standing.place) for one, each in known.evaluated.items())
    places = [PlaceFact(project=one, longitude=place[0], latitude=place[1]) for one, place in located if place]
    yield from misplaced(places, _extent(places))
    yield from reused_photos(_photos(session))
    yield from copied_reports(_texts(session))
    yield from bursts(_moved(session))


def _extent(places: list[PlaceFact]) -> Extent:
    """Return where projects can be: in China, unless most are elsewhere whichever way their places are read."""
    inside = [CHINA.has(one.longitude, one.latitude) or CHINA.has(one.latitude, one.longitude) for one in places]
    return CHINA if 2 * sum(inside) >= len(inside) else EARTH


def _photos(session: Session) -> list[PhotoFact]:
    said: Any = DocumentRevision
    columns: Any = (said.document_id, Document.project_id, StoredFile.sha256, said.taken_on, said.recorded_at)
    statement = (
        select(*columns, said.type, said.disclosure)
        .join(Document, col(Document.id) == said.document_id)
        .join(StoredFile, col(StoredFile.id) == said.stored_file_id)
        .where(col(Document.project_id).is_not(None))
        .order_by(said.document_id, said.number)
    )
    latest = {row.document_id: row for row in session.connection().execute(statement)}
    return [
        PhotoFact(
            id=row.document_id,
            project=row.project_id,
            sha256=row.sha256,
            on=row.taken_on or local_date(row.recorded_at),
        )
        for row in latest.values()
        if row.type is DocumentType.ILLUSTRATION and row.disclosure is DisclosureClass.PUBLIC
    ]


def _texts(session: Session) -> list[TextFact]:
    said: Any = ProgressReport
    statement = select(said.id, said.project_id, said.period_end, said.body).where(
        said.unchanged.is_(False), said.body != ""
    )
    return [
        TextFact(id=row.id, project=row.project_id, period_end=row.period_end, body=row.body)
        for row in session.connection().execute(statement)
    ]


def _moved(session: Session) -> Iterator[MovedFact]:
    said: Any = MilestoneRevision
    columns: Any = (
        said.milestone_id,
        said.due_date,
        said.recorded_at,
        Milestone.project_id,
        ProjectPresent.department_id,
    )
    statement = (
        select(*columns)
        .join(Milestone, col(Milestone.id) == said.milestone_id)
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .where(said.kind.not_in(_MOVES_NOTHING))
        .order_by(said.milestone_id, said.number)
    )
    for before, after in pairwise(session.connection().execute(statement).all()):
        if before.milestone_id == after.milestone_id and before.due_date != after.due_date:
            yield MovedFact(
                department=after.department_id,
                project=after.project_id,
                milestone=after.milestone_id,
                on=local_date(after.recorded_at),
            )
