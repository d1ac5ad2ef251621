"""
Refreshing the present: what lists show of decisions and projects, from everything that was said about them.

Many are refreshed at once with a handful of queries, whether one of them changed or all are made anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import delete, func, insert, text
from sqlalchemy.orm import lazyload
from sqlmodel import Session, col, select

from data.versions import ANSWERED, DECISIONS, DEPARTMENTS, POINTS, PROJECTS, add, renew
from models.base import Record
from models.comment import CommentTally, Point
from models.comment_period import CommentPeriod, PeriodRevision, is_short
from models.decision import Decision, DecisionRevision
from models.document import Document, DocumentRevision
from models.draft import DraftVersion
from models.ledger import Counter
from models.milestone import Milestone, MilestoneRevision, RevisionKind, is_ended, moves
from models.money import BudgetVersion, ProgressReport
from models.opinion import ExpertOpinion
from models.outcome import Evaluation, Outcome
from models.present import DecisionPresent, ProjectPresent
from models.project import LocationRevision, Project, ProjectRevision
from models.stage import StageRevision

_CHUNK = 400
#: Statements are read once for all things at hand, not again for each.
_LEAN = (lazyload("*"),)
_ABOUT_DECISIONS = (DecisionRevision, StageRevision, DraftVersion, ExpertOpinion, Outcome, Evaluation)
_ABOUT_PROJECTS = (ProjectRevision, LocationRevision, BudgetVersion, ProgressReport)
_TALLIED = ("decision_id", "clause_key", "stance", "state")
_COUNT_ON = text(
    "INSERT INTO comment_tally (decision_id, clause_key, stance, state, count) "
    "VALUES (:decision_id, :clause_key, :stance, :state, :more) "
    "ON CONFLICT (decision_id, clause_key, stance, state) DO UPDATE SET count = comment_tally.count + excluded.count"
)
# Written to the tables themselves, without what the ORM would add for each row.
_DECISIONS, _PROJECTS = (Record.metadata.tables[name] for name in ("decision_present", "project_present"))
_FORGET_NONE = text(
    "DELETE FROM comment_tally WHERE decision_id = :decision_id AND clause_key = :clause_key "
    "AND stance = :stance AND state = :state AND count = 0"
)
#: What lists show of each kind of statement. The texts, which they do not show, are not read.
_SHOWN: dict[type[Any], tuple[str, ...]] = {
    DecisionRevision: ("department_id", "language", "topic", "title"),
    DraftVersion: ("number",),
    Outcome: ("code", "recorded_at"),
    Evaluation: ("recorded_at",),
    ProjectRevision: ("department_id", "language", "title", "phase", "sector", "region"),
    LocationRevision: ("longitude", "latitude"),
    BudgetVersion: ("amount", "currency"),
}
T = TypeVar("T")


class _Said(NamedTuple):
    """A statement about a milestone, as far as the rules need it."""

    kind: RevisionKind
    due_date: date
    recorded_at: datetime


class _Milestone(NamedTuple):
    """A milestone, as far as lists need it."""

    id: int
    project_id: str
    title: str
    completes: bool


def refresh(session: Session, subjects: Iterable[str]) -> None:
    """Refresh what is said of the matters that a batch of changes touched."""
    touched: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _, identifier = subject.partition("/")
        touched[kind].add(identifier)
    refresh_decisions(session, sorted(touched["dec"]))
    refresh_projects(session, sorted(touched["prj"]))
    if touched["dpt"]:
        renew(session, DEPARTMENTS)


def rebuild(session: Session, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Make all of the present anew."""
    decisions = list(session.exec(select(Decision.id).order_by(col(Decision.id))))
    projects = list(session.exec(select(Project.id).order_by(col(Project.id))))
    done, total = 0, len(decisions) + len(projects)
    for refresh_some, identifiers in ((refresh_decisions, decisions), (refresh_projects, projects)):
        for some in _chunks(identifiers):
            refresh_some(session, some)
            done += len(some)
            progress(done, total)
    recount(session)


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


def refresh_decisions(session: Session, identifiers: Sequence[str]) -> None:
    """Refresh what is said of these decisions."""
    for some in _chunks(identifiers):
        revisions = _latest(session, DecisionRevision, "decision_id", some)
        drafts = _latest(session, DraftVersion, "decision_id", some)
        outcomes = _latest(session, Outcome, "decision_id", some)
        evaluations = _latest(session, Evaluation, "decision_id", some)
        periods = _latest_periods(session, some)
        opinions = _counts(session, ExpertOpinion.decision_id, some)
        newest = _newest(session, _ABOUT_DECISIONS, "decision_id", some)
        announced = dict(
            session.exec(select(Decision.id, Decision.recorded_at).where(col(Decision.id).in_(some))).all()
        )
        rows = []
        for identifier in some:
            said = revisions[identifier]
            period, runs = periods.get(identifier, (None, None))
            if runs:
                newest[identifier].append(runs.recorded_at)
            draft, outcome, evaluation = drafts.get(identifier), outcomes.get(identifier), evaluations.get(identifier)
            rows.append(
                {
                    "decision_id": identifier,
                    "revision_id": said.id,
                    "department_id": said.department_id,
                    "language": said.language,
                    "topic": said.topic,
                    "title": said.title,
                    "period_id": period.id if period else None,
                    "round": period.round if period else None,
                    "zone": period.zone if period else None,
                    "opens_at": runs.opens_at if runs else None,
                    "closes_at": runs.closes_at if runs else None,
                    "is_short": bool(period and runs and is_short(runs.opens_at, runs.closes_at, period.zone)),
                    "draft_version_id": draft.id if draft else None,
                    "draft_number": draft.number if draft else None,
                    "opinions": opinions.get(identifier, 0),
                    "outcome": outcome.code if outcome else None,
                    "decided_at": outcome.recorded_at if outcome else None,
                    "evaluated_at": evaluation.recorded_at if evaluation else None,
                    "announced_at": announced[identifier],
                    "updated_at": max(newest[identifier]),
                }
            )
        session.execute(delete(DecisionPresent).where(col(DecisionPresent.decision_id).in_(some)))
        session.execute(insert(_DECISIONS), rows)
        renew(session, DECISIONS)


def refresh_projects(session: Session, identifiers: Sequence[str]) -> None:
    """Refresh what is said of these projects."""
    for some in _chunks(identifiers):
        revisions = _latest(session, ProjectRevision, "project_id", some)
        locations = _latest(session, LocationRevision, "project_id", some)
        budgets = _latest(session, BudgetVersion, "project_id", some)
        milestones = _milestones(session, some)
        newest = _newest(session, _ABOUT_PROJECTS, "project_id", some)
        rows = []
        for identifier in some:
            said = revisions[identifier]
            location, budget = locations.get(identifier), budgets.get(identifier)
            newest[identifier] += [
                said.recorded_at for _, all_said in milestones[identifier] for said in all_said[-1:]
            ]
            rows.append(
                {
                    "project_id": identifier,
                    "revision_id": said.id,
                    "department_id": said.department_id,
                    "language": said.language,
                    "title": said.title,
                    "phase": said.phase,
                    "sector": said.sector,
                    "region": said.region,
                    "location_id": location.id if location else None,
                    "longitude": location.longitude if location else None,
                    "latitude": location.latitude if location else None,
                    "budget": budget.amount if budget else None,
                    "currency": budget.currency if budget else None,
                    "updated_at": max(newest[identifier]),
                    **_promise(milestones[identifier]),
                }
            )
        session.execute(delete(ProjectPresent).where(col(ProjectPresent.project_id).in_(some)))
        session.execute(insert(_PROJECTS), rows)
        renew(session, PROJECTS)


def _promise(milestones: Sequence[tuple[_Milestone, Sequence[_Said]]]) -> dict[str, Any]:
    """Return what the milestones of a project come to: the one that completes it, and the next one due."""
    completing = [pair for pair in milestones if pair[0].completes] or milestones
    completion, said = max(completing, key=lambda pair: (pair[1][0].due_date, pair[0].id), default=(None, ()))
    waiting = [(said[-1].due_date, one.id, one.title) for one, said in milestones if not is_ended(said[-1])]
    next_due, _, next_title = min(waiting, default=(None, 0, ""))
    latest = said[-1] if said else None
    is_reached = latest is not None and latest.kind is RevisionKind.ACHIEVED
    return {
        "completion_id": completion.id if completion else None,
        "promised_on": said[0].due_date if said else None,
        "expected_on": latest.due_date if latest else None,
        "reached_on": latest.due_date if latest and is_reached else None,
        "is_paused": latest is not None and latest.kind is RevisionKind.PAUSED,
        "is_cancelled": latest is not None and latest.kind is RevisionKind.CANCELLED,
        "moves": sum(moves(said) for _, said in milestones),
        "next_due": next_due,
        "next_title": next_title,
        "milestones": len(milestones),
        "milestones_reached": sum(1 for _, said in milestones if said[-1].kind is RevisionKind.ACHIEVED),
    }


def _milestones(session: Session, projects: Sequence[str]) -> dict[str, list[tuple[_Milestone, list[_Said]]]]:
    of_projects = select(Milestone.id, Milestone.project_id, Milestone.title, Milestone.completes).where(
        col(Milestone.project_id).in_(projects)
    )
    milestones = [_Milestone(*row) for row in session.execute(of_projects.order_by(col(Milestone.id)))]
    said: dict[int, list[_Said]] = defaultdict(list)
    for some in _chunks([milestone.id for milestone in milestones]):
        statements = session.execute(
            select(  # type: ignore[call-overload]  # SQLModel does not know these four types.
                MilestoneRevision.milestone_id,
                MilestoneRevision.kind,
                MilestoneRevision.due_date,
                MilestoneRevision.recorded_at,
            )
            .where(col(MilestoneRevision.milestone_id).in_(some))
            .order_by(col(MilestoneRevision.milestone_id), col(MilestoneRevision.number))
        )
        for milestone_id, *statement in statements:
            said[milestone_id].append(_Said(*statement))
    by_project: dict[str, list[tuple[_Milestone, list[_Said]]]] = defaultdict(list)
    for milestone in milestones:
        by_project[milestone.project_id].append((milestone, said[milestone.id]))
    return by_project


def _latest_periods(session: Session, decisions: Sequence[str]) -> dict[str, tuple[CommentPeriod, PeriodRevision]]:
    found = session.exec(
        select(CommentPeriod, PeriodRevision)
        .join(PeriodRevision)
        .where(col(CommentPeriod.decision_id).in_(decisions))
        .order_by(col(CommentPeriod.round), col(PeriodRevision.number))
        .options(*_LEAN)
    )
    return {period.decision_id: (period, revision) for period, revision in found}


def _latest(session: Session, kind: type[Any], key: str, identifiers: Sequence[str]) -> dict[str, Any]:
    """Return what lists show of the statement with the highest number about each thing."""
    owner = getattr(kind, key)
    columns = [getattr(kind, name) for name in ("id", *_SHOWN[kind])]
    found = session.execute(select(owner, *columns).where(owner.in_(identifiers)).order_by(kind.number))
    return {row[0]: row for row in found}


def _counts(session: Session, key: Any, identifiers: Sequence[str]) -> dict[str, int]:
    return dict(session.exec(select(key, func.count()).where(key.in_(identifiers)).group_by(key)).all())


def _newest(
    session: Session, kinds: Sequence[type[Any]], key: str, identifiers: Sequence[str]
) -> dict[str, list[datetime]]:
    """Return, by matter, the instants at which something of each kind was last said about it."""
    newest: dict[str, list[datetime]] = defaultdict(list)
    of_documents = select(getattr(Document, key), func.max(DocumentRevision.recorded_at)).join(DocumentRevision)
    statements = [(kind, select(getattr(kind, key), func.max(kind.recorded_at))) for kind in kinds]
    for kind, statement in (*statements, (Document, of_documents)):
        owner = getattr(kind, key)
        for identifier, instant in session.execute(statement.where(owner.in_(identifiers)).group_by(owner)):
            newest[identifier].append(instant)
    return newest


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
