"""Whole tables of the record, in parts: every statement as it is kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import lazyload
from sqlmodel import Session, col, select

from models.contract import Contract, ContractModification
from models.disclosure_item import DisclosureItem
from models.milestone import Milestone, MilestoneRevision
from models.milestone_amendment import MilestoneAmendment
from models.milestone_revision import MilestoneConfirmation
from models.money import BudgetVersion, ProgressReport
from models.package import PackageRevision
from models.rating import IndependentRating
from models.withheld_item import WithheldItem

__all__ = [
    "BudgetVersion",
    "Contract",
    "ContractModification",
    "DisclosureItem",
    "IndependentRating",
    "Milestone",
    "MilestoneAmendment",
    "MilestoneConfirmation",
    "MilestoneRevision",
    "PackageRevision",
    "ProgressReport",
    "WithheldItem",
    "rows_after",
]


def rows_after(session: Session, kind: Any, *, after: int = 0, size: int) -> Sequence[Any]:
    """Return rows of a table in the order in which they were kept."""
    # What belongs to a row is a row of another table, which is read by itself.
    alone = select(kind).options(lazyload("*"))
    rows = session.exec(alone.where(kind.id > after).order_by(col(kind.id)).limit(size)).all()
    session.expunge_all()
    return rows
