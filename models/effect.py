"""Effects: what a decision promises to bring about, by when, and what was measured later. Decree 713, Article 36."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, StringConstraints
from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber

#: A decimal number, as it was written: databases would round it, and 12.50 is more exact than 12.5.
Figure = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$", max_length=24)]


class Effect(Record, table=True):
    """One effect, as it was promised. What is promised later is another one."""

    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    #: What is measured, and how.
    indicator: str = Field(min_length=1, max_length=300)
    unit: str = Field(min_length=1, max_length=60)
    #: The value before, where one is known.
    baseline: Figure | None = Field(default=None, sa_type=String(24))
    target: Figure = Field(sa_type=String(24))
    by_on: date
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class EffectMeasurement(Record, table=True):
    """One measured value of an effect."""

    __tablename__ = "effect_measurement"
    __table_args__ = (UniqueConstraint("effect_id", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    effect_id: int = Field(foreign_key="effect.id")
    number: int = Field(ge=1)
    measured_on: date
    value: Figure = Field(sa_type=String(24))
    #: How it was measured, by whom.
    source: str = Field(min_length=1, max_length=1000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def reached(*, baseline: str | None, target: str, value: str) -> bool | None:
    """
    Return whether a value comes up to what was promised; nothing where it was not said from where.

    Without a baseline nobody can tell whether more or less was meant.
    """
    if baseline is None:
        return True if Decimal(value) == Decimal(target) else None
    is_more = Decimal(target) >= Decimal(baseline)
    return Decimal(value) >= Decimal(target) if is_more else Decimal(value) <= Decimal(target)
