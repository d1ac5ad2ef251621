"""Contracting processes of OC4IDS, as contracts with what was changed of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from data.exchange.cells import text_of
from data.exchange.standard import StandardContract, StandardModification, Terms, listed, mapped
from data.exchange.standard_terms import SIGNED
from data.exchange.standard_values import StandardReader
from models.contract import ContractNature, ProcurementMethod
from models.text import one_line

_COLUMN = "contractingProcesses"


def contracts_in(reader: StandardReader, told: Mapping[str, Any]) -> Iterator[StandardContract]:
    """Yield the contracts that name a supplier and a day; what the record has no place for is noted."""
    for process in listed(told.get(_COLUMN)):
        summary = mapped(process.get("summary"))
        suppliers = [one_line(text_of(one.get("name"))) for one in listed(summary.get("suppliers"))]
        supplier = ", ".join(filter(None, suppliers))[:300]
        signed_on = _signed_on(reader, summary)
        if not supplier or signed_on is None or signed_on > reader.today:
            reader.note(_COLUMN, process.get("id"), "contract_left_out")
            continue
        tender = mapped(summary.get("tender"))
        bidders = tender.get("numberOfTenderers")
        natures = summary.get("nature")
        yield StandardContract(
            nature=reader.code(ContractNature, natures[0] if isinstance(natures, list) and natures else "")
            or ContractNature.OTHER,
            title=one_line(text_of(summary.get("title")) or text_of(process.get("id")))[:300],
            supplier=supplier,
            method=reader.code(ProcurementMethod, tender.get("procurementMethod")),
            bidders=bidders if isinstance(bidders, int) and bidders >= 0 else None,
            terms=_terms(reader, summary, "contract", signed_on, _document(summary)),
            modifications=tuple(_modifications(reader, summary, signed_on)),
        )


def _signed_on(reader: StandardReader, summary: Mapping[str, Any]) -> date | None:
    """Return when a contract was signed, or else when it began."""
    signed = (one for one in listed(summary.get("milestones")) if one.get("id") == SIGNED)
    told = next((one.get("dateMet") for one in signed), None) or mapped(summary.get("contractPeriod")).get("startDate")
    return reader.day(_COLUMN, told)


def _document(summary: Mapping[str, Any]) -> str:
    named = listed(summary.get("documents"))
    return text_of(named[0].get("id")) if len(named) == 1 and named[0].keys() == {"id"} else ""


def _modifications(
    reader: StandardReader, summary: Mapping[str, Any], signed_on: date
) -> Iterator[StandardModification]:
    for one in listed(summary.get("modifications")):
        day = reader.day(_COLUMN, one.get("date"))
        description, rationale = text_of(one.get("description")), text_of(one.get("rationale"))
        if day is None or not signed_on <= day <= reader.today or not description or not rationale:
            reader.note(_COLUMN, one, "modification_left_out")
            continue
        terms = _terms(reader, one, "newContract", day, text_of(one.get("releaseID")))
        yield StandardModification(description=description[:5000], rationale=rationale[:5000], terms=terms)


def _terms(reader: StandardReader, told: Mapping[str, Any], name: str, signed_on: date, document: str) -> Terms:
    amount, currency = reader.money(_COLUMN, told.get(f"{name}Value"))
    period = mapped(told.get(f"{name}Period"))
    starts_on, ends_on = (reader.day(_COLUMN, period.get(key)) for key in ("startDate", "endDate"))
    return Terms(
        amount=amount,
        currency=currency,
        starts_on=starts_on,
        ends_on=ends_on,
        signed_on=signed_on,
        document=document,
    )
