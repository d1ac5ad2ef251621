"""What happens now: what closes, what was decided, which promises moved, and what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.decisions import DecisionFilter, DecisionSummary, list_decisions
from data.queries.projects import ProjectSummary, summarize
from models.clock import local_date
from models.decision import DecisionState
from models.milestone import Milestone, MilestoneRevision, ReasonCode, RevisionKind
from models.present import DecisionPresent, ProjectPresent

#: What is lately: a week is too short for a city where little happens, and a month too long for one where much does.
LATELY = timedelta(days=14)
_FEW = 8


@dataclass(frozen=True, kw_only=True)
class Move:
    """A date that moved: what was said before, what is said now, and why."""

    project_id: str
    project_title: str
    milestone: str
    before: date
    after: date
    kind: RevisionKind
    reason_code: ReasonCode | None
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What somebody wants to know first."""

    closing: Sequence[DecisionSummary]
    decided: Sequence[DecisionSummary]
    waiting: Sequence[DecisionSummary]
    moves: Sequence[Move]
    overdue: Sequence[ProjectSummary]
    decisions: int
    projects: int


def happening(session: Session, *, now: datetime) -> Happening:
    """Return what happens at that instant. Twelve statements, whatever the size of the record."""
    today = local_date(now)
    return Happening(
        closing=list_decisions(session, DecisionFilter(state=DecisionState.OPEN), now=now, size=_FEW).rows,
        decided=list_decisions(session, DecisionFilter(state=DecisionState.DECIDED), now=now, size=4).rows,
        waiting=list_decisions(session, DecisionFilter(state=DecisionState.CONSIDERED), now=now, size=4).rows,
        moves=_moves(session, now - LATELY),
        overdue=_overdue(session, today),
        decisions=session.exec(select(func.count()).select_from(DecisionPresent)).one(),
        projects=session.exec(select(func.count()).select_from(ProjectPresent)).one(),
    )


def _moves(session: Session, since: datetime) -> list[Move]:
    before = aliased(MilestoneRevision)
    rows = session.execute(
        select(MilestoneRevision, Milestone.title, ProjectPresent.project_id, ProjectPresent.title, before.due_date)  # type: ignore[call-overload]
        .join(Milestone, col(Milestone.id) == col(MilestoneRevision.milestone_id))
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .join(
            before,
            (col(before.milestone_id) == col(MilestoneRevision.milestone_id))
            & (col(before.number) == col(MilestoneRevision.number) - 1),
        )
        .where(MilestoneRevision.recorded_at >= since, col(before.due_date) != col(MilestoneRevision.due_date))
        .order_by(col(MilestoneRevision.recorded_at).desc(), col(MilestoneRevision.id).desc())
        .limit(_FEW)
    )
    return [
        Move(
            project_id=project_id,
            project_title=project_title,
            milestone=title,
            before=due_before,
            after=said.due_date,
            kind=said.kind,
            reason_code=said.reason_code,
            reason=said.reason,
            recorded_at=said.recorded_at,
        )
        for said, title, project_id, project_title, due_before in rows
    ]


def _overdue(session: Session, today: date) -> list[ProjectSummary]:
    rows = session.exec(
        select(ProjectPresent)
        .where(
            col(ProjectPresent.next_due) < today,
            col(ProjectPresent.is_cancelled).is_(False),
            col(ProjectPresent.is_paused).is_(False),
            col(ProjectPresent.reached_on).is_(None),
        )
        .order_by(col(ProjectPresent.next_due))
        .limit(_FEW)
    )
    return [summarize(row, today) for row in rows]
