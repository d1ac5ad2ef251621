"""What the projects of a department wait for: reports that are due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from data.queries.paging import Page
from data.queries.remembered import remembered
from data.versions import PROJECTS
from models.clock import local_date
from models.decision import Language
from models.money import ProgressReport
from models.present import ProjectPresent
from models.project import Phase, ProjectRevision

#: A project of which nothing was said for so long is stale.
STALE = timedelta(days=30)
#: How many of a kind are shown at once.
MOST = 50
_ENDED = (Phase.COMPLETION, Phase.MAINTENANCE, Phase.DECOMMISSIONING, Phase.DECOMMISSIONED, Phase.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class StaleProject:
    """A project of which nothing was reported for long."""

    id: str
    title: str
    language: Language
    #: When something was last reported; nothing where nothing was ever.
    reported_at: datetime | None
    #: How many reports there are.
    reports: int


def stale_projects(session: Session, department_id: str, *, now: datetime, size: int = MOST) -> Page[StaleProject]:
    """Return the projects of a department that go on and were not reported on for :data:`STALE`, longest first."""
    last = func.max(col(ProgressReport.recorded_at))
    rows = session.execute(
        _stale(
            ProjectPresent.project_id,
            ProjectPresent.title,
            ProjectPresent.language,
            last.label("reported_at"),
            func.count(col(ProgressReport.id)),
            now=now,
        )
        .where(col(ProjectPresent.department_id) == department_id)
        .order_by(last.is_not(None), last, col(ProjectPresent.project_id))
        .limit(size + 1)
    ).all()
    projects = [
        StaleProject(id=identifier, title=title, language=language, reported_at=reported_at, reports=reports)
        for identifier, title, language, reported_at, reports in rows
    ]
    return Page(projects[:size], "more" if len(projects) > size else None)


def count_stale(session: Session, *, now: datetime) -> dict[str, int]:
    """Return how many projects of each department are stale. One statement, asked again only after a change."""
    stale = _stale(ProjectPresent.department_id, now=now).subquery()
    counted = select(stale.c.department_id, func.count()).group_by(stale.c.department_id)
    day = local_date(now)
    return remembered(session, PROJECTS, ("stale", day), lambda: dict(session.execute(counted).all()))


def _stale(*columns: Any, now: datetime) -> Select[Any]:
    """Return the columns asked for of each project that goes on and of which nothing was said for long."""
    last = func.max(col(ProgressReport.recorded_at))
    return (
        sql_select(*columns)
        .join(ProgressReport, col(ProgressReport.project_id) == col(ProjectPresent.project_id), isouter=True)
        .join(ProjectRevision, col(ProjectRevision.project_id) == col(ProjectPresent.project_id))
        .where(
            # Nobody has to report in the first days.
            col(ProjectRevision.number) == 1,
            col(ProjectRevision.recorded_at) < now - STALE,
            col(ProjectPresent.is_cancelled).is_(False),
            col(ProjectPresent.reached_on).is_(None),
            col(ProjectPresent.phase).not_in(_ENDED),
        )
        .group_by(
            ProjectPresent.project_id,
            ProjectPresent.department_id,
            ProjectPresent.title,
            ProjectPresent.language,
        )
        .having(or_(last.is_(None), last < now - STALE))
    )
