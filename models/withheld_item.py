"""What is held back of a project, on which ground and until when: so that a gap is an explained one, and no zero."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist


class WithheldField(StrEnum):
    """What of a project can be held back."""

    BUDGET = "budget"
    SPENT = "spent"
    PROGRESS = "progress"
    DATES = "dates"
    LOCATION = "location"
    CONTRACT_VALUE = "contract_value"
    SUPPLIER = "supplier"
    BIDDERS = "bidders"
    PURPOSE = "purpose"


class WithheldItem(Record, table=True):
    """One statement of whether something is held back. Decree 711, Articles 14 to 18."""

    __tablename__ = "withheld_item"
    __table_args__ = (
        UniqueConstraint("project_id", "field", "number"),
        CheckConstraint("NOT holds OR (length(trim(ground)) > 0 AND until IS NOT NULL)", name="withheld_is_grounded"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    field: WithheldField = Field(sa_type=codelist(WithheldField))
    number: int = Field(ge=1)
    #: Whether it is held back from now on, or no longer.
    holds: bool = True
    #: The law and the article.
    ground: str = Field(default="", max_length=500)
    #: Who decided so.
    held_by: str = Field(default="", max_length=300)
    #: When it is published, or the ground is looked at again.
    until: date | None = None
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
