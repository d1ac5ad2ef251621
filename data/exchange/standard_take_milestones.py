"""Taking into the record everything that OC4IDS tells of milestones: dates, what they are, and that they hold."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col, func, select

from data.exchange.standard_history import StandardMilestone, Statement
from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.operations.milestone_duties import ConfirmMilestone, LinkMilestone, confirm_milestone, link_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.queries.milestone_amendments import amendments_of
from data.unit_of_work import UnitOfWork
from models.milestone import Milestone
from models.milestone_amendment import descriptions
from models.milestone_dependency import MilestoneDependency
from models.milestone_revision import MilestoneConfirmation


def keep_milestones(
    project_id: str, told: Sequence[StandardMilestone], documents: Mapping[str, int], uow: UnitOfWork
) -> None:
    """
    Promise the milestones that the record does not have, and say of each the rest of what was said.

    :raises RecordError: if the record refuses one of the statements
    """
    of_project = select(Milestone).where(Milestone.project_id == project_id).order_by(col(Milestone.id))
    had: dict[tuple[str, int], Milestone] = {}
    seen: Counter[str] = Counter()
    for one in uow.session.exec(of_project):
        had[one.first_title, seen[one.first_title]] = one
        seen[one.first_title] += 1
    seen.clear()
    named: dict[str, int] = {}
    for milestone in told:
        # What it was called when it was promised never changes, here and in the file.
        title = milestone.promised.title
        known = had.get((title, seen[title]))
        seen[title] += 1
        known = known or _plan(project_id, milestone, uow)
        named[milestone.name] = known.id
        _say(known, milestone, documents, uow)
        _amend(known, milestone, uow)
    for milestone in told:
        _link(named[milestone.name], [named[one] for one in milestone.after if one in named], uow)


def _plan(project_id: str, milestone: StandardMilestone, uow: UnitOfWork) -> Milestone:
    first = milestone.statements[0]
    kept = plan_milestone(
        PlanMilestone(
            project_id=project_id,
            title=milestone.promised.title,
            due_date=first.due_date,
            type=milestone.type,
            precision=first.precision,
            completes=milestone.completes,
            code=milestone.promised.code,
            is_critical=milestone.promised.is_critical,
            date_low=first.date_low,
            date_high=first.date_high,
            data_date=first.said_on,
        ),
        uow,
    )
    return uow.session.get_one(Milestone, int(kept.key))


def _say(milestone: Milestone, told: StandardMilestone, documents: Mapping[str, int], uow: UnitOfWork) -> None:
    said = [(one.kind, one.due_date) for one in milestone.revisions]
    if said != [(one.kind, one.due_date) for one in told.statements[: len(said)]]:
        # Somebody said something else here since: what the record says holds.
        return
    confirmed: dict[int, list[date | None]] = defaultdict(list)
    for number, day in told.confirmations[_confirmations(milestone, uow) :]:
        confirmed[number].append(day)
    for number in range(len(said), len(told.statements) + 1):
        if number > len(said):
            _revise(milestone, told.statements[number - 1], documents, uow)
        for day in confirmed[number]:
            # A statement is confirmed before the next one is made: of which it is would not be known otherwise.
            confirm_milestone(ConfirmMilestone(milestone_id=milestone.id, data_date=day), uow)


def _amend(milestone: Milestone, told: StandardMilestone, uow: UnitOfWork) -> None:
    """Say what a milestone is said to be, from where the record stops."""
    said = descriptions(milestone.first_description, amendments_of(uow.session, milestone.id))
    if said != [told.promised, *(one.said for one in told.amendments)][: len(said)]:
        # Somebody said something else here since: what the record says holds.
        return
    for one in told.amendments[len(said) - 1 :]:
        command = AmendMilestone(milestone_id=milestone.id, reason=one.reason, data_date=one.said_on, **vars(one.said))
        amend_milestone(command, uow)


def _confirmations(milestone: Milestone, uow: UnitOfWork) -> int:
    of_milestone = MilestoneConfirmation.milestone_id == milestone.id
    return int(uow.session.exec(select(func.count(col(MilestoneConfirmation.id))).where(of_milestone)).one())


def _revise(milestone: Milestone, one: Statement, documents: Mapping[str, int], uow: UnitOfWork) -> None:
    revise_milestone(
        ReviseMilestone(
            milestone_id=milestone.id,
            kind=one.kind,
            due_date=one.due_date,
            precision=one.precision,
            reason_code=one.reason_code,
            reason=one.reason,
            date_low=one.date_low,
            date_high=one.date_high,
            data_date=one.said_on,
            document_id=documents.get(one.document),
            point_elsewhere=one.point,
            corrects=one.corrects,
            next_steps=one.next_steps,
            resume_on=one.resume_on,
            is_as_told=True,
        ),
        uow,
    )


def _link(milestone_id: int, after: Sequence[int], uow: UnitOfWork) -> None:
    said = uow.session.exec(
        select(MilestoneDependency.predecessor_id).where(MilestoneDependency.milestone_id == milestone_id)
    ).all()
    for other in after:
        if other not in said:
            link_milestone(LinkMilestone(milestone_id=milestone_id, predecessor_id=other), uow)
