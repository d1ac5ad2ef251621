"""
Milestones, and what departments have said about them.

A milestone does not change. What changes is what its department says about it. Each statement is kept as a
:class:`MilestoneRevision`, so that a date that slips stays visible next to the date that was first promised.

Terms follow OC4IDS. https://standard.open-contracting.org/infrastructure/latest/en/
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Self

from sqlalchemy import Index
from sqlmodel import Field, Relationship

from models.base import Record, RowNumber, codelist
from models.clock import local_date
from models.exceptions import FutureEventError, InvalidValueError, RuleError
from models.milestone_codes import MilestoneCode, MilestoneType, Precision, ReasonCode, RevisionKind
from models.milestone_revision import NOTHING_MORE, MilestoneRevision, Particulars, Statement, is_ended
from models.milestone_rules import dates_said, demand_dates, demand_particulars, demand_why

#: What is said of milestones belongs to them, and is found with them.
__all__ = [
    "Milestone",
    "MilestoneCode",
    "MilestoneRevision",
    "MilestoneType",
    "Particulars",
    "Precision",
    "ReasonCode",
    "RevisionKind",
    "Statement",
    "is_ended",
    "moves",
    "slippage",
]


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
    #: Which of the usual milestones it is; none where it is none of them.
    code: MilestoneCode | None = Field(default=None, sa_type=codelist(MilestoneCode))
    #: Whether the project is late when it is.
    is_critical: bool = False

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
        code: MilestoneCode | None = None,
        is_critical: bool = False,
        more: Particulars = NOTHING_MORE,
    ) -> Self:
        """
        Return a new milestone, with its baseline.

        :raises OrderError: if the date lies outside its range
        """
        milestone = cls(
            project_id=project_id, title=title, type=type, completes=completes, code=code, is_critical=is_critical
        )
        demand_dates(due_date, more, (), RevisionKind.BASELINE, local_date(at))
        milestone._append(
            kind=RevisionKind.BASELINE,
            due_date=due_date,
            precision=precision,
            reason_code=None,
            reason="",
            at=at,
            more=more,
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
        more: Particulars = NOTHING_MORE,
    ) -> MilestoneRevision:
        """
        Append what the department now says.

        :raises ReasonMissingError: if a date moves, or the work stops, without a reason and its code
        :raises FutureEventError: if it is said to have been reached, or is told of, on a day to come
        :raises OrderError: if a date lies outside its range, or what is told is older than what was told before
        :raises InvalidValueError: if what its kind or its reason needs is missing, or belongs to another kind
        :raises RuleError: if it has been reached or cancelled, and this is not a correction
        """
        if kind is RevisionKind.BASELINE:
            raise InvalidValueError("kind", "a milestone has one baseline")
        if is_ended(self.latest) and kind is not RevisionKind.CORRECTION:
            raise RuleError("ended", self.latest.kind)
        if kind.moves:
            reason = demand_why(reason, reason_code, more)
        if kind is RevisionKind.ACHIEVED and due_date > local_date(at):
            raise FutureEventError(due_date)
        demand_particulars(kind, more, self.latest, local_date(at))
        demand_dates(due_date, more, self.revisions, kind, local_date(at))
        if kind is RevisionKind.CORRECTION and more.corrects is None:
            more = replace(more, corrects=self.latest.number)
        revision = self._append(
            kind=kind,
            due_date=due_date,
            precision=precision,
            reason_code=reason_code,
            reason=reason.strip(),
            at=at,
            more=more,
        )
        if kind is RevisionKind.REFORECAST and dates_said(revision) == dates_said(self.revisions[-2]):
            self.revisions.pop()
            raise InvalidValueError("due_date", "unchanged")
        return revision

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
        more: Particulars,
    ) -> MilestoneRevision:
        revision = MilestoneRevision(
            number=len(self.revisions) + 1,
            kind=kind,
            due_date=due_date,
            precision=precision,
            reason_code=reason_code,
            reason=reason,
            recorded_at=at,
            **vars(more),
        )
        self.revisions.append(revision)
        return revision


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
