"""What is to happen on which day: comment periods that close, and milestones that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from models.comment_period import CommentPeriod, PeriodRevision
from models.milestone import Milestone, MilestoneRevision, Precision, RevisionKind
from models.present import DecisionPresent, ProjectPresent
from models.promised_day import PromisedDay

#: How long what is said of a day can mean: a year.
_LONGEST = timedelta(days=366)


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
    first, later = aliased(MilestoneRevision), aliased(MilestoneRevision)
    superseded = select(later.id).where(
        col(later.milestone_id) == col(MilestoneRevision.milestone_id),
        col(later.number) > col(MilestoneRevision.number),
    )
    statement: Any = (
        select(MilestoneRevision, Milestone.title, ProjectPresent.project_id, ProjectPresent.title, first)  # type: ignore[call-overload]  # SQLModel types four columns at most.
        .join(Milestone, col(Milestone.id) == col(MilestoneRevision.milestone_id))
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .join(first, (col(first.milestone_id) == col(Milestone.id)) & (col(first.number) == 1))
        .where(
            _may_lie_after(since) if with_begun else col(MilestoneRevision.due_date) >= since,
            col(MilestoneRevision.due_date) < until,
            ~superseded.exists(),
        )
    )
    if project_id is not None:
        statement = statement.where(Milestone.project_id == project_id)
    if department_id is not None:
        statement = statement.where(ProjectPresent.department_id == department_id)
    order = (col(MilestoneRevision.due_date), col(MilestoneRevision.milestone_id))
    found = [_due_date(row) for row in session.execute(statement.order_by(*order).limit(size))]
    return [one for one in found if one.said.said >= since or one.said.latest >= since]


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


def _due_date(row: Sequence[Any]) -> DueDate:
    said, title, project_id, project_title, first = row
    return DueDate(
        milestone_id=said.milestone_id,
        title=title,
        project_id=project_id,
        project_title=project_title,
        promised=first.promised,
        said=said.promised,
        kind=said.kind,
        number=said.number,
        reason=said.reason,
        recorded_at=said.recorded_at,
    )
