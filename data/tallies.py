"""How many points there are, counted as they come in: of each clause, stance and answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, text
from sqlmodel import Session, col, select

from data.versions import ANSWERED, POINTS, add
from models.comment import CommentTally, Point
from models.ledger import Counter

_TALLIED = ("decision_id", "clause_key", "stance", "state")
_COUNT_ON = text(
    "INSERT INTO comment_tally (decision_id, clause_key, stance, state, count) "
    "VALUES (:decision_id, :clause_key, :stance, :state, :more) "
    "ON CONFLICT (decision_id, clause_key, stance, state) DO UPDATE SET count = comment_tally.count + excluded.count"
)
_FORGET_NONE = text(
    "DELETE FROM comment_tally WHERE decision_id = :decision_id AND clause_key = :clause_key "
    "AND stance = :stance AND state = :state AND count = 0"
)


def recount(session: Session) -> None:
    """Count the points of all decisions anew."""
    session.execute(delete(CommentTally))
    session.execute(delete(Counter).where(col(Counter.series).in_((POINTS, ANSWERED))))
    counted = session.execute(
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            col(Point.decision_id),
            func.coalesce(Point.clause_key, ""),
            col(Point.stance),
            col(Point.state),
            func.count(),
        ).group_by(col(Point.decision_id), col(Point.clause_key), col(Point.stance), col(Point.state))
    )
    rows = [
        {"decision_id": decision, "clause_key": clause, "stance": stance, "state": state or "", "count": count}
        for decision, clause, stance, state, count in counted
    ]
    if rows:
        session.execute(insert(CommentTally), rows)
    add(session, {POINTS: sum(row["count"] for row in rows), ANSWERED: sum(_answered(rows, "count"))})


def count_points(session: Session, counted: Sequence[tuple[str, str, str, str, int]]) -> None:
    """Count what came in, or changed its state, beside what was counted before."""
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for decision, clause, stance, state, more in counted:
        sums[decision, clause, stance, state] += more
    # What came in and was answered in one batch leaves nothing to count.
    rows: list[dict[str, Any]] = [
        dict(zip((*_TALLIED, "more"), (*key, sums[key]), strict=True)) for key in sorted(sums) if sums[key]
    ]
    if rows:
        session.execute(_COUNT_ON, rows)
        add(session, {POINTS: sum(row["more"] for row in rows), ANSWERED: sum(_answered(rows, "more"))})
    fewer = [row for row in rows if row["more"] < 0]
    if fewer:
        session.execute(_FORGET_NONE, fewer)


def _answered(rows: Sequence[Mapping[str, Any]], column: str) -> Iterator[int]:
    return (row[column] for row in rows if row["state"])
