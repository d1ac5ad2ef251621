"""
Rows of what was said of projects, as far as rules need them: of one or of thousands with the same statements.

Past the object mapper: to make an object of each of two hundred thousand statements would take longer than all rules.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import String, func, select, type_coerce
from sqlmodel import Session, col

from models.clock import end_of_day
from models.contract import Contract, ContractModification
from models.document import DocumentRevision
from models.milestone import Milestone, MilestoneRevision
from models.milestone_dependency import MilestoneDependency
from models.milestone_revision import MilestoneConfirmation
from models.money import BudgetVersion, ProgressReport
from models.project import LocationRevision, ProjectRevision

#: Rows by what they belong to, first to last.
Rows = dict[Any, list[Any]]


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
_MILESTONES: Any = (
    Milestone.project_id,
    Milestone.id,
    Milestone.title,
    Milestone.type,
    Milestone.completes,
    Milestone.code,
    Milestone.is_critical,
)
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


class _Revision(NamedTuple):
    """What was said of a milestone. Its fields are found in a tenth of the time that those of a row take."""

    milestone_id: int
    number: int
    kind: str
    due_date: date
    precision: str
    date_low: date | None
    date_high: date | None
    reason_code: str | None
    resume_on: date | None
    data_date: date | None
    recorded_at: datetime
    recorded_by: int | None


class Among:
    """The projects that are read about, and by when it is to have been recorded."""

    def __init__(self, session: Session, identifiers: Sequence[str], as_of: date | None) -> None:
        self._session = session
        self._identifiers = identifiers
        self._before: datetime | None = None if as_of is None else end_of_day(as_of)

    def projects(self) -> Rows:
        """Return what is said of each project now, and how long: the last statement about each."""
        of: Any = ProjectRevision
        newest = self._known(select(of.project_id, func.max(of.number).label("number")), of)
        newest = newest.where(of.project_id.in_(self._identifiers)).group_by(of.project_id).subquery()
        statement = select(*_SAID_OF_PROJECTS).join(
            newest, (newest.c.project_id == of.project_id) & (newest.c.number == of.number)
        )
        return self._grouped(statement)

    def places(self) -> Rows:
        """Return where each project is said to be."""
        of: Any = LocationRevision
        return self._of_projects(select(of.project_id, of.longitude, of.latitude, of.recorded_at), of)

    def milestones(self) -> Rows:
        """Return the milestones of each project. What was planned later has not been said anything of by then."""
        of: Any = Milestone
        return self._grouped(select(*_MILESTONES).where(of.project_id.in_(self._identifiers)).order_by(of.id))

    def revisions(self) -> Rows:
        """Return what was said of each milestone."""
        of: Any = MilestoneRevision
        found = self._of_milestones(select(*_SAID_OF_MILESTONES), of)
        return {milestone: [_Revision._make(row) for row in rows] for milestone, rows in found.items()}

    def confirmations(self) -> Rows:
        """Return on which days it was said of each milestone that it still holds."""
        of: Any = MilestoneConfirmation
        return self._of_milestones(select(of.milestone_id, of.data_date, of.recorded_at, of.recorded_by), of)

    def dependencies(self) -> Rows:
        """Return what was said of what each milestone waits for."""
        of: Any = MilestoneDependency
        return self._of_milestones(select(of.milestone_id, of.predecessor_id, of.holds), of, of.id)

    def reports(self) -> Rows:
        """Return the reports of each project."""
        return self._of_projects(select(*_REPORTS), ProgressReport)

    def budgets(self) -> Rows:
        """Return what each project was said to cost."""
        return self._of_projects(select(*_BUDGETS), BudgetVersion)

    def approvals(self) -> Rows:
        """Return whether each document by which a budget was approved can be read."""
        of: Any = DocumentRevision
        budget: Any = BudgetVersion
        statement = self._known(select(of.document_id, of.disclosure), of)
        approving = select(budget.document_id).where(budget.project_id.in_(self._identifiers))
        return self._grouped(statement.where(of.document_id.in_(approving)).order_by(of.number))

    def contracts(self) -> Rows:
        """Return the contracts of each project, as they were signed."""
        return self._of_projects(select(*_CONTRACTS), Contract)

    def contract_changes(self) -> Rows:
        """Return what was changed of each contract."""
        of: Any = ContractModification
        statement = self._known(select(*_CHANGES), of).join(Contract, col(Contract.id) == of.contract_id)
        return self._grouped(statement.where(col(Contract.project_id).in_(self._identifiers)).order_by(of.number))

    def _of_projects(self, statement: Any, of: Any) -> Rows:
        statement = self._known(statement, of).where(of.project_id.in_(self._identifiers))
        return self._grouped(statement.order_by(of.number))

    def _of_milestones(self, statement: Any, of: Any, order: Any = None) -> Rows:
        statement = self._known(statement, of).join(Milestone, col(Milestone.id) == of.milestone_id)
        statement = statement.where(col(Milestone.project_id).in_(self._identifiers))
        return self._grouped(statement.order_by(of.number if order is None else order))

    def _known(self, statement: Any, of: Any) -> Any:
        return statement if self._before is None else statement.where(of.recorded_at < self._before)

    def _grouped(self, statement: Any) -> Rows:
        found: Rows = defaultdict(list)
        # All at once: one after the other, they would take half as long again.
        for row in self._session.connection().execute(statement).all():
            found[row[0]].append(row)
        return found
