"""
What a milestone is, said anew: its title was wrong, it is another of the usual ones, or the project depends on it.

It is another matter than its dates: to say what it is moves nothing, and neither ends it nor takes it up again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint, case, exists, select
from sqlalchemy.orm import column_property
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.milestone_codes import MilestoneCode

LONGEST_TITLE = 300


class MilestoneAmendment(Record, table=True):
    """One statement of what a milestone is. What was said when it was promised stays to be read."""

    __tablename__ = "milestone_amendment"
    __table_args__ = (
        UniqueConstraint("milestone_id", "number"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    milestone_id: int = Field(foreign_key="milestone.id")
    #: From 1: what was said when it was promised has no number.
    number: int = Field(ge=1)
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    code: MilestoneCode | None = Field(default=None, sa_type=codelist(MilestoneCode))
    is_critical: bool = False
    reason: str = Field(max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
    #: On which day it was said, where another record tells.
    data_date: date | None = None


class Described(Protocol):
    """What says what a milestone is: its promise, or a :class:`MilestoneAmendment`."""

    @property
    def title(self) -> str: ...
    @property
    def code(self) -> MilestoneCode | None: ...
    @property
    def is_critical(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a milestone is said to be."""

    title: str
    code: MilestoneCode | None
    is_critical: bool


def described(said: Described) -> Description:
    """Return what a milestone is said to be, to be compared with what is said at another time."""
    return Description(title=said.title, code=said.code, is_critical=said.is_critical)


def descriptions(promised: Description, amendments: Iterable[Described]) -> list[Description]:
    """Return everything that a milestone was said to be, first to last. The last one holds."""
    return [promised, *map(described, amendments)]


def as_last_said(said: Any, first: Any, *, of: Any) -> Any:
    """
    Return a column of what a milestone is: as it was amended last, if only to be nothing; or as it was promised.

    :param said: the column of the amendments
    :param first: the column of the milestone, and ``of`` that of its number
    """
    amendment: Any = MilestoneAmendment
    is_of_milestone = amendment.milestone_id == of
    last = (
        select(said)
        .where(is_of_milestone)
        .order_by(amendment.number.desc())
        .limit(1)
        .correlate_except(MilestoneAmendment)
        .scalar_subquery()
    )
    is_amended = exists().where(is_of_milestone).correlate_except(MilestoneAmendment)
    return column_property(case((is_amended, last), else_=first).label(said.key))
