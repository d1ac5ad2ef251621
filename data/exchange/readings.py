"""Understanding rows: what each says of a project, or what is wrong with it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from data.exchange.authorities import authority_code
from data.exchange.cells import text_of
from data.exchange.mapping import ColumnMapping
from data.exchange.phases import marks_in, phase_by_facts
from data.exchange.project_row import TakeRow
from data.exchange.report import Reported
from data.exchange.row_promises import promises_in
from data.exchange.row_reader import Purpose, RowReader
from data.exchange.row_values import (
    amount_in,
    amount_now,
    described_in,
    identifiers_in,
    language_in,
    phase_in,
    place_in,
    progress_in,
    sector_in,
    terms_in,
)
from data.exchange.sources import GCJ02, STANDARD, Source
from data.exchange.standard_reader import standard_in
from data.exchange.survey import Survey
from models.project import Phase


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was understood of a row: something to take, or faults."""

    row: int
    command: TakeRow | None
    #: The phase that its dates, progress and contract say, where no column does.
    phase: Phase | None = None
    faults: tuple[Reported, ...] = ()
    notes: tuple[Reported, ...] = ()


def read_rows(source: Source, mapping: ColumnMapping, survey: Survey, purpose: Purpose) -> Iterator[Reading]:
    """Yield what each row says. The second row with an identifier is at fault: nobody knows which of them holds."""
    seen: set[bytes] = set()
    for row in source.rows():
        reader = RowReader(row, mapping, survey, purpose)
        command = _read(reader)
        name = "\n".join(next(iter(command.identifiers.items())))
        digest = hashlib.blake2b(name.encode(), digest_size=12).digest()
        if row.fault:
            # Nothing else that is wrong with such a row is worth telling.
            reader.faults = reader.faults[:1]
        elif digest in seen:
            column = mapping.identifier or mapping.title
            reader.fault(column, text_of(row.cells.get(column)), "duplicate_identifier")
        seen.add(digest)
        if purpose.lenient:
            reader.notes += [fault for fault in reader.faults if fault.reason not in _FATAL]
            reader.faults = [fault for fault in reader.faults if fault.reason in _FATAL]
        phase = phase_by_facts(command, purpose.as_of or purpose.today)
        command = replace(command, default_phase=phase or command.default_phase)
        yield Reading(
            row=row.number,
            command=None if reader.faults else command,
            phase=phase,
            faults=tuple(reader.faults),
            notes=tuple(reader.notes),
        )


#: How a place came to be in WGS 84, for those who read why it is there.
GCJ02_CONVERTED = "GCJ-02 converted to WGS 84, within 2 m"
#: What leaves nothing to take, however lenient one is.
_FATAL = ("missing_title", "duplicate_identifier", "too_many_cells", "not_a_project", "too_long")


def _read(reader: RowReader) -> TakeRow:
    mapping, purpose = reader.mapping, reader.purpose
    if reader.row.fault:
        reader.fault("", "", reader.row.fault)
    title = reader.words("title")
    # A table without titles can add to projects that are known by their identifier.
    if not title and (mapping.title or not mapping.identifier):
        reader.fault(mapping.title, "", "missing_title")
    description, region = reader.words("description"), reader.words("region")
    sector, described = sector_in(reader)
    description = "\n".join(text for text in (description, described, *described_in(reader)) if text)
    told = reader.row.cells.get(STANDARD) if reader.mapping.identifier == "id" else None
    told = told if isinstance(told, Mapping) else None
    standard = standard_in(reader, told) if told is not None else None
    if told is not None and not told.get("title"):
        reader.note("title", title, "named_by_identifier")
    return TakeRow(
        file=purpose.file,
        as_of=purpose.as_of,
        standard=standard,
        **terms_in(told or {}),
        department_id=authority_code(told) if told is not None and purpose.by_authority else purpose.department_id,
        identifiers=identifiers_in(reader, title, description, region),
        language=language_in(title, told),
        title=title,
        description=description or None,
        purpose=reader.words("purpose") or None,
        phase=phase_in(reader),
        marks=marks_in(mapping),
        sector=sector,
        region=region or None,
        default_phase=mapping.default_phase,
        default_sector=mapping.default_sector,
        geometry=place_in(reader),
        placed=GCJ02_CONVERTED if mapping.crs == GCJ02 else "",
        budget=amount_in(reader) if standard is None or not standard.budgets else None,
        budget_now=amount_now(reader),
        progress=progress_in(reader),
        promises=tuple(promises_in(reader)),
        delay_reason=reader.words("delay_reason"),
    )
