"""What the projects of a department wait for: dates to be reported, and reports that are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.paging import Page
from models.decision import Language
from models.milestone import Milestone, MilestoneRevision, RevisionKind
from models.money import ProgressReport
from models.present import ProjectPresent
from models.project import Phase, ProjectRevision

#: A milestone is on the desk so long before its date.
AHEAD = timedelta(days=60)
#: A project of which nothing was said for so long is stale.
STALE = timedelta(days=30)
#: How many of a kind are shown at once.
MOST = 50
_ENDED = (Phase.COMPLETION, Phase.MAINTENANCE, Phase.DECOMMISSIONING, Phase.DECOMMISSIONED, Phase.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class MilestoneDuty:
    """A milestone whose date comes near or has passed, and of which it is not said that it was reached."""

    milestone_id: int
    title: str
    project_id: str
    project_title: str
    language: Language
    promised_on: date
    due_date: date
    number: int


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


def milestone_duties(session: Session, department_id: str, *, today: date) -> Page[MilestoneDuty]:
    """Return the milestones of a department that are overdue or due within :data:`AHEAD`, soonest first."""
    first, later = aliased(MilestoneRevision), aliased(MilestoneRevision)
    said = MilestoneRevision
    superseded = select(later.id).where(
        col(later.milestone_id) == col(said.milestone_id), col(later.number) > col(said.number)
    )
    rows = session.execute(
        select(said, Milestone.title, ProjectPresent, first.due_date)  # type: ignore[call-overload]  # SQLModel's own.
        .join(Milestone, col(Milestone.id) == col(said.milestone_id))
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .join(first, (col(first.milestone_id) == col(Milestone.id)) & (col(first.number) == 1))
        .where(
            ProjectPresent.department_id == department_id,
            col(ProjectPresent.next_due) <= today + AHEAD,
            col(ProjectPresent.is_cancelled).is_(False),
            col(said.due_date) <= today + AHEAD,
            col(said.kind).not_in((RevisionKind.ACHIEVED, RevisionKind.CANCELLED, RevisionKind.PAUSED)),
            ~superseded.exists(),
        )
        .order_by(col(said.due_date), col(said.milestone_id))
        .limit(MOST + 1)
    ).all()
    duties = [
        MilestoneDuty(
            milestone_id=revision.milestone_id,
            title=title,
            project_id=project.project_id,
            project_title=project.title,
            language=project.language,
            promised_on=promised_on,
            due_date=revision.due_date,
            number=revision.number,
        )
        for revision, title, project, promised_on in rows
    ]
    return Page(duties[:MOST], "more" if len(duties) > MOST else None)


def stale_projects(session: Session, department_id: str, *, now: datetime) -> Page[StaleProject]:
    """Return the projects of a department that go on and were not reported on for :data:`STALE`, longest first."""
    last = func.max(col(ProgressReport.recorded_at))
    rows = session.execute(
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            ProjectPresent.project_id,
            ProjectPresent.title,
            ProjectPresent.language,
            last.label("reported_at"),
            func.count(col(ProgressReport.id)),
        )
        .join(ProgressReport, col(ProgressReport.project_id) == col(ProjectPresent.project_id), isouter=True)
        .join(ProjectRevision, col(ProjectRevision.project_id) == col(ProjectPresent.project_id))
        .where(
            ProjectPresent.department_id == department_id,
            # Nobody has to report in the first days.
            ProjectRevision.number == 1,
            ProjectRevision.recorded_at < now - STALE,
            col(ProjectPresent.is_cancelled).is_(False),
            col(ProjectPresent.reached_on).is_(None),
            col(ProjectPresent.phase).not_in(_ENDED),
        )
        .group_by(ProjectPresent.project_id, ProjectPresent.title, ProjectPresent.language)
        .having(or_(last.is_(None), last < now - STALE))
        .order_by(last.is_not(None), last, col(ProjectPresent.project_id))
        .limit(MOST + 1)
    ).all()
    projects = [
        StaleProject(id=identifier, title=title, language=language, reported_at=reported_at, reports=reports)
        for identifier, title, language, reported_at, reports in rows
    ]
    return Page(projects[:MOST], "more" if len(projects) > MOST else None)
