"""Money: what a project may cost, and what was spent. Whole numbers of the currency's smallest unit, never floats."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.exceptions import OrderError
from models.revision import demand_reason

#: 100 %, in basis points.
WHOLE = 10_000
#: A hundred times the plan of a year is a mistake.
LARGEST_SHARE = 100 * WHOLE
#: The largest whole number that every reader of JSON takes exactly (RFC 8785): ninety million million in yuan.
LARGEST_AMOUNT = 2**53 - 1


class BudgetKind(StrEnum):
    """At which step an amount was set."""

    #: 估算, in the project proposal.
    ESTIMATE = "estimate"
    #: 概算, approved with the preliminary design.
    APPROVED_ESTIMATE = "approved_estimate"
    #: 预算, with the construction drawings.
    BUDGET = "budget"
    #: 合同价.
    CONTRACT = "contract"
    #: 调整概算.
    ADJUSTMENT = "adjustment"
    #: 决算.
    FINAL_ACCOUNT = "final_account"


class BudgetVersion(Record, table=True):
    """One statement of what a project costs."""

    __tablename__ = "budget_version"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    number: int = Field(ge=1)
    kind: BudgetKind = Field(sa_type=codelist(BudgetKind))
    #: In the smallest unit of the currency: fen, cents.
    amount: int = Field(ge=0, le=LARGEST_AMOUNT, sa_type=BigInteger)
    #: ISO 4217.
    currency: str = Field(schema_extra={"pattern": r"^[A-Z]{3}$"})
    approved_on: date
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
    #: The document by which it was approved, and the number that document bears (文号).
    document_id: int | None = Field(default=None, foreign_key="document.id")
    document_number: str = Field(default="", max_length=100)


class ProgressReport(Record, table=True):
    """What a department says about a project for a period. "Nothing has changed" is a report too."""

    __tablename__ = "progress_report"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("period_start <= period_end", name="period_in_order"),
        CheckConstraint("(spent IS NULL AND planned_spent IS NULL) = (currency IS NULL)", name="money_has_a_currency"),
        CheckConstraint("planned_spent IS NULL OR currency IS NOT NULL", name="planned_money_has_a_currency"),
        CheckConstraint("NOT is_correction OR length(trim(reason)) > 0", name="correction_has_a_reason"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    number: int = Field(ge=1)
    period_start: date
    period_end: date
    #: Physical progress since the beginning, in basis points; not stated where there is none.
    physical: int | None = Field(default=None, ge=0, le=WHOLE)
    #: Spent since the beginning, in the smallest unit of the currency; not stated where there is none.
    spent: int | None = Field(default=None, ge=0, le=LARGEST_AMOUNT, sa_type=BigInteger)
    currency: str | None = Field(default=None, schema_extra={"pattern": r"^[A-Z]{3}$"})
    body: str = Field(default="", max_length=20_000, sa_type=Text)
    #: Whether it only confirms that what was said still holds.
    unchanged: bool = False
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
    #: How far it was to be by then, in basis points.
    planned_physical: int | None = Field(default=None, ge=0, le=WHOLE)
    #: What was to be spent by then, in the smallest unit of the currency.
    planned_spent: int | None = Field(default=None, ge=0, le=LARGEST_AMOUNT, sa_type=BigInteger)
    #: How much of the plan of the year is done, in basis points: less than nothing where work was undone, more than
    #: all where more was done than planned.
    annual_share: int | None = Field(default=None, ge=-LARGEST_SHARE, le=LARGEST_SHARE)
    #: Whether it says that what was reported before was a mistake; nothing else lets what was reached become less.
    is_correction: bool = False
    reason: str = Field(default="", max_length=2000)


def demand_cumulative(before: Sequence[ProgressReport], after: ProgressReport) -> None:
    """
    Let what was reached only grow, unless the report corrects what was said.

    :param before: the earlier reports, first to last
    :raises OrderError: if the period ends before it starts
    :raises ReasonMissingError: if a cumulative value falls and the report is no correction, or one without a reason
    """
    if after.period_end < after.period_start:
        raise OrderError(after.period_start, after.period_end)
    if after.is_correction:
        demand_reason("correction", after.reason)
    elif falls(before, after):
        demand_reason("falling_progress", "")


def falls(before: Sequence[ProgressReport], after: ProgressReport) -> bool:
    """Whether less is built, or spent, by a report than by what was last stated before it."""
    built = [said.physical for said in before if said.physical is not None]
    spent = [said.spent for said in before if said.spent is not None and said.currency == after.currency]
    is_less_built = after.physical is not None and bool(built) and after.physical < built[-1]
    return is_less_built or (after.spent is not None and bool(spent) and after.spent < spent[-1])
