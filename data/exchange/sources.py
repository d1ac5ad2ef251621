"""
Files as rows: what all kinds of files to import have in common, and which kind a file is.

A source can be read as often as needed; a table is read row by row, so that its length does not matter for memory.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from data.exchange.encodings import encoding_of
from models.exceptions import UnreadableFileError

#: A file with more rows is to be split. Each row is a change to the record: so many take most of an hour.
MOST_ROWS = 1_000_000
#: A larger file that has to be in memory as a whole, as JSON has, is refused. Bytes.
LARGEST_WHOLE = 256 * 1024 * 1024
#: A reference system of coordinates that can be converted.
GCJ02 = "gcj02"
#: The form of a package of OC4IDS, and the scheme of the identifiers in it.
OC4IDS = "oc4ids"
#: The name under which rows carry their GeoJSON geometry, their list of milestones, and all that OC4IDS says of them.
GEOMETRY, MILESTONES, STANDARD = "geometry", "milestones", "standard"


@dataclass(frozen=True)
class Row:
    """One row: its number as people see it, and its cells by column. Blank cells are empty texts or nothing."""

    #: In a table the heading is row 1; things in a list are counted from 1.
    number: int
    cells: Mapping[str, Any]
    #: Why it cannot be read, where it cannot: a reason code.
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that could be opened."""

    name: str
    #: ``csv``, ``xlsx``, ``geojson``, ``oc4ids``, ``json`` or ``text``.
    form: str
    columns: tuple[str, ...]
    #: Reads it from the beginning.
    rows: Callable[[], Iterator[Row]] = field(repr=False)
    encoding: str = ""
    separator: str = ""
    #: Of its coordinates, where the file says another one than WGS 84 that can be converted.
    crs: str = ""


class Content:
    """The bytes of a file, in memory or on disk, to be read more than once."""

    def __init__(self, content: bytes | Path, name: str) -> None:
        """Remember where they are."""
        self._content = content
        self.name = name

    def open(self) -> BinaryIO:
        """Open them at the beginning."""
        return io.BytesIO(self._content) if isinstance(self._content, bytes) else self._content.open("rb")

    def head(self) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(4096)

    def whole(self) -> str:
        """
        Return all of it as text.

        :raises UnreadableFileError: ``too_large``, or as :func:`data.exchange.encodings.encoding_of` does
        """
        with self.open() as file:
            size = file.seek(0, io.SEEK_END)
            if size > LARGEST_WHOLE:
                raise UnreadableFileError("too_large", f"{size} bytes, more than {LARGEST_WHOLE}")
            encoding = encoding_of(file)
            return file.read().decode(encoding)


def content_of(content: bytes | Path, name: str = "") -> Content:
    """
    Return the bytes of a file.

    :raises UnreadableFileError: ``missing`` if there is no such file; ``empty``
    """
    if isinstance(content, Path):
        if not content.is_file():
            raise UnreadableFileError("missing", content.name)
        name = name or content.name
    found = Content(content, name)
    if not found.head().strip():
        raise UnreadableFileError("empty", name)
    return found


def form_of(content: Content) -> str:
    """
    Return what kind of file it is, by what is in it rather than by its name: ``xlsx``, ``json``, ``text`` or ``csv``.

    :raises UnreadableFileError: ``unknown_type`` for an old Excel file, a PDF, a picture or an archive
    """
    head = content.head()
    if head.startswith(b"PK"):
        with content.open() as file:
            if zipfile.is_zipfile(file) and "xl/workbook.xml" in zipfile.ZipFile(file).namelist():
                return "xlsx"
        raise UnreadableFileError("unknown_type", "an archive that is no Excel workbook")
    if head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableFileError("unknown_type", "save it as .xlsx, CSV, GeoJSON or JSON")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return "json"
    return "text" if content.name.lower().endswith((".md", ".markdown", ".txt")) else "csv"


def demand_columns(headings: list[str]) -> tuple[str, ...]:
    """
    Return the names of columns; a column without one is named by its place.

    :raises UnreadableFileError: ``duplicate_headers`` if two columns have one name
    """
    names = [" ".join(heading.split()) or f"column {place}" for place, heading in enumerate(headings, 1)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnreadableFileError("duplicate_headers", ", ".join(twice))
    return tuple(names)


def counted(rows: Iterator[Row]) -> Iterator[Row]:
    """
    Yield rows, but not more than :data:`MOST_ROWS`.

    :raises UnreadableFileError: ``too_many_rows``
    """
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise UnreadableFileError("too_many_rows", f"more than {MOST_ROWS}")
        yield row
