"""Waivers: published reasons why a duty was shortened or skipped. None is ever taken back."""

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber

#: The longest key of an item of an evaluation: ``publicity:participation:draft_notice``.
LONGEST_KEY = 200


class Waiver(Record, table=True):
    """One reason, for one duty of one decision."""

    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    #: The key of the duty: ``window:participation``.
    of: str = Field(min_length=1, max_length=LONGEST_KEY)
    reason: str = Field(max_length=2000)
    #: The provision that allows it, where there is one.
    ground: str = Field(default="", max_length=500)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
