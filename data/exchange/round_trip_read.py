"""Reading the spreadsheet that comes back, or rows that a system sends: every row is an update, or says why not."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from data.exchange.cells import folded
from data.exchange.dates import DateOrder, order_shown
from data.exchange.round_trip import (
    KNOWN_BY,
    MOST_ROWS,
    Fault,
    MilestoneUpdate,
    ProgressUpdate,
    Reading,
    Sheet,
    UpdateKind,
    Updates,
)
from data.exchange.round_trip_cells import Cells, columns_by_heading
from data.exchange.sources import Row, Source, content_of, form_of
from data.exchange.tables import csv_source, xlsx_sheets
from models.exceptions import UnreadableFileError
from models.milestone import ReasonCode

_DATES = ("date", "date_low", "date_high", "resume_on", "data_date", "period_start", "period_end")


def read_file(content: bytes, name: str = "") -> Reading:
    """
    Read a workbook or a CSV file. Sheets that are none of ours are left alone.

    :raises UnreadableFileError: if it cannot be read at all, or no part of it is ours
    """
    found = content_of(content, name)
    form = form_of(found)
    if form == "xlsx":
        sources = xlsx_sheets(found)
    elif form in ("csv", "text"):
        sources = [csv_source(found)]
    else:
        raise UnreadableFileError("unknown_form", name)
    parts = {sheet: rows for sheet, rows in map(_part, sources) if sheet is not None}
    if not parts:
        raise UnreadableFileError("missing_column", "milestone_id")
    return read_rows(parts)


def read_rows(parts: Mapping[Sheet, Sequence[Row]]) -> Reading:
    """
    Read rows whose cells are named by the columns.

    :raises UnreadableFileError: if there are more of them than one change can be
    """
    if sum(map(len, parts.values())) > MOST_ROWS:
        raise UnreadableFileError("too_many_rows", MOST_ROWS)
    faults: list[Fault] = []
    milestones = _taken(Sheet.MILESTONES, parts.get(Sheet.MILESTONES, ()), _milestone, faults)
    progress = _taken(Sheet.PROGRESS, parts.get(Sheet.PROGRESS, ()), _progress, faults)
    return Reading(
        updates=Updates(milestones=tuple(milestones), progress=tuple(progress)),
        faults=faults,
        rows=sum(map(len, parts.values())),
    )


def _part(source: Source) -> tuple[Sheet | None, Sequence[Row]]:
    """Return which part a table is, and its rows with their cells named by our columns."""
    for sheet in Sheet:
        by_heading = columns_by_heading(sheet)
        named = {heading: by_heading[folded(heading)] for heading in source.columns if folded(heading) in by_heading}
        if KNOWN_BY[sheet] <= set(named.values()):
            rows = islice(source.rows(), MOST_ROWS + 1)
            return sheet, [_named(row, named) for row in rows]
    return None, ()


def _named(row: Row, named: Mapping[str, str]) -> Row:
    cells = {column: row.cells[heading] for heading, column in named.items()}
    return Row(row.number, cells, row.fault)


def _taken(sheet: Sheet, rows: Sequence[Row], read: Any, faults: list[Fault]) -> Iterable[Any]:
    order = _order(rows)
    seen: set[str] = set()
    for row in rows:
        cells = Cells(row.cells, order)
        update = None if row.fault else read(row.number, cells)
        about = cells.text("milestone_id" if sheet is Sheet.MILESTONES else "project_id")
        wrong = [*([("", "", row.fault)] if row.fault else []), *cells.faults]
        if update is not None and not wrong and about in seen:
            wrong.append(("milestone_id" if sheet is Sheet.MILESTONES else "project_id", about, "duplicate"))
        seen.add(about)
        faults += [
            Fault(sheet=sheet, row=row.number, column=column, value=value, code=code) for column, value, code in wrong
        ]
        if update is not None and not wrong:
            yield update


def _order(rows: Sequence[Row]) -> DateOrder | None:
    """Return which comes first in the dates of a file, if its dates show that, and all show the same."""
    shown = {order_shown(row.cells.get(column)) for row in rows for column in _DATES} - {None}
    return shown.pop() if len(shown) == 1 else None


def _milestone(number: int, cells: Cells) -> MilestoneUpdate | None:
    milestone_id, seen = cells.number("milestone_id", is_needed=True), cells.number("seen", is_needed=True)
    kind, reason_code = cells.code("kind"), cells.code("reason_code")
    due_date, precision = cells.promised()
    update = {
        "has_range": cells.has("date_low") or cells.has("date_high"),
        **{column: cells.day(column) for column in ("date_low", "date_high", "resume_on", "data_date")},
        **{column: cells.number(column) for column in ("document_id", "point_id")},
        **{column: cells.text(column) for column in ("project_id", "reason", "next_steps")},
    }
    if milestone_id is None or seen is None or cells.faults:
        return None
    return MilestoneUpdate(
        row=number,
        milestone_id=milestone_id,
        seen=seen,
        kind=UpdateKind(kind) if kind else None,
        due_date=due_date,
        precision=precision,
        reason_code=ReasonCode(reason_code) if reason_code else None,
        **update,  # type: ignore[arg-type]  # Each has the type of its column.
    )


def _progress(number: int, cells: Cells) -> ProgressUpdate | None:
    seen, kind = cells.number("seen", is_needed=True), cells.code("kind")
    if kind not in (None, UpdateKind.CONFIRMED):
        cells.faults.append(("kind", cells.text("kind"), "unknown_code"))
    currency = cells.text("currency").upper()
    spent = cells.amount("spent", currency)
    update = ProgressUpdate(
        row=number,
        project_id=cells.text("project_id"),
        seen=seen or 0,
        is_unchanged=kind == UpdateKind.CONFIRMED,
        period_start=cells.day("period_start"),
        period_end=cells.day("period_end"),
        physical=cells.share("physical"),
        spent=spent,
        currency=currency if spent is not None else None,
        planned_physical=cells.share("planned_physical"),
        annual_share=cells.share("annual_share"),
        body=cells.text("body"),
    )
    return None if cells.faults else update
