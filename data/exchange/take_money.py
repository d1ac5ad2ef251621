"""What a row says a project costs, and how far it is: taken where the record says something else."""

from collections.abc import Sequence
from dataclasses import replace

from data.exchange.noting import make
from data.exchange.project_row import Amount, TakeRow, reason_of
from data.exchange.said_before import last_imported, revisions
from data.operations.money import PublishBudget, ReportProgress, publish_budget, report_progress
from data.unit_of_work import UnitOfWork
from models.clock import local_date
from models.money import BudgetKind, BudgetVersion, ProgressReport


def keep_budgets(command: TakeRow, project_id: str, uow: UnitOfWork) -> None:
    """Say what a project costs: first what it was to cost, where the row says both and nothing was said before."""
    said = revisions(BudgetVersion, project_id, uow)
    first, now = command.budget, command.budget_now
    if first is not None and (now is None or not said):
        _budget(command, project_id, first, said, uow)
        said = revisions(BudgetVersion, project_id, uow) if now is not None else said
    if now is not None:
        _budget(command, project_id, replace(now, kind=BudgetKind.ADJUSTMENT) if said else now, said, uow)


def _budget(command: TakeRow, project_id: str, told: Amount, said: Sequence[BudgetVersion], uow: UnitOfWork) -> None:
    if said and any(
        (before.amount, before.currency) == (told.amount, told.currency) for before in (last_imported(said), said[-1])
    ):
        return
    words = f"; {command.delay_reason}" if command.delay_reason and said else ""
    budget = PublishBudget(
        project_id=project_id,
        kind=told.kind,
        amount=told.amount,
        currency=told.currency,
        approved_on=told.approved_on or command.as_of or local_date(uow.now),
        reason=f"{reason_of(command)}{words}",
        seen=said[-1].number if said else 0,
    )
    make(publish_budget, budget, uow)


def keep_progress(command: TakeRow, project_id: str, uow: UnitOfWork) -> None:
    """Report how far the row says the project is, unless that was reported last."""
    told = command.progress
    if told is None:
        return
    said = revisions(ProgressReport, project_id, uow)
    if said and (said[-1].physical, said[-1].annual_share) == told:
        return
    day = command.as_of or local_date(uow.now)
    falls = told.built is not None and any((one.physical or 0) > told.built for one in said)
    report = ReportProgress(
        project_id=project_id,
        period_start=day,
        period_end=day,
        physical=told.built,
        annual_share=told.annual,
        is_correction=falls,
        reason=reason_of(command) if falls else "",
    )
    make(report_progress, report, uow)
