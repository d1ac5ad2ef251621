"""
Milestones, and what departments have said about them.

A milestone does not change. What changes is what its department says about it. Each statement is kept as a
:class:`MilestoneRevision`, so that a date that slips stays visible next to the date that was first promised.

Terms follow OC4IDS. https://standard.open-contracting.org/infrastructure/latest/en/
"""

from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar, Self

from sqlalchemy import Index
from sqlmodel import Field, Relationship

from models.base import Record, RowNumber, codelist
from models.clock import local_date
from models.exceptions import FutureEventError, InvalidValueError, RuleError
from models.milestone_amendment import LONGEST_TITLE, Description, MilestoneAmendment, as_last_said
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
]


class Milestone(Record, table=True):
    """An event in the lifetime of a project."""

    __table_args__ = (Index("ix_milestone_project_id_id", "project_id", "id"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    #: What it was called when it was promised.
    first_title: str = Field(min_length=1, max_length=LONGEST_TITLE, sa_column_kwargs={"name": "title"})
    type: MilestoneType = Field(default=MilestoneType.DELIVERY, sa_type=codelist(MilestoneType))
    #: Whether the project is done when it is reached.
    completes: bool = False
    #: Which of the usual milestones it was said to be then; none where it was none of them.
    first_code: MilestoneCode | None = Field(
        default=None, sa_type=codelist(MilestoneCode), sa_column_kwargs={"name": "code"}
    )
    #: Whether it was said then that the project is late when it is.
    first_is_critical: bool = Field(default=False, sa_column_kwargs={"name": "is_critical"})

    #: What it is called, which of the usual milestones it is, whether the project is late when it is: as last said.
    title: ClassVar[str]
    code: ClassVar[MilestoneCode | None]
    is_critical: ClassVar[bool]

    revisions: list[MilestoneRevision] = Relationship(
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
            project_id=project_id,
            first_title=title,
            type=type,
            completes=completes,
            first_code=code,
            first_is_critical=is_critical,
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
        is_as_told: bool = False,
    ) -> MilestoneRevision:
        """
        Append what the department now says.

        :param is_as_told: whether it repeats a file from elsewhere, which may leave open how a pause goes on
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
        demand_particulars(kind, more, self.latest, local_date(at), is_as_told=is_as_told)
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

    @property
    def first_description(self) -> Description:
        """What it was said to be when it was promised."""
        return Description(title=self.first_title, code=self.first_code, is_critical=self.first_is_critical)

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


# Read with every milestone, and never written: whoever asks for its title is given the present one.
Milestone.title = as_last_said(MilestoneAmendment.title, Milestone.first_title, of=Milestone.id)
Milestone.code = as_last_said(MilestoneAmendment.code, Milestone.first_code, of=Milestone.id)
Milestone.is_critical = as_last_said(MilestoneAmendment.is_critical, Milestone.first_is_critical, of=Milestone.id)
