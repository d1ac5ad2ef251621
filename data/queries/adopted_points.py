"""Points that were adopted, of the decisions that a project carries out: they can be why a date moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from models.comment import CommentText, Point
from models.present import DecisionPresent
from models.project import ProjectDecision
from models.text import one_line
from models.verdict import VerdictCode

#: As many are offered at once; whoever means another one says a word of it.
MOST = 50
#: Row numbers have fewer digits.
_LONG = 18
_ADOPTED = (VerdictCode.ADOPTED, VerdictCode.PARTLY_ADOPTED)


@dataclass(frozen=True, kw_only=True)
class AdoptedPoint:
    """A point that was adopted, and on what."""

    id: int
    #: What its comment says, on one line; the empty text where its words were erased.
    words: str
    decision_id: str
    decision_title: str


@dataclass(frozen=True, kw_only=True)
class AdoptedPoints:
    """The adopted points that were asked for, the newest first, and whether there are more than are shown."""

    points: Sequence[AdoptedPoint]
    has_more: bool


def adopted_points(session: Session, project_id: str, *, words: str = "") -> AdoptedPoints:
    """
    Return the adopted points of the decisions behind a project. One statement.

    :param words: only those whose comment, or the title of whose decision, has these words, or which have that number
    """
    columns: Any = (Point.id, CommentText.body, Point.decision_id, DecisionPresent.title)
    statement = (
        select(*columns)
        .join(ProjectDecision, col(ProjectDecision.decision_id) == col(Point.decision_id))
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(Point.decision_id))
        .join(CommentText, col(CommentText.comment_id) == col(Point.comment_id), isouter=True)
        .where(col(ProjectDecision.project_id) == project_id, col(Point.state).in_(_ADOPTED))
    )
    if words.strip():
        statement = statement.where(_says(words.strip()))
    rows = session.execute(statement.order_by(col(Point.id).desc()).limit(MOST + 1)).all()
    points = [
        AdoptedPoint(id=number, words=one_line(body or ""), decision_id=decision_id, decision_title=title)
        for number, body, decision_id, title in rows[:MOST]
    ]
    return AdoptedPoints(points=points, has_more=len(rows) > MOST)


def _says(words: str) -> Any:
    found = col(CommentText.body).icontains(words, autoescape=True)
    found |= col(DecisionPresent.title).icontains(words, autoescape=True)
    if words.isascii() and words.isdecimal() and len(words) < _LONG:
        found |= col(Point.id) == int(words)
    return found
