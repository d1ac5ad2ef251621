"""Keeping the catalogue of decisions of a year: published before they start, with every change."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.numbering import next_number
from data.operations.standing import demand_on_decision
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.catalogue import CatalogueEntry, CatalogueRevision, CatalogueState, catalogue_subject
from models.clock import local_date
from models.decision import Language, Topic, decision_subject
from models.department import Department
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class CatalogueText:
    """What is said of a matter that is to be decided."""

    department_id: str
    language: Language
    topic: Topic = Topic.OTHER
    title: str
    summary: str = ""
    #: By when it is expected to be decided.
    planned_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PublishCatalogueEntry(CatalogueText):
    """A matter that is planned, of this year or another."""

    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class AmendCatalogueEntry(CatalogueText):
    """What is now said of it: another date, that it is dropped, or which decision it has become."""

    entry_id: int
    state: CatalogueState = CatalogueState.PLANNED
    decision_id: str | None = None
    reason: str
    seen: int | None = None


def publish_catalogue_entry(command: PublishCatalogueEntry, uow: UnitOfWork) -> Kept:
    """
    Publish that a matter is planned.

    :raises NotFoundError: if there is no such department
    """
    demand(Act.KEEP_CATALOGUE, uow.actor, department_id=command.department_id)
    if uow.session.get(Department, command.department_id) is None:
        raise NotFoundError("department", command.department_id)
    year = command.year or local_date(uow.now).year
    entry = CatalogueEntry(year=year, number=next_number(uow, CatalogueEntry, year=year), recorded_at=uow.now)
    uow.keep(entry)
    return _say(command, entry, 1, "", uow)


def amend_catalogue_entry(command: AmendCatalogueEntry, uow: UnitOfWork) -> Kept:
    """
    Say something else of a planned matter. What was said before stays to be read.

    :raises NotFoundError: if there is no such entry, or no such decision
    :raises ReasonMissingError: if nothing says why
    :raises InvalidValueError: if it is said to have started, and no decision is named, or the reverse
    :raises ConflictError: if somebody else said something since
    """
    entry = uow.session.get(CatalogueEntry, command.entry_id)
    if entry is None:
        raise NotFoundError("catalogue_entry", command.entry_id)
    latest = uow.session.exec(
        select(CatalogueRevision)
        .where(CatalogueRevision.entry_id == entry.id)
        .order_by(col(CatalogueRevision.number).desc())
        .limit(1)
    ).one()
    demand(Act.KEEP_CATALOGUE, uow.actor, department_id=latest.department_id)
    demand_latest("catalogue", seen=command.seen, latest=latest, says=latest.title)
    if (command.state is CatalogueState.STARTED) != (command.decision_id is not None):
        raise InvalidValueError("decision_id", command.decision_id or "missing")
    if command.decision_id is not None:
        demand_on_decision(Act.LINK_CATALOGUE, uow, command.decision_id)
    reason = demand_reason("catalogue", cleaned(command.reason))
    return _say(command, entry, latest.number + 1, reason, uow, command)


def _say(
    text: CatalogueText,
    entry: CatalogueEntry,
    number: int,
    reason: str,
    uow: UnitOfWork,
    amended: AmendCatalogueEntry | None = None,
) -> Kept:
    revision = CatalogueRevision(
        entry_id=entry.id,
        number=number,
        department_id=text.department_id,
        language=text.language,
        topic=text.topic,
        title=one_line(text.title),
        summary=cleaned(text.summary),
        planned_on=text.planned_on,
        state=amended.state if amended else CatalogueState.PLANNED,
        decision_id=amended.decision_id if amended else None,
        reason=reason,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(revision)
    uow.make_findable(Kind.CATALOGUE, entry.id, revision.title, revision.summary)
    subject, about = catalogue_subject(entry.year, entry.number), f"catalogue/{entry.year}-{entry.number}/{number}"
    entry_type = EntryType.CATALOGUE_PUBLISHED if number == 1 else EntryType.CATALOGUE_AMENDED
    _record(entry_type, subject, about, revision, uow)
    if revision.decision_id is not None:
        # A decision must know what is said of it: its procedure asks whether it was in the catalogue.
        _record(entry_type, decision_subject(revision.decision_id), about, revision, uow)
    return Kept(subject=subject, key=str(entry.id), number=number)


def _record(entry_type: EntryType, subject: str, about: str, revision: CatalogueRevision, uow: UnitOfWork) -> None:
    uow.record(
        entry_type,
        subject=subject,
        about=about,
        pub={
            "department": revision.department_id,
            "topic": str(revision.topic),
            "title": revision.title,
            "planned_on": str(revision.planned_on) if revision.planned_on else None,
            "state": str(revision.state),
            "decision": revision.decision_id,
            "reason": revision.reason,
        },
        public={"summary": revision.summary},
    )
