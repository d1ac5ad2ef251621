"""
The whole record, a part at a time, for those who take it away.

Each part is read in a session of its own, by the key of the last row seen: whoever reads slowly holds nothing up.
Statements are never altered, so parts read one after another fit together.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, func, type_coerce
from sqlmodel import Session, col, select

from data.queries.documents import DocumentSummary, documents_of
from data.queries.project_view import ProjectView
from data.queries.projects import ProjectSummary, summarize
from data.queries.standings import standings_on
from models.comment import Comment, CommentText, Point
from models.document import Document
from models.draft import Clause
from models.milestone import Milestone, MilestoneRevision
from models.money import BudgetVersion, ProgressReport
from models.present import DecisionPresent, ProjectPresent
from models.project import LocationRevision, ProjectDecision, ProjectIdentifier, ProjectRevision
from models.verdict import Verdict


def count_rows(session: Session, kind: type[Any]) -> int:
    """Return how many rows of a kind there are."""
    return int(session.execute(select(func.count()).select_from(kind)).scalar_one())


def project_summaries(session: Session, *, today: date, after: str = "", size: int) -> list[ProjectSummary]:
    """Return projects in the order of their identifiers, in a few lines each."""
    return [summarize(row, today) for row in _presents(session, after, size)]


def past_summaries(session: Session, day: date, *, now: datetime) -> list[ProjectSummary]:
    """Return the same of all projects as a past day knew them."""
    known = standings_on(session, day, now=now)
    return [known[name].summary for name in sorted(known)]


def project_places(session: Session, *, today: date, after: str = "", size: int) -> list[tuple[ProjectSummary, Any]]:
    """Return projects in the order of their identifiers, each with its GeoJSON geometry, where it has one."""
    rows = session.execute(
        select(ProjectPresent, LocationRevision.geometry)
        .join(LocationRevision, col(LocationRevision.id) == col(ProjectPresent.location_id), isouter=True)
        .where(col(ProjectPresent.project_id) > after)
        .order_by(col(ProjectPresent.project_id))
        .limit(size)
    )
    return [(summarize(row, today), geometry) for row, geometry in rows]


def project_views(session: Session, summaries: Sequence[ProjectSummary]) -> list[ProjectView]:
    """Return projects with all that was ever said of them. Eight statements."""
    some = [summary.id for summary in summaries]
    revisions = _by_project(session, ProjectRevision, some)
    locations = _by_project(session, LocationRevision, some)
    budgets = _by_project(session, BudgetVersion, some)
    reports = _by_project(session, ProgressReport, some)
    identifiers: dict[str, list[ProjectIdentifier]] = defaultdict(list)
    for row in session.exec(select(ProjectIdentifier).where(col(ProjectIdentifier.project_id).in_(some))):
        identifiers[row.project_id].append(row)
    milestones = _milestones(session, some)
    decisions = _decisions(session, some)
    return [
        ProjectView(
            summary=summary,
            revisions=revisions[summary.id],
            milestones=milestones[summary.id],
            locations=locations[summary.id],
            budgets=budgets[summary.id],
            reports=reports[summary.id],
            identifiers=identifiers[summary.id],
            decisions=decisions[summary.id],
        )
        for summary in summaries
    ]


def documents_by_project(session: Session, projects: Sequence[str]) -> dict[str, list[DocumentSummary]]:
    """Return what is now said of the documents of those projects that have any."""
    having = session.exec(select(Document.project_id).where(col(Document.project_id).in_(projects)).distinct())
    return {project: documents_of(session, project_id=project) for project in having if project}


def decision_ids(session: Session, *, after: str = "", size: int) -> Sequence[str]:
    """Return the identifiers of decisions, in their order."""
    return session.exec(
        select(DecisionPresent.decision_id)
        .where(DecisionPresent.decision_id > after)
        .order_by(col(DecisionPresent.decision_id))
        .limit(size)
    ).all()


def comment_rows(
    session: Session, *, decision_id: str | None = None, after: int = 0, size: int
) -> Sequence[Sequence[Any]]:
    """
    Return points in the order they came, each with its comment.

    Point, comment, decision, clause key, label, heading, channel, stance, language, when it was received, name as
    signed, text, state; as the database has them, since a million of them are not worth a million objects.
    """
    as_kept = [
        type_coerce(column, String)
        for column in (col(Comment.channel), col(Point.stance), col(Comment.language), col(Comment.received_at))
    ]
    statement: Any = (
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            Point.id,
            Point.comment_id,
            Point.decision_id,
            Point.clause_key,
            Clause.label,
            Clause.heading,
            *as_kept,
            CommentText.name,
            CommentText.body,
            type_coerce(col(Point.state), String),
        )
        .join(Comment, col(Comment.id) == col(Point.comment_id))
        .join(CommentText, col(CommentText.comment_id) == col(Point.comment_id))
        .join(Clause, col(Clause.id) == col(Comment.clause_id), isouter=True)
        .where(Point.id > after)
    )
    if decision_id is not None:
        statement = statement.where(Point.decision_id == decision_id)
    return session.connection().execute(statement.order_by(col(Point.id)).limit(size)).all()


def latest_verdicts(
    session: Session, *, first: int, last: int, decision_id: str | None = None
) -> dict[int, tuple[str, Any]]:
    """Return the reason and the instant of the latest answer, by point, for points between two numbers."""
    statement = (
        select(Verdict.point_id, Verdict.reason, type_coerce(col(Verdict.recorded_at), String))
        .where(Verdict.point_id >= first, Verdict.point_id <= last)
        .order_by(col(Verdict.point_id), col(Verdict.number))
    )
    if decision_id is not None:
        statement = statement.join(Point, col(Point.id) == col(Verdict.point_id)).where(
            Point.decision_id == decision_id
        )
    return {point: (reason, at) for point, reason, at in session.connection().execute(statement)}


def milestone_rows(session: Session, *, after: int = 0, size: int, is_past: bool = False) -> Sequence[Sequence[Any]]:
    """
    Return every statement about every milestone, in the order they were made.

    Its number in the record, project, title of the project, milestone, title, type, number, kind, date, precision,
    reason code, reason, instant; as the database has them.

    :param is_past: whether the session knows a past day only: through models, what it knows takes longer to read
    """
    statement: Any = (
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            MilestoneRevision.id,
            Milestone.project_id,
            ProjectPresent.title,
            MilestoneRevision.milestone_id,
            Milestone.title,
            type_coerce(col(Milestone.type), String),
            MilestoneRevision.number,
            type_coerce(col(MilestoneRevision.kind), String),
            type_coerce(col(MilestoneRevision.due_date), String),
            type_coerce(col(MilestoneRevision.precision), String),
            type_coerce(col(MilestoneRevision.reason_code), String),
            MilestoneRevision.reason,
            type_coerce(col(MilestoneRevision.recorded_at), String),
        )
        .join(Milestone, col(Milestone.id) == col(MilestoneRevision.milestone_id))
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .where(MilestoneRevision.id > after)
        .order_by(col(MilestoneRevision.id))
        .limit(size)
    )
    return (session if is_past else session.connection()).execute(statement).all()


def _presents(session: Session, after: str, size: int) -> Sequence[ProjectPresent]:
    return session.exec(
        select(ProjectPresent)
        .where(ProjectPresent.project_id > after)
        .order_by(col(ProjectPresent.project_id))
        .limit(size)
    ).all()


def _by_project(session: Session, kind: Any, projects: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.exec(select(kind).where(kind.project_id.in_(projects)).order_by(kind.number)):
        found[row.project_id].append(row)
    return found


def _milestones(session: Session, projects: Sequence[str]) -> dict[str, list[Milestone]]:
    found: dict[str, list[Milestone]] = defaultdict(list)
    for milestone in session.exec(select(Milestone).where(col(Milestone.project_id).in_(projects))):
        # To a past day, what was planned later is there without a word said of it.
        if milestone.revisions:
            found[milestone.project_id].append(milestone)
    for milestones in found.values():
        milestones.sort(key=lambda milestone: (milestone.baseline.due_date, milestone.id))
    return found


def _decisions(session: Session, projects: Sequence[str]) -> dict[str, list[DecisionPresent]]:
    found: dict[str, list[DecisionPresent]] = defaultdict(list)
    rows = session.exec(
        select(ProjectDecision.project_id, DecisionPresent)
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(ProjectDecision.decision_id))
        .where(col(ProjectDecision.project_id).in_(projects))
        .order_by(col(DecisionPresent.decision_id))
    )
    for project, decision in rows:
        found[project].append(decision)
    return found
