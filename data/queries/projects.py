"""Projects, as pages and feeds show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, tuple_
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from data.queries.remembered import remembered
from data.versions import PROJECTS
from models.decision import Language
from models.milestone import Milestone
from models.money import BudgetVersion, ProgressReport
from models.present import DecisionPresent, ProjectPresent
from models.project import LocationRevision, Phase, ProjectDecision, ProjectIdentifier, ProjectRevision, Sector

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


class ProjectState(StrEnum):
    """How a project stands against what was promised. Computed from the record and the calendar."""

    ON_TIME = "on_time"
    LATE = "late"
    REACHED = "reached"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    #: No date was promised.
    UNKNOWN = "unknown"


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


@dataclass(frozen=True, kw_only=True)
class ProjectView:
    """One project: what is said of it now, and everything that was said before."""

    summary: ProjectSummary
    #: Each first to last; the last one holds.
    revisions: Sequence[ProjectRevision]
    milestones: Sequence[Milestone]
    locations: Sequence[LocationRevision]
    budgets: Sequence[BudgetVersion]
    reports: Sequence[ProgressReport]
    identifiers: Sequence[ProjectIdentifier]
    decisions: Sequence[DecisionPresent]

    @property
    def said(self) -> ProjectRevision:
        """What is said of it now."""
        return self.revisions[-1]


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
        .where(_in_state(ProjectState.LATE, today))
        .group_by(ProjectPresent.department_id)
    )
    return remembered(session, PROJECTS, ("late", today), lambda: dict(session.execute(counted).all()))


def _counted(session: Session, asked: ProjectFilter, today: date) -> dict[ProjectState, int]:
    state = case(*((_in_state(state, today), state.value) for state in ProjectState)).label("state")
    counted = session.execute(select(state, func.count()).where(*_conditions(asked, today)).group_by(state))
    return {ProjectState(code): count for code, count in counted}


def find_project(session: Session, project_id: str, *, today: date) -> ProjectView | None:
    """Return one project; nothing if there is none of that number. Nine statements."""
    present = session.get(ProjectPresent, project_id)
    if present is None:
        return None
    return ProjectView(
        summary=summarize(present, today),
        revisions=_numbered(session, ProjectRevision, project_id),
        milestones=milestones_of(session, project_id),
        locations=_numbered(session, LocationRevision, project_id),
        budgets=_numbered(session, BudgetVersion, project_id),
        reports=_numbered(session, ProgressReport, project_id),
        identifiers=session.exec(select(ProjectIdentifier).where(ProjectIdentifier.project_id == project_id)).all(),
        decisions=session.exec(
            select(DecisionPresent)
            .join(ProjectDecision, col(ProjectDecision.decision_id) == col(DecisionPresent.decision_id))
            .where(ProjectDecision.project_id == project_id)
            .order_by(col(DecisionPresent.decision_id))
        ).all(),
    )


def milestones_of(session: Session, project_id: str) -> Sequence[Milestone]:
    """Return the milestones of a project with everything said about them, by the date first promised."""
    found = session.exec(
        select(Milestone).where(Milestone.project_id == project_id).options(selectinload(Milestone.revisions))  # type: ignore[arg-type]  # SQLModel types it as a list.
    ).all()
    return sorted(found, key=lambda milestone: (milestone.baseline.due_date, milestone.id))


def find_milestone(session: Session, milestone_id: int) -> Milestone | None:
    """Return one milestone with everything said about it."""
    return session.get(Milestone, milestone_id)


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
        state=_stands(row, today),
        promised_on=row.promised_on,
        expected_on=row.expected_on,
        reached_on=row.reached_on,
        slip_days=_slip(row, today),
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


def _slip(row: ProjectPresent | Row[Any], today: date) -> int | None:
    """Return how late a project is, as :func:`models.milestone.slippage` says of its last milestone."""
    if row.promised_on is None or row.expected_on is None:
        return None
    is_ended = row.reached_on is not None or row.is_cancelled
    return ((row.expected_on if is_ended else max(row.expected_on, today)) - row.promised_on).days


def _stands(row: ProjectPresent | Row[Any], today: date) -> ProjectState:
    if row.is_cancelled or row.phase is Phase.CANCELLED:
        return ProjectState.CANCELLED
    if row.reached_on is not None:
        return ProjectState.REACHED
    if row.is_paused:
        return ProjectState.PAUSED
    slip = _slip(row, today)
    if slip is None:
        return ProjectState.UNKNOWN
    return ProjectState.LATE if slip > 0 else ProjectState.ON_TIME


def _in_state(state: ProjectState, today: date) -> ColumnElement[bool]:
    """Return how a project stands as a condition: the same as it is computed for one."""
    cancelled = or_(col(ProjectPresent.is_cancelled), col(ProjectPresent.phase) == Phase.CANCELLED)
    reached, paused = col(ProjectPresent.reached_on).is_not(None), col(ProjectPresent.is_paused)
    promised_on, expected_on = col(ProjectPresent.promised_on), col(ProjectPresent.expected_on)
    goes_on = and_(~cancelled, ~reached, ~paused)
    unknown = or_(promised_on.is_(None), expected_on.is_(None))
    late = or_(expected_on > promised_on, promised_on < today)
    return {
        ProjectState.CANCELLED: cancelled,
        ProjectState.REACHED: and_(~cancelled, reached),
        ProjectState.PAUSED: and_(~cancelled, ~reached, paused),
        ProjectState.UNKNOWN: and_(goes_on, unknown),
        ProjectState.LATE: and_(goes_on, ~unknown, late),
        ProjectState.ON_TIME: and_(goes_on, ~unknown, ~late),
    }[state]


def _conditions(asked: ProjectFilter, today: date) -> list[ColumnElement[bool]]:
    conditions: list[Any] = []
    if asked.state is not None:
        conditions.append(_in_state(asked.state, today))
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


def _numbered(session: Session, kind: Any, project_id: str) -> Any:
    return session.exec(select(kind).where(kind.project_id == project_id).order_by(kind.number)).all()
