"""One project: what is said of it now, and everything that was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from data.queries.milestones import milestones_of
from data.queries.projects import ProjectSummary, summarize
from models.milestone import Milestone
from models.money import BudgetVersion, ProgressReport
from models.present import DecisionPresent, ProjectPresent
from models.project import LocationRevision, ProjectDecision, ProjectIdentifier, ProjectRevision


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


def _numbered(session: Session, kind: Any, project_id: str) -> Any:
    return session.exec(select(kind).where(kind.project_id == project_id).order_by(kind.number)).all()
