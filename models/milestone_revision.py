"""
Statements about milestones: what a department says of a date, of which kind, how exactly, and why.

Terms follow OC4IDS. https://standard.open-contracting.org/infrastructure/latest/en/
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.clock import local_date
from models.milestone_codes import Precision, ReasonCode, RevisionKind
from models.promised_day import PromisedDay

#: A pause is spoken of again within so many days.
MOST_PAUSED = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What can be said of a date beside the date itself and why it moved."""

    #: The earliest and the latest day it may be.
    date_low: date | None = None
    date_high: date | None = None
    #: The state of affairs of which day is told.
    data_date: date | None = None
    #: The document by which another plan was approved, or on which the statement rests.
    document_id: int | None = None
    #: The adopted point that moved the date; or where one can be read that is not in this record.
    point_id: int | None = None
    point_elsewhere: str = ""
    #: The number of the statement that was a mistake.
    corrects: int | None = None
    #: What is done while it is paused, and when it is expected to go on.
    next_steps: str = ""
    resume_on: date | None = None


NOTHING_MORE = Particulars()


class MilestoneRevision(Record, table=True):
    """One statement about one milestone."""

    __tablename__ = "milestone_revision"
    __table_args__ = (
        UniqueConstraint("milestone_id", "number"),
        Index("ix_milestone_revision_recorded_at", "recorded_at"),
        Index("ix_milestone_revision_due_date", "due_date", "milestone_id"),
        CheckConstraint("(number = 1) = (kind = 'baseline')", name="baseline_is_first"),
        CheckConstraint(
            "kind IN ('baseline', 'achieved', 'resumed') OR (length(trim(reason)) > 0 AND reason_code IS NOT NULL)",
            name="reason_given",
        ),
        CheckConstraint("date_low IS NULL OR date_low <= due_date", name="not_before_its_range"),
        CheckConstraint("date_high IS NULL OR date_high >= due_date", name="not_after_its_range"),
        CheckConstraint("kind <> 'rebaseline' OR document_id IS NOT NULL", name="rebaseline_is_approved"),
        CheckConstraint(
            "corrects IS NULL OR (kind = 'correction' AND corrects >= 1 AND corrects < number)",
            name="corrects_what_was_said",
        ),
        # That the reason names a point is for the rule alone to demand: statements of older versions do not.
        CheckConstraint("point_id IS NULL OR reason_code = 'publicInput'", name="point_is_the_reason"),
        CheckConstraint(
            "point_elsewhere = '' OR (reason_code = 'publicInput' AND point_id IS NULL)",
            name="point_elsewhere_is_the_reason",
        ),
        CheckConstraint("resume_on IS NULL OR kind = 'paused'", name="only_paused_goes_on"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    milestone_id: int = Field(default=None, foreign_key="milestone.id")
    number: int = Field(ge=1)
    kind: RevisionKind = Field(sa_type=codelist(RevisionKind))
    #: The date expected; or, if achieved, the date on which it was reached.
    due_date: date
    precision: Precision = Field(default=Precision.DAY, sa_type=codelist(Precision))
    reason_code: ReasonCode | None = Field(default=None, sa_type=codelist(ReasonCode))
    reason: str = Field(default="", max_length=5000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
    #: The earliest and the latest day it may be.
    date_low: date | None = None
    date_high: date | None = None
    #: The state of affairs of which day is told.
    data_date: date | None = None
    document_id: int | None = Field(default=None, foreign_key="document.id")
    #: The adopted point that moved it.
    point_id: int | None = Field(default=None, foreign_key="point.id", index=True)
    #: The number of the statement that was a mistake.
    corrects: int | None = None
    #: What is done while it is paused, and when it is expected to go on.
    next_steps: str = Field(default="", max_length=5000)
    resume_on: date | None = None
    #: Where the adopted point can be read that moved it, if that is not in this record: an address, or its name there.
    point_elsewhere: str = Field(default="", max_length=2000)

    @property
    def promised(self) -> PromisedDay:
        """The day that it says, as exactly as it says it."""
        return PromisedDay(self.due_date, self.precision, self.date_low, self.date_high)


class MilestoneConfirmation(Record, table=True):
    """That what was last said about a milestone still holds. It moves nothing."""

    __tablename__ = "milestone_confirmation"
    __table_args__ = (
        UniqueConstraint("milestone_id", "number"),
        Index("ix_milestone_confirmation_recorded_at", "recorded_at"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    milestone_id: int = Field(foreign_key="milestone.id")
    number: int = Field(ge=1)
    #: The number of the statement that still holds.
    revision: int = Field(ge=1)
    data_date: date | None = None
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class Statement(Protocol):
    """What the rules need to know of a :class:`MilestoneRevision`; rows of a query have it too."""

    @property
    def kind(self) -> RevisionKind: ...
    @property
    def due_date(self) -> date: ...


def is_ended(latest: Statement) -> bool:
    """Whether nothing more is expected: it was reached, or given up."""
    return latest.kind in (RevisionKind.ACHIEVED, RevisionKind.CANCELLED)


def update_due(latest: MilestoneRevision, confirmed_at: datetime | None = None) -> date | None:
    """
    Return by when a pause is to be spoken of again: when it is expected to end, and within 90 days at the latest.

    :param confirmed_at: when it was last said that this still holds
    """
    if latest.kind is not RevisionKind.PAUSED:
        return None
    spoken_of = max(latest.recorded_at, confirmed_at) if confirmed_at else latest.recorded_at
    latest_day = local_date(spoken_of) + MOST_PAUSED
    return min(latest.resume_on, latest_day) if latest.resume_on else latest_day
