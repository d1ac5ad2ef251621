"""
The statements by which it is read what was said of projects, as far as rules need it.

Past the object mapper: to make an object of each of two hundred thousand statements would take longer than all rules.
Each is put together once, for the present and for past days: for a single project that takes longer than to run it.
"""

from functools import cache, cached_property
from typing import Any

from sqlalchemy import String, bindparam, case, func, select, type_coerce
from sqlmodel import col

from models.base import Instant
from models.contract import Contract, ContractModification
from models.document import DocumentRevision
from models.milestone import Milestone, MilestoneRevision
from models.milestone_amendment import MilestoneAmendment
from models.milestone_dependency import MilestoneDependency
from models.milestone_revision import MilestoneConfirmation
from models.money import BudgetVersion, ProgressReport
from models.project import LocationRevision, ProjectRevision

#: The projects that are asked about, and the instant before which it was recorded.
_PROJECTS: Any = bindparam("projects", expanding=True)
_BEFORE: Any = bindparam("before", type_=Instant)


def _as_text(column: Any, name: str) -> Any:
    # To look each code up as it is read would take a fifth of the time of reading.
    return type_coerce(column, String()).label(name)


_SAID_OF_PROJECTS: Any = (
    ProjectRevision.project_id,
    ProjectRevision.title,
    ProjectRevision.language,
    ProjectRevision.department_id,
    ProjectRevision.phase,
    ProjectRevision.sector,
    ProjectRevision.region,
    ProjectRevision.cadence,
    ProjectRevision.approval_route,
    ProjectRevision.recorded_at,
)
_MILESTONES: Any = (Milestone.project_id, Milestone.id, Milestone.type, Milestone.completes)
_SAID_OF_MILESTONES: Any = (
    MilestoneRevision.milestone_id,
    MilestoneRevision.number,
    _as_text(MilestoneRevision.kind, "kind"),
    MilestoneRevision.due_date,
    _as_text(MilestoneRevision.precision, "precision"),
    MilestoneRevision.date_low,
    MilestoneRevision.date_high,
    _as_text(MilestoneRevision.reason_code, "reason_code"),
    MilestoneRevision.resume_on,
    MilestoneRevision.data_date,
    MilestoneRevision.recorded_at,
    MilestoneRevision.recorded_by,
)
_REPORTS: Any = (
    ProgressReport.project_id,
    ProgressReport.id,
    ProgressReport.period_start,
    ProgressReport.period_end,
    ProgressReport.physical,
    ProgressReport.planned_physical,
    ProgressReport.spent,
    ProgressReport.currency,
    ProgressReport.is_correction,
    ProgressReport.unchanged,
    ProgressReport.recorded_at,
)
_BUDGETS: Any = (
    BudgetVersion.project_id,
    BudgetVersion.id,
    BudgetVersion.kind,
    BudgetVersion.amount,
    BudgetVersion.currency,
    BudgetVersion.approved_on,
    BudgetVersion.document_id,
    BudgetVersion.recorded_at,
)
_CONTRACTS: Any = (
    Contract.project_id,
    Contract.id,
    Contract.title,
    Contract.nature,
    Contract.amount,
    Contract.currency,
    Contract.ends_on,
    Contract.recorded_at,
)
_CHANGES: Any = (
    ContractModification.contract_id,
    ContractModification.amount,
    ContractModification.currency,
    ContractModification.ends_on,
)


class PromiseStatements:
    """What is asked of projects, and by when it is to have been recorded."""

    def __init__(self, *, is_past: bool) -> None:
        self._is_past = is_past

    @cached_property
    def projects(self) -> Any:
        """What is said of each project now, and how long: the last statement about each."""
        of: Any = ProjectRevision
        newest = self._known(select(of.project_id, func.max(of.number).label("number")), of)
        newest = newest.where(of.project_id.in_(_PROJECTS)).group_by(of.project_id).subquery()
        return select(*_SAID_OF_PROJECTS).join(
            newest, (newest.c.project_id == of.project_id) & (newest.c.number == of.number)
        )

    @cached_property
    def places(self) -> Any:
        """Where each project is said to be."""
        of: Any = LocationRevision
        return self._of_projects(select(of.project_id, of.longitude, of.latitude, of.recorded_at), of)

    @cached_property
    def milestones(self) -> Any:
        """The milestones of each project. What was planned later has not been said anything of by then."""
        of: Any = Milestone
        statement = self._as_amended(select(*_MILESTONES)).where(of.project_id.in_(_PROJECTS))
        return statement.order_by(of.id)

    @cached_property
    def revisions(self) -> Any:
        """What was said of each milestone."""
        of: Any = MilestoneRevision
        return self._of_milestones(select(*_SAID_OF_MILESTONES), of)

    @cached_property
    def confirmations(self) -> Any:
        """On which days it was said of each milestone that it still holds."""
        of: Any = MilestoneConfirmation
        return self._of_milestones(select(of.milestone_id, of.data_date, of.recorded_at, of.recorded_by), of)

    @cached_property
    def dependencies(self) -> Any:
        """What was said of what each milestone waits for."""
        of: Any = MilestoneDependency
        return self._of_milestones(select(of.milestone_id, of.predecessor_id, of.holds), of, of.id)

    @cached_property
    def reports(self) -> Any:
        """The reports of each project."""
        return self._of_projects(select(*_REPORTS), ProgressReport)

    @cached_property
    def budgets(self) -> Any:
        """What each project was said to cost."""
        return self._of_projects(select(*_BUDGETS), BudgetVersion)

    @cached_property
    def approvals(self) -> Any:
        """Whether each document by which a budget was approved can be read."""
        of: Any = DocumentRevision
        budget: Any = BudgetVersion
        statement = self._known(select(of.document_id, of.disclosure), of)
        approving = select(budget.document_id).where(budget.project_id.in_(_PROJECTS))
        return statement.where(of.document_id.in_(approving)).order_by(of.number)

    @cached_property
    def contracts(self) -> Any:
        """The contracts of each project, as they were signed."""
        return self._of_projects(select(*_CONTRACTS), Contract)

    @cached_property
    def contract_changes(self) -> Any:
        """What was changed of each contract."""
        of: Any = ContractModification
        statement = self._known(select(*_CHANGES), of).join(Contract, col(Contract.id) == of.contract_id)
        return statement.where(col(Contract.project_id).in_(_PROJECTS)).order_by(of.number)

    def _as_amended(self, statement: Any) -> Any:
        """Add what each milestone was said to be by then: with one join, where the present has a look for each."""
        milestone: Any = Milestone
        amendment: Any = MilestoneAmendment
        last = self._known(select(amendment.milestone_id, func.max(amendment.number).label("number")), amendment)
        newest = last.group_by(amendment.milestone_id).subquery()
        first = (milestone.first_title, milestone.first_code, milestone.first_is_critical)
        said = (amendment.title, amendment.code, amendment.is_critical)
        columns = (
            case((amendment.id.is_not(None), now), else_=then).label(now.key)
            for then, now in zip(first, said, strict=True)
        )
        return (
            statement.add_columns(*columns, amendment.recorded_at.label("amended_at"))
            .outerjoin(newest, newest.c.milestone_id == milestone.id)
            .outerjoin(amendment, (amendment.milestone_id == milestone.id) & (amendment.number == newest.c.number))
        )

    def _of_projects(self, statement: Any, of: Any) -> Any:
        statement = self._known(statement, of).where(of.project_id.in_(_PROJECTS))
        return statement.order_by(of.number)

    def _of_milestones(self, statement: Any, of: Any, order: Any = None) -> Any:
        statement = self._known(statement, of).join(Milestone, col(Milestone.id) == of.milestone_id)
        statement = statement.where(col(Milestone.project_id).in_(_PROJECTS))
        return statement.order_by(of.number if order is None else order)

    def _known(self, statement: Any, of: Any) -> Any:
        return statement.where(of.recorded_at < _BEFORE) if self._is_past else statement


@cache
def promise_statements(*, is_past: bool) -> PromiseStatements:
    """Return what is asked of the present, or of the end of a past day."""
    return PromiseStatements(is_past=is_past)
