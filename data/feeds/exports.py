"""
The whole record to take away, in the forms that others read.

The routes and the command line write the same bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.feeds import data_package, json_exports, table_exports
from data.feeds.parts import Part, Source
from data.queries.everything import count_rows
from models.comment import Point
from models.milestone import MilestoneRevision
from models.present import DecisionPresent, ProjectPresent

_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Export:
    """A form in which the record can be taken away."""

    file_name: str
    media_type: str
    #: What its rows are counted by.
    rows: type[Any]
    write: Callable[[Source], Iterator[Part]]
    #: Whether it can be taken away as a past day knew it.
    shows_past: bool = False


#: The forms, by the names they have on the command line.
EXPORTS = {
    "oc4ids": Export(
        file_name="oc4ids.json",
        media_type="application/json",
        rows=ProjectPresent,
        write=json_exports.package,
        shows_past=True,
    ),
    "geojson": Export(
        file_name="projects.geojson",
        media_type="application/geo+json",
        rows=ProjectPresent,
        write=json_exports.places,
        shows_past=True,
    ),
    "comments": Export(file_name="comments.csv", media_type=_CSV, rows=Point, write=table_exports.comments),
    "projects": Export(
        file_name="projects.csv",
        media_type=_CSV,
        rows=ProjectPresent,
        write=table_exports.projects,
        shows_past=True,
    ),
    "milestones": Export(
        file_name="milestones.csv",
        media_type=_CSV,
        rows=MilestoneRevision,
        write=table_exports.milestones,
        shows_past=True,
    ),
    "datapackage": Export(
        file_name="projects.zip", media_type="application/zip", rows=ProjectPresent, write=data_package.package
    ),
    "decisions": Export(
        file_name="decisions.jsonl",
        media_type="application/jsonl",
        rows=DecisionPresent,
        write=json_exports.dockets,
    ),
}
#: Each also by the name of its file.
FORMATS = {**EXPORTS, **{export.file_name: export for export in EXPORTS.values()}}


def export_to(path: Path, export: Export, source: Source, progress: Callable[[int, int], None]) -> int:
    """Write an export to a file, and return how many rows it has. If cut short, no file looks whole."""
    with source.reading() as session:
        total = count_rows(session, export.rows)
    unfinished = path.with_name(f"{path.name}.unfinished")
    done = 0
    with unfinished.open("wb") as file:
        for part in export.write(source):
            file.write(part.content)
            done += part.rows
            if part.rows:
                progress(done, max(done, total))
    unfinished.replace(path)
    return done
