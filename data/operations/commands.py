"""Commands that are made one after the other: in earnest, or to see what would come of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from data.ledger.append import demand_recordable
from data.operations.proposable import operation_of
from data.unit_of_work import Entry, Kept, UnitOfWork
from models.exceptions import ConflictError, InvalidValueError
from models.ledger import Audience
from models.proposal import Agreement

#: What a command names that is about the project which the first command publishes.
NEW_PROJECT = "@new"


def project_made_by(place: int) -> str:
    """Return how commands name the project which an earlier one publishes: the one at that place, from 0."""
    return f"{NEW_PROJECT}:{place}"


def milestone_made_by(place: int) -> int:
    """Return how commands name the milestone which an earlier one promises: by a number that no milestone has."""
    return -1 - place


def tried(commands: Sequence[object], at: datetime, uow: UnitOfWork) -> list[dict[str, Any]]:
    """
    Return what the ledger would say of commands. They are made, and taken back.

    :raises RecordError: if the record would refuse one
    """
    with trying(uow, at) as inner:
        run(commands, inner)
        demand_recordable(inner.entries)
    return [_said(entry) for entry in inner.entries]


def against_now(commands: Sequence[object], at: datetime, uow: UnitOfWork) -> list[object]:
    """Return commands that follow what is said now, whatever their author had seen."""
    found: list[object] = []
    kept: list[Kept] = []
    with trying(uow, at) as inner:
        for command in commands:
            told: Any = command
            try:
                kept.append(_run(told, kept, inner))
            except ConflictError as error:
                told = replace(told, seen=error.facts[2])
                kept.append(_run(told, kept, inner))
            found.append(told)
    return found


@contextmanager
def trying(uow: UnitOfWork, at: datetime) -> Iterator[UnitOfWork]:
    """Open a unit of work at an instant, as if a second person had agreed; whatever is done in it is taken back."""
    agreed = Agreement(proposal_id=0, proposed_at=uow.now, approved_at=uow.now)
    savepoint = uow.session.begin_nested()
    try:
        yield uow.inside(uow.actor, agreed, now=at)
    finally:
        savepoint.rollback()


def run(commands: Sequence[object], uow: UnitOfWork) -> list[Kept]:
    """
    Make commands, in order, and return what each resulted in.

    :raises RecordError: if the record refuses one
    """
    kept: list[Kept] = []
    for command in commands:
        kept.append(_run(command, kept, uow))
    return kept


def _run(command: Any, before: Sequence[Kept], uow: UnitOfWork) -> Kept:
    operation = operation_of(command)
    if operation is None:
        raise InvalidValueError("command", type(command).__name__)
    return operation(_about_what_was_made(command, before), uow)


def _about_what_was_made(command: Any, before: Sequence[Kept]) -> Any:
    """Return a command that names what the ones before it made by the names that it has now."""
    told: dict[str, Any] = {}
    project, milestone = str(getattr(command, "project_id", "")), getattr(command, "milestone_id", None) or 0
    if project.startswith(NEW_PROJECT):
        told["project_id"] = _made_at(project.partition(":")[2] or "0", before)
    if milestone < 0:
        told["milestone_id"] = int(_made_at(str(-1 - milestone), before))
    return replace(command, **told) if told else command


def _made_at(place: str, before: Sequence[Kept]) -> str:
    """
    Return the name of what the command at a place made.

    :raises InvalidValueError: if no command before stands there
    """
    if not place.isdecimal() or int(place) >= len(before):
        raise InvalidValueError("command", place)
    return before[int(place)].key


def _said(entry: Entry) -> dict[str, Any]:
    return {
        "type": str(entry.type),
        "subject": entry.subject,
        "about": entry.about,
        "facts": dict(entry.pub),
        "words": {name: value for audience, name, value in entry.disclosed if audience is Audience.PUBLIC},
    }
