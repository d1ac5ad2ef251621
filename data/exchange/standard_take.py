"""
Taking into the record what a project of OC4IDS says beyond the cells of a row.

Each list of the file is beside a list of the record that only grows. Where the record says what the file said before,
the rest of the file's list is said now; a file that was taken already adds nothing.
"""

import json
from collections.abc import Sequence

from sqlmodel import col, select

from data.exchange.standard import StandardDocument, StandardProject
from data.exchange.standard_take_milestones import keep_milestones
from data.exchange.standard_take_money import keep_budgets, keep_contracts, keep_reports
from data.exchange.standard_take_said import keep_disclosures, keep_withheld
from data.exchange.standard_terms import ELSEWHERE
from data.operations.documents import PublishDocument, publish_document
from data.unit_of_work import UnitOfWork
from models.document import DisclosureClass, Document, DocumentRevision


def keep_standard(project_id: str, told: StandardProject, reason: str, uow: UnitOfWork) -> None:
    """
    Say of a project what a file says of it and the record does not yet.

    :raises RecordError: if the record refuses one of the statements
    """
    documents = keep_documents(project_id, told.documents, uow)
    keep_milestones(project_id, told.milestones, documents, uow)
    keep_budgets(project_id, told, documents, reason, uow)
    keep_reports(project_id, told, uow)
    keep_contracts(project_id, told.contracts, documents, uow)
    keep_withheld(project_id, told, reason, uow)
    keep_disclosures(project_id, told, documents, reason, uow)


def keep_documents(project_id: str, told: Sequence[StandardDocument], uow: UnitOfWork) -> dict[str, int]:
    """Publish the documents that the record does not have, and return their numbers by their names in the file."""
    known = uow.session.exec(
        select(DocumentRevision)
        .join(Document, col(Document.id) == col(DocumentRevision.document_id))
        .where(Document.project_id == project_id, DocumentRevision.number == 1)
        .order_by(col(Document.id))
    ).all()
    had: dict[tuple[str, str], list[int]] = {}
    for one in known:
        had.setdefault((one.type, one.title), []).append(one.document_id)
    found: dict[str, int] = {}
    for document in told:
        same = had.get((document.type, document.title))
        found[document.name] = same.pop(0) if same else _document(project_id, document, uow)
    return found


def _document(project_id: str, document: StandardDocument, uow: UnitOfWork) -> int:
    is_elsewhere = document.disclosure is DisclosureClass.PUBLIC
    kept = publish_document(
        PublishDocument(
            project_id=project_id,
            type=document.type,
            title=document.title,
            alt=document.alt,
            disclosure=document.disclosure,
            ground=document.ground,
            review_on=document.review_on,
            file_name=ELSEWHERE if is_elsewhere else "",
            content=json.dumps(document.told, ensure_ascii=False, indent=2).encode() if is_elsewhere else b"",
        ),
        uow,
    )
    return int(kept.key)
