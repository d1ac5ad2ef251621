"""Columns of the tables of a data package: their types, and what of a row of the record is in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data.feeds.csv_text import safe
from data.feeds.written import instant

#: Columns that are no plain text, by name: the types of Table Schema.
TYPES = {
    **dict.fromkeys(
        (
            *("milestone", "number", "moves", "milestones", "milestones_reached", "slip_days", "point", "corrects"),
            *("amount_minor", "spent_minor", "planned_spent_minor", "physical_bp", "planned_physical_bp", "annual_bp"),
            *("document", "contract", "bidders", "statement"),
        ),
        "integer",
    ),
    **dict.fromkeys(("budget", "longitude", "latitude"), "number"),
    **dict.fromkeys(("completes", "is_critical", "unchanged", "is_correction", "holds"), "boolean"),
    **dict.fromkeys(
        (
            *("promised_on", "expected_on", "reached_on", "next_due", "date", "date_low", "date_high", "said_on"),
            *("resume_on", "approved_on", "period_start", "period_end", "starts_on", "ends_on", "signed_on"),
            *("formed_on", "published_on", "review_on", "rated_on", "until"),
        ),
        "date",
    ),
    **dict.fromkeys(("updated_at", "recorded_at"), "datetime"),
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its columns, what tells its rows apart, and what points at other tables."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    #: Column, table, column of that table.
    points: tuple[tuple[str, str, str], ...] = ()
    #: The rows of the record that it is made of, and the cells of one; none for those that are made otherwise.
    kind: Any = None
    cells: Callable[[Any], Sequence[Any]] | None = None


def cells_of(row: Any, columns: Iterable[str]) -> list[Any]:
    """Return what of a row of the record is in columns of those names."""
    return [_cell(getattr(row, _NAMES.get(column, column))) for column in columns]


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if hasattr(value, "hour"):
        return instant(value)
    return safe(value) if isinstance(value, str) else value


#: Columns that the record calls otherwise.
_NAMES = {
    "project": "project_id",
    "document": "document_id",
    "contract": "contract_id",
    "milestone": "milestone_id",
    "point": "point_id",
    "date": "due_date",
    "amount_minor": "amount",
    "spent_minor": "spent",
    "planned_spent_minor": "planned_spent",
    "physical_bp": "physical",
    "planned_physical_bp": "planned_physical",
    "annual_bp": "annual_share",
    "item": "rule_key",
    "rated_by": "body",
    "statement": "revision",
    "whole": "parent_id",
    "words": "statement",
}


def kept_table(
    name: str,
    kind: Any,
    columns: str,
    key: str,
    *points: tuple[str, str, str],
    first: Callable[[Any], Any] | None = None,
) -> Table:
    """
    Return a table whose cells are those of a row of the record.

    :param first: what is in the first column, where the row calls it otherwise
    """
    named = tuple(columns.split())

    def cells(row: Any) -> Sequence[Any]:
        return [first(row), *cells_of(row, named[1:])] if first else cells_of(row, named)

    return Table(name=name, columns=named, key=tuple(key.split()), points=points, kind=kind, cells=cells)
