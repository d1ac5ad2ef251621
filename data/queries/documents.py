"""Documents of decisions and projects, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.docket_record import said
from models.document import DisclosureClass, Document, DocumentRevision, DocumentType, StoredFile

#: What a summary says as its statement does, and what it says as the file does.
_TOLD = (
    *("number", "type", "title", "alt", "disclosure", "ground", "review_on", "recorded_at", "taken_on"),
    *("place", "pair_key", "key"),
)
_STORED = ("address", "name", "media_type", "size")


@dataclass(frozen=True, kw_only=True)
class DocumentSummary:
    """A document, as it is listed: what it is, and where it is or why it is held back."""

    id: int
    number: int
    type: DocumentType
    title: str
    alt: str
    disclosure: DisclosureClass
    ground: str
    review_on: date | None
    address: str | None
    name: str | None
    media_type: str | None
    size: int | None
    recorded_at: datetime
    #: When a photograph was taken, where, and what it has in common with others of the same view.
    taken_on: date | None = None
    place: str = ""
    pair_key: str = ""
    #: Which of several demands of the procedure for its type it answers.
    key: str = ""


def documents_of_decision(session: Session, decision_id: str) -> list[DocumentSummary]:
    """Return what is now said of each document of a decision, in the order they were published."""
    files = {one.id: one for one in said(session, decision_id, StoredFile)}
    latest = {one.document_id: one for one in said(session, decision_id, DocumentRevision)}
    return [summary_of(one, files.get(one.stored_file_id or 0)) for _, one in sorted(latest.items())]


def documents_of(session: Session, *, project_id: str) -> list[DocumentSummary]:
    """Return what is now said of each document of a project, in the order they were published."""
    latest = (
        select(DocumentRevision.document_id, func.max(DocumentRevision.number).label("number"))
        .join(Document)
        .where(Document.project_id == project_id)
        .group_by(col(DocumentRevision.document_id))
        .subquery()
    )
    rows = session.execute(
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            DocumentRevision,
            StoredFile.address,
            StoredFile.name,
            StoredFile.media_type,
            StoredFile.size,
        )
        .join(
            latest,
            (col(DocumentRevision.document_id) == latest.c.document_id)
            & (col(DocumentRevision.number) == latest.c.number),
        )
        .join(StoredFile, isouter=True)
        .order_by(col(DocumentRevision.document_id))
    )
    return [summary_of(row[0], row) for row in rows]


def summary_of(revision: DocumentRevision, file: Any) -> DocumentSummary:
    """
    Return a document as it is listed.

    :param file: what has the address, the name, the media type and the size of its file; nothing without one
    """
    told: dict[str, Any] = {name: getattr(revision, name) for name in _TOLD}
    stored: dict[str, Any] = {name: getattr(file, name, None) for name in _STORED}
    return DocumentSummary(id=revision.document_id, **told, **stored)


def photo_pairs(documents: Iterable[DocumentSummary]) -> dict[str, list[DocumentSummary]]:
    """Return the photographs that show one view on different days, by what they have in common, first to last."""
    found: dict[str, list[DocumentSummary]] = {}
    dated = [one for one in documents if one.pair_key and one.taken_on and one.address]
    for one in sorted(dated, key=lambda one: (one.pair_key, one.taken_on, one.id)):
        found.setdefault(one.pair_key, []).append(one)
    return {key: row for key, row in found.items() if len(row) > 1}


def find_file(session: Session, address: str) -> StoredFile | None:
    """Return the file at that address, if a document that is public now still has it."""
    later = aliased(DocumentRevision)
    superseded = select(later.id).where(
        col(later.document_id) == col(DocumentRevision.document_id), col(later.number) > col(DocumentRevision.number)
    )
    return session.exec(
        select(StoredFile)
        .join(DocumentRevision, col(DocumentRevision.stored_file_id) == col(StoredFile.id))
        .where(
            StoredFile.address == address,
            DocumentRevision.disclosure == DisclosureClass.PUBLIC,
            ~superseded.exists(),
        )
    ).first()
