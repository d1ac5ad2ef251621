"""Publishing contracts, and what is changed of them, with the reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.operations.documents import demand_project_document
from data.operations.facts import stated
from data.operations.numbering import next_number
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.contract import Contract, ContractModification, ContractNature, ProcurementMethod
from models.exceptions import ConflictError, FutureEventError, InvalidValueError, NotFoundError, OrderError
from models.ledger import EntryType
from models.project import project_subject
from models.revision import demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class ContractTerms:
    """What can be agreed, and agreed anew."""

    #: In the smallest unit of the currency; not stated where nobody says.
    amount: int | None = None
    currency: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    #: The day on which it was agreed.
    signed_on: date
    document_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PublishContract(ContractTerms):
    """A contract, as it was signed."""

    project_id: str
    nature: ContractNature
    title: str
    supplier: str
    method: ProcurementMethod | None = None
    bidders: int | None = None


@dataclass(frozen=True, kw_only=True)
class ModifyContract(ContractTerms):
    """A change of a contract. What it does not say holds as before."""

    contract_id: int
    #: What was changed, and why.
    description: str
    rationale: str
    #: The number of the change that it follows, as its author saw it; 0 for none.
    seen: int | None = None


def publish_contract(command: PublishContract, uow: UnitOfWork) -> Kept:
    """
    Publish a contract as it was signed.

    :raises InvalidValueError: if its amount has no currency, or its document is of another matter
    :raises FutureEventError: if it is said to be signed on a day to come
    :raises OrderError: if it ends before it starts
    """
    demand_on_project(Act.PUBLISH_CONTRACT, uow, command.project_id)
    _demand_terms(command, command.project_id, uow)
    contract = Contract(
        project_id=command.project_id,
        number=next_number(uow, Contract, project_id=command.project_id),
        nature=command.nature,
        title=one_line(command.title),
        supplier=one_line(command.supplier),
        method=command.method,
        bidders=command.bidders,
        **_terms(command),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(contract)
    uow.record(
        EntryType.CONTRACT_PUBLISHED,
        subject=project_subject(command.project_id),
        about=f"contract/{contract.id}",
        pub={
            "number": contract.number,
            "nature": str(contract.nature),
            "title": contract.title,
            "supplier": contract.supplier,
            **stated(method=contract.method, bidders=contract.bidders, **_terms(command)),
        },
    )
    return Kept(subject=project_subject(command.project_id), key=str(contract.id), number=contract.number)


def modify_contract(command: ModifyContract, uow: UnitOfWork) -> Kept:
    """
    Publish a change of a contract. What was agreed before stays to be read.

    :raises NotFoundError: if there is no such contract
    :raises ReasonMissingError: if nothing says why
    :raises ConflictError: if somebody else published a change since
    :raises InvalidValueError: if the new amount is in another currency
    :raises OrderError: if it was agreed before the contract was signed, or the work ends before it starts
    """
    contract = uow.session.get(Contract, command.contract_id)
    if contract is None:
        raise NotFoundError("contract", command.contract_id)
    demand_on_project(Act.PUBLISH_CONTRACT, uow, contract.project_id)
    number = next_number(uow, ContractModification, contract_id=contract.id)
    if command.seen is not None and command.seen != number - 1:
        raise ConflictError("contract", command.seen, number - 1, contract.title)
    _demand_terms(command, contract.project_id, uow)
    if command.signed_on < contract.signed_on:
        raise OrderError(contract.signed_on, command.signed_on)
    if command.currency and contract.currency and command.currency != contract.currency:
        raise InvalidValueError("currency", command.currency)
    modification = ContractModification(
        contract_id=contract.id,
        number=number,
        description=cleaned(command.description),
        rationale=demand_reason("contract", cleaned(command.rationale)),
        **_terms(command),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(modification)
    uow.record(
        EntryType.CONTRACT_MODIFIED,
        subject=project_subject(contract.project_id),
        about=f"contract/{contract.id}/{number}",
        pub={
            "title": contract.title,
            **stated(**_terms(command)),
        },
        public={"description": modification.description, "reason": modification.rationale},
    )
    return Kept(subject=project_subject(contract.project_id), key=str(contract.id), number=number)


def _terms(command: ContractTerms) -> dict[str, Any]:
    return {name: getattr(command, name) for name in ContractTerms.__dataclass_fields__}


def _demand_terms(command: ContractTerms, project_id: str, uow: UnitOfWork) -> None:
    if command.signed_on > local_date(uow.now):
        raise FutureEventError(command.signed_on)
    if command.starts_on and command.ends_on and command.ends_on < command.starts_on:
        raise OrderError(command.starts_on, command.ends_on)
    if (command.amount is None) != (command.currency is None):
        raise InvalidValueError("currency", command.currency or "missing")
    demand_project_document(command.document_id, project_id, uow)
