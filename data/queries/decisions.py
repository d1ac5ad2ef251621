"""Decisions, as pages and feeds show them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, tuple_
from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from data.queries.remembered import remembered
from data.versions import DECISIONS
from models.comment import CommentTally
from models.decision import DecisionState, Language, Topic, decision_state
from models.outcome import OutcomeCode
from models.present import DecisionPresent

_DROPPING = [code for code in OutcomeCode if code.drops]
#: For what does not depend on it.
_ANY_TIME = datetime.max.replace(tzinfo=UTC)
#: What a list shows.
_LISTED: tuple[Any, ...] = (
    DecisionPresent.decision_id,
    DecisionPresent.title,
    DecisionPresent.language,
    DecisionPresent.department_id,
    DecisionPresent.topic,
    DecisionPresent.opens_at,
    DecisionPresent.closes_at,
    DecisionPresent.zone,
    DecisionPresent.is_short,
    DecisionPresent.outcome,
    DecisionPresent.announced_at,
    DecisionPresent.decided_at,
    DecisionPresent.evaluated_at,
    DecisionPresent.updated_at,
)


@dataclass(frozen=True, kw_only=True)
class DecisionFilter:
    """Which decisions are asked for. What is not said does not matter."""

    state: DecisionState | None = None
    department_id: str | None = None
    topic: Topic | None = None
    #: Words in the title.
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionSummary:
    """A decision, in a few lines."""

    id: str
    title: str
    language: Language
    department_id: str
    topic: Topic
    state: DecisionState
    opens_at: datetime | None
    closes_at: datetime | None
    zone: str | None
    is_short: bool
    outcome: OutcomeCode | None
    announced_at: datetime
    decided_at: datetime | None
    updated_at: datetime
    comments: int


def list_decisions(
    session: Session,
    asked: DecisionFilter,
    *,
    now: datetime,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[DecisionSummary]:
    """
    Return decisions: those open by what closes first, others by what changed last.

    :param after: the identifier of the last decision seen
    """
    rows = _rows(session, asked, now=now, after=after, size=size + 1)
    counts = _comments(session, [row.decision_id for row in rows])
    summaries = [_summary(row, counts.get(row.decision_id, 0), now) for row in rows]
    return page_of(summaries, size, lambda summary: summary.id)


def first_decisions(
    session: Session, asked: Mapping[DecisionState, int], *, now: datetime
) -> dict[DecisionState, list[DecisionSummary]]:
    """Return the first decisions of several states, so many of each, in the order of their lists."""
    rows = {
        state: _rows(session, DecisionFilter(state=state), now=now, after=None, size=size)
        for state, size in asked.items()
    }
    counts = _comments(session, [row.decision_id for some in rows.values() for row in some])
    return {
        state: [_summary(row, counts.get(row.decision_id, 0), now) for row in some] for state, some in rows.items()
    }


def _rows(
    session: Session, asked: DecisionFilter, *, now: datetime, after: str | None, size: int
) -> Sequence[Row[Any]]:
    statement = select(*_LISTED).where(*_conditions(asked, now))
    if after is not None:
        statement = statement.where(_beyond(asked, after))
    ascending = asked.state is DecisionState.OPEN
    keys = (key.asc() if ascending else key.desc() for key in _order(asked))
    return session.execute(statement.order_by(*keys).limit(size)).all()


def _order(asked: DecisionFilter) -> tuple[Any, Any]:
    first = DecisionPresent.closes_at if asked.state is DecisionState.OPEN else DecisionPresent.updated_at
    return col(first), col(DecisionPresent.decision_id)


def _beyond(asked: DecisionFilter, after: str) -> ColumnElement[bool]:
    first, identifier = _order(asked)
    seen = select(first).where(DecisionPresent.decision_id == after).correlate(None).scalar_subquery()
    here, there = tuple_(first, identifier), tuple_(seen, after)
    return here > there if asked.state is DecisionState.OPEN else here < there


def count_decisions(session: Session, asked: DecisionFilter, *, now: datetime) -> dict[DecisionState, int]:
    """Return how many decisions stand where, among those that the other filters leave."""
    elsewhere = replace(asked, state=None)
    ended, opens, closes = remembered(session, DECISIONS, elsewhere, lambda: _counted(session, elsewhere))
    # What is decided stays so, whatever time it is. The others open and close as it passes.
    opened, closed = bisect_right(opens, now), bisect_right(closes, now)
    found = ended | {DecisionState.OPEN: opened - closed, DecisionState.CONSIDERED: closed}
    found[DecisionState.ANNOUNCED] = ended.get(DecisionState.ANNOUNCED, 0) + len(opens) - opened
    return {code: found.get(code, 0) for code in DecisionState}


def _counted(
    session: Session, asked: DecisionFilter
) -> tuple[dict[DecisionState, int], list[datetime], list[datetime]]:
    """Return how many decisions are in states that do not pass, and when comments on the others open and close."""
    fixed: dict[DecisionState, int] = {}
    opens, closes = [], []
    columns: tuple[Any, ...] = (
        DecisionPresent.outcome,
        DecisionPresent.evaluated_at,
        DecisionPresent.opens_at,
        DecisionPresent.closes_at,
    )
    for row in session.execute(select(*columns).where(*_conditions(asked, _ANY_TIME))):
        if row.outcome is None and row.evaluated_at is None and row.opens_at is not None:
            opens.append(row.opens_at)
            closes.append(row.closes_at)
        else:
            state = stands(row, _ANY_TIME)
            fixed[state] = fixed.get(state, 0) + 1
    return fixed, sorted(opens), sorted(closes)


def _comments(session: Session, decisions: Sequence[str]) -> dict[str, int]:
    counted = session.exec(
        select(CommentTally.decision_id, func.sum(CommentTally.count))
        .where(col(CommentTally.decision_id).in_(decisions))
        .group_by(CommentTally.decision_id)
    )
    return {decision: int(count) for decision, count in counted}


def _conditions(asked: DecisionFilter, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[Any] = []
    if asked.state is not None:
        conditions.append(_in_state(asked.state, now))
    if asked.department_id:
        conditions.append(col(DecisionPresent.department_id) == asked.department_id)
    if asked.topic is not None:
        conditions.append(col(DecisionPresent.topic) == asked.topic)
    conditions += [col(DecisionPresent.title).icontains(word, autoescape=True) for word in asked.words.split()[:8]]
    return conditions


def _in_state(state: DecisionState, now: datetime) -> ColumnElement[bool]:
    """Return :func:`models.decision.decision_state` as a condition, so that it can be found by an index."""
    opens_at, closes_at = col(DecisionPresent.opens_at), col(DecisionPresent.closes_at)
    outcome, evaluated_at = col(DecisionPresent.outcome), col(DecisionPresent.evaluated_at)
    undecided = and_(outcome.is_(None), evaluated_at.is_(None))
    match state:
        case DecisionState.EVALUATED:
            return evaluated_at.is_not(None)
        case DecisionState.DROPPED:
            return and_(evaluated_at.is_(None), outcome.in_(_DROPPING))
        case DecisionState.DECIDED:
            return and_(evaluated_at.is_(None), outcome.is_not(None), outcome.not_in(_DROPPING))
        case DecisionState.OPEN:
            return and_(undecided, opens_at <= now, closes_at > now)
        case DecisionState.CONSIDERED:
            return and_(undecided, opens_at <= now, closes_at <= now)
        case _:
            return and_(undecided, or_(opens_at.is_(None), opens_at > now))


def stands(present: DecisionPresent | Row[Any], now: datetime) -> DecisionState:
    """Return where a decision stands at that instant, given what is kept of its present."""
    return decision_state(
        opens_at=present.opens_at,
        closes_at=present.closes_at,
        dropped=present.outcome is not None and present.outcome.drops,
        decided=present.outcome is not None,
        evaluated=present.evaluated_at is not None,
        now=now,
    )


def _summary(row: Row[Any], comments: int, now: datetime) -> DecisionSummary:
    return DecisionSummary(
        id=row.decision_id,
        title=row.title,
        language=row.language,
        department_id=row.department_id,
        topic=row.topic,
        state=stands(row, now),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        zone=row.zone,
        is_short=row.is_short,
        outcome=row.outcome,
        announced_at=row.announced_at,
        decided_at=row.decided_at,
        updated_at=row.updated_at,
        comments=comments,
    )
