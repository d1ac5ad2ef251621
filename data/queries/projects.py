"""Projects in a few lines, as lists show them: found by filters, and counted."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, tuple_
from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from data.queries.project_states import ProjectState, in_state, slip_days, state_of
from data.queries.remembered import remembered
from data.versions import PROJECTS
from models.decision import Language
from models.present import ProjectPresent
from models.project import Phase, Sector

#: What a list shows.
_LISTED: tuple[Any, ...] = (
    ProjectPresent.project_id,
    ProjectPresent.title,
    ProjectPresent.phase,
    ProjectPresent.longitude,
    ProjectPresent.latitude,
    ProjectPresent.promised_on,
    ProjectPresent.expected_on,
    ProjectPresent.reached_on,
    ProjectPresent.is_paused,
    ProjectPresent.is_cancelled,
    ProjectPresent.language,
    ProjectPresent.department_id,
    ProjectPresent.sector,
    ProjectPresent.region,
    ProjectPresent.moves,
    ProjectPresent.milestones,
    ProjectPresent.milestones_reached,
    ProjectPresent.next_due,
    ProjectPresent.next_title,
    ProjectPresent.budget,
    ProjectPresent.currency,
    ProjectPresent.updated_at,
)


@dataclass(frozen=True, kw_only=True)
class ProjectFilter:
    """Which projects are asked for. What is not said does not matter."""

    state: ProjectState | None = None
    department_id: str | None = None
    sector: Sector | None = None
    phase: Phase | None = None
    region: str = ""
    #: Words in the title.
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectSummary:
    """A project, in a few lines."""

    id: str
    title: str
    language: Language
    department_id: str
    phase: Phase
    sector: Sector
    region: str
    state: ProjectState
    promised_on: date | None
    expected_on: date | None
    reached_on: date | None
    #: How late it is, in days; negative where it is early; nothing where no date was promised.
    slip_days: int | None
    moves: int
    milestones: int
    milestones_reached: int
    next_due: date | None
    next_title: str
    budget: int | None
    currency: str | None
    longitude: float | None
    latitude: float | None
    updated_at: datetime


def list_projects(
    session: Session, asked: ProjectFilter, *, today: date, after: str | None = None, size: int = PAGE_SIZE
) -> Page[ProjectSummary]:
    """
    Return projects, by what changed last.

    :param after: the identifier of the last project seen
    """
    updated_at, identifier = col(ProjectPresent.updated_at), col(ProjectPresent.project_id)
    statement = select(*_LISTED).where(*_conditions(asked, today))
    if after is not None:
        seen = select(ProjectPresent.updated_at).where(ProjectPresent.project_id == after).correlate(None)
        statement = statement.where(tuple_(updated_at, identifier) < tuple_(seen.scalar_subquery(), after))
    rows = session.execute(statement.order_by(updated_at.desc(), identifier.desc()).limit(size + 1)).all()
    return page_of([summarize(row, today) for row in rows], size, lambda summary: summary.id)


def count_projects(session: Session, asked: ProjectFilter, *, today: date) -> dict[ProjectState, int]:
    """Return how many projects stand how, among those that the other filters leave."""
    elsewhere = replace(asked, state=None)
    found = remembered(session, PROJECTS, (elsewhere, today), lambda: _counted(session, elsewhere, today))
    return {code: found.get(code, 0) for code in ProjectState}


def count_late(session: Session, *, today: date) -> dict[str, int]:
    """Return how many projects of each department are late. One statement, asked again only after a change."""
    counted = (
        select(ProjectPresent.department_id, func.count())
        .where(in_state(ProjectState.LATE, today))
        .group_by(ProjectPresent.department_id)
    )
    return remembered(session, PROJECTS, ("late", today), lambda: dict(session.execute(counted).all()))


def _counted(session: Session, asked: ProjectFilter, today: date) -> dict[ProjectState, int]:
    state = case(*((in_state(state, today), state.value) for state in ProjectState)).label("state")
    counted = session.execute(select(state, func.count()).where(*_conditions(asked, today)).group_by(state))
    return {ProjectState(code): count for code, count in counted}


def summarize(row: ProjectPresent | Row[Any], today: date) -> ProjectSummary:
    """Return a project in a few lines."""
    return ProjectSummary(
        id=row.project_id,
        title=row.title,
        language=row.language,
        department_id=row.department_id,
        phase=row.phase,
        sector=row.sector,
        region=row.region,
        state=state_of(row, today),
        promised_on=row.promised_on,
        expected_on=row.expected_on,
        reached_on=row.reached_on,
        slip_days=slip_days(row, today),
        moves=row.moves,
        milestones=row.milestones,
        milestones_reached=row.milestones_reached,
        next_due=row.next_due,
        next_title=row.next_title,
        budget=row.budget,
        currency=row.currency,
        longitude=row.longitude,
        latitude=row.latitude,
        updated_at=row.updated_at,
    )


def _conditions(asked: ProjectFilter, today: date) -> list[ColumnElement[bool]]:
    conditions: list[Any] = []
    if asked.state is not None:
        conditions.append(in_state(asked.state, today))
    if asked.department_id:
        conditions.append(col(ProjectPresent.department_id) == asked.department_id)
    if asked.sector is not None:
        conditions.append(col(ProjectPresent.sector) == asked.sector)
    if asked.phase is not None:
        conditions.append(col(ProjectPresent.phase) == asked.phase)
    if asked.region:
        conditions.append(col(ProjectPresent.region) == asked.region)
    conditions += [col(ProjectPresent.title).icontains(word, autoescape=True) for word in asked.words.split()[:8]]
    return conditions
