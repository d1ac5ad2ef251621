"""Headings and cells of the spreadsheet that departments edit: read by their words in any language of the record."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from data.exchange.cells import CellFault, amount_of, folded, in_smallest_unit, is_blank, number_of, text_of
from data.exchange.dates import DateOrder, Day, day_of
from data.exchange.round_trip import COLUMNS, Sheet, UpdateKind
from data.words import word
from models.milestone import Precision, ReasonCode
from models.promised_day import last_day

LANGUAGES = ("zh", "en")
#: In hundredths of a percent.
_BASIS_POINTS = 100
_LONGEST_NUMBER = 18


def column_word(column: str, language: str) -> str:
    """Return the heading of a column."""
    return word(f"round_trip.column.{column}", language)


def code_word(subject: str, code: str, language: str) -> str:
    """Return the words for a code of a column: ``kind``, ``precision`` or ``reason_code``."""
    if subject == "kind" and code == UpdateKind.CONFIRMED:
        return word("round_trip.confirmed", language)
    return word(f"codes.{'revision_kind' if subject == 'kind' else subject}.{code}", language)


@cache
def columns_by_heading(sheet: Sheet) -> Mapping[str, str]:
    """Return the column that each heading means: its name, or its words in either language."""
    return {
        folded(heading): column
        for column in COLUMNS[sheet]
        for heading in (column, *(column_word(column, language) for language in LANGUAGES))
    }


@cache
def _codes(subject: str) -> Mapping[str, str]:
    codes = {"kind": UpdateKind, "precision": Precision, "reason_code": ReasonCode}[subject]
    return {
        folded(said): code.value
        for code in codes
        for said in (code.value, *(code_word(subject, code, language) for language in LANGUAGES))
    }


class Cells:
    """The cells of one row, by column. What cannot be read is noted, and read as nothing."""

    def __init__(self, cells: Mapping[str, Any], order: DateOrder | None) -> None:
        """Begin with no faults."""
        self._cells = cells
        self._order = order
        #: What is wrong: column, value and reason code.
        self.faults: list[tuple[str, str, str]] = []

    def has(self, column: str) -> bool:
        """Whether the row has such a cell, empty or not."""
        return column in self._cells

    def text(self, column: str) -> str:
        """Return a cell as text. An apostrophe that keeps a spreadsheet from calculating is no part of it."""
        text = text_of(self._cells.get(column))
        return text.removeprefix("'")

    def number(self, column: str, *, is_needed: bool = False) -> int | None:
        """Return a cell that is a whole number."""
        text = text_of(self._cells.get(column)).removesuffix(".0")
        if not text:
            if is_needed:
                self._fault(column, "missing")
            return None
        if not text.isdecimal() or not text.isascii() or len(text) > _LONGEST_NUMBER:
            self._fault(column, "not_a_number")
            return None
        return int(text)

    def code(self, column: str) -> str | None:
        """Return the code that a cell means."""
        cell = self._cells.get(column)
        if is_blank(cell):
            return None
        found = _codes(column).get(folded(text_of(cell)))
        if found is None:
            self._fault(column, "unknown_code")
        return found

    def day(self, column: str) -> date | None:
        """Return a cell that is a day; of a month, a quarter or a year the last one."""
        found = self._day(column)
        return found.day if found else None

    def promised(self) -> tuple[date | None, Precision]:
        """Return the date of the row and how exactly it is said: as it is written, or as the column beside it says."""
        found, code = self._day("date"), self.code("precision")
        said = Precision(code) if code else Precision.DAY
        if found is None:
            return None, said
        precision = said if found.precision is Precision.DAY else found.precision
        return last_day(found.day, precision), precision

    def share(self, column: str) -> int | None:
        """Return a percentage in basis points."""
        cell = self._cells.get(column)
        if is_blank(cell):
            return None
        try:
            return round(number_of(text_of(cell).removesuffix("%").removesuffix("％")) * _BASIS_POINTS)
        except CellFault as fault:
            self._fault(column, fault.reason)
            return None

    def amount(self, column: str, currency: str) -> int | None:
        """Return an amount in the smallest unit of the currency."""
        cell = self._cells.get(column)
        if is_blank(cell):
            return None
        if not currency:
            self._fault("currency", "missing")
            return None
        try:
            amount: Decimal = amount_of(cell)
            return in_smallest_unit(amount, currency)
        except CellFault as fault:
            self._fault(column, fault.reason)
            return None

    def _day(self, column: str) -> Day | None:
        cell = self._cells.get(column)
        if is_blank(cell):
            return None
        try:
            return day_of(cell, self._order)
        except CellFault as fault:
            self._fault(column, fault.reason)
            return None

    def _fault(self, column: str, code: str) -> None:
        self.faults.append((column, text_of(self._cells.get(column))[:200], code))
