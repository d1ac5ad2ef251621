"""Points that were adopted, of the decisions that a project carries out: they can be why a date moved."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.comment import Point
from models.project import ProjectDecision
from models.verdict import VerdictCode

#: A decision has at most some hundred adopted points; whoever means another one names its number.
_MOST = 200


def adopted_points(session: Session, project_id: str) -> Sequence[Point]:
    """Return the adopted points of the decisions behind a project, the newest first."""
    return session.exec(
        select(Point)
        .join(ProjectDecision, col(ProjectDecision.decision_id) == col(Point.decision_id))
        .where(
            ProjectDecision.project_id == project_id,
            col(Point.state).in_((VerdictCode.ADOPTED, VerdictCode.PARTLY_ADOPTED)),
        )
        .order_by(col(Point.id).desc())
        .limit(_MOST)
    ).all()
