"""One row being read: its words and cells, and what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from data.exchange.cells import CellFault, is_blank, said_instead, text_of
from data.exchange.mapping import ColumnMapping
from data.exchange.report import Reported, told
from data.exchange.sources import Row
from data.exchange.survey import Survey
from models.text import cleaned, one_line

#: The longest words that the record keeps, in characters.
_LONGEST = {"title": 300, "description": 20_000, "purpose": 5_000, "region": 100, "identifier": 200}
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """On whose behalf rows are read, and under which names their projects are known."""

    file: str
    department_id: str
    #: The list of which the identifiers are (OC4IDS ``identifiers.scheme``).
    scheme: str
    today: date
    #: The day whose state of affairs the file tells, where whoever imports it says so.
    as_of: date | None = None
    #: Whether each project is published for the department that the file names.
    by_authority: bool = False
    #: Whether a row is taken without the cells that are wrong in it, with a note for each.
    lenient: bool = False


@dataclass
class RowReader:
    """One row being read."""

    row: Row
    mapping: ColumnMapping
    survey: Survey
    purpose: Purpose
    faults: list[Reported] = field(default_factory=list)
    notes: list[Reported] = field(default_factory=list)

    def words(self, name: str) -> str:
        """Return the words in the column that the mapping names for a field; empty where there are none."""
        column: str = getattr(self.mapping, name)
        text = cleaned(text_of(self.row.cells.get(column))) if column else ""
        text = text if name in ("description", "purpose") else one_line(text)
        if len(text) > _LONGEST.get(name, len(text)):
            self.fault(column, text, "too_long")
        return text

    def fault(self, column: str, value: Any, reason: str) -> None:
        """Say that a cell is wrong."""
        self.faults.append(told(self.row.number, column, value, reason))

    def note(self, column: str, value: Any, reason: str) -> None:
        """Say something about a cell that is not wrong."""
        self.notes.append(told(self.row.number, column, value, reason))

    def cell(self, column: str, read: Callable[[Any], T]) -> T | None:
        """Return what a cell says; nothing if it is blank or wrong."""
        cell = self.row.cells.get(column) if column else None
        if is_blank(cell):
            return None
        if instead := said_instead(cell):
            self.note(column, text_of(cell), instead)
            return None
        try:
            return read(cell)
        except CellFault as fault:
            self.fault(column, text_of(cell), fault.reason)
            return None
