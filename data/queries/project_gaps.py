"""What lists of projects need beside how they stand: what is held back, what milestones are called, days as said."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from models.clock import end_of_day
from models.milestone import Milestone, MilestoneRevision
from models.promised_day import PromisedDay
from models.withheld_item import WithheldField, WithheldItem


def withheld_projects(session: Session, as_of: date | None = None) -> Mapping[WithheldField, frozenset[str]]:
    """Return of which projects something is held back, by what it is: now, or at the end of a day. One statement."""
    newest = select(func.max(WithheldItem.id)).group_by(col(WithheldItem.project_id), col(WithheldItem.field))
    if as_of is not None:
        newest = newest.where(col(WithheldItem.recorded_at) < end_of_day(as_of))
    held = select(WithheldItem.field, WithheldItem.project_id).where(
        col(WithheldItem.id).in_(newest), col(WithheldItem.holds)
    )
    found: dict[WithheldField, set[str]] = {field: set() for field in WithheldField}
    for field, project_id in session.connection().execute(held):
        found[WithheldField(field)].add(project_id)
    return {field: frozenset(some) for field, some in found.items()}


def milestone_titles(session: Session, milestone_ids: Iterable[int]) -> dict[int, str]:
    """Return what milestones are called, by their numbers. One statement, or none for none."""
    asked = sorted(set(milestone_ids))
    if not asked:
        return {}
    columns: Any = (Milestone.id, col(Milestone.title).label("title"))
    named = session.connection().execute(select(*columns).where(col(Milestone.id).in_(asked)))
    return {row.id: row.title for row in named}


def days_said(session: Session, milestone_ids: Iterable[int]) -> dict[int, tuple[PromisedDay, PromisedDay]]:
    """Return the first and the last day said of milestones, as exactly as said. One statement, or none for none."""
    asked = sorted(set(milestone_ids))
    said = select(MilestoneRevision).where(col(MilestoneRevision.milestone_id).in_(asked))
    found: dict[int, tuple[PromisedDay, PromisedDay]] = {}
    for one in session.exec(said.order_by(col(MilestoneRevision.number))) if asked else ():
        first, _ = found.get(one.milestone_id, (one.promised, one.promised))
        found[one.milestone_id] = (first, one.promised)
    return found
