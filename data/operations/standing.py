"""Where a matter stands, and whether the actor may do something to it there: asked by every operation first."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from data.operations.numbering import latest_of
from data.templates.minimum import template_chosen
from data.unit_of_work import UnitOfWork
from models.access import Act, Standing, demand
from models.comment_period import CommentPeriod, PeriodRevision
from models.comment_windows import Windows, standing_at
from models.decision import DecisionRevision
from models.department import DepartmentRevision, department_subject
from models.exceptions import NotFoundError, SecondPersonError
from models.outcome import Outcome, OutcomeCode
from models.procedure_choice import ProcedureRevision
from models.project import ProjectRevision


def demand_on_decision(act: Act, uow: UnitOfWork, decision_id: str) -> DecisionRevision:
    """
    Let the actor do this to that decision, and return what is said of the decision now.

    :raises NotFoundError: if there is no such decision
    :raises NotAllowedError: if the permission table does not say that the actor may
    """
    said = said_of(uow.session, decision_id)
    standing = standing_of(uow.session, decision_id, uow.now)
    demand(act, uow.actor, standing=standing, department_id=said.department_id)
    return said


def said_of(session: Session, decision_id: str) -> DecisionRevision:
    """
    Return what is said of a decision now.

    :raises NotFoundError: if there is no such decision
    """
    said = latest_of(session, DecisionRevision, decision_id=decision_id)
    if said is None:
        raise NotFoundError("decision", decision_id)
    return said


def demand_on_project(act: Act, uow: UnitOfWork, project_id: str) -> ProjectRevision:
    """
    Let the actor do this to that project, and return what is said of the project now.

    :raises NotFoundError: if there is no such project
    :raises NotAllowedError: if the permission table does not say that the actor may
    :raises SecondPersonError: if the department has it that a second person agrees, and none did
    """
    said = said_of_project(uow.session, project_id)
    demand(act, uow.actor, department_id=said.department_id)
    demand_second_person(said.department_id, uow)
    return said


def said_of_project(session: Session, project_id: str) -> ProjectRevision:
    """
    Return what is said of a project now.

    :raises NotFoundError: if there is no such project
    """
    said = latest_of(session, ProjectRevision, project_id=project_id)
    if said is None:
        raise NotFoundError("project", project_id)
    return said


def demand_second_person(department_id: str, uow: UnitOfWork) -> None:
    """
    Let a department that has it so publish nothing of its projects to which a second person has not agreed.

    The one place where this is asked, so that no form, spreadsheet or system goes around it. What others say of its
    projects - an independent rating - is not the department's to agree to.

    :raises SecondPersonError: if nobody did
    """
    has_agreed = uow.agreed is not None and uow.agreed.approved_at is not None
    if not has_agreed and uow.actor.department_id == department_id and needs_second_person(department_id, uow):
        raise SecondPersonError(department_id)


def needs_second_person(department_id: str, uow: UnitOfWork) -> bool:
    """Whether a department publishes nothing of its projects unless a second person agrees, as it has it now."""

    def read() -> bool:
        latest = (
            select(DepartmentRevision.needs_second_person)
            .where(DepartmentRevision.department_id == department_id)
            .order_by(col(DepartmentRevision.number).desc())
            .limit(1)
        )
        return bool(uow.session.exec(latest).first())

    return uow.know(department_subject(department_id), "needs_second_person", read)


class Run(NamedTuple):
    """A comment period, and when it runs, as said now."""

    period_id: int
    round: int
    #: In which stage of the procedure; the first that takes comments, where it is empty.
    stage: str
    opens_at: datetime
    closes_at: datetime


def runs_of(session: Session, decision_id: str) -> Sequence[Run]:
    """Return every comment period of a decision, by rounds."""
    said = session.exec(
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            CommentPeriod.id,
            CommentPeriod.round,
            CommentPeriod.stage,
            PeriodRevision.opens_at,
            PeriodRevision.closes_at,
        )
        .join(PeriodRevision)
        .where(CommentPeriod.decision_id == decision_id)
        .order_by(col(CommentPeriod.round), col(PeriodRevision.number))
    )
    # The last statement about each is the one that holds.
    return list({row[0]: Run(*row) for row in said}.values())


def outcome_of(session: Session, decision_id: str) -> OutcomeCode | None:
    """Return what was decided, as last published; nothing before that."""
    code = session.exec(
        select(Outcome.code).where(Outcome.decision_id == decision_id).order_by(col(Outcome.number).desc()).limit(1)
    ).first()
    return None if code is None else OutcomeCode(code)


def standing_of(session: Session, decision_id: str, now: datetime) -> Standing:
    """Return where a decision stands at that instant, as far as permission is concerned."""
    if outcome_of(session, decision_id) is not None:
        return Standing.DECIDED
    return standing_at(now, runs_of(session, decision_id))


def windows_of(session: Session, decision_id: str) -> Windows[Run]:
    """Return where a decision takes comments. Three statements."""
    choice = latest_of(session, ProcedureRevision, decision_id=decision_id)
    return Windows(
        template=template_chosen(choice) if choice else None,
        periods=runs_of(session, decision_id),
        outcome=outcome_of(session, decision_id),
    )
