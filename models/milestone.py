"""
Milestones, and what departments have said about them.

A milestone does not change. What changes is what its department says about it. Each statement is kept as a
:class:`MilestoneRevision`, so that a date that slips stays visible next to the date that was first promised.

Terms follow OC4IDS. https://standard.open-contracting.org/infrastructure/latest/en/
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, Self

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, Relationship

from models.base import Instant, Record, RowNumber, codelist
from models.clock import local_date
from models.exceptions import FutureEventError, InvalidValueError, RuleError
from models.revision import demand_reason

#: The shortest text that explains a reason of the code "other" (PROJECTS, reason codes).
SHORTEST_OTHER = 20


class MilestoneType(StrEnum):
    """The OC4IDS ``milestoneType`` codelist, as far as projects use it."""

    PREPROCUREMENT = "preProcurement"
    APPROVAL = "approval"
    ENGAGEMENT = "engagement"
    ASSESSMENT = "assessment"
    DELIVERY = "delivery"
    REPORTING = "reporting"
    FINANCING = "financing"


class RevisionKind(StrEnum):
    """What a statement about a milestone says."""

    #: The date first promised. Number 1, and only number 1.
    BASELINE = "baseline"
    #: Another date is expected now.
    REFORECAST = "reforecast"
    #: It was reached on that date.
    ACHIEVED = "achieved"
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    #: What was said before was a mistake.
    CORRECTION = "correction"

    @property
    def moves(self) -> bool:
        """Whether it needs a reason."""
        return self not in (RevisionKind.BASELINE, RevisionKind.ACHIEVED, RevisionKind.RESUMED)


class ReasonCode(StrEnum):
    """Why a date moved."""

    LAND = "land"
    UTILITIES = "utilities"
    PERMITS = "permits"
    DESIGN = "design"
    SCOPE = "scope"
    FUNDING = "funding"
    PROCUREMENT = "procurement"
    CONTRACTOR = "contractor"
    SITE = "site"
    WEATHER = "weather"
    SUPPLY = "supply"
    SAFETY = "safety"
    LITIGATION = "litigation"
    POLICY = "policy"
    COORDINATION = "coordination"
    #: An adopted point moved it: a good delay.
    PUBLIC_INPUT = "publicInput"
    DATA_CORRECTION = "dataCorrection"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class MilestoneRevision(Record, table=True):
    """One statement about one milestone."""

    __tablename__ = "milestone_revision"
    __table_args__ = (
        UniqueConstraint("milestone_id", "number"),
        Index("ix_milestone_revision_recorded_at", "recorded_at"),
        CheckConstraint("(number = 1) = (kind = 'baseline')", name="baseline_is_first"),
        CheckConstraint(
            "kind IN ('baseline', 'achieved', 'resumed') OR (length(trim(reason)) > 0 AND reason_code IS NOT NULL)",
            name="reason_given",
        ),
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

    milestone: "Milestone" = Relationship(back_populates="revisions")


class Statement(Protocol):
    """What the rules need to know of a :class:`MilestoneRevision`; rows of a query have it too."""

    @property
    def kind(self) -> RevisionKind: ...
    @property
    def due_date(self) -> date: ...


class Milestone(Record, table=True):
    """An event in the lifetime of a project."""

    __table_args__ = (Index("ix_milestone_project_id_id", "project_id", "id"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    title: str = Field(min_length=1, max_length=300)
    type: MilestoneType = Field(default=MilestoneType.DELIVERY, sa_type=codelist(MilestoneType))
    #: Whether the project is done when it is reached.
    completes: bool = False

    revisions: list[MilestoneRevision] = Relationship(
        back_populates="milestone",
        sa_relationship_kwargs={"order_by": "MilestoneRevision.number", "lazy": "selectin"},
    )

    @classmethod
    def promise(
        cls,
        *,
        project_id: str,
        title: str,
        due_date: date,
        at: datetime,
        type: MilestoneType = MilestoneType.DELIVERY,  # noqa: A002 - the standard's word.
        precision: Precision = Precision.DAY,
        completes: bool = False,
    ) -> Self:
        """Return a new milestone, with its baseline."""
        milestone = cls(project_id=project_id, title=title, type=type, completes=completes)
        milestone._append(
            kind=RevisionKind.BASELINE, due_date=due_date, precision=precision, reason_code=None, reason="", at=at
        )
        return milestone

    def revise(
        self,
        *,
        kind: RevisionKind,
        due_date: date,
        at: datetime,
        reason_code: ReasonCode | None = None,
        reason: str = "",
        precision: Precision = Precision.DAY,
    ) -> MilestoneRevision:
        """
        Append what the department now says.

        :raises ReasonMissingError: if a date moves, or the work stops, without a reason and its code
        :raises FutureEventError: if it is said to have been reached on a day to come
        :raises RuleError: if it has been reached or cancelled, and this is not a correction
        """
        if kind is RevisionKind.BASELINE:
            raise InvalidValueError("kind", "a milestone has one baseline")
        if is_ended(self.latest) and kind is not RevisionKind.CORRECTION:
            raise RuleError("ended", self.latest.kind)
        if kind.moves:
            reason = demand_reason("milestone", reason)
            if reason_code is None:
                raise InvalidValueError("reason_code", "missing")
            if reason_code is ReasonCode.OTHER and len(reason) < SHORTEST_OTHER:
                raise InvalidValueError("reason", "too short for the code other")
        if kind is RevisionKind.ACHIEVED and due_date > local_date(at):
            raise FutureEventError(due_date)
        return self._append(
            kind=kind, due_date=due_date, precision=precision, reason_code=reason_code, reason=reason.strip(), at=at
        )

    @property
    def baseline(self) -> MilestoneRevision:
        """What was first promised."""
        return self.revisions[0]

    @property
    def latest(self) -> MilestoneRevision:
        """What the department says now."""
        return self.revisions[-1]

    def _append(
        self,
        *,
        kind: RevisionKind,
        due_date: date,
        precision: Precision,
        reason_code: ReasonCode | None,
        reason: str,
        at: datetime,
    ) -> MilestoneRevision:
        revision = MilestoneRevision(
            number=len(self.revisions) + 1,
            kind=kind,
            due_date=due_date,
            precision=precision,
            reason_code=reason_code,
            reason=reason,
            recorded_at=at,
        )
        self.revisions.append(revision)
        return revision


def is_ended(latest: Statement) -> bool:
    """Whether nothing more is expected: it was reached, or given up."""
    return latest.kind in (RevisionKind.ACHIEVED, RevisionKind.CANCELLED)


def slippage(statements: Sequence[Statement], today: date) -> timedelta:
    """
    Return how late a milestone is against what was first promised; negative where it is early.

    A milestone that is not reached slips at least until today, whatever its department says.
    """
    latest = statements[-1]
    expected = latest.due_date if is_ended(latest) else max(latest.due_date, today)
    return expected - statements[0].due_date


def moves(statements: Sequence[Statement]) -> int:
    """Return how often the expected date was changed after it was first promised."""
    return sum(
        1
        for before, after in pairwise(statements)
        if after.kind is not RevisionKind.ACHIEVED and after.due_date != before.due_date
    )
