"""Tables: CSV of any separator, and Excel workbooks."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from data.exchange.encodings import encoding_of
from data.exchange.sources import LARGEST_WHOLE, Content, Row, Source, demand_columns
from models.exceptions import UnreadableFileError

_SEPARATORS = (",", "\t", ";", "|")
#: Nobody edits more sheets than these, and each is opened anew.
_MOST_SHEETS = 20
#: How many lines show what the separator is.
_SAMPLE = 50
# An area drawn as WKT is easily longer than the 131,072 characters that the module allows at first.
csv.field_size_limit(16 * 1024 * 1024)


def csv_source(content: Content) -> Source:
    """
    Open a CSV file (RFC 4180, with any of the usual separators).

    :raises UnreadableFileError: as :func:`encoding_of` and :func:`demand_columns` do; ``broken_csv`` while reading
    """
    with content.open() as file:
        encoding = encoding_of(file)
        text = io.TextIOWrapper(file, encoding, newline="")
        separator = _separator(list(islice(text, _SAMPLE)))
    headings = next(_records(content, encoding, separator), None)
    if headings is None:
        raise UnreadableFileError("empty", content.name)
    columns = demand_columns(headings)

    def rows() -> Iterator[Row]:
        records = _records(content, encoding, separator)
        next(records)
        return _rows(records, columns)

    return Source(name=content.name, form="csv", columns=columns, rows=rows, encoding=encoding, separator=separator)


def xlsx_sheets(content: Content) -> list[Source]:
    """
    Open every sheet of an Excel workbook that holds something.

    :raises UnreadableFileError: as :func:`xlsx_source` does; ``empty`` if no sheet holds anything
    """
    found: list[Source] = []
    for place in range(min(_count_sheets(content), _MOST_SHEETS)):
        try:
            found.append(xlsx_source(content, place))
        except UnreadableFileError as error:
            if error.facts[0] != "empty":
                raise
    if not found:
        raise UnreadableFileError("empty", content.name)
    return found


def xlsx_source(content: Content, place: int = 0) -> Source:
    """
    Open a sheet of an Excel workbook. Its heading is the first row with more than one cell.

    :param place: which sheet, counted from 0
    :raises UnreadableFileError: ``broken_xlsx``, ``too_large``, ``empty``, or as :func:`demand_columns` does
    """
    records = _sheet(content, place)
    start, headings = next(
        ((place, cells) for place, cells in enumerate(records, 1) if sum(map(bool, map(_plain, cells))) > 1), (0, [])
    )
    if not headings:
        raise UnreadableFileError("empty", content.name)
    named = [str(_plain(cell)) for cell in headings]
    while named and not named[-1].strip():
        named.pop()
    columns = demand_columns(named)

    def rows() -> Iterator[Row]:
        return _rows(islice(_sheet(content, place), start, None), columns, first=start + 1)

    return Source(name=content.name, form="xlsx", columns=columns, rows=rows)


def _rows(records: Iterable[list[Any]], columns: tuple[str, ...], first: int = 2) -> Iterator[Row]:
    for number, record in enumerate(records, first):
        cells = [_plain(cell) for cell in record]
        if not any(cell != "" for cell in cells):
            continue
        while len(cells) > len(columns) and cells[-1] == "":
            cells.pop()
        fault = "too_many_cells" if len(cells) > len(columns) else ""
        cells += [""] * (len(columns) - len(cells))
        yield Row(number, dict(zip(columns, cells, strict=False)), fault)


def _records(content: Content, encoding: str, separator: str) -> Iterator[list[str]]:
    with content.open() as file:
        reader = csv.reader(io.TextIOWrapper(file, encoding, newline=""), delimiter=separator, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise UnreadableFileError("broken_csv", f"line {reader.line_num}: {error}") from error


def _separator(lines: list[str]) -> str:
    """Return the separator by which the lines have the most cells, and as many in most of them."""

    def worth(separator: str) -> tuple[int, int]:
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
        except csv.Error:
            return (0, 0)
        width = widths[0] if widths else 0
        alike = sum(1 for found in widths if found == width)
        return (alike * (width > 1), width)

    return max(_SEPARATORS, key=worth)


def _sheet(content: Content, place: int) -> Iterator[list[Any]]:
    with _book(content) as book:
        sheet = book.worksheets[place]
        sheet.reset_dimensions()
        for record in sheet.iter_rows(values_only=True):
            yield list(record)


def _count_sheets(content: Content) -> int:
    with _book(content) as book:
        return len(book.worksheets)


@contextmanager
def _book(content: Content) -> Iterator[Any]:
    with content.open() as file:
        try:
            with zipfile.ZipFile(file) as archive:
                size = sum(part.file_size for part in archive.infolist())
            if size > LARGEST_WHOLE:
                raise UnreadableFileError("too_large", f"{size} bytes when unpacked")
            with warnings.catch_warnings():
                # A workbook may lack styles, which nobody here looks at.
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True)
            yield book
            book.close()
        except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError, EOFError, OSError) as error:
            raise UnreadableFileError("broken_xlsx", str(error)[:200]) from error


def _plain(cell: Any) -> Any:
    """Return a cell as text, unless it is a number or a date that the workbook knows as such."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, int | float | date):
        return cell
    return str(cell).strip()
