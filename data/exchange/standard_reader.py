"""Reading a project of OC4IDS: what its metrics, contracts and documents say, or what is wrong with them."""

from collections.abc import Iterator, Mapping
from typing import Any

from data.exchange.cells import text_of
from data.exchange.row_reader import RowReader
from data.exchange.standard import (
    StandardBudget,
    StandardProject,
    StandardReport,
    listed,
    mapped,
)
from data.exchange.standard_contracts import contracts_in
from data.exchange.standard_documents import documents_in, withheld_in
from data.exchange.standard_milestones import milestones_in
from data.exchange.standard_said import disclosures_in, held_back_in, ratings_in, titles_in
from data.exchange.standard_terms import (
    ANNUAL,
    BUDGET,
    DISCLOSURE,
    FINANCIAL,
    FORMER_TITLE,
    HELD_BACK,
    OC4IDS,
    PART_OF,
    PHYSICAL,
    RATING,
    REPORTS,
)
from data.exchange.standard_values import StandardReader
from models.money import BudgetKind

#: What is read of a project, here or as cells of a row.
_TAKEN = frozenset(
    {
        *("id", "updated", "language", "identifiers", "publicAuthority", "title", "description", "budget", "period"),
        *("locations", "status", "sector", "purpose", "additionalClassifications", "parties", "forecasts", "metrics"),
        *("milestones", "completion", "documents", "contractingProcesses", "relatedProjects"),
    }
)


def standard_in(reader: RowReader, told: Mapping[str, Any]) -> StandardProject:
    """Return what a project says beyond the cells of a row; what the record has no place for is noted."""
    for name in told:
        if name not in _TAKEN:
            reader.note(name, told[name], "field_left_out")
    standard = StandardReader(reader)
    forecasts = {text_of(one.get("id")): listed(one.get("observations")) for one in listed(told.get("forecasts"))}
    metrics = {text_of(one.get("id")): listed(one.get("observations")) for one in listed(told.get("metrics"))}
    return StandardProject(
        milestones=tuple(milestones_in(standard, told, forecasts, metrics)),
        budgets=tuple(_budgets(standard, forecasts.get(BUDGET, []))),
        reports=tuple(_reports(standard, forecasts, metrics)),
        contracts=tuple(contracts_in(standard, told)),
        documents=tuple(documents_in(standard, told)),
        withheld=tuple(
            held_back_in(standard, metrics[HELD_BACK]) if HELD_BACK in metrics else withheld_in(standard, told)
        ),
        disclosures=tuple(disclosures_in(standard, metrics.get(DISCLOSURE, []))),
        ratings=tuple(ratings_in(standard, metrics.get(RATING, []))),
        titles=tuple(titles_in(standard, metrics.get(FORMER_TITLE, []))),
        parent=_parent(told),
    )


def _budgets(reader: StandardReader, observations: list[Mapping[str, Any]]) -> Iterator[StandardBudget]:
    for one in observations:
        dimensions = mapped(one.get("dimensions"))
        amount, currency = reader.money(f"forecasts.{BUDGET}", one.get("value"))
        approved_on = reader.day(f"forecasts.{BUDGET}", mapped(one.get("period")).get("startDate"))
        if amount is None or currency is None or approved_on is None:
            reader.note(f"forecasts.{BUDGET}", one, "budget_left_out")
            continue
        yield StandardBudget(
            kind=reader.code(BudgetKind, dimensions.get("kind")) or BudgetKind.BUDGET,
            amount=amount,
            currency=currency,
            approved_on=approved_on,
            reason=text_of(one.get("notes")),
            document=text_of(dimensions.get("document")),
            document_number=text_of(dimensions.get("documentNumber"))[:100],
        )


def _reports(
    reader: StandardReader,
    forecasts: Mapping[str, list[Mapping[str, Any]]],
    metrics: Mapping[str, list[Mapping[str, Any]]],
) -> Iterator[StandardReport]:
    """Yield reports: what metrics say of the same period, by the day on which it ends."""
    found: dict[str, dict[str, Any]] = {}
    is_ours = REPORTS in metrics
    for metric, name in ((REPORTS, ""), (PHYSICAL, "physical"), (FINANCIAL, "spent"), (ANNUAL, "annual_share")):
        for one in metrics.get(metric, []):
            _gather(reader, found, metric, name, one, is_ours=is_ours)
    for metric, name in ((PHYSICAL, "planned_physical"), (FINANCIAL, "planned_spent")):
        for one in forecasts.get(metric, []):
            _gather(reader, found, metric, name, one, is_ours=is_ours)
    reports = found.values() if is_ours else sorted(found.values(), key=lambda one: one["period_end"])
    for one in reports:
        if one["period_end"] <= reader.today:
            yield StandardReport(**one)
        else:
            reader.note("metrics", one["period_end"], "report_of_the_future_left_out")


def _gather(
    reader: StandardReader,
    found: dict[str, dict[str, Any]],
    metric: str,
    name: str,
    one: Mapping[str, Any],
    *,
    is_ours: bool,
) -> None:
    column, period, dimensions = f"metrics.{metric}", mapped(one.get("period")), mapped(one.get("dimensions"))
    end = reader.day(column, period.get("endDate") or period.get("startDate"))
    if end is None:
        reader.note(column, one, "report_left_out")
        return
    start = reader.day(column, period.get("startDate")) or end
    report = found.setdefault(text_of(one.get("id")) if is_ours else str(end), {"period_end": end})
    report.setdefault("period_start", min(start, end))
    if metric == REPORTS:
        correction = dimensions.get("correction") is True
        report |= {"body": text_of(one.get("notes")), "is_correction": correction}
        report |= {"reason": text_of(dimensions.get("reason")), "currency": dimensions.get("currency")}
    elif metric == FINANCIAL:
        amount, currency = reader.money(column, one.get("value"))
        report |= {name: amount, "currency": currency or report.get("currency")}
    else:
        report[name] = reader.share(column, one.get("measure"))
    if not is_ours and (notes := text_of(one.get("notes"))):
        report["body"] = "\n".join(filter(None, (report.get("body"), notes)))


def _parent(told: Mapping[str, Any]) -> str:
    parts = (one for one in listed(told.get("relatedProjects")) if one.get("relationship") == PART_OF)
    return next((text_of(one.get("identifier")) for one in parts if one.get("scheme") == OC4IDS), "")
