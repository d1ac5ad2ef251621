"""
The spreadsheet that departments edit and send back: its columns, what a row of it says, and what became of each row.

A row names a milestone and the number of the statement that its author saw. What was not edited says nothing; what
was edited is a revision, with its reason. Nothing of a file is kept unless all of it can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.exceptions import RecordError
from models.milestone import Precision, ReasonCode, RevisionKind

#: A file with more rows is to be split.
MOST_ROWS = 20_000
#: All edited rows are one change, and nobody else changes anything meanwhile: so many take some three seconds.
MOST_EDITS = 1_000


class Sheet(StrEnum):
    """The parts of a workbook; each can be sent alone."""

    MILESTONES = "milestones"
    PROGRESS = "progress"


#: What is shown for orientation, and what is read back. The names are the keys of JSON rows too.
COLUMNS = {
    Sheet.MILESTONES: (
        "project_id",
        "project",
        "milestone_id",
        "milestone",
        "promised",
        "stands",
        "seen",
        "date",
        "precision",
        "kind",
        "reason_code",
        "reason",
        "date_low",
        "date_high",
        "document_id",
        "point_id",
        "resume_on",
        "next_steps",
        "data_date",
    ),
    Sheet.PROGRESS: (
        "project_id",
        "project",
        "last_end",
        "last_physical",
        "last_spent",
        "seen",
        "kind",
        "period_start",
        "period_end",
        "physical",
        "spent",
        "currency",
        "planned_physical",
        "annual_share",
        "body",
    ),
}
#: By which columns a part is known.
KNOWN_BY = {Sheet.MILESTONES: {"milestone_id", "seen"}, Sheet.PROGRESS: {"project_id", "seen", "physical"}}


class UpdateKind(StrEnum):
    """What a row can say of a milestone: what a revision can, or that everything still holds."""

    CONFIRMED = "confirmed"
    REFORECAST = "reforecast"
    REBASELINE = "rebaseline"
    ACHIEVED = "achieved"
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    CORRECTION = "correction"

    @property
    def revision(self) -> RevisionKind:
        """The revision that says it."""
        return RevisionKind(self.value)


@dataclass(frozen=True, kw_only=True)
class MilestoneUpdate:
    """What a row says of a milestone. What is nothing was not said, and holds as before."""

    row: int
    project_id: str
    milestone_id: int
    seen: int
    #: Nothing where the row does not say: then it follows from the dates.
    kind: UpdateKind | None = None
    due_date: date | None = None
    precision: Precision = Precision.DAY
    #: The range, where the file has columns for it.
    has_range: bool = False
    date_low: date | None = None
    date_high: date | None = None
    reason_code: ReasonCode | None = None
    reason: str = ""
    document_id: int | None = None
    point_id: int | None = None
    resume_on: date | None = None
    next_steps: str = ""
    data_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProgressUpdate:
    """What a row reports of a project."""

    row: int
    project_id: str
    #: How many reports its author saw.
    seen: int
    #: Whether it says only that everything still holds.
    is_unchanged: bool = False
    #: When the last report ended, and today, where the row does not say.
    period_start: date | None = None
    period_end: date | None = None
    physical: int | None = None
    spent: int | None = None
    currency: str | None = None
    planned_physical: int | None = None
    annual_share: int | None = None
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class Updates:
    """Everything that a file says: one change to the record."""

    milestones: tuple[MilestoneUpdate, ...] = ()
    progress: tuple[ProgressUpdate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a row cannot be taken: what is wrong with a cell, or what the record has to say about the row."""

    sheet: Sheet
    row: int
    #: The cell, where one is at fault.
    column: str = ""
    value: str = ""
    #: A reason code, or the name of the exception.
    code: str
    error: RecordError | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A statement that a row comes to."""

    sheet: Sheet
    row: int
    project_id: str
    project: str
    #: The milestone; empty where the whole project is spoken of.
    milestone_id: int | None = None
    title: str = ""
    kind: str
    before: date | None = None
    before_precision: Precision = Precision.DAY
    after: date | None = None
    after_precision: Precision = Precision.DAY
    reason_code: ReasonCode | None = None
    reason: str = ""
    #: What is unusual about it, and yet taken: reason codes.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file as it was read."""

    updates: Updates
    faults: Sequence[Fault] = ()
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class RoundTripReport:
    """What a file comes to, or came to."""

    #: How many rows were read, and of how many nothing was edited.
    rows: int = 0
    unchanged: int = 0
    changes: Sequence[Change] = ()
    faults: Sequence[Fault] = field(default_factory=tuple)
    #: Whether it is in the record. Where one row is at fault, none is.
    is_kept: bool = False
    #: Whether the same was sent before under the same token, and is in the record, or proposed, since.
    was_sent_before: bool = False
    #: The proposal that was made of it, where a second person has to agree or an instant to come.
    proposal_id: int | None = None
