"""
Refreshing the present: what lists show of decisions and projects, from everything that was said about them.

Many are refreshed at once with a handful of queries, whether one of them changed or all are made anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert
from sqlalchemy.orm import lazyload
from sqlmodel import Session, col, select

from models.comment import CommentTally, Point, Stance
from models.comment_period import CommentPeriod, PeriodRevision, is_short
from models.decision import Decision, DecisionRevision
from models.document import Document, DocumentRevision
from models.draft import DraftVersion
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
T = TypeVar("T")


def refresh(session: Session, subjects: Iterable[str]) -> None:
    """Refresh what is said of the matters that a batch of changes touched."""
    decisions, projects = set[str](), set[str]()
    for subject in subjects:
        kind, _, identifier = subject.partition("/")
        if kind in ("dec", "prj"):
            (decisions if kind == "dec" else projects).add(identifier)
    refresh_decisions(session, sorted(decisions))
    refresh_projects(session, sorted(projects))


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


def count_points(session: Session, counted: Sequence[tuple[str, str, str, str, int]]) -> None:
    """Count what came in, or changed its state, beside what was counted before."""
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for decision, clause, stance, state, more in counted:
        sums[decision, clause, stance, state] += more
    for key in sorted(sums):
        decision, clause, stance, state = key
        tally = session.get(CommentTally, key)
        if tally is None:
            tally = CommentTally(decision_id=decision, clause_key=clause, stance=Stance(stance), state=state)
        tally.count += sums[key]
        if tally.count:
            session.add(tally)
        else:
            session.delete(tally)
    session.flush()


def refresh_decisions(session: Session, identifiers: Sequence[str]) -> None:
    """Refresh what is said of these decisions."""
    for some in _chunks(identifiers):
        revisions = _latest(session, DecisionRevision, DecisionRevision.decision_id, some)
        drafts = _latest(session, DraftVersion, DraftVersion.decision_id, some)
        outcomes = _latest(session, Outcome, Outcome.decision_id, some)
        evaluations = _latest(session, Evaluation, Evaluation.decision_id, some)
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
        session.execute(insert(DecisionPresent), rows)


def refresh_projects(session: Session, identifiers: Sequence[str]) -> None:
    """Refresh what is said of these projects."""
    for some in _chunks(identifiers):
        revisions = _latest(session, ProjectRevision, ProjectRevision.project_id, some)
        locations = _latest(session, LocationRevision, LocationRevision.project_id, some)
        budgets = _latest(session, BudgetVersion, BudgetVersion.project_id, some)
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
        session.execute(insert(ProjectPresent), rows)


def _promise(milestones: Sequence[tuple[Milestone, Sequence[MilestoneRevision]]]) -> dict[str, Any]:
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


def _milestones(
    session: Session, projects: Sequence[str]
) -> dict[str, list[tuple[Milestone, list[MilestoneRevision]]]]:
    said: dict[int, list[MilestoneRevision]] = defaultdict(list)
    of_projects = select(Milestone).where(col(Milestone.project_id).in_(projects)).order_by(col(Milestone.id))
    milestones = session.exec(of_projects.options(*_LEAN)).all()
    for some in _chunks([milestone.id for milestone in milestones]):
        statements = select(MilestoneRevision).where(col(MilestoneRevision.milestone_id).in_(some))
        for revision in session.exec(
            statements.order_by(col(MilestoneRevision.milestone_id), col(MilestoneRevision.number))
        ):
            said[revision.milestone_id].append(revision)
    by_project: dict[str, list[tuple[Milestone, list[MilestoneRevision]]]] = defaultdict(list)
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


def _latest(session: Session, statements: type[T], key: Any, identifiers: Sequence[str]) -> dict[str, T]:
    """Return the statement with the highest number about each thing."""
    found = session.exec(select(statements).where(key.in_(identifiers)).order_by(statements.number))  # type: ignore[attr-defined]
    return {getattr(row, key.key): row for row in found}


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
