"""Whole tables of the record, in parts: every statement as it is kept."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from models.contract import Contract, ContractModification
from models.disclosure_item import DisclosureItem
from models.milestone import Milestone, MilestoneRevision
from models.money import BudgetVersion, ProgressReport

__all__ = [
    "BudgetVersion",
    "Contract",
    "ContractModification",
    "DisclosureItem",
    "Milestone",
    "MilestoneRevision",
    "ProgressReport",
    "rows_after",
]


def rows_after(session: Session, kind: Any, *, after: int = 0, size: int) -> Sequence[Any]:
    """Return rows of a table in the order in which they were kept."""
    rows = session.exec(select(kind).where(kind.id > after).order_by(col(kind.id)).limit(size)).all()
    session.expunge_all()
    return rows
