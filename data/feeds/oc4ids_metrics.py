"""What OC4IDS keeps in metrics: every date that was ever promised, what it was to cost, and how far it is."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from data.exchange.standard_terms import ANNUAL, BUDGET, FINANCIAL, PHYSICAL, REPORT, REPORTS
from data.feeds.stated import stated
from data.feeds.written import instant, midnight
from models.money import BudgetVersion, ProgressReport

#: UN/CEFACT Recommendation 20.
_PERCENT = {"scheme": "UNCEFACT", "id": "P1", "name": "percent"}
#: Places after the point, where they are not two (ISO 4217).
_PLACES = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


def value(amount: int, currency: str) -> dict[str, Any]:
    """Return an amount in whole units of its currency, as the standard has it."""
    scale = 10 ** _PLACES.get(currency, 2)
    return {"amount": amount // scale if amount % scale == 0 else amount / scale, "currency": currency}


def budget_history(budgets: Sequence[BudgetVersion], documents: Mapping[int, str]) -> list[dict[str, Any]]:
    """
    Return everything that was said about what a project costs.

    :param documents: how the documents of the project are known, by their numbers
    """
    observations = [
        stated(
            {
                "id": f"budget.{budget.number}",
                "period": {"startDate": midnight(budget.approved_on)},
                "value": value(budget.amount, budget.currency),
                "dimensions": stated(
                    {
                        "kind": budget.kind,
                        "document": documents.get(budget.document_id) if budget.document_id else None,
                        "documentNumber": budget.document_number,
                        "recorded": instant(budget.recorded_at),
                    }
                ),
                "notes": budget.reason,
            }
        )
        for budget in budgets
    ]
    return [{"id": BUDGET, "title": "Budget", "observations": observations}] if observations else []


def planned_progress(reports: Sequence[ProgressReport]) -> list[dict[str, Any]]:
    """Return how far a project was to be by when, and what was to be spent, where a report states it."""
    return metrics(
        (PHYSICAL, "Planned physical progress", _percents(reports, "planned_physical")),
        (FINANCIAL, "Planned spending", _amounts(reports, "planned_spent")),
    )


def progress(reports: Sequence[ProgressReport]) -> list[dict[str, Any]]:
    """Return every report; and how far a project is, and what was spent, where one states it."""
    told = [_report(before, one) for before, one in pairwise((None, *reports)) if one is not None]
    return metrics(
        (REPORTS, "Progress reports", told),
        (PHYSICAL, "Physical progress", _percents(reports, "physical")),
        (FINANCIAL, "Financial progress", _amounts(reports, "spent")),
        (ANNUAL, "Share of the plan of the year", _percents(reports, "annual_share")),
    )


def metrics(*found: tuple[str, str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return metrics of their names, titles and observations, without those that have none."""
    return [{"id": name, "title": title, "observations": rows} for name, title, rows in found if rows]


def _percents(reports: Sequence[ProgressReport], name: str) -> list[dict[str, Any]]:
    return [
        {**_observation(report), "measure": said / 100, "unit": _PERCENT}
        for report in reports
        if (said := getattr(report, name)) is not None
    ]


def _amounts(reports: Sequence[ProgressReport], name: str) -> list[dict[str, Any]]:
    return [
        {**_observation(report), "value": value(said, report.currency)}
        for report in reports
        if (said := getattr(report, name)) is not None and report.currency is not None
    ]


def _observation(report: ProgressReport) -> dict[str, Any]:
    return {
        "id": f"{REPORT}{report.number}",
        "period": {"startDate": midnight(report.period_start), "endDate": midnight(report.period_end)},
    }


def _report(before: ProgressReport | None, report: ProgressReport) -> dict[str, Any]:
    """Return a report. One that says what was said before, and nothing in words, confirms that it still holds."""
    says = (report.physical, report.spent, report.currency)
    held = (before.physical, before.spent, before.currency) if before else (None, None, None)
    plan = (report.planned_physical, report.planned_spent, report.annual_share)
    is_unchanged = says == held and plan == (None, None, None) and not report.body and not report.is_correction
    dimensions = {
        "recorded": instant(report.recorded_at),
        "unchanged": is_unchanged or None,
        "correction": report.is_correction or None,
        "currency": report.currency,
        "reason": report.reason,
    }
    return stated({**_observation(report), "dimensions": stated(dimensions), "notes": report.body})
