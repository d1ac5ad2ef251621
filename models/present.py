"""
The present, kept beside the statements it follows from, because lists of thousands need it at once.

Nothing here is a source. ``python -m data rebuild`` makes all of it anew; a test proves it equal to the derivation.
"""

from datetime import date

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.decision import Language, Topic
from models.outcome import OutcomeCode
from models.project import Phase, Sector


class DecisionPresent(Record, table=True):
    """What is said of a decision now."""

    __tablename__ = "decision_present"
    __table_args__ = (
        Index("ix_decision_present_closes_at", "closes_at"),
        Index("ix_decision_present_outcome", "outcome", "closes_at"),
        Index("ix_decision_present_department_id", "department_id", "decision_id"),
        Index("ix_decision_present_updated_at", "updated_at", "decision_id"),
    )
    tracked = False

    decision_id: str = Field(primary_key=True, foreign_key="decision.id")
    revision_id: int = Field(sa_type=RowNumber)
    department_id: str
    language: Language = Field(sa_type=codelist(Language))
    topic: Topic = Field(sa_type=codelist(Topic))
    title: str
    period_id: int | None = None
    round: int | None = None
    zone: str | None = None
    opens_at: AwareDatetime | None = Field(default=None, sa_type=Instant)
    closes_at: AwareDatetime | None = Field(default=None, sa_type=Instant)
    #: Whether the period is shorter than usual.
    is_short: bool = False
    draft_version_id: int | None = None
    draft_number: int | None = None
    opinions: int = 0
    outcome: OutcomeCode | None = Field(default=None, sa_type=codelist(OutcomeCode))
    decided_at: AwareDatetime | None = Field(default=None, sa_type=Instant)
    evaluated_at: AwareDatetime | None = Field(default=None, sa_type=Instant)
    announced_at: AwareDatetime = Field(sa_type=Instant)
    updated_at: AwareDatetime = Field(sa_type=Instant)


class ProjectPresent(Record, table=True):
    """What is said of a project now."""

    __tablename__ = "project_present"
    __table_args__ = (
        Index("ix_project_present_department_id", "department_id", "project_id"),
        Index("ix_project_present_phase", "phase", "project_id"),
        Index("ix_project_present_sector", "sector", "project_id"),
        Index("ix_project_present_updated_at", "updated_at", "project_id"),
        Index("ix_project_present_next_due", "next_due"),
    )
    tracked = False

    project_id: str = Field(primary_key=True, foreign_key="project.id")
    revision_id: int = Field(sa_type=RowNumber)
    department_id: str
    language: Language = Field(sa_type=codelist(Language))
    title: str
    phase: Phase = Field(sa_type=codelist(Phase))
    sector: Sector = Field(sa_type=codelist(Sector))
    region: str = ""
    location_id: int | None = None
    longitude: float | None = None
    latitude: float | None = None
    #: The milestone that completes the project; the last one promised where none is said to.
    completion_id: int | None = None
    #: When it was first promised, when it is expected now, and when it was reached.
    promised_on: date | None = None
    expected_on: date | None = None
    reached_on: date | None = None
    is_paused: bool = False
    is_cancelled: bool = False
    #: How often any date of the project was moved.
    moves: int = 0
    #: The earliest date expected of a milestone that is not reached, and which.
    next_due: date | None = None
    next_title: str = ""
    milestones: int = 0
    milestones_reached: int = 0
    budget: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    updated_at: AwareDatetime = Field(sa_type=Instant)
