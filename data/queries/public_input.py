"""What public input changed: dates that moved because a point was adopted."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.comment import Point
from models.milestone import Milestone, MilestoneRevision


@dataclass(frozen=True, kw_only=True)
class MovedByPoint:
    """A statement about a milestone, and the adopted point that caused it."""

    project_id: str
    milestone_id: int
    milestone_title: str
    said: MilestoneRevision
    point_id: int
    comment_id: int
    decision_id: str


def moved_by_points(
    session: Session, *, project_id: str | None = None, decision_id: str | None = None
) -> list[MovedByPoint]:
    """Return what was said because of points, of a project or because of comments on a decision, first to last."""
    statement = (
        select(MilestoneRevision, Milestone, Point)
        .join(Milestone, col(Milestone.id) == col(MilestoneRevision.milestone_id))
        .join(Point, col(Point.id) == col(MilestoneRevision.point_id))
    )
    if project_id is not None:
        statement = statement.where(Milestone.project_id == project_id)
    if decision_id is not None:
        statement = statement.where(Point.decision_id == decision_id)
    return [
        MovedByPoint(
            project_id=milestone.project_id,
            milestone_id=milestone.id,
            milestone_title=milestone.title,
            said=said,
            point_id=point.id,
            comment_id=point.comment_id,
            decision_id=point.decision_id,
        )
        for said, milestone, point in session.exec(statement.order_by(col(MilestoneRevision.id)))
    ]
