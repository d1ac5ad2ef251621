"""
The facts of a project, as the rules of lights and contradictions are given them.

What the record does not say is none: that is neither zero nor withheld.
"""

from dataclasses import dataclass
from datetime import date

from models.milestone_codes import MilestoneCode
from models.money import WHOLE, BudgetKind
from models.promise_history import PromiseHistory


@dataclass(frozen=True)
class Amount:
    """Money, in the smallest unit of its currency (ISO 4217)."""

    units: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class MilestoneFact:
    """A milestone, and what was said of it."""

    id: int
    history: PromiseHistory
    #: Whether the end of the project hangs on it.
    is_critical: bool = False
    #: Whether the project is done when it is reached.
    completes: bool = False
    code: MilestoneCode | None = None
    #: The milestones that are to be reached before it.
    depends_on: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportFact:
    """A progress report; its values are since the beginning."""

    id: int
    period_start: date
    period_end: date
    said_on: date
    #: Physical progress, in basis points.
    physical: int | None = None
    spent: Amount | None = None
    #: Whether it says that an earlier one was mistaken.
    is_correction: bool = False


@dataclass(frozen=True, kw_only=True)
class BudgetFact:
    """One statement of what a project costs."""

    id: int
    kind: BudgetKind
    amount: Amount
    approved_on: date
    said_on: date
    #: Whether a document is published with which it was approved.
    has_document: bool = False


def approved_estimate(budgets: tuple[BudgetFact, ...]) -> BudgetFact | None:
    """Return the estimate (概算) that binds: the last approved, or adjusted with a published approval."""
    binding = [
        one
        for one in budgets
        if one.kind is BudgetKind.APPROVED_ESTIMATE or (one.kind is BudgetKind.ADJUSTMENT and one.has_document)
    ]
    return binding[-1] if binding else None


def spent_ahead(report: ReportFact, budget: Amount | None) -> int | None:
    """Return by how many basis points money runs ahead of works; none if they cannot be compared."""
    if report.physical is None or report.spent is None or budget is None or budget.units == 0:
        return None
    if report.spent.currency != budget.currency:
        return None
    return report.spent.units * WHOLE // budget.units - report.physical


def expected_cost(budgets: tuple[BudgetFact, ...]) -> BudgetFact | None:
    """Return what the whole is said to cost now. A contract is a part of it."""
    return next((one for one in reversed(budgets) if one.kind is not BudgetKind.CONTRACT), None)
