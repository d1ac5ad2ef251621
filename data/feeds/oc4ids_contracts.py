"""Contracts as OC4IDS has them: contracting processes, each with what was changed of it and why."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from data.exchange.standard_terms import SIGNED
from data.feeds.oc4ids_metrics import value
from data.feeds.stated import stated
from data.feeds.written import midnight
from data.queries.project_record import ContractView
from models.contract import ContractNature


def as_contracts(contracts: Sequence[ContractView], documents: Mapping[int, str], today: date) -> list[dict[str, Any]]:
    """
    Return the contracts of a project.

    :param documents: how the documents of the project are known, by their numbers
    """
    return [{"id": f"contract-{one.signed.number}", "summary": _summary(one, documents, today)} for one in contracts]


def suppliers(contracts: Sequence[ContractView]) -> list[dict[str, Any]]:
    """Return who has contracts, once each, as parties."""
    names = dict.fromkeys(one.signed.supplier for one in contracts)
    return [{**_supplier(name), "roles": ["supplier"]} for name in names]


def _summary(contract: ContractView, documents: Mapping[int, str], today: date) -> dict[str, Any]:
    signed = contract.signed
    is_over = contract.ends_on is not None and contract.ends_on < today
    named = documents.get(signed.document_id) if signed.document_id else None
    return stated(
        {
            "nature": [signed.nature] if signed.nature is not ContractNature.OTHER else [],
            "title": signed.title,
            "status": "closed" if is_over else "active",
            "tender": stated({"procurementMethod": signed.method, "numberOfTenderers": signed.bidders}),
            "suppliers": [_supplier(signed.supplier)],
            "contractValue": _value(signed),
            "contractPeriod": _period(signed),
            "milestones": [
                {
                    "id": SIGNED,
                    "title": "Contract signed",
                    "type": "procurement",
                    "dateMet": midnight(signed.signed_on),
                    "status": "met",
                }
            ],
            "documents": [{"id": named}] if named else [],
            "modifications": list(_modifications(contract, documents)),
        }
    )


def _modifications(contract: ContractView, documents: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    amount, period = _value(contract.signed), _period(contract.signed)
    for one in contract.modifications:
        new_amount, new_period = _value(one), _period(one)
        named = documents.get(one.document_id) if one.document_id else None
        yield stated(
            {
                "id": str(one.number),
                "date": midnight(one.signed_on),
                "description": one.description,
                "rationale": one.rationale,
                "type": "value" if new_amount else "duration" if new_period else "scope",
                "releaseID": named,
                "oldContractValue": amount if new_amount else None,
                "newContractValue": new_amount,
                "oldContractPeriod": period if new_period else None,
                "newContractPeriod": new_period,
            }
        )
        amount, period = new_amount or amount, {**period, **new_period}


def _supplier(name: str) -> dict[str, Any]:
    return {"id": f"name-{hashlib.sha256(name.encode()).hexdigest()[:16]}", "name": name}


def _value(terms: Any) -> dict[str, Any] | None:
    return None if terms.amount is None else value(terms.amount, terms.currency)


def _period(terms: Any) -> dict[str, Any]:
    return stated(
        {
            "startDate": midnight(terms.starts_on) if terms.starts_on else None,
            "endDate": midnight(terms.ends_on) if terms.ends_on else None,
        }
    )
