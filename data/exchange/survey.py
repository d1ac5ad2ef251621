"""A first look at every row, before any is understood: how many there are, what settles dates, and where they lie."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.exchange.cells import CellFault, currency_in, is_blank, text_of
from data.exchange.dates import DateOrder, is_ambiguous, order_shown
from data.exchange.mapping import ColumnMapping
from data.exchange.places import place_of
from data.exchange.sources import Source, counted
from data.exchange.surroundings import Neighbourhood, Surroundings, first_position

#: How many doubtful cells are shown with a question.
_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something that the file does not say, and nobody guesses."""

    #: ``date_order``, ``currency``, ``title``, ``identifier``, ``phase`` or ``planned_or_actual``.
    code: str
    column: str = ""
    examples: tuple[str, ...] = ()
    #: How many rows wait for the answer: they are reported until it is given. 0 if something reasonable holds.
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What all rows together say."""

    rows: int
    #: How the dates of a column are to be read, where they tell or the mapping does.
    orders: Mapping[str, DateOrder | None]
    near: Neighbourhood | None
    questions: tuple[Question, ...]


@dataclass
class _Looked:
    shown: dict[str, set[DateOrder]] = field(default_factory=dict)
    doubtful: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    without_currency: int = 0
    lie: Surroundings = field(default_factory=Surroundings)

    def at_date(self, column: str, cell: Any) -> None:
        if not isinstance(cell, str):
            return
        cell = cell.strip()
        if order := order_shown(cell):
            self.shown.setdefault(column, set()).add(order)
        elif is_ambiguous(cell):
            self.doubtful[column] += 1
            if len(self.examples.setdefault(column, [])) < _EXAMPLES:
                self.examples[column].append(cell)


def survey(source: Source, mapping: ColumnMapping) -> Survey:
    """
    Look at every row of a file.

    :raises UnreadableFileError: if the file cannot be read to its end, or is too long
    """
    looked, rows = _Looked(), 0
    columns = date_columns(mapping)
    for row in counted(source.rows()):
        rows += 1
        for column in columns:
            looked.at_date(column, row.cells.get(column))
        if mapping.budget and not is_blank(row.cells.get(mapping.budget)) and not currency_of(row.cells, mapping):
            looked.without_currency += 1
        if looked.lie.are_known:
            continue
        try:
            place = place_of(row.cells, mapping)
        except CellFault:
            continue
        if place is not None:
            looked.lie.add(*first_position(place.geometry))
    orders = {column: _settled(looked, column, mapping) for column in columns}
    return Survey(
        rows=rows,
        orders=orders,
        near=looked.lie.neighbourhood(),
        questions=tuple(_questions(looked, orders, mapping)),
    )


def date_columns(mapping: ColumnMapping) -> tuple[str, ...]:
    """Return the columns that hold dates."""
    columns = [column for milestone in mapping.milestones for column in milestone.columns]
    return tuple(dict.fromkeys([*columns, *([mapping.approved] if mapping.approved else [])]))


def currency_of(cells: Mapping[str, Any], mapping: ColumnMapping) -> str:
    """Return the currency of a row's amount: what the row says, else what the mapping says; empty for neither."""
    told = f"{text_of(cells.get(mapping.currency_column))} {text_of(cells.get(mapping.budget))}"
    return currency_in(told) or mapping.currency


def _settled(looked: _Looked, column: str, mapping: ColumnMapping) -> DateOrder | None:
    shown = looked.shown.get(column, set())
    return next(iter(shown)) if len(shown) == 1 else mapping.date_order


def _questions(looked: _Looked, orders: Mapping[str, DateOrder | None], mapping: ColumnMapping) -> list[Question]:
    asked = [
        Question(code="date_order", column=column, examples=tuple(looked.examples[column]), rows=count)
        for column, count in looked.doubtful.items()
        if orders[column] is None
    ]
    if looked.without_currency:
        asked.append(Question(code="currency", column=mapping.budget, rows=0))
    if not mapping.title or mapping.title == mapping.identifier:
        asked.append(Question(code="title", column=mapping.title))
    if not mapping.identifier:
        asked.append(Question(code="identifier"))
    if not mapping.phase:
        asked.append(Question(code="phase", examples=(mapping.default_phase.value,)))
    asked += [
        Question(code="planned_or_actual", column=milestone.either)
        for milestone in mapping.milestones
        if milestone.either
    ]
    return asked
