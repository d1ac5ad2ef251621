"""Publishing documents: with their file, or with the ground on which it is held back."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date

from pydantic import ConfigDict
from sqlmodel import col, select

from data.operations.standing import demand_on_decision, demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.decision import decision_subject
from models.document import DisclosureClass, Document, DocumentRevision, DocumentType, StoredFile
from models.exceptions import FutureEventError, InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.project import project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line
from models.uploads import checked_file


@dataclass(frozen=True, kw_only=True)
class DocumentText:
    """What is said of a document."""

    #: A file has no other form in JSON, where a document waits for a second person.
    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    type: DocumentType
    title: str
    #: What a picture shows.
    alt: str = ""
    #: Which of several demands for its type it answers, by the key the procedure gives it: ``expert_opinions``.
    key: str = ""
    disclosure: DisclosureClass = DisclosureClass.PUBLIC
    #: On what ground it is withheld.
    ground: str = ""
    review_on: date | None = None
    file_name: str = ""
    content: bytes = b""
    #: When a photograph was taken, and where, in words; and what it has in common with others of the same view.
    taken_on: date | None = None
    place: str = ""
    pair_key: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishDocument(DocumentText):
    """A document of a decision or of a project."""

    decision_id: str | None = None
    project_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class AmendDocument(DocumentText):
    """What is now said of a document."""

    document_id: int
    reason: str
    seen: int | None = None


def publish_document(command: PublishDocument, uow: UnitOfWork) -> Kept:
    """
    Publish a document.

    :raises InvalidValueError: if it belongs to nothing or to two things, or is withheld without ground and date
    :raises FileRefusedError: if its file is not one that the record takes
    :raises FutureEventError: if a photograph is said to have been taken on a day to come
    """
    _demand(command.decision_id, command.project_id, uow)
    document = Document(decision_id=command.decision_id, project_id=command.project_id, recorded_at=uow.now)
    uow.keep(document)
    return _keep(command, document, 1, "", uow)


def amend_document(command: AmendDocument, uow: UnitOfWork) -> Kept:
    """
    Say something else of a document; what was said before stays to be read.

    :raises ConflictError: if somebody else did since
    :raises ReasonMissingError: if nothing says why
    """
    document = uow.session.get(Document, command.document_id)
    if document is None:
        raise NotFoundError("document", command.document_id)
    _demand(document.decision_id, document.project_id, uow)
    latest = uow.session.exec(
        select(DocumentRevision)
        .where(DocumentRevision.document_id == document.id)
        .order_by(col(DocumentRevision.number).desc())
        .limit(1)
    ).one()
    demand_latest("document", seen=command.seen, latest=latest, says=latest.title)
    return _keep(command, document, latest.number + 1, demand_reason("document", command.reason), uow)


def demand_project_document(document_id: int | None, project_id: str, uow: UnitOfWork) -> None:
    """
    Let a statement about a project name only documents of that project.

    :raises NotFoundError: if there is no such document
    :raises InvalidValueError: if it belongs to something else
    """
    if document_id is None:
        return
    document = uow.session.get(Document, document_id)
    if document is None:
        raise NotFoundError("document", document_id)
    if document.project_id != project_id:
        raise InvalidValueError("document_id", "of another matter")


def _demand(decision_id: str | None, project_id: str | None, uow: UnitOfWork) -> None:
    if decision_id is not None and project_id is None:
        demand_on_decision(Act.PUBLISH_DOCUMENT, uow, decision_id)
    elif project_id is not None and decision_id is None:
        demand_on_project(Act.PUBLISH_DOCUMENT, uow, project_id)
    else:
        raise InvalidValueError("document", "belongs to one decision or one project")


def _keep(text: DocumentText, document: Document, number: int, reason: str, uow: UnitOfWork) -> Kept:
    if text.taken_on is not None and text.taken_on > local_date(uow.now):
        raise FutureEventError(text.taken_on)
    stored = _stored(text, uow)
    revision = DocumentRevision(
        document_id=document.id,
        number=number,
        type=text.type,
        title=one_line(text.title),
        alt=one_line(text.alt),
        key=text.key,
        disclosure=text.disclosure,
        ground=cleaned(text.ground),
        review_on=text.review_on,
        stored_file_id=stored.id if stored else None,
        taken_on=text.taken_on,
        place=one_line(text.place),
        pair_key=one_line(text.pair_key),
        reason=reason,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(revision)
    subject = (
        decision_subject(document.decision_id) if document.decision_id else project_subject(str(document.project_id))
    )
    _record(revision, stored, subject, uow)
    return Kept(subject=subject, key=str(document.id), number=number)


def _record(revision: DocumentRevision, stored: StoredFile | None, subject: str, uow: UnitOfWork) -> None:
    file = (
        {"sha256": stored.sha256, "size": stored.size, "mime": stored.media_type, "name": stored.name}
        if stored
        else None
    )
    uow.record(
        EntryType.DOCUMENT_PUBLISHED if revision.number == 1 else EntryType.DOCUMENT_AMENDED,
        subject=subject,
        about=f"document/{revision.document_id}/{revision.number}",
        pub={
            "type": str(revision.type),
            "key": revision.key,
            "title": revision.title,
            "disclosure": str(revision.disclosure),
            "ground": revision.ground,
            "review_on": str(revision.review_on) if revision.review_on else None,
            "reason": revision.reason,
            **({"taken_on": str(revision.taken_on)} if revision.taken_on else {}),
            **{name: said for name in ("place", "pair_key") if (said := getattr(revision, name))},
        },
        public={"file": file} if file else None,
    )


def _stored(text: DocumentText, uow: UnitOfWork) -> StoredFile | None:
    if text.disclosure is not DisclosureClass.PUBLIC:
        return None
    if not text.file_name:
        raise InvalidValueError("file", "missing")
    checked = checked_file(text.file_name, text.content)
    stored = StoredFile(
        address=secrets.token_hex(16),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        size=len(checked.content),
        media_type=checked.media_type,
        name=checked.name,
        content=checked.content,
    )
    uow.keep(stored)
    return stored
