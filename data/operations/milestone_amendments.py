"""Saying anew what a milestone is: its title, which of the usual ones it is, whether the project waits for it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.facts import stated
from data.operations.milestones import find_milestone_to_change
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.exceptions import ConflictError, FutureEventError, InvalidValueError
from models.ledger import EntryType
from models.milestone import Milestone, MilestoneCode
from models.milestone_amendment import Description, MilestoneAmendment, described, descriptions
from models.project import project_subject
from models.revision import demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class AmendMilestone:
    """What a milestone is now said to be."""

    milestone_id: int
    title: str
    #: Which of the usual milestones it is; none where it is none of them.
    code: MilestoneCode | None
    #: Whether the project is late when it is.
    is_critical: bool
    reason: str
    #: The number of the amendment that it follows, as its author saw it; 0 for what was said when it was promised.
    seen: int | None = None
    #: On which day it was said, where a file from elsewhere tells.
    data_date: date | None = None


def amend_milestone(command: AmendMilestone, uow: UnitOfWork) -> Kept:
    """
    Publish what a milestone is now said to be. Its dates stay what they were, and so does what was said before.

    Which milestone completes the project is not among it: by that, another date would become the one first promised.

    :raises NotFoundError: if there is no such milestone
    :raises ReasonMissingError: if nothing says why
    :raises ConflictError: if somebody else did since
    :raises InvalidValueError: if that is what is said already
    :raises FutureEventError: if it is told of a day to come
    """
    milestone = find_milestone_to_change(Act.REVISE_MILESTONE, command.milestone_id, uow)
    said = _said_of(milestone, uow)
    if command.seen is not None and command.seen != len(said) - 1:
        raise ConflictError("milestone", command.seen, len(said) - 1, said[-1].title)
    if command.data_date is not None and command.data_date > local_date(uow.now):
        raise FutureEventError(command.data_date)
    amendment = MilestoneAmendment(
        milestone_id=milestone.id,
        number=len(said),
        title=one_line(command.title),
        code=command.code,
        is_critical=command.is_critical,
        reason=demand_reason("milestone", cleaned(command.reason)),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
        data_date=command.data_date,
    )
    if described(amendment) == said[-1]:
        raise InvalidValueError("title", "unchanged")
    uow.keep(amendment)
    uow.make_findable(Kind.MILESTONE, milestone.id, *dict.fromkeys((amendment.title, *(one.title for one in said))))
    uow.record(
        EntryType.MILESTONE_AMENDED,
        subject=project_subject(milestone.project_id),
        about=f"milestone/{milestone.id}/amended/{amendment.number}",
        pub={
            "title": amendment.title,
            "critical": amendment.is_critical,
            "reason": amendment.reason,
            **stated(
                code=amendment.code,
                before=said[-1].title if said[-1].title != amendment.title else None,
                data_date=amendment.data_date,
            ),
        },
    )
    return Kept(subject=project_subject(milestone.project_id), key=str(milestone.id), number=amendment.number)


def _said_of(milestone: Milestone, uow: UnitOfWork) -> list[Description]:
    of_milestone = select(MilestoneAmendment).where(MilestoneAmendment.milestone_id == milestone.id)
    amendments = uow.session.exec(of_milestone.order_by(col(MilestoneAmendment.number)))
    return descriptions(milestone.first_description, amendments)
