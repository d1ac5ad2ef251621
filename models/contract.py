"""Contracts of a project as they were signed, and what was changed of them since, with the reason."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.money import LARGEST_AMOUNT


class ContractNature(StrEnum):
    """What a contract is for: the OC4IDS ``contractNature`` codelist, with what it does not name."""

    DESIGN = "design"
    CONSTRUCTION = "construction"
    SUPERVISION = "supervision"
    OTHER = "other"


class ProcurementMethod(StrEnum):
    """How the supplier was chosen: the OCDS ``method`` codelist."""

    OPEN = "open"
    SELECTIVE = "selective"
    LIMITED = "limited"
    DIRECT = "direct"


class Contract(Record, table=True):
    """A contract as it was signed."""

    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="money_has_a_currency"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period_in_order"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    #: The place among the contracts of the project, from 1.
    number: int = Field(ge=1)
    nature: ContractNature = Field(sa_type=codelist(ContractNature))
    title: str = Field(min_length=1, max_length=300)
    supplier: str = Field(min_length=1, max_length=300)
    method: ProcurementMethod | None = Field(default=None, sa_type=codelist(ProcurementMethod))
    #: How many bid; not stated where nobody says.
    bidders: int | None = Field(default=None, ge=0)
    #: In the smallest unit of the currency; not stated where nobody says.
    amount: int | None = Field(default=None, ge=0, le=LARGEST_AMOUNT, sa_type=BigInteger)
    #: ISO 4217.
    currency: str | None = Field(default=None, schema_extra={"pattern": r"^[A-Z]{3}$"})
    starts_on: date | None = None
    ends_on: date | None = None
    signed_on: date
    document_id: int | None = Field(default=None, foreign_key="document.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class ContractModification(Record, table=True):
    """A change of a contract. What is not said anew holds as before."""

    __tablename__ = "contract_modification"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("length(trim(rationale)) > 0", name="reason_given"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="money_has_a_currency"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period_in_order"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    contract_id: int = Field(foreign_key="contract.id")
    number: int = Field(ge=1)
    #: What was changed.
    description: str = Field(min_length=1, max_length=5000)
    #: Why.
    rationale: str = Field(min_length=1, max_length=5000)
    #: What it comes to now.
    amount: int | None = Field(default=None, ge=0, le=LARGEST_AMOUNT, sa_type=BigInteger)
    currency: str | None = Field(default=None, schema_extra={"pattern": r"^[A-Z]{3}$"})
    starts_on: date | None = None
    ends_on: date | None = None
    #: The day on which it was agreed.
    signed_on: date
    document_id: int | None = Field(default=None, foreign_key="document.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
