"""What lists of projects need beside how they stand: what is held back, names of milestones, how exact dates are."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, func, select

from models.clock import end_of_day
from models.milestone import Milestone, MilestoneRevision, Precision
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
    for field, project_id in session.exec(held):
        found[WithheldField(field)].add(project_id)
    return {field: frozenset(some) for field, some in found.items()}


def milestone_titles(session: Session, milestone_ids: Iterable[int]) -> dict[int, str]:
    """Return what milestones are called, by their numbers. One statement, or none for none."""
    asked = sorted(set(milestone_ids))
    if not asked:
        return {}
    return dict(session.exec(select(Milestone.id, Milestone.title).where(col(Milestone.id).in_(asked))).all())


def date_precisions(
    session: Session, milestone_ids: Iterable[int], as_of: date | None = None
) -> dict[int, tuple[Precision, Precision]]:
    """
    Return how exactly the first and the last date of milestones were said. One statement, or none for none.

    :param as_of: by the end of which day; nothing for the present
    """
    asked = sorted(set(milestone_ids))
    said = select(MilestoneRevision.milestone_id, MilestoneRevision.precision).where(
        col(MilestoneRevision.milestone_id).in_(asked)
    )
    if as_of is not None:
        said = said.where(col(MilestoneRevision.recorded_at) < end_of_day(as_of))
    found: dict[int, tuple[Precision, Precision]] = {}
    for milestone_id, precision in session.exec(said.order_by(col(MilestoneRevision.number))) if asked else ():
        last = Precision(precision)
        first, _ = found.get(milestone_id, (last, last))
        found[milestone_id] = (first, last)
    return found
