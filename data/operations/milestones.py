"""Promising dates, and saying what became of them."""

from dataclasses import dataclass
from datetime import date

from data.operations.standing import demand_on_project
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.exceptions import NotFoundError
from models.ledger import EntryType
from models.milestone import Milestone, MilestoneType, Precision, ReasonCode, RevisionKind
from models.project import project_subject
from models.revision import demand_latest
from models.text import cleaned, one_line


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


def plan_milestone(command: PlanMilestone, uow: UnitOfWork) -> Kept:
    """Promise a date. It stays the baseline, whatever is said later."""
    demand_on_project(Act.PLAN_MILESTONE, uow, command.project_id)
    milestone = Milestone.promise(
        project_id=command.project_id,
        title=one_line(command.title),
        due_date=command.due_date,
        type=command.type,
        precision=command.precision,
        completes=command.completes,
        at=uow.now,
    )
    milestone.baseline.recorded_by = uow.actor.account_id
    uow.keep(milestone)
    uow.make_findable(Kind.MILESTONE, milestone.id, milestone.title)
    uow.record(
        EntryType.MILESTONE_PLANNED,
        subject=project_subject(command.project_id),
        about=f"milestone/{milestone.id}/1",
        pub={"title": milestone.title, "type": str(milestone.type), "due_date": str(command.due_date)},
    )
    return Kept(subject=project_subject(command.project_id), key=str(milestone.id))


def revise_milestone(command: ReviseMilestone, uow: UnitOfWork) -> Kept:
    """
    Publish what a department now says about a milestone. What it said before stays to be read.

    :raises NotFoundError: if there is no such milestone
    :raises ConflictError: if somebody else said something since
    :raises RuleError: if the statement breaks a rule of :meth:`Milestone.revise`
    """
    milestone = uow.session.get(Milestone, command.milestone_id)
    if milestone is None:
        raise NotFoundError("milestone", command.milestone_id)
    demand_on_project(Act.REVISE_MILESTONE, uow, milestone.project_id)
    latest = milestone.latest
    demand_latest("milestone", seen=command.seen, latest=latest, says=f"{latest.kind}: {latest.due_date}")
    revision = milestone.revise(
        kind=command.kind,
        due_date=command.due_date,
        precision=command.precision,
        reason_code=command.reason_code,
        reason=cleaned(command.reason),
        at=uow.now,
    )
    revision.recorded_by = uow.actor.account_id
    uow.keep(milestone)
    uow.record(
        EntryType.MILESTONE_REACHED if revision.kind is RevisionKind.ACHIEVED else EntryType.MILESTONE_CHANGED,
        subject=project_subject(milestone.project_id),
        about=f"milestone/{milestone.id}/{revision.number}",
        pub={
            "title": milestone.title,
            "kind": str(revision.kind),
            "due_date": str(revision.due_date),
            "before": str(latest.due_date),
            "reason_code": str(revision.reason_code) if revision.reason_code else None,
            "reason": revision.reason,
        },
    )
    return Kept(subject=project_subject(milestone.project_id), key=str(milestone.id), number=revision.number)
