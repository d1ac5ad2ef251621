"""Money of a project as bars: each step of the budget, and what was spent; each currency on a scale of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.queries.project_page import ProjectPage
from models.withheld_item import WithheldField
from pages.formats import format_money
from pages.words import word

_PER_CENT = 100


@dataclass(frozen=True, kw_only=True)
class MoneyBar:
    """An amount, and how long its bar is: in per cent of the longest of its currency."""

    kind: str
    title: str
    words: str
    day: date
    length: float
    #: Whether the plan of money holds now.
    in_force: bool = False
    reason: str = ""
    document_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Money:
    """The bars by currency, and what is said where there are none."""

    bars: dict[str, list[MoneyBar]]
    #: ``stated``, ``withheld`` or ``absent``.
    budget: str
    spent: str


def money(page: ProjectPage, language: str) -> Money:
    """Return the money of a project, for a chart of bars."""
    stated: list[tuple[str, int, dict[str, Any]]] = [
        (
            one.currency,
            one.amount,
            {
                "kind": str(one.kind),
                "title": word(f"codes.budget_kind.{one.kind}", language),
                "day": one.approved_on,
                "in_force": one is page.rows.budgets[-1],
                "reason": one.reason,
                "document_number": one.document_number,
            },
        )
        for one in page.rows.budgets
    ]
    report = next((one for one in reversed(page.rows.reports) if one.spent is not None), None)
    if report is not None and report.spent is not None and report.currency:
        told: dict[str, Any] = {"kind": "spent", "title": word("project.spent", language), "day": report.period_end}
        stated.append((report.currency, report.spent, told))
    bars: dict[str, list[MoneyBar]] = {}
    for currency, amount, told in stated:
        most = max(each for of, each, _ in stated if of == currency) or 1
        bars.setdefault(currency, []).append(
            MoneyBar(
                words=format_money(amount, currency, language), length=round(amount / most * _PER_CENT, 1), **told
            )
        )
    return Money(
        bars=bars,
        budget=_told(page, WithheldField.BUDGET, is_stated=bool(page.rows.budgets)),
        spent=_told(page, WithheldField.SPENT, is_stated=report is not None),
    )


def _told(page: ProjectPage, field: WithheldField, *, is_stated: bool) -> str:
    if is_stated:
        return "stated"
    return "withheld" if field in page.withheld else "absent"
