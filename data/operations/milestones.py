"""Promising dates, and saying what became of them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.documents import demand_project_document
from data.operations.milestone_entries import record_promise, record_statement
from data.operations.points import demand_adopted
from data.operations.standing import demand_on_project
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.exceptions import ConflictError, InvalidValueError, NotFoundError
from models.milestone import (
    Milestone,
    MilestoneCode,
    MilestoneRevision,
    MilestoneType,
    Particulars,
    Precision,
    ReasonCode,
    RevisionKind,
)
from models.project import project_subject
from models.revision import demand_latest
from models.text import cleaned, one_line

#: What a milestone can stand as, after a mistake about it was corrected; otherwise it is expected again.
STANDS_AS = (RevisionKind.ACHIEVED, RevisionKind.PAUSED, RevisionKind.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class PlanMilestone:
    """A date that is promised."""

    project_id: str
    title: str
    due_date: date
    type: MilestoneType = MilestoneType.DELIVERY
    precision: Precision = Precision.DAY
    #: Whether the project is done when it is reached.
    completes: bool = False
    #: Which of the usual milestones it is.
    code: MilestoneCode | None = None
    #: Whether the project is late when it is.
    is_critical: bool = False
    #: The earliest and the latest day it may be.
    date_low: date | None = None
    date_high: date | None = None
    #: The state of affairs of which day is told.
    data_date: date | None = None
    #: How many milestones the project had, as its author saw it: another one may be the same.
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseMilestone:
    """What a department says about one of its milestones."""

    milestone_id: int
    kind: RevisionKind
    #: The date expected now; or, if achieved, the date on which it was reached.
    due_date: date
    precision: Precision = Precision.DAY
    reason_code: ReasonCode | None = None
    reason: str = ""
    #: The number of the statement that it follows, as its author saw it.
    seen: int | None = None
    date_low: date | None = None
    date_high: date | None = None
    data_date: date | None = None
    #: The document of the project by which another plan was approved: a rebaseline needs it.
    document_id: int | None = None
    #: The adopted point that moved it: the reason ``publicInput`` needs it.
    point_id: int | None = None
    #: Or where it can be read, if it is not in this record.
    point_elsewhere: str = ""
    #: What a correction corrects; the last statement, if it does not say.
    corrects: int | None = None
    #: As what it stands once it is corrected: reached, paused or cancelled after all; expected, if it does not say.
    stands_as: RevisionKind | None = None
    #: What is done while it is paused, and when it is expected to go on: a pause needs both.
    next_steps: str = ""
    resume_on: date | None = None
    #: Whether it repeats a file from elsewhere, of which a pause may leave both open. Then they are not said.
    is_as_told: bool = False


def plan_milestone(command: PlanMilestone, uow: UnitOfWork) -> Kept:
    """
    Promise a date. It stays the baseline, whatever is said later.

    :raises OrderError: if it lies outside its range
    :raises ConflictError: if another was promised since
    """
    demand_on_project(Act.PLAN_MILESTONE, uow, command.project_id)
    if command.seen is not None:
        _demand_no_other(command.project_id, command.seen, uow)
    milestone = Milestone.promise(
        project_id=command.project_id,
        title=one_line(command.title),
        due_date=command.due_date,
        type=command.type,
        precision=command.precision,
        completes=command.completes,
        code=command.code,
        is_critical=command.is_critical,
        more=Particulars(date_low=command.date_low, date_high=command.date_high, data_date=command.data_date),
        at=uow.now,
    )
    milestone.baseline.recorded_by = uow.actor.account_id
    uow.keep(milestone)
    uow.make_findable(Kind.MILESTONE, milestone.id, milestone.first_title)
    record_promise(milestone, uow)
    return Kept(subject=project_subject(command.project_id), key=str(milestone.id))


def _demand_no_other(project_id: str, seen: int, uow: UnitOfWork) -> None:
    titles = uow.session.exec(
        select(Milestone.first_title).where(Milestone.project_id == project_id).order_by(col(Milestone.id))
    ).all()
    if len(titles) != seen:
        raise ConflictError("milestones", seen, len(titles), titles[-1] if titles else "")


def revise_milestone(command: ReviseMilestone, uow: UnitOfWork) -> Kept:
    """
    Publish what a department now says about a milestone. What it said before stays to be read.

    :raises NotFoundError: if there is no such milestone, document or point
    :raises ConflictError: if somebody else said something since
    :raises InvalidValueError: if the document is of another project, or the point was not adopted
    :raises RuleError: if the statement breaks a rule of :meth:`Milestone.revise`
    """
    milestone = find_milestone_to_change(Act.REVISE_MILESTONE, command.milestone_id, uow)
    latest = milestone.latest
    demand_latest("milestone", seen=command.seen, latest=latest, says=f"{latest.kind}: {latest.due_date}")
    if command.stands_as and (command.kind is not RevisionKind.CORRECTION or command.stands_as not in STANDS_AS):
        raise InvalidValueError("stands_as", command.stands_as)
    demand_project_document(command.document_id, milestone.project_id, uow)
    demand_adopted(command.point_id, uow)
    said = _said(command.kind, command, milestone, uow)
    record_statement(said, latest, milestone, uow)
    if command.stands_as:
        corrected, said = said, _said(command.stands_as, command, milestone, uow)
        record_statement(said, corrected, milestone, uow)
    uow.keep(milestone)
    return Kept(subject=project_subject(milestone.project_id), key=str(milestone.id), number=said.number)


def find_milestone_to_change(act: Act, milestone_id: int, uow: UnitOfWork) -> Milestone:
    """
    Return a milestone about which the actor may speak.

    :raises NotFoundError: if there is no such milestone
    :raises NotAllowedError: if the permission table does not say that the actor may
    """
    milestone = uow.session.get(Milestone, milestone_id)
    if milestone is None:
        raise NotFoundError("milestone", milestone_id)
    demand_on_project(act, uow, milestone.project_id)
    return milestone


def _said(kind: RevisionKind, command: ReviseMilestone, milestone: Milestone, uow: UnitOfWork) -> MilestoneRevision:
    is_first = kind is command.kind
    said = milestone.revise(
        kind=kind,
        due_date=command.due_date,
        precision=command.precision,
        reason_code=command.reason_code,
        reason=cleaned(command.reason),
        more=Particulars(
            date_low=command.date_low,
            date_high=command.date_high,
            data_date=command.data_date,
            document_id=command.document_id,
            point_id=command.point_id,
            point_elsewhere=one_line(command.point_elsewhere),
            corrects=command.corrects if is_first else None,
            next_steps=cleaned(command.next_steps) if not command.stands_as or not is_first else "",
            resume_on=command.resume_on if not command.stands_as or not is_first else None,
        ),
        at=uow.now,
        is_as_told=command.is_as_told,
    )
    said.recorded_by = uow.actor.account_id
    return said
