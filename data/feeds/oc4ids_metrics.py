"""What OC4IDS keeps in metrics: every date that was ever promised, what it was to cost, and how far it is."""

from collections.abc import Sequence
from typing import Any

from data.feeds.written import instant, midnight
from models.milestone import Milestone
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


def milestone_history(milestone: Milestone) -> dict[str, Any]:
    """Return everything that was said about a milestone; observation 1 is the baseline."""
    return {
        "id": f"milestoneDate.{milestone.id}",
        "title": milestone.title,
        "observations": [
            {
                "id": f"{milestone.id}.{said.number}",
                "period": {"endDate": midnight(said.due_date)},
                "measure": said.due_date.isoformat(),
                "dimensions": {
                    "milestone": str(milestone.id),
                    "kind": said.kind,
                    "precision": said.precision,
                    "recorded": instant(said.recorded_at),
                    **({"reasonCode": said.reason_code} if said.reason_code else {}),
                },
                **({"notes": said.reason} if said.reason else {}),
            }
            for said in milestone.revisions
        ],
    }


def budget_history(budgets: Sequence[BudgetVersion]) -> list[dict[str, Any]]:
    """Return everything that was said about what a project costs."""
    if not budgets:
        return []
    observations = [
        {
            "id": f"budget.{budget.number}",
            "period": {"startDate": midnight(budget.approved_on)},
            "value": value(budget.amount, budget.currency),
            "dimensions": {"kind": budget.kind, "recorded": instant(budget.recorded_at)},
            **({"notes": budget.reason} if budget.reason else {}),
        }
        for budget in budgets
    ]
    return [{"id": "budget", "title": "Budget", "observations": observations}]


def progress(reports: Sequence[ProgressReport]) -> list[dict[str, Any]]:
    """Return how far a project is and what was spent, where a report states it."""
    physical = [
        {**_observation(report), "measure": report.physical / 100, "unit": _PERCENT}
        for report in reports
        if report.physical is not None
    ]
    spent = [
        {**_observation(report), "value": value(report.spent, report.currency)}
        for report in reports
        if report.spent is not None and report.currency is not None
    ]
    return [
        *([{"id": "physicalProgress", "title": "Physical progress", "observations": physical}] if physical else []),
        *([{"id": "financialProgress", "title": "Financial progress", "observations": spent}] if spent else []),
    ]


def _observation(report: ProgressReport) -> dict[str, Any]:
    return {
        "id": f"report.{report.number}",
        "period": {"startDate": midnight(report.period_start), "endDate": midnight(report.period_end)},
        "dimensions": {"recorded": instant(report.recorded_at)},
        **({"notes": report.body} if report.body else {}),
    }
