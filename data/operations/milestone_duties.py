"""Keeping milestones true without moving them: that a date still holds, and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.facts import stated
from data.operations.milestones import find_milestone_to_change
from data.operations.numbering import next_number
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.exceptions import FutureEventError, InvalidValueError, NotFoundError, RuleError
from models.ledger import EntryType
from models.milestone import Milestone, is_ended
from models.milestone_dependency import MilestoneDependency, holding
from models.milestone_revision import MilestoneConfirmation
from models.project import project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned


@dataclass(frozen=True, kw_only=True)
class ConfirmMilestone:
    """That what was last said about a milestone still holds."""

    milestone_id: int
    #: The number of the statement that still holds, as its author saw it.
    seen: int | None = None
    #: The state of affairs of which day is told.
    data_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class LinkMilestone:
    """Whether a milestone waits for another one, of its own or of another project."""

    milestone_id: int
    predecessor_id: int
    #: False where it no longer does.
    holds: bool = True
    #: Why that changes.
    reason: str = ""


def confirm_milestone(command: ConfirmMilestone, uow: UnitOfWork) -> Kept:
    """
    Publish that a date still holds. It moves nothing, and is no move.

    :raises NotFoundError: if there is no such milestone
    :raises ConflictError: if somebody else said something since
    :raises RuleError: if it has been reached or cancelled
    """
    milestone = find_milestone_to_change(Act.CONFIRM_MILESTONE, command.milestone_id, uow)
    latest = milestone.latest
    demand_latest("milestone", seen=command.seen, latest=latest, says=f"{latest.kind}: {latest.due_date}")
    if is_ended(latest):
        raise RuleError("ended", latest.kind)
    if command.data_date is not None and command.data_date > local_date(uow.now):
        raise FutureEventError(command.data_date)
    confirmation = MilestoneConfirmation(
        milestone_id=milestone.id,
        number=next_number(uow, MilestoneConfirmation, milestone_id=milestone.id),
        revision=latest.number,
        data_date=command.data_date,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(confirmation)
    uow.record(
        EntryType.MILESTONE_CONFIRMED,
        subject=project_subject(milestone.project_id),
        about=f"milestone/{milestone.id}/{latest.number}/confirmed/{confirmation.number}",
        pub={
            "title": milestone.title,
            "kind": str(latest.kind),
            "due_date": str(latest.due_date),
            **stated(data_date=command.data_date),
        },
    )
    return Kept(subject=project_subject(milestone.project_id), key=str(milestone.id), number=confirmation.number)


def link_milestone(command: LinkMilestone, uow: UnitOfWork) -> Kept:
    """
    Publish that a milestone waits for another one, or that it no longer does.

    :raises NotFoundError: if there is no such milestone
    :raises InvalidValueError: if it would wait for itself, or nothing would change
    :raises ReasonMissingError: if it was said otherwise before and nothing says why
    """
    milestone = find_milestone_to_change(Act.LINK_MILESTONE, command.milestone_id, uow)
    if uow.session.get(Milestone, command.predecessor_id) is None:
        raise NotFoundError("milestone", command.predecessor_id)
    said = _dependencies(uow, [command.milestone_id])
    before = [one for one in said if one.predecessor_id == command.predecessor_id]
    if command.holds == (bool(before) and before[-1].holds):
        raise InvalidValueError("holds", command.holds)
    if command.holds and command.milestone_id in _everything_before(command.predecessor_id, uow):
        raise InvalidValueError("predecessor_id", "circle")
    link = MilestoneDependency(
        milestone_id=command.milestone_id,
        predecessor_id=command.predecessor_id,
        number=len(before) + 1,
        holds=command.holds,
        reason=demand_reason("dependency", cleaned(command.reason)) if before else cleaned(command.reason),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(link)
    uow.record(
        EntryType.MILESTONE_LINKED,
        subject=project_subject(milestone.project_id),
        about=f"milestone/{milestone.id}/after/{link.predecessor_id}/{link.number}",
        pub={"title": milestone.title, "after": link.predecessor_id, "holds": link.holds, "reason": link.reason},
    )
    return Kept(subject=project_subject(milestone.project_id), key=str(milestone.id), number=link.number)


def _everything_before(milestone_id: int, uow: UnitOfWork) -> set[int]:
    """Return a milestone and all that come before it, near and far."""
    found: set[int] = set()
    reached = {milestone_id}
    while reached:
        found |= reached
        further = holding(_dependencies(uow, sorted(reached)))
        reached = {one for some in further.values() for one in some} - found
    return found


def _dependencies(uow: UnitOfWork, milestones: Sequence[int]) -> Sequence[MilestoneDependency]:
    return uow.session.exec(
        select(MilestoneDependency)
        .where(col(MilestoneDependency.milestone_id).in_(milestones))
        .order_by(col(MilestoneDependency.id))
    ).all()
