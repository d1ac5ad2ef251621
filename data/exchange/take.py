"""
Taking one row into the record: the only change that an import of projects makes, whole or not at all.

The project is recognised by its identifier, inside the change itself, so that a row sent twice is taken once: an
import that was interrupted is simply run again. A row is compared with what an import said last. If officers have said
something else since, a file that still says what it said then does not undo it.
"""

from typing import Any

from data.exchange.noting import make
from data.exchange.phases import phase_followed
from data.exchange.project_row import TakeRow, reason_of
from data.exchange.promises import SourceFile, keep_promises
from data.exchange.said_before import last_imported, revisions
from data.exchange.standard_take import keep_standard
from data.exchange.standard_take_said import keep_titles
from data.exchange.take_money import keep_budgets, keep_progress
from data.operations.project_places import LocateProject, locate_project
from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.unit_of_work import Kept, UnitOfWork
from models.exceptions import InvalidValueError
from models.geometry import right_handed
from models.project import LocationRevision, ProjectIdentifier, ProjectRevision, project_subject
from models.text import cleaned, one_line

#: Why a phase changes that no column says.
_BY_ITS_DATES = "no column says the phase: it follows from dates, progress and contracts"
#: What a row may say of a project in words.
_TEXTS = ("title", "description", "purpose", "phase", "sector", "region")


def take_row(command: TakeRow, uow: UnitOfWork) -> Kept:
    """
    Publish the project that a row is about, or say of it what has changed. The result counts the statements made.

    :raises RecordError: if the record refuses any of them; then none is kept
    """
    known = _known(command, uow)
    project_id = known or make(publish_project, _publication(command), uow).key
    if command.standard is not None:
        keep_titles(project_id, command.standard, command.title, reason_of(command), uow)
    if known is not None:
        _amend(command, project_id, uow)
    _locate(command, project_id, uow)
    keep_budgets(command, project_id, uow)
    keep_progress(command, project_id, uow)
    if command.standard is not None:
        keep_standard(project_id, command.standard, reason_of(command), uow)
    source = SourceFile(name=command.file, as_of=command.as_of, words=command.delay_reason)
    keep_promises(project_id, command.promises, source, uow)
    return Kept(subject=project_subject(project_id), key=project_id, number=len(uow.entries))


def _known(command: TakeRow, uow: UnitOfWork) -> str | None:
    """Return the project that has one of the identifiers, the first one first."""
    named = (uow.session.get(ProjectIdentifier, name) for name in command.identifiers.items())
    projects = list(dict.fromkeys(name.project_id for name in named if name is not None))
    if len(projects) > 1:
        raise InvalidValueError("identifiers", f"they name several projects: {', '.join(projects)}")
    return projects[0] if projects else None


def _publication(command: TakeRow) -> PublishProject:
    first = next(iter(command.standard.titles), None) if command.standard else None
    if not (first or command.title):
        raise InvalidValueError("title", "")
    return PublishProject(
        department_id=command.department_id,
        language=(first.language if first else None) or command.language,
        title=first.title if first else command.title,
        data_date=first.since if first else None,
        description=command.description or "",
        purpose=command.purpose or "",
        phase=command.phase or command.default_phase,
        sector=command.sector or command.default_sector,
        region=command.region or "",
        identifiers=command.identifiers,
        approval_route=command.approval_route,
        cadence=command.cadence,
    )


def _amend(command: TakeRow, project_id: str, uow: UnitOfWork) -> None:
    said = revisions(ProjectRevision, project_id, uow)
    latest, imported = said[-1], last_imported(said)
    changed: dict[str, Any] = {}
    for name in _TEXTS:
        told = getattr(command, name)
        if told is None or (name == "title" and not told):
            continue
        if name not in ("phase", "sector"):
            told = one_line(told) if name in ("title", "region") else cleaned(told)
        if told not in (getattr(imported, name), getattr(latest, name)):
            changed[name] = told
    followed = phase_followed(command, project_id, latest.phase, uow)
    if followed is not None:
        changed["phase"] = followed
    if changed:
        text = {name: getattr(latest, name) for name in _TEXTS} | changed
        language = command.language if "title" in changed else latest.language
        reason = reason_of(command) if followed is None else f"{reason_of(command)}; {_BY_ITS_DATES}"
        said_now = AmendProject(project_id=project_id, language=language, reason=reason, seen=latest.number, **text)
        make(amend_project, said_now, uow)


def _locate(command: TakeRow, project_id: str, uow: UnitOfWork) -> None:
    if command.geometry is None:
        return
    said = revisions(LocationRevision, project_id, uow)
    if said and command.geometry in (right_handed(one.geometry) for one in (last_imported(said), said[-1])):
        return
    reason = reason_of(command) if said else ""
    if command.placed:
        reason = f"{reason_of(command)} ({command.placed})"
    seen = said[-1].number if said else 0
    place = LocateProject(project_id=project_id, geometry=command.geometry, reason=reason, seen=seen)
    make(locate_project, place, uow)
