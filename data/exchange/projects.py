"""
Importing projects from tables, GeoJSON and OC4IDS.

- :func:`data.exchange.previews.preview` reads a file and says what would be taken, what would not and why, and what
  has to be asked. It writes nothing.
- :func:`import_projects` takes the rows, on behalf of the department of the actor, and reports.

Both take ``content`` as bytes with a file name, or as a path. ``mapping=None`` means: guess it. To correct a guess,
change the mapping of a preview with :func:`dataclasses.replace`, and hand it to either. Answers to the questions of a
preview are fields of the mapping too: ``date_order``, ``currency``, ``default_phase``.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from data.database import reading
from data.exchange.intake import Intake, Progress, silent
from data.exchange.mapping import ColumnMapping
from data.exchange.packages import PackageRow, keep_packages, package_in
from data.exchange.previews import opened, phases_of, purpose_of
from data.exchange.project_row import TakeRow
from data.exchange.proposed_import import (
    Described,
    RowsToPropose,
    demand_proposable,
    digest_of_file,
    in_english,
    propose_rows,
)
from data.exchange.readings import read_rows
from data.exchange.report import Report, Tally
from data.exchange.sources import OC4IDS
from data.exchange.standard_ratings import RatedRow, keep_ratings, rated_in
from data.exchange.survey import survey
from data.exchange.take import take_row
from data.queries.departments import departments
from data.writer import writer
from models.actor import Actor
from models.clock import local_date, utc_now
from models.exceptions import FutureEventError, NotFoundError, SecondPersonError
from models.project import Phase

#: How many rows wait at the writer: each is some ten statements.
_IN_FLIGHT = 16


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
    described: Described = in_english,
) -> Report:
    """
    Take the rows of a file as projects of the actor's department, and report every row that is not taken.

    The file is read to its end before anything is written. Run again, unchanged rows change nothing, and an import
    that was interrupted goes on where it stopped. Where a second person has to agree, all of it is one proposal.

    :param scheme: the list of which the identifiers are; one of the department's own unless it says otherwise
    :param as_of: the day whose state of affairs the file tells: what it says was said on that day
    :param by_authority: whether each project of OC4IDS is published for the department that the file names
    :param progress: told how many rows are done, and of how many
    :param described: says what a second person is told of the file, where one has to agree
    :raises UnreadableFileError: if it cannot be read at all: ``(reason code, detail)``; ``too_many_to_propose``,
        ``too_many_statements`` or ``proposed_already``, where a second person has to agree
    :raises NotFoundError: if there is no such department
    :raises SecondPersonError: if a second person has to agree, and the file is OC4IDS: it cannot be proposed
    :raises FutureEventError: if the file is of a day to come
    """
    department_id = actor.department_id or ""
    is_proposed = not by_authority and _needs_second_person(department_id)
    source, mapping = opened(content, file_name, mapping)
    if is_proposed and source.form == OC4IDS:
        raise SecondPersonError(department_id)
    now = now or utc_now()
    if as_of is not None and as_of > local_date(now):
        raise FutureEventError(as_of)
    looked = survey(source, mapping)
    if is_proposed:
        demand_proposable(looked.rows)
    tally = Tally(source.name, rows=looked.rows)
    taking = (
        _Proposing(actor, now, tally, digest_of_file(content), described)
        if is_proposed
        else _Publishing(actor, now, tally, by_authority=by_authority)
    )
    purpose = purpose_of(source, department_id, scheme, now, lenient=lenient)
    purpose = replace(purpose, as_of=as_of, by_authority=by_authority)
    found_phases: list[Phase | None] = []
    for done, found in enumerate(read_rows(source, mapping, looked, purpose), 1):
        tally.notes += found.notes
        if found.command is None:
            tally.report(*found.faults)
        else:
            found_phases.append(found.phase)
            taking.take(found.row, found.command)
        progress(done, looked.rows)
    taking.finish()
    tally.phases = phases_of(found_phases, mapping)
    return tally.finished()


class _Publishing:
    """Rows are published as they are read, each for the department that it names."""

    def __init__(self, actor: Actor, now: datetime, tally: Tally, *, by_authority: bool) -> None:
        self._actor, self._now, self._tally = actor, now, tally
        self._by_authority = by_authority
        self._intake = Intake(writer(), actor, now, tally, in_flight=_IN_FLIGHT)
        # What can be said only when every project of the file is in the record.
        self._parts: list[PackageRow] = []
        self._rated: list[RatedRow] = []

    def take(self, row: int, command: TakeRow) -> None:
        speaker = replace(self._actor, department_id=command.department_id)
        self._intake.send(row, take_row, command, actor=speaker)
        self._parts += package_in(row, command, speaker)
        self._rated += rated_in(row, command)

    def finish(self) -> None:
        self._intake.finish()
        keep_packages(self._parts, self._now, self._tally)
        keep_ratings(self._rated, self._now, self._tally, by_operator=self._by_authority)


class _Proposing:
    """Rows wait until all are read, and are one proposal."""

    def __init__(self, actor: Actor, now: datetime, tally: Tally, digest: str, described: Described) -> None:
        self._actor, self._now, self._tally = actor, now, tally
        self._digest, self._described = digest, described
        self._rows: list[tuple[int, TakeRow]] = []

    def take(self, row: int, command: TakeRow) -> None:
        self._rows.append((row, command))

    def finish(self) -> None:
        told = RowsToPropose(rows=self._rows, file=self._tally.file, digest=self._digest)
        self._tally.proposal_id = propose_rows(told, self._actor, self._now, self._tally, described=self._described)


def _needs_second_person(department_id: str) -> bool:
    with reading() as session:
        named = departments(session).get(department_id)
    if named is None:
        raise NotFoundError("department", department_id)
    return named.needs_second_person
