"""Verdicts: what became of a point, and why."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.revision import demand_reason


class VerdictCode(StrEnum):
    """What became of a point. The crosswalk to other countries' words is in the field guide."""

    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    ALREADY_COVERED = "already_covered"
    NOT_ADOPTED = "not_adopted"
    NOTED = "noted"
    #: A later date is named.
    DEFERRED = "deferred"
    #: Forwarded; to whom is named.
    OUT_OF_SCOPE = "out_of_scope"
    #: The same as another point, whose answer it shares.
    SAME_AS = "same_as"


class Verdict(Record, table=True):
    """One answer to one point. A later answer stands beside it, and does not replace it."""

    __table_args__ = (
        UniqueConstraint("point_id", "number"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("(code = 'deferred') = (until IS NOT NULL)", name="deferred_is_dated"),
        CheckConstraint("(code = 'out_of_scope') = (length(forwarded_to) > 0)", name="forwarded_is_named"),
        CheckConstraint("(code = 'same_as') = (same_as_id IS NOT NULL)", name="same_as_is_named"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    point_id: int = Field(foreign_key="point.id")
    number: int = Field(ge=1)
    code: VerdictCode = Field(sa_type=codelist(VerdictCode))
    reason: str = Field(max_length=5000)
    #: Until when it is put off.
    until: date | None = None
    #: Who it was forwarded to.
    forwarded_to: str = Field(default="", max_length=300)
    #: The point whose answer it shares.
    same_as_id: int | None = Field(default=None, foreign_key="point.id")
    #: The clause that changed because of it.
    clause_id: int | None = Field(default=None, foreign_key="clause.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None

    @model_validator(mode="after")
    def _says_what_its_code_needs(self) -> Self:
        if (self.code is VerdictCode.DEFERRED) != (self.until is not None):
            raise ValueError("a deferred point, and no other, has a date")
        if (self.code is VerdictCode.OUT_OF_SCOPE) != bool(self.forwarded_to):
            raise ValueError("a point out of scope, and no other, is forwarded to somebody")
        if (self.code is VerdictCode.SAME_AS) != (self.same_as_id is not None):
            raise ValueError("a point that is the same as another, and no other, names it")
        return self


def answered(
    *,
    point_id: int,
    number: int,
    code: VerdictCode,
    reason: str,
    until: date | None = None,
    forwarded_to: str = "",
    same_as_id: int | None = None,
    clause_id: int | None = None,
    at: datetime,
) -> Verdict:
    """
    Return an answer to a point.

    :raises ReasonMissingError: if nothing says why
    :raises InvalidValueError: if what the code needs is missing
    """
    return Verdict(
        point_id=point_id,
        number=number,
        code=code,
        reason=demand_reason("verdict", reason),
        until=until,
        forwarded_to=forwarded_to.strip(),
        same_as_id=same_as_id,
        clause_id=clause_id,
        recorded_at=at,
    )
