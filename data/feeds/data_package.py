"""
Projects as a Data Package (version 2): a zip of CSV tables, with a description of every table and every column.

https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlmodel import Session

from data.feeds import tables
from data.feeds.csv_text import lines, safe
from data.feeds.package_columns import TYPES, Table
from data.feeds.package_tables import CONTRADICTIONS, DEPARTMENTS, KEPT, PROJECTS, TABLES
from data.feeds.parts import Part, Source, batches
from data.feeds.standing_json import as_contradictions
from data.feeds.summaries import summaries
from data.feeds.written import instant
from data.queries.beside_others import all_beside_others
from data.queries.changes import ledger_head
from data.queries.departments import departments
from data.queries.standings import all_standings
from data.queries.whole_tables import rows_after
from data.words import in_both

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
#: How many rows are read at once: of four times as many, what the server holds grows by some fifty megabytes.
_ROWS = 1_000
#: The least instant that a zip knows.
_FIRST_YEAR = 1980


class _Pipe(io.RawIOBase):
    """What is written into it is taken out again, and nothing is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._written.append(bytes(content))
        return len(content)

    def taken(self) -> bytes:
        """Return what was written since it was last asked."""
        found = b"".join(self._written)
        self._written.clear()
        return found


def package(source: Source) -> Iterator[Part]:
    """Return the zip, part by part: the description first, then the tables."""
    pipe = _Pipe()
    with source.reading() as session:
        last = ledger_head(session).last_time or source.now
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        described = json.dumps(description(source.site, instant(last) or ""), ensure_ascii=False, indent=2)
        archive.writestr(_named("datapackage.json", last), described + "\n")
        yield Part(pipe.taken(), 0)
        for table in TABLES:
            with archive.open(_named(f"{table.name}.csv", last), "w", force_zip64=True) as file:
                file.write(lines([table.columns]))
                for written, projects in _written(table, source):
                    file.write(written)
                    yield Part(pipe.taken(), projects)
    yield Part(pipe.taken(), 0)


def description(site: str, created: str) -> dict[str, Any]:
    """Return ``datapackage.json``: every table, every column in both languages, keys and licence."""
    return {
        "$schema": _PROFILE,
        "name": "throughline-projects",
        "title": in_both("feeds.title"),
        "description": in_both("package.description"),
        "homepage": f"{site}/",
        "created": created,
        "version": "1.0.0",
        "licenses": [{"name": "other-attribution", "path": f"{site}/about", "title": in_both("package.licence")}],
        "contributors": [{"title": in_both("feeds.title"), "roles": ["publisher"], "path": f"{site}/"}],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": _SCHEMA,
        "fields": [
            {
                "name": column,
                "type": TYPES.get(column, "string"),
                "description": in_both(f"package.column.{column}"),
                **({"constraints": {"required": True}} if column in table.key else {}),
            }
            for column in table.columns
        ],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.points:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [theirs]}}
            for column, other, theirs in table.points
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": in_both(f"package.table.{table.name}"),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _written(table: Table, source: Source) -> Iterator[Part]:
    """Yield the lines of a table, and how many projects are told of in them: by those the package is counted."""
    if table is PROJECTS:
        yield from (Part(lines(tables.projects(some)), len(some)) for some in summaries(source, _ROWS))
        return
    for rows in _rows(table, source):
        yield Part(lines(rows), 0)


def _rows(table: Table, source: Source) -> Iterator[Iterable[Sequence[Any]]]:
    if table is DEPARTMENTS:
        with source.reading() as session:
            named = departments(session)
        yield [(one.id, safe(one.name_zh), safe(one.name_en)) for one in named.values()]
    elif table is CONTRADICTIONS:
        yield from _contradictions(source)
    elif table in KEPT:
        yield from _kept(table, source)


def _contradictions(source: Source) -> Iterator[list[Sequence[Any]]]:
    """Yield what does not fit in projects, and beside others."""
    with source.reading() as session:
        known = all_standings(session, source.now)
        beside = all_beside_others(session, known)
    names = sorted(known)
    for start in range(0, len(names), _ROWS):
        told = (
            (name, one)
            for name in names[start : start + _ROWS]
            for one in as_contradictions(known.evaluated[name].standing, beside.get(name, ()))
        )
        yield [(name, one["kind"], json.dumps(one["sources"], ensure_ascii=False)) for name, one in told]


def _kept(table: Table, source: Source) -> Iterator[Iterable[Sequence[Any]]]:
    names = table.names

    def read(session: Session, after: int) -> Sequence[Sequence[Any]]:
        return rows_after(session, table.kind, names, after=after, size=_ROWS)

    for rows in batches(source, read, first=0, key=lambda row: int(row[0]), size=_ROWS):
        yield table.cells(rows)


def _named(name: str, last: Any) -> zipfile.ZipInfo:
    """Return the head of a file in the zip, of the instant at which the record last changed."""
    year = max(last.year, _FIRST_YEAR)
    info = zipfile.ZipInfo(name, (year, last.month, last.day, last.hour, last.minute, last.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
