"""What is to happen on which day: comment periods that close, and milestones that are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import Language
from models.milestone import Milestone, MilestoneRevision, Precision, RevisionKind
from models.present import DecisionPresent, ProjectPresent
from models.promised_day import PromisedDay

#: How long what is said of a day can mean: a year.
_LONGEST = timedelta(days=366)
_IN_ORDER = (col(MilestoneRevision.due_date), col(MilestoneRevision.milestone_id))


@dataclass(frozen=True, kw_only=True)
class Closing:
    """The end of a comment period."""

    decision_id: str
    title: str
    round: int
    closes_at: datetime
    zone: str
    #: How many statements there are about the period.
    number: int
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class DueDate:
    """The day on which a milestone is expected, or was reached."""

    milestone_id: int
    title: str
    project_id: str
    project_title: str
    language: Language
    department_id: str
    #: What was first promised, and what is said now, as exactly as it was said.
    promised: PromisedDay
    said: PromisedDay
    kind: RevisionKind
    #: How many statements there are about the milestone.
    number: int
    reason: str
    recorded_at: datetime


def closings(
    session: Session,
    *,
    since: datetime,
    until: datetime,
    decision_id: str | None = None,
    department_id: str | None = None,
    size: int,
) -> list[Closing]:
    """Return the comment periods that end in that time, by when they end; those of a decision side by side, too."""
    said = PeriodRevision
    columns: Any = (DecisionPresent.decision_id, DecisionPresent.title, CommentPeriod.round, CommentPeriod.zone, said)
    statement: Any = (
        select(*columns)
        .join(CommentPeriod, col(CommentPeriod.decision_id) == col(DecisionPresent.decision_id))
        .join(said, col(said.period_id) == col(CommentPeriod.id))
        # By what is said of the decision first, since that is found by an index.
        .where(col(DecisionPresent.closes_at) >= since, col(DecisionPresent.opens_at) < until)
    )
    if decision_id is not None:
        statement = statement.where(DecisionPresent.decision_id == decision_id)
    if department_id is not None:
        statement = statement.where(DecisionPresent.department_id == department_id)
    latest = {
        (row.decision_id, row.round): row for row in session.execute(statement.order_by(said.period_id, said.number))
    }
    found = [_closing(row) for row in latest.values() if since <= row.PeriodRevision.closes_at < until]
    return sorted(found, key=lambda one: (one.closes_at, one.decision_id, one.round))[:size]


def due_dates(
    session: Session,
    *,
    since: date,
    until: date,
    project_id: str | None = None,
    department_id: str | None = None,
    size: int,
    with_begun: bool = False,
) -> list[DueDate]:
    """
    Return the milestones whose date, as said now, lies in that time, by that date.

    :param with_begun: whether to return those, too, whose date lies before, but means days of that time: "in March"
    """
    said, first = MilestoneRevision, aliased(MilestoneRevision)
    # Which ones is found first, so that nothing else is read of the thousands that are not among them.
    chosen = _chosen(since, until, project_id, department_id, with_begun=with_begun).limit(size)
    columns: Any = (
        said.milestone_id,
        col(Milestone.title).label("title"),
        ProjectPresent.project_id,
        col(ProjectPresent.title).label("project_title"),
        ProjectPresent.language,
        ProjectPresent.department_id,
        *_promised(first, "first_"),
        *_promised(said, "said_"),
        said.kind,
        said.number,
        said.reason,
        said.recorded_at,
    )
    statement = (
        select(*columns)
        .join(Milestone, col(Milestone.id) == col(said.milestone_id))
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .join(first, (col(first.milestone_id) == col(Milestone.id)) & (col(first.number) == 1))
        .where(col(said.id).in_(chosen))
        .order_by(*_IN_ORDER)
    )
    found = [_due_date(row) for row in session.connection().execute(statement)]
    return [one for one in found if one.said.said >= since or one.said.latest >= since]


def _chosen(since: date, until: date, project_id: str | None, department_id: str | None, *, with_begun: bool) -> Any:
    """Return the numbers of the statements that hold and name a day of that time, in order."""
    said, later = MilestoneRevision, aliased(MilestoneRevision)
    superseded = select(later.id).where(
        col(later.milestone_id) == col(said.milestone_id), col(later.number) > col(said.number)
    )
    chosen = select(said.id).where(
        _may_lie_after(since) if with_begun else col(said.due_date) >= since,
        col(said.due_date) < until,
        ~superseded.exists(),
    )
    if project_id is not None or department_id is not None:
        chosen = chosen.join(Milestone, col(Milestone.id) == col(said.milestone_id))
    if project_id is not None:
        chosen = chosen.where(Milestone.project_id == project_id)
    if department_id is not None:
        chosen = chosen.join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        chosen = chosen.where(ProjectPresent.department_id == department_id)
    return chosen.order_by(*_IN_ORDER)


def _promised(said: Any, prefix: str) -> list[Any]:
    columns = (said.due_date, said.precision, said.date_low, said.date_high)
    return [col(column).label(prefix + column.key) for column in columns]


def _may_lie_after(since: date) -> Any:
    said = MilestoneRevision
    is_coarse = (col(said.precision) != Precision.DAY) & (col(said.due_date) > since - _LONGEST)
    return (func.coalesce(said.date_high, said.due_date) >= since) | is_coarse


def _closing(row: Any) -> Closing:
    said = row.PeriodRevision
    return Closing(
        decision_id=row.decision_id,
        title=row.title,
        round=row.round,
        closes_at=said.closes_at,
        zone=row.zone,
        number=said.number,
        recorded_at=said.recorded_at,
    )


def _due_date(row: Any) -> DueDate:
    return DueDate(
        milestone_id=row.milestone_id,
        title=row.title,
        project_id=row.project_id,
        project_title=row.project_title,
        language=row.language,
        department_id=row.department_id,
        promised=PromisedDay(row.first_due_date, row.first_precision, row.first_date_low, row.first_date_high),
        said=PromisedDay(row.said_due_date, row.said_precision, row.said_date_low, row.said_date_high),
        kind=row.kind,
        number=row.number,
        reason=row.reason,
        recorded_at=row.recorded_at,
    )
