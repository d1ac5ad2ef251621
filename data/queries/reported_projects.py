"""The projects of a department with what was reported of each last, as its spreadsheet has them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.money import ProgressReport
from models.present import ProjectPresent


@dataclass(frozen=True, kw_only=True)
class ReportedProject:
    """A project, and its last report; 0 and nothing where there is none."""

    project_id: str
    title: str
    reports: int
    period_end: date | None
    #: In basis points.
    physical: int | None
    #: In the smallest unit of the currency.
    spent: int | None
    currency: str | None


def reported_projects(session: Session, department_id: str) -> list[ReportedProject]:
    """Return the projects of a department that were not given up, by their numbers. One statement."""
    later = aliased(ProgressReport)
    superseded = select(later.id).where(
        col(later.project_id) == col(ProgressReport.project_id), col(later.number) > col(ProgressReport.number)
    )
    rows = session.execute(
        select(ProjectPresent, ProgressReport)
        .join(
            ProgressReport,
            (col(ProgressReport.project_id) == col(ProjectPresent.project_id)) & ~superseded.exists(),
            isouter=True,
        )
        .where(ProjectPresent.department_id == department_id, col(ProjectPresent.is_cancelled).is_(False))
        .order_by(col(ProjectPresent.project_id))
    ).all()
    return [
        ReportedProject(
            project_id=project.project_id,
            title=project.title,
            reports=report.number if report else 0,
            period_end=report.period_end if report else None,
            physical=report.physical if report else None,
            spent=report.spent if report else None,
            currency=(report.currency if report else None) or project.currency,
        )
        for project, report in rows
    ]
