"""
How many points a docket has, how many of them are answered, and since when: as it is now, or as it came about.

As it is now takes two statements for all decisions together. As it came about takes one for one decision, and gives a
count for each day on which something came in or was answered, under the instant of the last of it: whoever asks about
a past instant is told nothing that came later.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, literal, union_all
from sqlmodel import Session, col, select

from models.comment import Comment, CommentTally, Point, Stance
from models.docket_facts import FlagFact, PeriodFact, TallyFact
from models.objections import FLAG, are_many
from models.verdict import Verdict

#: What was said of the comment periods, by decision.
Periods = Mapping[str, Sequence[PeriodFact]]


@dataclass
class Counted:
    """What was counted, by decision."""

    tallies: dict[str, list[TallyFact]] = field(default_factory=lambda: defaultdict(list))
    objections: dict[str, list[FlagFact]] = field(default_factory=lambda: defaultdict(list))


def present_tallies(session: Session, identifiers: Sequence[str] | None, periods: Periods) -> Counted:
    """Return how many points there are now. Two statements."""
    counted = Counted()
    answers = _answers(session, identifiers)
    objecting = func.sum(case((col(CommentTally.stance) == Stance.OBJECT, CommentTally.count), else_=0))
    answered = func.sum(case((col(CommentTally.state) != "", CommentTally.count), else_=0))
    statement: Any = select(CommentTally.decision_id, func.sum(CommentTally.count), answered, objecting)
    for identifier, points, done, objections in session.connection().execute(
        _among(statement, CommentTally.decision_id, identifiers).group_by(CommentTally.decision_id)
    ):
        if not points:
            continue
        first, last = answers.get(identifier, (None, None))
        # When the last of them came in is not asked: they are there, and have been since the first period.
        known = last or min((fact.recorded_at for fact in periods.get(identifier, ())), default=None)
        if known is not None:
            tally = _tally(int(points), int(done), first, last, known)
            counted.tallies[identifier].append(tally)
            if are_many(int(objections), int(points)):
                counted.objections[identifier].append(FlagFact(flag=FLAG, recorded_at=known))
    _without_points(counted, periods)
    return counted


def past_tallies(session: Session, identifiers: Sequence[str] | None, periods: Periods) -> Counted:
    """Return how many points there were, day by day. One statement."""
    events: dict[str, list[tuple[datetime, datetime, int, int, int]]] = defaultdict(list)
    for identifier, _, last, first, came, objecting, answered in session.connection().execute(
        union_all(_received(identifiers), _answered(identifiers))
    ):
        events[identifier].append((last, first, int(came), int(objecting), int(answered)))
    counted = Counted()
    for identifier, happened in events.items():
        points = answered = objections = 0
        first_answer = last_answer = None
        is_raised = False
        for last, first, came, objecting, done in sorted(happened):
            points, objections, answered = points + came, objections + objecting, answered + done
            if done:
                first_answer, last_answer = first_answer or first, last
            counted.tallies[identifier].append(_tally(points, answered, first_answer, last_answer, last))
            if are_many(objections, points) is not is_raised:
                is_raised = not is_raised
                counted.objections[identifier].append(FlagFact(flag=FLAG, is_raised=is_raised, recorded_at=last))
    _without_points(counted, periods)
    return counted


def _tally(points: int, answered: int, first: datetime | None, last: datetime | None, at: datetime) -> TallyFact:
    return TallyFact(
        points=points,
        answered=answered,
        first_answer_at=first,
        complete_at=last if answered >= points else None,
        recorded_at=at,
    )


def _without_points(counted: Counted, periods: Periods) -> None:
    """Say of each comment period until the first point came in: if none does, all are answered when it closes."""
    for identifier, said in periods.items():
        came = counted.tallies.get(identifier, ())
        first = min((tally.recorded_at for tally in came), default=None)
        none = [
            TallyFact(points=0, answered=0, complete_at=fact.closes_at, recorded_at=fact.recorded_at)
            for fact in said
            if first is None or fact.recorded_at < first
        ]
        if none:
            counted.tallies[identifier] = [*none, *came]


def _answers(session: Session, identifiers: Sequence[str] | None) -> dict[str, tuple[datetime, datetime]]:
    """Return when the first and the last point of each decision were first answered."""
    recorded_at = col(Verdict.recorded_at)
    statement: Any = (
        select(Point.decision_id, func.min(recorded_at), func.max(recorded_at))
        .join(Verdict, col(Verdict.point_id) == col(Point.id))
        .where(Verdict.number == 1, col(Point.state).is_not(None))
        .group_by(Point.decision_id)
    )
    rows = session.connection().execute(_among(statement, Point.decision_id, identifiers))
    return {identifier: (first, last) for identifier, first, last in rows}


def _received(identifiers: Sequence[str] | None) -> Any:
    day, at = func.date(Comment.received_at), col(Comment.received_at)
    objecting = func.sum(case((col(Point.stance) == Stance.OBJECT, 1), else_=0))
    statement: Any = select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
        Point.decision_id, day, func.max(at), func.min(at), func.count(), objecting, literal(0)
    ).join(Comment, col(Comment.id) == col(Point.comment_id))
    return _among(statement, Point.decision_id, identifiers).group_by(Point.decision_id, day)


def _answered(identifiers: Sequence[str] | None) -> Any:
    day, at = func.date(Verdict.recorded_at), col(Verdict.recorded_at)
    statement: Any = (
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            Point.decision_id, day, func.max(at), func.min(at), literal(0), literal(0), func.count()
        )
        .join(Verdict, col(Verdict.point_id) == col(Point.id))
        .where(Verdict.number == 1)
    )
    return _among(statement, Point.decision_id, identifiers).group_by(Point.decision_id, day)


def _among(statement: Any, owner: Any, identifiers: Sequence[str] | None) -> Any:
    return statement if identifiers is None else statement.where(col(owner).in_(identifiers))
