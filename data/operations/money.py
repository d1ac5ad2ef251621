"""Budgets, and reports of progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.documents import demand_project_document
from data.operations.facts import stated
from data.operations.numbering import latest_of
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.exceptions import FutureEventError
from models.ledger import EntryType
from models.money import BudgetKind, BudgetVersion, ProgressReport, demand_cumulative
from models.project import project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class PublishBudget:
    """What a project costs, as set at one step."""

    project_id: str
    kind: BudgetKind
    #: In the smallest unit of the currency.
    amount: int
    currency: str
    approved_on: date
    #: Why it differs from the amount before.
    reason: str = ""
    seen: int | None = None
    #: The document of the project by which it was approved, and the number that document bears.
    document_id: int | None = None
    document_number: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportProgress:
    """What a department says about a project for a period."""

    project_id: str
    period_start: date
    period_end: date
    #: In basis points, since the beginning.
    physical: int | None = None
    #: In the smallest unit of the currency, since the beginning.
    spent: int | None = None
    currency: str | None = None
    body: str = ""
    #: How far it was to be by then, in basis points, and what was to be spent by then.
    planned_physical: int | None = None
    planned_spent: int | None = None
    #: How much of the plan of the year is done, in basis points; it may be less than nothing or more than all.
    annual_share: int | None = None
    #: Whether it corrects what was reported before, and why: only then may what was reached become less.
    is_correction: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmUnchanged:
    """That everything said of a project still holds."""

    project_id: str


def publish_budget(command: PublishBudget, uow: UnitOfWork) -> Kept:
    """
    Publish what a project costs. What was said before stays to be read.

    :raises ReasonMissingError: if an amount was published before and nothing says why it differs
    :raises FutureEventError: if it is said to be approved on a day to come
    """
    demand_on_project(Act.PUBLISH_BUDGET, uow, command.project_id)
    latest = latest_of(uow.session, BudgetVersion, project_id=command.project_id)
    if latest is not None:
        demand_latest("budget", seen=command.seen, latest=latest, says=f"{latest.amount} {latest.currency}")
        demand_reason("budget", command.reason)
    if command.approved_on > local_date(uow.now):
        raise FutureEventError(command.approved_on)
    demand_project_document(command.document_id, command.project_id, uow)
    budget = BudgetVersion(
        project_id=command.project_id,
        number=latest.number + 1 if latest else 1,
        kind=command.kind,
        amount=command.amount,
        currency=command.currency,
        approved_on=command.approved_on,
        reason=cleaned(command.reason),
        document_id=command.document_id,
        document_number=one_line(command.document_number),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(budget)
    _record_budget(budget, uow)
    return Kept(subject=project_subject(command.project_id), key=command.project_id, number=budget.number)


def _record_budget(budget: BudgetVersion, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.BUDGET_PUBLISHED,
        subject=project_subject(budget.project_id),
        about=f"budget/{budget.number}",
        pub={
            "kind": str(budget.kind),
            "amount": budget.amount,
            "currency": budget.currency,
            "approved_on": str(budget.approved_on),
            "reason": budget.reason,
            **stated(document=budget.document_id, document_number=budget.document_number),
        },
    )


def report_progress(command: ReportProgress, uow: UnitOfWork) -> Kept:
    """
    Publish how far a project is.

    :raises OrderError: if the period ends before it starts
    :raises FutureEventError: if it is about days to come
    :raises ReasonMissingError: if progress or spending falls and it is no correction, or one without a reason
    """
    demand_on_project(Act.REPORT_PROGRESS, uow, command.project_id)
    before = _reports(uow, command.project_id)
    if command.period_end > local_date(uow.now):
        raise FutureEventError(command.period_end)
    report = ProgressReport(
        project_id=command.project_id,
        number=len(before) + 1,
        period_start=command.period_start,
        period_end=command.period_end,
        physical=command.physical,
        spent=command.spent,
        currency=command.currency,
        body=cleaned(command.body),
        planned_physical=command.planned_physical,
        planned_spent=command.planned_spent,
        annual_share=command.annual_share,
        is_correction=command.is_correction,
        reason=cleaned(command.reason),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    demand_cumulative(before, report)
    return _keep(report, uow)


def confirm_unchanged(command: ConfirmUnchanged, uow: UnitOfWork) -> Kept:
    """Publish that everything said of a project still holds today."""
    demand_on_project(Act.REPORT_PROGRESS, uow, command.project_id)
    latest = next(iter(_reports(uow, command.project_id)[-1:]), None)
    today = local_date(uow.now)
    report = ProgressReport(
        project_id=command.project_id,
        number=latest.number + 1 if latest else 1,
        period_start=min(latest.period_end, today) if latest else today,
        period_end=today,
        physical=latest.physical if latest else None,
        spent=latest.spent if latest else None,
        # What was planned is not stated again.
        currency=latest.currency if latest and latest.spent is not None else None,
        unchanged=True,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    return _keep(report, uow)


def _reports(uow: UnitOfWork, project_id: str) -> Sequence[ProgressReport]:
    of_project = select(ProgressReport).where(ProgressReport.project_id == project_id)
    return uow.session.exec(of_project.order_by(col(ProgressReport.number))).all()


def _keep(report: ProgressReport, uow: UnitOfWork) -> Kept:
    uow.keep(report)
    uow.record(
        EntryType.PROGRESS_REPORTED,
        subject=project_subject(report.project_id),
        about=f"progress/{report.number}",
        pub={
            "period_start": str(report.period_start),
            "period_end": str(report.period_end),
            "physical_bp": report.physical,
            "spent": report.spent,
            "currency": report.currency,
            "unchanged": report.unchanged,
            **stated(
                planned_bp=report.planned_physical,
                planned_spent=report.planned_spent,
                annual_bp=report.annual_share,
                correction=report.is_correction or None,
                reason=report.reason,
            ),
        },
        public={"body": report.body} if report.body else None,
    )
    return Kept(subject=project_subject(report.project_id), key=report.project_id, number=report.number)
