"""Columns of the tables of a data package: their types, and what of a row of the record is in them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.feeds.csv_text import safe
from models.clock import local_date
from models.day_said import day_said

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
    #: The rows of the record that it is made of; none for one that is made otherwise.
    kind: Any = None

    @property
    def names(self) -> tuple[str, ...]:
        """What its columns are made of, as rows of the record name it."""
        return tuple(dict.fromkeys(name for column in self.columns for name in self._made_of(column)))

    def cells(self, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
        """
        Return the cells of rows of the record.

        They are made column by column: what is a number, a day or nothing is written as it was read.

        :param rows: the number of each, and what :attr:`names` tells
        """
        _, *columns = zip(*rows, strict=True)
        read = dict(zip(self.names, columns, strict=True))
        made = (_cells(column, [read[name] for name in self._made_of(column)]) for column in self.columns)
        return zip(*made, strict=True)

    def _made_of(self, column: str) -> tuple[str, ...]:
        if column == _SAID_ON:
            return ("data_date", "recorded_by", "recorded_at")
        # What tells its own rows apart by itself is their number.
        return ("id" if self.key == (column,) else _NAMES.get(column, column),)


def _cells(column: str, read: Sequence[Sequence[Any]]) -> Iterable[Any]:
    if column == _SAID_ON:
        return map(_said_on, *read)
    make = _MAKE.get(TYPES.get(column, "string"))
    if make is None:
        return read[0]
    # Most cells of a column are alike, and each is made once.
    made = {one: make(one) for one in set(read[0])}
    return map(made.__getitem__, read[0])


def _said_on(data_date: Any, recorded_by: int | None, recorded_at: Any) -> date:
    told = date.fromisoformat(str(data_date)) if data_date else None
    return day_said(told, recorded_by, local_date(datetime.fromisoformat(f"{recorded_at}+00:00")))


def _instant(kept: Any) -> str:
    """Return an instant from what a database keeps: a text in SQLite, a ``datetime`` in PostgreSQL, both of UTC."""
    return str(kept).replace(" ", "T").removesuffix(".000000") + "Z"


def _truth(kept: Any) -> str:
    return str(bool(kept)).lower()


_SAID_ON = "said_on"
#: What is made of a cell that is not written as it was read.
_MAKE: dict[str, Callable[[Any], str]] = {"string": safe, "boolean": _truth, "datetime": _instant}
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


def kept_table(name: str, kind: Any, columns: str, key: str, *points: tuple[str, str, str]) -> Table:
    """Return a table whose cells are those of rows of the record."""
    return Table(name=name, columns=tuple(columns.split()), key=tuple(key.split()), points=points, kind=kind)
