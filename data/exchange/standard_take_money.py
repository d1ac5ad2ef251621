"""Taking into the record the budgets, reports and contracts that OC4IDS tells of."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import select

from data.exchange.standard import StandardContract, StandardProject, Terms
from data.operations.contracts import ModifyContract, PublishContract, modify_contract, publish_contract
from data.operations.money import PublishBudget, ReportProgress, publish_budget, report_progress
from data.unit_of_work import UnitOfWork
from models.contract import Contract, ContractModification
from models.money import BudgetVersion, ProgressReport


def keep_budgets(
    project_id: str, told: StandardProject, documents: Mapping[str, int], reason: str, uow: UnitOfWork
) -> None:
    """Say what the project costs, from where the record stops."""
    had = [(one.amount, one.currency) for one in numbered(BudgetVersion, project_id, uow)]
    if had != [(one.amount, one.currency) for one in told.budgets[: len(had)]]:
        return
    for place, one in enumerate(told.budgets[len(had) :], len(had)):
        publish_budget(
            PublishBudget(
                project_id=project_id,
                kind=one.kind,
                amount=one.amount,
                currency=one.currency,
                approved_on=one.approved_on,
                reason=one.reason or (reason if place else ""),
                document_id=documents.get(one.document),
                document_number=one.document_number,
            ),
            uow,
        )


def keep_reports(project_id: str, told: StandardProject, uow: UnitOfWork) -> None:
    """Report what was reported, from where the record stops."""
    had = [one.period_end for one in numbered(ProgressReport, project_id, uow)]
    if had != [one.period_end for one in told.reports[: len(had)]]:
        return
    for one in told.reports[len(had) :]:
        report_progress(ReportProgress(project_id=project_id, **vars(one)), uow)


def keep_contracts(
    project_id: str, told: Sequence[StandardContract], documents: Mapping[str, int], uow: UnitOfWork
) -> None:
    """Publish the contracts that the record does not have, and what was changed of any."""
    had = [int(one.id) for one in numbered(Contract, project_id, uow)]
    for place, one in enumerate(told):
        if place < len(had):
            number = had[place]
        else:
            kept = publish_contract(
                PublishContract(
                    project_id=project_id,
                    nature=one.nature,
                    title=one.title,
                    supplier=one.supplier,
                    method=one.method,
                    bidders=one.bidders,
                    **_agreed(one.terms, documents),
                ),
                uow,
            )
            number = int(kept.key)
        of_contract = select(ContractModification).where(ContractModification.contract_id == number)
        for change in one.modifications[len(uow.session.exec(of_contract).all()) :]:
            modify_contract(
                ModifyContract(
                    contract_id=number,
                    description=change.description,
                    rationale=change.rationale,
                    **_agreed(change.terms, documents),
                ),
                uow,
            )


def _agreed(terms: Terms, documents: Mapping[str, int]) -> dict[str, Any]:
    agreed = dict(vars(terms))
    return agreed | {"document_id": documents.get(agreed.pop("document"))}


def numbered(kind: Any, project_id: str, uow: UnitOfWork) -> Sequence[Any]:
    """Return what was said of a project in a table, first to last."""
    return uow.session.exec(select(kind).where(kind.project_id == project_id).order_by(kind.number)).all()
