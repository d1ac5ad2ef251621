"""Refreshing the present of projects, from everything that was said about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from data.present_rows import chunks, latest, newest_said
from data.versions import PROJECTS, renew
from models.base import Record
from models.contract import Contract
from models.disclosure_item import DisclosureItem
from models.milestone import Milestone, MilestoneRevision, Precision, RevisionKind, is_ended
from models.milestone_moves import moves
from models.money import BudgetVersion, ProgressReport
from models.package import PackageRevision
from models.present import ProjectPresent
from models.project import LocationRevision, ProjectRevision
from models.promised_day import last_day
from models.rating import IndependentRating
from models.withheld_item import WithheldItem

_ABOUT_PROJECTS = (
    ProjectRevision,
    LocationRevision,
    BudgetVersion,
    ProgressReport,
    Contract,
    DisclosureItem,
    WithheldItem,
    PackageRevision,
    IndependentRating,
)
# Written to the table itself, without what the ORM would add for each row.
_PROJECTS = Record.metadata.tables["project_present"]


class _Said(NamedTuple):
    """A statement about a milestone, as far as the rules need it."""

    kind: RevisionKind
    due_date: date
    precision: Precision
    recorded_at: datetime

    @property
    def day(self) -> date:
        """The day it means in comparisons: of a month, a quarter or a year the last one."""
        return last_day(self.due_date, self.precision)


class _Milestone(NamedTuple):
    """A milestone, as far as lists need it."""

    id: int
    project_id: str
    title: str
    completes: bool


def refresh_projects(session: Session, identifiers: Sequence[str]) -> None:
    """Refresh what is said of these projects."""
    for some in chunks(identifiers):
        revisions = latest(session, ProjectRevision, "project_id", some)
        locations = latest(session, LocationRevision, "project_id", some)
        budgets = latest(session, BudgetVersion, "project_id", some)
        milestones = _milestones(session, some)
        newest = newest_said(session, _ABOUT_PROJECTS, "project_id", some)
        rows = []
        for identifier in some:
            said = revisions[identifier]
            location, budget = locations.get(identifier), budgets.get(identifier)
            newest[identifier] += [
                said.recorded_at for _, all_said in milestones[identifier] for said in all_said[-1:]
            ]
            rows.append(
                {
                    "project_id": identifier,
                    "revision_id": said.id,
                    "department_id": said.department_id,
                    "language": said.language,
                    "title": said.title,
                    "phase": said.phase,
                    "sector": said.sector,
                    "region": said.region,
                    "location_id": location.id if location else None,
                    "longitude": location.longitude if location else None,
                    "latitude": location.latitude if location else None,
                    "budget": budget.amount if budget else None,
                    "currency": budget.currency if budget else None,
                    "updated_at": max(newest[identifier]),
                    **_promise(milestones[identifier]),
                }
            )
        session.execute(delete(ProjectPresent).where(col(ProjectPresent.project_id).in_(some)))
        session.execute(insert(_PROJECTS), rows)
        renew(session, PROJECTS)


def _promise(milestones: Sequence[tuple[_Milestone, Sequence[_Said]]]) -> dict[str, Any]:
    """Return what the milestones of a project come to: the one that completes it, and the next one due."""
    completing = [pair for pair in milestones if pair[0].completes] or milestones
    completion, said = max(completing, key=lambda pair: (pair[1][0].day, pair[0].id), default=(None, ()))
    waiting = [(said[-1].day, one.id, one.title) for one, said in milestones if not is_ended(said[-1])]
    next_due, _, next_title = min(waiting, default=(None, 0, ""))
    latest = said[-1] if said else None
    is_reached = latest is not None and latest.kind is RevisionKind.ACHIEVED
    return {
        "completion_id": completion.id if completion else None,
        "promised_on": said[0].day if said else None,
        "expected_on": latest.day if latest else None,
        "reached_on": latest.day if latest and is_reached else None,
        "is_paused": latest is not None and latest.kind is RevisionKind.PAUSED,
        "is_cancelled": latest is not None and latest.kind is RevisionKind.CANCELLED,
        "moves": sum(moves(said) for _, said in milestones),
        "next_due": next_due,
        "next_title": next_title,
        "milestones": len(milestones),
        "milestones_reached": sum(1 for _, said in milestones if said[-1].kind is RevisionKind.ACHIEVED),
    }


def _milestones(session: Session, projects: Sequence[str]) -> dict[str, list[tuple[_Milestone, list[_Said]]]]:
    of_projects = select(Milestone.id, Milestone.project_id, Milestone.title, Milestone.completes).where(
        col(Milestone.project_id).in_(projects)
    )
    milestones = [_Milestone(*row) for row in session.execute(of_projects.order_by(col(Milestone.id)))]
    said: dict[int, list[_Said]] = defaultdict(list)
    for some in chunks([milestone.id for milestone in milestones]):
        statements = session.execute(
            select(  # type: ignore[call-overload]  # SQLModel does not know these five types.
                MilestoneRevision.milestone_id,
                MilestoneRevision.kind,
                MilestoneRevision.due_date,
                MilestoneRevision.precision,
                MilestoneRevision.recorded_at,
            )
            .where(col(MilestoneRevision.milestone_id).in_(some))
            .order_by(col(MilestoneRevision.milestone_id), col(MilestoneRevision.number))
        )
        for milestone_id, *statement in statements:
            said[milestone_id].append(_Said(*statement))
    by_project: dict[str, list[tuple[_Milestone, list[_Said]]]] = defaultdict(list)
    for milestone in milestones:
        by_project[milestone.project_id].append((milestone, said[milestone.id]))
    return by_project
