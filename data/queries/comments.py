"""Comments and what became of them, as pages and feeds show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from models.comment import Channel, Comment, CommentText, Point, Stance, receipt_digest
from models.decision import Language
from models.draft import Clause
from models.present import DecisionPresent
from models.text import masked_name
from models.verdict import Verdict, VerdictCode

#: Row numbers have fewer digits; what has more is no place in a list.
_LONG = 18


@dataclass(frozen=True, kw_only=True)
class CommentFilter:
    """Which comments on a decision are asked for. What is not said does not matter."""

    #: The clause, by its key; the empty text for those on the draft as a whole.
    clause_key: str | None = None
    stance: Stance | None = None
    state: VerdictCode | None = None
    #: Only those without an answer.
    unanswered: bool = False


@dataclass(frozen=True, kw_only=True)
class VerdictSummary:
    """What became of a point, and why."""

    number: int
    code: VerdictCode
    reason: str
    until: date | None
    forwarded_to: str
    same_as_id: int | None
    clause_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class CommentSummary:
    """A comment, or a point of it, as anybody may see it."""

    id: int
    point_id: int
    decision_id: str
    clause_key: str | None
    clause_label: str
    channel: Channel
    stance: Stance
    language: Language
    received_at: datetime
    body: str
    #: The name, masked.
    name: str
    #: First to last; the last one holds.
    verdicts: Sequence[VerdictSummary]

    @property
    def verdict(self) -> VerdictSummary | None:
        """What became of it, as said now."""
        return self.verdicts[-1] if self.verdicts else None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a receipt is for: the comment, and the decision it is about."""

    comment: CommentSummary
    decision_id: str
    decision_title: str


def list_comments(
    session: Session, decision_id: str, asked: CommentFilter, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page[CommentSummary]:
    """
    Return comments on a decision, newest first.

    :param after: the number of the last point seen
    """
    statement = _comments().where(Point.decision_id == decision_id)
    if asked.clause_key is not None:
        statement = statement.where(
            Point.clause_key == asked.clause_key if asked.clause_key else col(Point.clause_key).is_(None)
        )
    if asked.stance is not None:
        statement = statement.where(Point.stance == asked.stance)
    if asked.state is not None:
        statement = statement.where(Point.state == asked.state)
    if asked.unanswered:
        statement = statement.where(col(Point.state).is_(None))
    if after is not None and after.isdecimal() and len(after) < _LONG:
        statement = statement.where(Point.id < int(after))
    rows = session.execute(statement.order_by(col(Point.id).desc()).limit(size + 1)).all()
    return page_of(_summaries(session, rows), size, lambda comment: comment.point_id)


def comments_since(
    session: Session, *, after: int = 0, decision_id: str | None = None, size: int
) -> list[CommentSummary]:
    """Return comments in the order they came, beyond a point's number: for those who take all of them away."""
    statement = _comments().where(Point.id > after)
    if decision_id is not None:
        statement = statement.where(Point.decision_id == decision_id)
    return _summaries(session, session.execute(statement.order_by(col(Point.id)).limit(size)).all())


def find_point(session: Session, point_id: int) -> CommentSummary | None:
    """Return one point, with its comment."""
    found = _summaries(session, session.execute(_comments().where(Point.id == point_id)).all())
    return found[0] if found else None


def find_receipt(session: Session, code: str) -> Receipt | None:
    """Return what the receipt with that code is for; nothing if there is no such receipt."""
    rows = session.execute(_comments().where(Comment.receipt_digest == receipt_digest(code))).all()
    found = _summaries(session, rows)
    if not found:
        return None
    title = session.exec(
        select(DecisionPresent.title).where(DecisionPresent.decision_id == found[0].decision_id)
    ).one()
    return Receipt(comment=found[0], decision_id=found[0].decision_id, decision_title=title)


#: What is shown of a comment.
_SHOWN: tuple[Any, ...] = (
    col(Comment.id).label("comment_id"),
    Point.id,
    Point.decision_id,
    Point.clause_key,
    Point.stance,
    Point.state,
    Comment.channel,
    Comment.language,
    Comment.received_at,
    CommentText.body,
    CommentText.name,
    Clause.label,
    Clause.heading,
)


def _comments() -> Any:
    return (
        select(*_SHOWN)
        .select_from(Point)
        .join(Comment, col(Comment.id) == col(Point.comment_id))
        .join(CommentText, col(CommentText.comment_id) == col(Comment.id))
        .join(Clause, col(Clause.id) == col(Comment.clause_id), isouter=True)
    )


def _summaries(session: Session, rows: Sequence[Any]) -> list[CommentSummary]:
    verdicts: dict[int, list[VerdictSummary]] = {}
    answered = [row.id for row in rows if row.state is not None]
    if answered:
        said = session.exec(select(Verdict).where(col(Verdict.point_id).in_(answered)).order_by(col(Verdict.number)))
        for verdict in said:
            verdicts.setdefault(verdict.point_id, []).append(
                VerdictSummary(
                    number=verdict.number,
                    code=verdict.code,
                    reason=verdict.reason,
                    until=verdict.until,
                    forwarded_to=verdict.forwarded_to,
                    same_as_id=verdict.same_as_id,
                    clause_id=verdict.clause_id,
                    recorded_at=verdict.recorded_at,
                )
            )
    return [
        CommentSummary(
            id=row.comment_id,
            point_id=row.id,
            decision_id=row.decision_id,
            clause_key=row.clause_key,
            clause_label=row.label or row.heading or "",
            channel=row.channel,
            stance=row.stance,
            language=row.language,
            received_at=row.received_at,
            body=row.body,
            name=masked_name(row.name),
            verdicts=verdicts.get(row.id, ()),
        )
        for row in rows
    ]
