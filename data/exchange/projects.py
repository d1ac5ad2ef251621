"""
Importing projects from tables, GeoJSON and OC4IDS.

- :func:`preview` reads a file and says what would be taken, what would not and why, and what has to be asked. It
  writes nothing.
- :func:`import_projects` takes the rows, on behalf of the department of the actor, and reports.

Both take ``content`` as bytes with a file name, or as a path. ``mapping=None`` means: guess it. To correct a guess,
change the mapping of a preview with :func:`dataclasses.replace`, and hand it to either. Answers to the questions of a
preview are fields of the mapping too: ``date_order``, ``currency``, ``default_phase``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from data.database import reading
from data.exchange.cells import text_of
from data.exchange.guess import guess_mapping
from data.exchange.intake import Intake, Progress, silent
from data.exchange.mapping import ColumnMapping, demand_mapped
from data.exchange.open_file import open_source
from data.exchange.packages import PackageRow, keep_packages, package_in
from data.exchange.readings import read_rows
from data.exchange.report import Report, Reported, Tally
from data.exchange.row_reader import Purpose
from data.exchange.sources import Source
from data.exchange.standard_ratings import RatedRow, keep_ratings, rated_in
from data.exchange.survey import Question, survey
from data.exchange.take import take_row
from data.queries.departments import departments
from data.writer import writer
from models.actor import Actor
from models.clock import local_date, utc_now
from models.exceptions import FutureEventError, NotFoundError, SecondPersonError

#: How many rows a preview shows, and how much of a cell.
_SAMPLE, _LONGEST_CELL = 10, 120
#: How many rows wait at the writer: each is some ten statements.
_IN_FLIGHT = 16
#: The scheme of the identifiers of OC4IDS.
_OC4IDS = "oc4ids"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a file would come to."""

    file: str
    #: ``csv``, ``xlsx``, ``geojson``, ``oc4ids`` or ``json``.
    form: str
    encoding: str
    separator: str
    columns: Sequence[str]
    mapping: ColumnMapping
    #: What the file does not say, and nobody guesses.
    questions: Sequence[Question]
    #: The first rows, as text, by column.
    sample: Sequence[Mapping[str, str]]
    rows: int
    #: How many rows can be taken; the others are reported. ``rows == sound + len(reported)``.
    sound: int
    reported: Sequence[Reported]
    notes: Sequence[Reported]

    def as_json(self) -> dict[str, Any]:
        """Return the counts and the reported rows as plain values."""
        told = {name: [asdict(one) for one in getattr(self, name)] for name in ("questions", "reported", "notes")}
        return {"file": self.file, "rows": self.rows, "sound": self.sound, **told}

    def by_reason(self) -> Mapping[str, int]:
        """Return how many rows would be reported for each reason, the most frequent first."""
        return dict(Counter(reported.reason for reported in self.reported).most_common())


def preview(
    content: bytes | Path,
    file_name: str = "",
    mapping: ColumnMapping | None = None,
    *,
    lenient: bool = False,
    now: datetime | None = None,
) -> Preview:
    """
    Return what a file would come to, without writing anything.

    :param lenient: whether rows are to be taken without the cells that are wrong in them
    :raises UnreadableFileError: if it cannot be read at all: ``(reason code, detail)``
    """
    source, mapping = _opened(content, file_name, mapping)
    looked = survey(source, mapping)
    tally, sound = Tally(source.name, rows=looked.rows), 0
    purpose = _purpose(source, "", "", now or utc_now(), lenient=lenient)
    for found in read_rows(source, mapping, looked, purpose):
        tally.notes += found.notes
        if found.command is None:
            tally.report(*found.faults)
        else:
            sound += 1
    report = tally.finished()
    return Preview(
        file=source.name,
        form=source.form,
        encoding=source.encoding,
        separator=source.separator,
        columns=source.columns,
        mapping=mapping,
        questions=looked.questions,
        sample=[
            {column: text_of(row.cells.get(column))[:_LONGEST_CELL] for column in source.columns}
            for row in islice(source.rows(), _SAMPLE)
        ],
        rows=looked.rows,
        sound=sound,
        reported=report.reported,
        notes=report.notes,
    )


def import_projects(
    content: bytes | Path,
    file_name: str = "",
    mapping: ColumnMapping | None = None,
    *,
    actor: Actor,
    scheme: str = "",
    lenient: bool = False,
    now: datetime | None = None,
    as_of: date | None = None,
    by_authority: bool = False,
    progress: Progress = silent,
) -> Report:
    """
    Take the rows of a file as projects of the actor's department, and report every row that is not taken.

    The file is read to its end before anything is written. Run again, unchanged rows change nothing, and an import
    that was interrupted goes on where it stopped.

    :param scheme: the list of which the identifiers are; one of the department's own unless it says otherwise
    :param as_of: the day whose state of affairs the file tells: what it says was said on that day
    :param by_authority: whether each project of OC4IDS is published for the department that the file names
    :param progress: told how many rows are done, and of how many
    :raises UnreadableFileError: if it cannot be read at all: ``(reason code, detail)``
    :raises NotFoundError: if there is no such department
    :raises SecondPersonError: if a second person has to agree to what the department publishes, whoever imports it
    :raises FutureEventError: if the file is of a day to come
    """
    department_id = actor.department_id or ""
    if not by_authority:
        _demand_importing(department_id)
    source, mapping = _opened(content, file_name, mapping)
    now = now or utc_now()
    if as_of is not None and as_of > local_date(now):
        raise FutureEventError(as_of)
    looked = survey(source, mapping)
    tally = Tally(source.name, rows=looked.rows)
    intake = Intake(writer(), actor, now, tally, in_flight=_IN_FLIGHT)
    purpose = _purpose(source, department_id, scheme, now, lenient=lenient)
    purpose = replace(purpose, as_of=as_of, by_authority=by_authority)
    parts: list[PackageRow] = []
    rated: list[RatedRow] = []
    for done, found in enumerate(read_rows(source, mapping, looked, purpose), 1):
        tally.notes += found.notes
        if found.command is None:
            tally.report(*found.faults)
        else:
            speaker = replace(actor, department_id=found.command.department_id)
            intake.send(found.row, take_row, found.command, actor=speaker)
            parts += package_in(found.row, found.command, speaker)
            rated += rated_in(found.row, found.command)
        progress(done, looked.rows)
    intake.finish()
    keep_packages(parts, now, tally)
    keep_ratings(rated, now, tally, by_operator=by_authority)
    return tally.finished()


def _demand_importing(department_id: str) -> None:
    with reading() as session:
        named = departments(session).get(department_id)
    if named is None:
        raise NotFoundError("department", department_id)
    # Each row is a change of its own, and would be refused by itself: this is said once, and before all else.
    if named.needs_second_person:
        raise SecondPersonError(department_id)


def _opened(content: bytes | Path, file_name: str, mapping: ColumnMapping | None) -> tuple[Source, ColumnMapping]:
    source = open_source(content, file_name)
    return source, demand_mapped(mapping, source) if mapping is not None else guess_mapping(source)


def _purpose(source: Source, department_id: str, scheme: str, now: datetime, *, lenient: bool) -> Purpose:
    own = _OC4IDS if source.form == "oc4ids" else department_id or "imported"
    return Purpose(
        file=source.name,
        department_id=department_id,
        scheme=scheme or own,
        today=local_date(now),
        lenient=lenient,
    )
