"""
Decisions: matters in process, from the first announcement to the evaluation.

Terms follow the Interim Regulations on Procedures for Major Administrative Decisions (State Council Decree 713).
"""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist


class Language(StrEnum):
    """The language something was written in."""

    CHINESE = "zh"
    ENGLISH = "en"


class Topic(StrEnum):
    """What a matter is about."""

    ENVIRONMENT = "environment"
    TRANSPORT = "transport"
    WATER = "water"
    HOUSING = "housing"
    EDUCATION = "education"
    HEALTH = "health"
    CULTURE = "culture"
    PLANNING = "planning"
    SAFETY = "safety"
    ECONOMY = "economy"
    OTHER = "other"


class DecisionState(StrEnum):
    """Where a decision stands. Computed from the record and the clock, never typed in."""

    #: Announced; comments are not yet taken.
    ANNOUNCED = "announced"
    #: A comment period is running.
    OPEN = "open"
    #: The comment period is over; nothing is decided.
    CONSIDERED = "considered"
    #: Decided, and being carried out.
    DECIDED = "decided"
    #: It was decided not to go ahead.
    DROPPED = "dropped"
    #: Decided, carried out, and its effects measured.
    EVALUATED = "evaluated"


class Decision(Record, table=True):
    """A matter in process. What it is about is said in its revisions."""

    append_only = True

    #: The year and a number within the year: ``2026-0041``.
    id: str = Field(primary_key=True, schema_extra={"pattern": r"^\d{4}-\d{4,}$"}, max_length=20)
    recorded_at: AwareDatetime = Field(sa_type=Instant)

    @property
    def subject(self) -> str:
        """How the ledger names it."""
        return decision_subject(self.id)


class DecisionRevision(Record, table=True):
    """One statement of what a decision is about."""

    __tablename__ = "decision_revision"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(default=1, ge=1)
    #: The department that answers for it (承办单位).
    department_id: str = Field(foreign_key="department.id", index=True)
    language: Language = Field(sa_type=codelist(Language))
    topic: Topic = Field(default=Topic.OTHER, sa_type=codelist(Topic))
    title: str = Field(min_length=1, max_length=300)
    #: What is proposed, in plain words.
    summary: str = Field(default="", max_length=5000)
    #: What comments can still change, and what they cannot.
    can_change: str = Field(default="", max_length=2000)
    cannot_change: str = Field(default="", max_length=2000)
    #: Who decides: ``the mayor's executive meeting``.
    decided_by: str = Field(default="", max_length=300)
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def decision_subject(decision_id: str) -> str:
    """Return how the ledger names a decision."""
    return f"dec/{decision_id}"


def decision_state(
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    dropped: bool,
    decided: bool,
    evaluated: bool,
    now: datetime,
) -> DecisionState:
    """Return where a decision stands at that instant, given its latest comment period and what was published."""
    if evaluated:
        return DecisionState.EVALUATED
    if decided:
        return DecisionState.DROPPED if dropped else DecisionState.DECIDED
    if opens_at is None or closes_at is None or now < opens_at:
        return DecisionState.ANNOUNCED
    return DecisionState.OPEN if now < closes_at else DecisionState.CONSIDERED
