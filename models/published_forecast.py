"""Likelihoods that were published, kept as they were, so that they can be held against what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import AwareDatetime
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber
from models.clock import local_date
from models.milestone_codes import RevisionKind
from models.milestone_revision import MilestoneRevision
from models.money import WHOLE


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """How likely it is that a milestone is reached by a day."""

    milestone_id: int
    target_on: date
    #: In basis points.
    probability: int
    #: The class of milestones that it is inferred from, and how many those are.
    class_key: str
    cases: int
    #: On which rung of the ladder of evidence it stands.
    rung: str


class PublishedForecast(Record, table=True):
    """How likely it was said to be that a milestone is reached by a day."""

    __tablename__ = "published_forecast"
    __table_args__ = (
        UniqueConstraint("milestone_id", "made_at", "target_on", "rule_version"),
        Index("ix_published_forecast_made_at", "made_at"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    milestone_id: int = Field(foreign_key="milestone.id")
    #: When it was said. It is never said of another instant than the one in which it is kept.
    made_at: AwareDatetime = Field(sa_type=Instant)
    target_on: date
    #: In basis points.
    probability: int = Field(ge=0, le=WHOLE)
    #: The class of milestones that it was inferred from, and how many those were.
    class_key: str = Field(min_length=1, max_length=200)
    cases: int = Field(ge=0)
    #: On which rung of the ladder of evidence it stands.
    rung: str = Field(min_length=1, max_length=40)
    rule_version: str = Field(min_length=1, max_length=40)
    #: Whether the record is an example, whose forecasts prove nothing.
    is_synthetic: bool = False


def came_true(target_on: date, statements: Sequence[MilestoneRevision], today: date) -> bool | None:
    """
    Return whether a milestone was reached by a day; nothing while that is open, or if it was given up before.

    :param statements: everything said of it, first to last
    """
    latest = statements[-1]
    if latest.kind is RevisionKind.ACHIEVED:
        return latest.due_date <= target_on
    if latest.kind is RevisionKind.CANCELLED and local_date(latest.recorded_at) <= target_on:
        return None
    return False if target_on < today else None
