"""Money: what a project may cost, and what was spent. Whole numbers of the currency's smallest unit, never floats."""

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


class ProgressReport(Record, table=True):
    """What a department says about a project for a period. "Nothing has changed" is a report too."""

    __tablename__ = "progress_report"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("period_start <= period_end", name="period_in_order"),
        CheckConstraint("(spent IS NULL) = (currency IS NULL)", name="money_has_a_currency"),
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


def demand_cumulative(before: ProgressReport | None, after: ProgressReport) -> None:
    """
    Let progress only grow, unless the report says in words why it falls.

    :raises OrderError: if the period ends before it starts
    :raises ReasonMissingError: if a cumulative value falls and the report has no words
    """
    if after.period_end < after.period_start:
        raise OrderError(after.period_start, after.period_end)
    if before is None:
        return
    falls = (after.physical is not None and after.physical < (before.physical or 0)) or (
        after.spent is not None and before.currency == after.currency and after.spent < (before.spent or 0)
    )
    if falls:
        demand_reason("falling_progress", after.body)
