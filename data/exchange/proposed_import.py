"""
Proposing a file of projects where a second person has to agree: all that its rows come to, as one proposal.

Each row is taken and taken back, one after the other, so that a row sees what the rows before it would publish. What
the record refuses is reported, as in any import; the rest is one proposal, of the very commands that would have been
made. It is published whole, or not at all: each command names the statement that it follows.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from data.exchange.noting import NotingUnitOfWork, in_their_places
from data.exchange.project_row import TakeRow
from data.exchange.report import Tally
from data.exchange.take import take_row
from data.operations.commands import trying
from data.operations.projects import PublishProject
from data.operations.proposals import ProposeChange, propose_change
from data.queries.proposals import find_open_proposal_of
from data.unit_of_work import Kept, UnitOfWork
from data.writer import change
from models.actor import Actor
from models.exceptions import RecordError, UnreadableFileError
from models.proposal import proposal_in

#: Nobody else changes anything while a file is tried, which takes some eight seconds for so many statements, nor while
#: it is published, which takes half of that; and the second person reads all of it.
MOST_ROWS, MOST_STATEMENTS = 1_000, 2_000
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class ProposedFile:
    """What the second person is told of a file."""

    name: str
    #: Its SHA-256: who is asked to agree can tell whether they have the same one.
    digest: str
    #: Rows that can be taken, new projects, statements about projects that are known, and rows that say nothing new.
    rows: int
    projects: int
    revisions: int
    unchanged: int


Described = Callable[[ProposedFile], str]


@dataclass(frozen=True, kw_only=True)
class RowsToPropose:
    """The rows of a file that can be taken, by their numbers, and what is told of the file."""

    rows: Sequence[tuple[int, TakeRow]]
    file: str
    digest: str


@dataclass
class _Outcome:
    commands: list[Any] = field(default_factory=list)
    refused: list[tuple[int, RecordError | IntegrityError]] = field(default_factory=list)
    projects: int = 0
    revisions: int = 0
    unchanged: int = 0


class _NothingNewError(RecordError):
    """Raised so that nothing is proposed: no row says anything that is not said already."""


def in_english(file: ProposedFile) -> str:
    """Return what the second person is told of a file, where nobody chose a language."""
    counts = f"{file.projects} new projects, {file.revisions} statements about known ones, {file.unchanged} unchanged"
    return f"{file.name} (SHA-256 {file.digest}): {file.rows} rows, {counts}"


def demand_proposable(rows: int) -> None:
    """
    Let a file be proposed, if one person can agree to so many rows.

    :raises UnreadableFileError: ``too_many_to_propose``
    """
    if rows > MOST_ROWS:
        raise UnreadableFileError("too_many_to_propose", f"{MOST_ROWS:,}")


def propose_rows(
    told: RowsToPropose, actor: Actor, now: datetime, tally: Tally, *, described: Described = in_english
) -> int | None:
    """
    Propose what the rows come to, and return the number of the proposal; nothing where they say nothing new.

    :param described: says what the second person is told of the file; the digest must be among it
    :raises UnreadableFileError: ``too_many_statements``, or ``proposed_already`` with the number of that proposal
    """
    outcomes: list[_Outcome] = []

    def propose_import(sent: RowsToPropose, uow: UnitOfWork) -> Kept:
        # A change may be tried again that the database refused for no fault of its own.
        outcomes.append(outcome := _Outcome())
        waiting = find_open_proposal_of(uow.session, str(uow.actor.department_id), sent.digest)
        if waiting is not None:
            raise UnreadableFileError("proposed_already", waiting)
        with trying(uow, uow.now) as inner:
            _try(sent.rows, inner, outcome)
        if not outcome.commands:
            raise _NothingNewError
        note = described(_file(sent, outcome))
        return propose_change(ProposeChange(commands=tuple(outcome.commands), note=note), uow)

    proposal_id = None
    with suppress(_NothingNewError):
        proposal_id = proposal_in(change(propose_import, told, actor, now=now).subject)
    outcome = outcomes[-1]
    for row, error in outcome.refused:
        tally.refuse(row, error)
    tally.taken += len(told.rows) - len(outcome.refused)
    tally.unchanged += outcome.unchanged
    return proposal_id


def _try(rows: Sequence[tuple[int, TakeRow]], uow: UnitOfWork, outcome: _Outcome) -> None:
    for row, command in rows:
        within = NotingUnitOfWork(uow.session, uow.actor, uow.now, agreed=uow.agreed)
        try:
            with uow.session.begin_nested():
                take_row(command, within)
        except (RecordError, IntegrityError) as error:
            outcome.refused.append((row, error))
            continue
        is_new = any(isinstance(made, PublishProject) for made, _ in within.noted)
        outcome.commands += in_their_places(within.noted, len(outcome.commands))
        outcome.projects += is_new
        outcome.revisions += 0 if is_new else len(within.noted)
        outcome.unchanged += not within.noted
        if len(outcome.commands) > MOST_STATEMENTS:
            raise UnreadableFileError("too_many_statements", f"{MOST_STATEMENTS:,}")


def _file(sent: RowsToPropose, outcome: _Outcome) -> ProposedFile:
    return ProposedFile(
        name=sent.file[:_LONGEST_NAME],
        digest=sent.digest,
        rows=len(sent.rows),
        projects=outcome.projects,
        revisions=outcome.revisions,
        unchanged=outcome.unchanged,
    )


def digest_of_file(content: bytes | Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.read_bytes()).hexdigest()
