"""Where a matter stands, and whether the actor may do something to it there: asked by every operation first."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from data.unit_of_work import UnitOfWork
from models.access import Act, Standing, demand
from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import DecisionRevision
from models.exceptions import NotFoundError
from models.outcome import Outcome
from models.project import ProjectRevision


def demand_on_decision(act: Act, uow: UnitOfWork, decision_id: str) -> DecisionRevision:
    """
    Let the actor do this to that decision, and return what is said of the decision now.

    :raises NotFoundError: if there is no such decision
    :raises NotAllowedError: if the permission table does not say that the actor may
    """
    said = uow.session.exec(
        select(DecisionRevision)
        .where(DecisionRevision.decision_id == decision_id)
        .order_by(col(DecisionRevision.number).desc())
        .limit(1)
    ).first()
    if said is None:
        raise NotFoundError("decision", decision_id)
    standing = standing_of(uow.session, decision_id, uow.now)
    demand(act, uow.actor, standing=standing, department_id=said.department_id)
    return said


def demand_on_project(act: Act, uow: UnitOfWork, project_id: str) -> ProjectRevision:
    """
    Let the actor do this to that project, and return what is said of the project now.

    :raises NotFoundError: if there is no such project
    :raises NotAllowedError: if the permission table does not say that the actor may
    """
    said = uow.session.exec(
        select(ProjectRevision)
        .where(ProjectRevision.project_id == project_id)
        .order_by(col(ProjectRevision.number).desc())
        .limit(1)
    ).first()
    if said is None:
        raise NotFoundError("project", project_id)
    demand(act, uow.actor, department_id=said.department_id)
    return said


class Run(NamedTuple):
    """A comment period, and when it runs."""

    period_id: int
    round: int
    opens_at: datetime
    closes_at: datetime


def latest_run(session: Session, decision_id: str) -> Run | None:
    """Return the latest comment period of a decision, and when it runs, as said now."""
    found = session.exec(
        select(CommentPeriod.id, CommentPeriod.round, PeriodRevision.opens_at, PeriodRevision.closes_at)
        .join(PeriodRevision)
        .where(CommentPeriod.decision_id == decision_id)
        .order_by(col(CommentPeriod.round).desc(), col(PeriodRevision.number).desc())
        .limit(1)
    ).first()
    return Run(*found) if found else None


def standing_of(session: Session, decision_id: str, now: datetime) -> Standing:
    """Return where a decision stands at that instant, as far as permission is concerned."""
    decided = session.exec(select(Outcome.id).where(Outcome.decision_id == decision_id).limit(1)).first() is not None
    run = None if decided else latest_run(session, decision_id)
    return standing_at(now, is_decided=decided, runs=(run.opens_at, run.closes_at) if run else None)


def standing_at(now: datetime, *, is_decided: bool, runs: tuple[datetime, datetime] | None) -> Standing:
    """Return where a decision stands whose latest comment period runs between these instants."""
    if is_decided:
        return Standing.DECIDED
    if runs is None or now < runs[0]:
        return Standing.BEFORE
    return Standing.OPEN if now < runs[1] else Standing.CLOSED
