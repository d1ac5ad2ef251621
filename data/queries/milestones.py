"""Milestones, with everything said about them."""

from collections.abc import Sequence

from sqlalchemy.orm import selectinload
from sqlmodel import Session, select

from models.milestone import Milestone


def find_milestone(session: Session, milestone_id: int) -> Milestone | None:
    """Return one milestone with everything said about it."""
    return session.get(Milestone, milestone_id)


def milestones_of(session: Session, project_id: str) -> Sequence[Milestone]:
    """Return the milestones of a project with everything said about them, by the date first promised."""
    found = session.exec(
        select(Milestone).where(Milestone.project_id == project_id).options(selectinload(Milestone.revisions))  # type: ignore[arg-type]  # SQLModel types it as a list.
    ).all()
    return sorted(found, key=lambda milestone: (milestone.baseline.due_date, milestone.id))
