"""What a milestone was said to be after it had been promised."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select

from models.clock import end_of_day
from models.milestone import Milestone
from models.milestone_amendment import MilestoneAmendment


def amendments_of(session: Session, milestone_id: int) -> Sequence[MilestoneAmendment]:
    """Return what was said anew of a milestone, first to last."""
    of_milestone = select(MilestoneAmendment).where(MilestoneAmendment.milestone_id == milestone_id)
    return session.exec(of_milestone.order_by(col(MilestoneAmendment.number))).all()


def project_amendments(
    session: Session, project_id: str, day: date | None = None
) -> Mapping[int, Sequence[MilestoneAmendment]]:
    """Return what was said anew of the milestones of a project, by their numbers: now, or by the end of a past day."""
    of_project = (
        select(MilestoneAmendment)
        .join(Milestone, col(Milestone.id) == col(MilestoneAmendment.milestone_id))
        .where(Milestone.project_id == project_id)
    )
    if day is not None:
        of_project = of_project.where(col(MilestoneAmendment.recorded_at) < end_of_day(day))
    found: dict[int, list[MilestoneAmendment]] = defaultdict(list)
    for one in session.exec(of_project.order_by(col(MilestoneAmendment.number))):
        found[one.milestone_id].append(one)
    return found
