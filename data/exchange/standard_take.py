"""
Taking into the record what a project of OC4IDS says beyond the cells of a row.

Each list of the file is beside a list of the record that only grows. Where the record says what the file said before,
the rest of the file's list is said now; a file that was taken already adds nothing.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from data.exchange.standard import (
    StandardDocument,
    StandardMilestone,
    StandardProject,
    Statement,
)
from data.exchange.standard_take_money import (
    keep_budgets,
    keep_contracts,
    keep_disclosures,
    keep_reports,
    keep_withheld,
)
from data.exchange.standard_terms import ELSEWHERE
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestone_duties import LinkMilestone, link_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.unit_of_work import UnitOfWork
from models.document import DisclosureClass, Document, DocumentRevision
from models.milestone import Milestone
from models.milestone_dependency import MilestoneDependency


def keep_standard(project_id: str, told: StandardProject, reason: str, uow: UnitOfWork) -> None:
    """
    Say of a project what a file says of it and the record does not yet.

    :raises RecordError: if the record refuses one of the statements
    """
    documents = _documents(project_id, told.documents, uow)
    _milestones(project_id, told.milestones, documents, uow)
    keep_budgets(project_id, told, documents, reason, uow)
    keep_reports(project_id, told, uow)
    keep_contracts(project_id, told.contracts, documents, uow)
    keep_withheld(project_id, told, uow)
    keep_disclosures(project_id, told, documents, reason, uow)


def _documents(project_id: str, told: Sequence[StandardDocument], uow: UnitOfWork) -> dict[str, int]:
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


def _milestones(
    project_id: str, told: Sequence[StandardMilestone], documents: Mapping[str, int], uow: UnitOfWork
) -> None:
    of_project = select(Milestone).where(Milestone.project_id == project_id).order_by(col(Milestone.id))
    had: dict[tuple[str, int], Milestone] = {}
    seen: Counter[str] = Counter()
    for one in uow.session.exec(of_project):
        had[one.title, seen[one.title]] = one
        seen[one.title] += 1
    seen.clear()
    named: dict[str, int] = {}
    for milestone in told:
        known = had.get((milestone.title, seen[milestone.title]))
        seen[milestone.title] += 1
        known = known or _plan(project_id, milestone, uow)
        named[milestone.name] = known.id
        _revise(known, milestone.statements, documents, uow)
    for milestone in told:
        _link(named[milestone.name], [named[one] for one in milestone.after if one in named], uow)


def _plan(project_id: str, milestone: StandardMilestone, uow: UnitOfWork) -> Milestone:
    first = milestone.statements[0]
    kept = plan_milestone(
        PlanMilestone(
            project_id=project_id,
            title=milestone.title,
            due_date=first.due_date,
            type=milestone.type,
            precision=first.precision,
            completes=milestone.completes,
            code=milestone.code,
            is_critical=milestone.is_critical,
            date_low=first.date_low,
            date_high=first.date_high,
            data_date=first.said_on,
        ),
        uow,
    )
    return uow.session.get_one(Milestone, int(kept.key))


def _revise(milestone: Milestone, told: Sequence[Statement], documents: Mapping[str, int], uow: UnitOfWork) -> None:
    said = [(one.kind, one.due_date) for one in milestone.revisions]
    if said != [(one.kind, one.due_date) for one in told[: len(said)]]:
        # Somebody said something else here since: what the record says holds.
        return
    for one in told[len(said) :]:
        revise_milestone(
            ReviseMilestone(
                milestone_id=milestone.id,
                kind=one.kind,
                due_date=one.due_date,
                precision=one.precision,
                reason_code=one.reason_code,
                reason=one.reason,
                date_low=one.date_low,
                date_high=one.date_high,
                data_date=one.said_on,
                document_id=documents.get(one.document),
                corrects=one.corrects,
                next_steps=one.next_steps,
                resume_on=one.resume_on,
            ),
            uow,
        )


def _link(milestone_id: int, after: Sequence[int], uow: UnitOfWork) -> None:
    said = uow.session.exec(
        select(MilestoneDependency.predecessor_id).where(MilestoneDependency.milestone_id == milestone_id)
    ).all()
    for other in after:
        if other not in said:
            link_milestone(LinkMilestone(milestone_id=milestone_id, predecessor_id=other), uow)
