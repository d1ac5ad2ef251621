"""What an officer's department has to say of its projects, project by project, the soonest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from data.queries.disclosure_duties import DisclosureDuty, disclosure_duties
from data.queries.open_milestones import OpenMilestone, due_milestones, paused_milestones
from data.queries.proposed_milestones import ProposedOfMilestone, proposed_milestones
from models.clock import local_date
from models.decision import Language

#: How many milestones are on the desk at once: the rest follows when these are settled.
MOST = 20
#: A pause is on the desk so long before it is to be spoken of again.
PAUSE_AHEAD = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ProjectDuties:
    """What one project waits for."""

    project_id: str
    title: str
    language: Language
    soonest: date
    milestones: Sequence[OpenMilestone]
    disclosures: Sequence[DisclosureDuty]


@dataclass(frozen=True, kw_only=True)
class OfficerDesk:
    """The desk: its projects, and how much there is of what."""

    projects: Sequence[ProjectDuties]
    overdue: int
    approaching: int
    paused: int
    disclosures: int
    disclosures_overdue: int
    #: Whether there are more milestones than are shown.
    has_more: bool
    #: What is proposed of milestones and not yet published, by their numbers.
    proposed: Mapping[int, Sequence[ProposedOfMilestone]]


def officer_desk(session: Session, department_id: str, *, now: datetime) -> OfficerDesk:
    """Return the desk of a department."""
    today = local_date(now)
    due = due_milestones(session, department_id, now=now, size=MOST)
    paused = paused_milestones(session, department_id, today=today, ahead=PAUSE_AHEAD)
    disclosures = disclosure_duties(session, department_id, today=today)
    overdue = sum(1 for one in due.rows if one.due_date < today)
    return OfficerDesk(
        projects=_by_project([*due.rows, *paused], disclosures),
        overdue=overdue,
        approaching=len(due.rows) - overdue,
        paused=len(paused),
        disclosures=len(disclosures),
        disclosures_overdue=sum(1 for one in disclosures if one.deadline < today),
        has_more=due.next is not None,
        proposed=proposed_milestones(session, department_id),
    )


def _by_project(milestones: Sequence[OpenMilestone], disclosures: Sequence[DisclosureDuty]) -> list[ProjectDuties]:
    every: list[OpenMilestone | DisclosureDuty] = [*milestones, *disclosures]
    named = {one.project_id: one for one in every}
    found = []
    for project_id, one in named.items():
        theirs = [each for each in milestones if each.project_id == project_id]
        items = [each for each in disclosures if each.project_id == project_id]
        days = [*(each.update_due or each.due_date for each in theirs), *(each.deadline for each in items)]
        found.append(
            ProjectDuties(
                project_id=project_id,
                title=one.project_title,
                language=one.language,
                soonest=min(days),
                milestones=sorted(theirs, key=lambda each: (each.update_due or each.due_date, each.milestone_id)),
                disclosures=items,
            )
        )
    return sorted(found, key=lambda each: (each.soonest, each.project_id))
