"""Whole tables of the record, in parts: every statement as it is kept."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Date, Enum, String, bindparam, select, type_coerce
from sqlmodel import Session, col

from models.base import Instant
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
#: What is published as the database has it. To make a code or a day of each text takes as long as to read it.
_AS_KEPT = (Enum, Date, Instant)


def rows_after(
    session: Session, kind: Any, names: tuple[str, ...], *, after: int = 0, size: int
) -> Sequence[Sequence[Any]]:
    """
    Return the rows of a table in the order in which they were kept: their number, and then what is asked for.

    Codes, days and instants are as the database has them: texts, or what its driver makes of them.
    """
    return session.connection().execute(_statement(kind, names), {"after": after, "size": size}).all()


@cache
def _statement(kind: Any, names: tuple[str, ...]) -> Any:
    asked = [getattr(kind, name) for name in names]
    columns = [type_coerce(one, String()) if isinstance(one.type, _AS_KEPT) else one for one in asked]
    return (
        select(kind.id, *columns).where(kind.id > bindparam("after")).order_by(col(kind.id)).limit(bindparam("size"))
    )
