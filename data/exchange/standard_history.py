"""
What OC4IDS says of milestones: dates, what they are, that they still hold; plain values, each ready to be said again.

:mod:`data.exchange.standard_milestones` fills them from a file; :mod:`data.exchange.standard_take_milestones` takes
them into the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.milestone import MilestoneType, Precision, ReasonCode, RevisionKind
from models.milestone_amendment import Description


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement about a milestone."""

    kind: RevisionKind
    due_date: date
    precision: Precision
    date_low: date | None
    date_high: date | None
    #: The day on which it was said, where the file tells.
    said_on: date | None
    reason_code: ReasonCode | None
    reason: str
    #: Where the adopted point can be read that moved it: none of this record, as far as the file can tell.
    point: str
    corrects: int | None
    #: The document that approves it, as the file names it.
    document: str
    next_steps: str
    resume_on: date | None


@dataclass(frozen=True, kw_only=True)
class StandardAmendment:
    """What a milestone was said to be after it had been promised, and why."""

    said: Description
    #: The day on which it was said, where the file tells.
    said_on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class StandardMilestone:
    """A milestone with everything that was ever said of it."""

    #: As the file names it.
    name: str
    type: MilestoneType
    completes: bool
    #: What it was said to be when it was promised, and what it was said to be since, first to last.
    promised: Description
    amendments: Sequence[StandardAmendment]
    statements: Sequence[Statement]
    #: On which days it was said that one of them still holds: the number of the statement, and the day.
    confirmations: Sequence[tuple[int, date | None]]
    #: What it waits for, as the file names it.
    after: Sequence[str]
