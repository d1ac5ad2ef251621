"""
The spreadsheet that a department takes away to edit and send back: its milestones, its reports, and the codes.

No cell of it is calculated: texts that begin like a formula stand behind an apostrophe.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.exchange.amounts import in_whole_units
from data.exchange.round_trip import COLUMNS, Sheet, UpdateKind
from data.exchange.round_trip_cells import LANGUAGES, code_word, column_word
from data.feeds.csv_text import BYTE_ORDER_MARK, lines, safe
from data.queries.open_milestones import OpenMilestone
from data.queries.reported_projects import ReportedProject
from data.words import word
from models.milestone import Precision, ReasonCode

#: What is edited stands on a ground of its own; the rest is for orientation.
_EDITED = PatternFill("solid", fgColor="FFF6E5")
_SHOWN = {"project_id", "project", "milestone_id", "milestone", "promised", "stands", "seen", "last_end"} | {
    "last_physical",
    "last_spent",
}
_WIDTHS = {"project": 28, "milestone": 28, "reason": 40, "next_steps": 30, "body": 40, "reason_code": 18}
_WIDTH = 14
#: A little below what spreadsheets apply a choice to at all.
_CHOICES_UNTIL = 6_000
_CODES = {"kind": UpdateKind, "precision": Precision, "reason_code": ReasonCode}


def milestones_csv(milestones: Iterable[OpenMilestone], language: str) -> bytes:
    """Return the milestones alone, as CSV."""
    columns = COLUMNS[Sheet.MILESTONES]
    rows = (_cells(columns, _milestone(one, language)) for one in milestones)
    return BYTE_ORDER_MARK + lines([[column_word(column, language) for column in columns], *rows])


def workbook(milestones: Sequence[OpenMilestone], projects: Sequence[ReportedProject], language: str) -> bytes:
    """Return the workbook: what is edited of milestones, of progress, and the codes in both languages."""
    book = Workbook()
    first: Worksheet = book.active
    codes = _write_codes(book, language)
    _write(first, Sheet.MILESTONES, [_milestone(one, language) for one in milestones], language, codes)
    progress = book.create_sheet(index=1)
    _write(progress, Sheet.PROGRESS, [_project(one) for one in projects], language, codes)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows_for_machines(
    milestones: Iterable[OpenMilestone], projects: Iterable[ReportedProject]
) -> dict[str, list[dict[str, Any]]]:
    """Return the same rows for a system that pushes: codes for words, and days and amounts as texts."""
    return {
        Sheet.MILESTONES: [
            _texts(_milestone(one, "en") | {"stands": one.kind, "precision": one.precision}) for one in milestones
        ],
        Sheet.PROGRESS: [_texts(_project(one)) for one in projects],
    }


def _texts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(cell) if isinstance(cell, date | Decimal) else cell for name, cell in row.items()}


def _milestone(one: OpenMilestone, language: str) -> dict[str, Any]:
    return {
        "project_id": one.project_id,
        "project": one.project_title,
        "milestone_id": one.milestone_id,
        "milestone": one.title,
        "promised": one.promised_on,
        "stands": code_word("kind", one.kind, language),
        "seen": one.number,
        "date": one.due_date,
        "precision": code_word("precision", one.precision, language),
        "date_low": one.date_low,
        "date_high": one.date_high,
    }


def _project(one: ReportedProject) -> dict[str, Any]:
    return {
        "project_id": one.project_id,
        "project": one.title,
        "last_end": one.period_end,
        "last_physical": None if one.physical is None else one.physical / 100,
        "last_spent": None if one.spent is None else in_whole_units(one.spent, one.currency or ""),
        "seen": one.reports,
        "currency": one.currency,
    }


def _cells(columns: Sequence[str], said: dict[str, Any]) -> list[Any]:
    return [_plain(said.get(column)) for column in columns]


def _plain(cell: Any) -> Any:
    return safe(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell


def _write(
    sheet: Worksheet, part: Sheet, rows: Sequence[dict[str, Any]], language: str, codes: dict[str, str]
) -> None:
    columns = COLUMNS[part]
    sheet.title = word(f"round_trip.sheet_{part}", language)
    sheet.append([column_word(column, language) for column in columns])
    for row in rows:
        sheet.append(_cells(columns, row))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, _WIDTH)
        heading = sheet.cell(1, place)
        heading.font = Font(bold=column not in _SHOWN)
        if column not in _SHOWN:
            heading.fill = _EDITED
        if column in codes and (column != "kind" or part is Sheet.MILESTONES):
            choice = DataValidation(type="list", formula1=codes[column], allow_blank=True)
            choice.add(f"{letter}2:{letter}{_CHOICES_UNTIL}")
            sheet.add_data_validation(choice)
        if (
            column.endswith("_on")
            or "date" in column
            or column in ("promised", "last_end", "period_start", "period_end")
        ):
            for number in range(2, len(rows) + 2):
                sheet.cell(number, place).number_format = "yyyy-mm-dd"


def _write_codes(book: Workbook, language: str) -> dict[str, str]:
    """Write the codes with their words, and return where the words of each column stand."""
    sheet = book.create_sheet(word("round_trip.sheet_codes", language))
    sheet.append([word(f"round_trip.code.{name}", language) for name in ("field", "code", *LANGUAGES)])
    letter = get_column_letter(3 + LANGUAGES.index(language))
    found: dict[str, str] = {}
    for column, codes in _CODES.items():
        first = sheet.max_row + 1
        for code in codes:
            words = [code_word(column, code, one) for one in LANGUAGES]
            sheet.append([column_word(column, language), code.value, *words])
        found[column] = f"'{sheet.title}'!${letter}${first}:${letter}${sheet.max_row}"
    return found
