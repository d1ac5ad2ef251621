"""Values as OC4IDS writes them: days with a time and an offset, amounts in whole units, shares in per cent."""

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from data.exchange.cells import CellFault, amount_of, in_smallest_unit, is_blank, number_of, text_of
from data.exchange.dates import day_of
from data.exchange.row_reader import RowReader
from data.exchange.standard import mapped
from models.money import LARGEST_SHARE

C = TypeVar("C", bound=StrEnum)


class StandardReader:
    """A project of OC4IDS being read; what is wrong with a value is told of its row."""

    def __init__(self, row: RowReader) -> None:
        """Read for a row."""
        self._row = row

    @property
    def today(self) -> date:
        """The day on which it is read."""
        return self._row.purpose.today

    def note(self, column: str, value: Any, reason: str) -> None:
        """Say something of a value that is not taken, or is taken otherwise."""
        self._row.note(column, value, reason)

    def fault(self, column: str, value: Any, reason: str) -> None:
        """Say that a value is wrong."""
        self._row.fault(column, value, reason)

    def day(self, column: str, told: Any) -> date | None:
        """Return the day that a date-time names; nothing if it is blank or wrong."""
        if is_blank(told):
            return None
        try:
            return day_of(told).day
        except CellFault as fault:
            self.fault(column, told, fault.reason)
            return None

    def code(self, codes: type[C], told: Any) -> C | None:
        """Return the code of a list; nothing if it is none of its codes."""
        return next((one for one in codes if one.value == text_of(told)), None)

    def money(self, column: str, told: Any) -> tuple[int, str] | tuple[None, None]:
        """Return an amount in the smallest unit of its currency, and the currency; nothing without both."""
        value = mapped(told)
        currency = text_of(value.get("currency"))
        if is_blank(value.get("amount")) or not currency:
            return None, None
        try:
            return in_smallest_unit(amount_of(value["amount"]), currency), currency
        except CellFault as fault:
            self.fault(column, value["amount"], fault.reason)
            return None, None

    def share(self, column: str, told: Any) -> int | None:
        """Return a share in basis points, of a measure in per cent."""
        if is_blank(told):
            return None
        try:
            share = round(number_of(told) * 100)
        except CellFault as fault:
            self.fault(column, told, fault.reason)
            return None
        if abs(share) > LARGEST_SHARE:
            self.fault(column, told, "share_out_of_range")
            return None
        return share
