"""What happens now: what closes, what was decided, which promises moved, and what is overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import case, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.decisions import DecisionFilter, DecisionSummary, count_decisions, first_decisions
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectFilter, ProjectSummary, count_projects, summarize
from data.versions import ANSWERED, POINTS, versions
from models.clock import local_date
from models.decision import DecisionState
from models.milestone import Milestone, MilestoneRevision, ReasonCode, RevisionKind
from models.present import DecisionPresent, ProjectPresent
from models.promised_day import PromisedDay

#: What is lately: a week is too short for a city where little happens, and a month too long for one where much does.
LATELY = timedelta(days=14)
_FEW = 8
_WEEK = timedelta(days=7)
#: How many decisions are shown that stand there.
_SHOWN = {DecisionState.OPEN: _FEW, DecisionState.DECIDED: _FEW // 2, DecisionState.CONSIDERED: _FEW // 2}


@dataclass(frozen=True, kw_only=True)
class Move:
    """A date that moved: what was said before, what is said now, and why."""

    project_id: str
    project_title: str
    milestone: str
    before: PromisedDay
    after: PromisedDay
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
    #: What is said of the date of each that has passed, as exactly as it was said.
    overdue_said: Mapping[str, PromisedDay]
    #: Decisions that are open, and those of them that close within a week.
    open: int
    closing_this_week: int
    #: Decisions whose comment period is over and which have no result, and for how many days the first of them waits.
    considered: int
    longest_wait_days: int | None
    #: Projects, and those of them that are later than first promised.
    projects: int
    late: int
    #: Points received, and those of them that have a verdict.
    comments: int
    answered: int


def happening(session: Session, *, now: datetime) -> Happening:
    """Return what happens at that instant. Eleven statements at most, whatever the size of the record."""
    today = local_date(now)
    decisions = count_decisions(session, DecisionFilter(), now=now)
    projects = count_projects(session, ProjectFilter(), today=today)
    closing_this_week, first_closed_at = _closings(session, now)
    first = first_decisions(session, _SHOWN, now=now)
    counted, overdue = versions(session), _overdue(session, today)
    return Happening(
        closing=first[DecisionState.OPEN],
        decided=first[DecisionState.DECIDED],
        waiting=first[DecisionState.CONSIDERED],
        moves=_moves(session, now - LATELY),
        overdue=overdue,
        overdue_said=_next_said(session, overdue),
        open=decisions[DecisionState.OPEN],
        closing_this_week=closing_this_week,
        considered=decisions[DecisionState.CONSIDERED],
        longest_wait_days=(now - first_closed_at).days if first_closed_at else None,
        projects=sum(projects.values()),
        late=projects[ProjectState.LATE],
        comments=counted[POINTS],
        answered=counted[ANSWERED],
    )


def _closings(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """Return how many comment periods end within a week, and when the first of those ended that have no result."""
    closes_at = col(DecisionPresent.closes_at)
    undecided = col(DecisionPresent.outcome).is_(None) & col(DecisionPresent.evaluated_at).is_(None)
    soon = (col(DecisionPresent.opens_at) <= now) & (closes_at > now) & (closes_at <= now + _WEEK)
    counted = select(func.count(case((soon, 1))), func.min(case((closes_at <= now, closes_at))))
    return session.exec(counted.where(undecided)).one()


def _moves(session: Session, since: datetime) -> list[Move]:
    before = aliased(MilestoneRevision)
    rows = session.execute(
        select(MilestoneRevision, Milestone.title, ProjectPresent.project_id, ProjectPresent.title, before)  # type: ignore[call-overload]
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
            before=said_before.promised,
            after=said.promised,
            kind=said.kind,
            reason_code=said.reason_code,
            reason=said.reason,
            recorded_at=said.recorded_at,
        )
        for said, title, project_id, project_title, said_before in rows
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


def _next_said(session: Session, projects: Sequence[ProjectSummary]) -> dict[str, PromisedDay]:
    """Return what is said of the milestone that is next in each project. One statement, or none for none."""
    later = aliased(MilestoneRevision)
    superseded = select(later.id).where(
        col(later.milestone_id) == col(MilestoneRevision.milestone_id),
        col(later.number) > col(MilestoneRevision.number),
    )
    said = (
        select(Milestone.project_id, Milestone.title, MilestoneRevision)
        .join(MilestoneRevision, col(MilestoneRevision.milestone_id) == col(Milestone.id))
        .where(col(Milestone.project_id).in_([one.id for one in projects]), ~superseded.exists())
    )
    expected = {one.id: (one.next_title, one.next_due) for one in projects}
    return {
        project_id: latest.promised
        for project_id, title, latest in (session.exec(said) if projects else ())
        if expected[project_id] == (title, latest.promised.day)
    }
