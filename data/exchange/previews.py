"""What a file of projects would come to: looked at before anything of it is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from data.exchange.cells import text_of
from data.exchange.guess import guess_mapping
from data.exchange.mapping import ColumnMapping, demand_mapped
from data.exchange.open_file import open_source
from data.exchange.phases import PhaseCounts, counted_phases
from data.exchange.readings import read_rows
from data.exchange.report import Reported, Tally
from data.exchange.row_reader import Purpose
from data.exchange.sources import OC4IDS, Source
from data.exchange.survey import Question, survey
from models.clock import local_date, utc_now
from models.project import Phase

#: How many rows a preview shows, and how much of a cell.
_SAMPLE, _LONGEST_CELL = 10, 120


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
    #: In which phase the projects of sound rows are by their dates, where no column says it.
    phases: PhaseCounts | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the counts and the reported rows as plain values."""
        told = {name: [asdict(one) for one in getattr(self, name)] for name in ("questions", "reported", "notes")}
        phases = asdict(self.phases) if self.phases else None
        return {"file": self.file, "rows": self.rows, "sound": self.sound, "phases": phases, **told}

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
    source, mapping = opened(content, file_name, mapping)
    looked = survey(source, mapping)
    tally, found_phases = Tally(source.name, rows=looked.rows), list[Phase | None]()
    purpose = purpose_of(source, "", "", now or utc_now(), lenient=lenient)
    for found in read_rows(source, mapping, looked, purpose):
        tally.notes += found.notes
        if found.command is None:
            tally.report(*found.faults)
        else:
            found_phases.append(found.phase)
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
        sound=len(found_phases),
        reported=report.reported,
        notes=report.notes,
        phases=phases_of(found_phases, mapping),
    )


def phases_of(found: Sequence[Phase | None], mapping: ColumnMapping) -> PhaseCounts | None:
    """Return in which phase projects were found to be; nothing where a column says it."""
    return None if mapping.phase else counted_phases(found, mapping.default_phase)


def opened(content: bytes | Path, file_name: str, mapping: ColumnMapping | None) -> tuple[Source, ColumnMapping]:
    """
    Return a file as rows, and the mapping by which it is read: guessed, where none is given.

    :raises UnreadableFileError: if it cannot be read at all, or lacks a column of the mapping
    """
    source = open_source(content, file_name)
    return source, demand_mapped(mapping, source) if mapping is not None else guess_mapping(source)


def purpose_of(source: Source, department_id: str, scheme: str, now: datetime, *, lenient: bool) -> Purpose:
    """Return on whose behalf a file is read. The list of its identifiers is one of the department unless said."""
    own = OC4IDS if source.form == OC4IDS else department_id or "imported"
    return Purpose(
        file=source.name,
        department_id=department_id,
        scheme=scheme or own,
        today=local_date(now),
        lenient=lenient,
    )
