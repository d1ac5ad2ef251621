"""Documents as OC4IDS has them: where they are, or why they cannot be read; and what else is held back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from data.exchange.standard_terms import (
    DOCUMENT,
    DOCUMENT_FIELDS,
    DOCUMENT_TYPES,
    ELSEWHERE,
    NOT_YET_DUE,
    WITHHELD,
    WITHHELD_UNTIL,
)
from data.feeds.stated import stated
from data.feeds.written import instant
from data.queries.documents import DocumentSummary
from models.document import DisclosureClass
from models.present import DecisionPresent
from models.withheld_item import WithheldField, WithheldItem

#: Which documents would tell what is held back, where the standard has such.
_TELL = {
    WithheldField.BUDGET: "budgetApproval",
    WithheldField.SPENT: "financialProgressReport",
    WithheldField.PROGRESS: "physicalProgressReport",
    WithheldField.DATES: "projectPlan",
    WithheldField.LOCATION: "projectScope",
    WithheldField.CONTRACT_VALUE: "contractSummary",
    WithheldField.SUPPLIER: "awardNotice",
    WithheldField.BIDDERS: "bidders",
    WithheldField.PURPOSE: "needsAssessment",
}


def known_as(documents: Sequence[DocumentSummary], elsewhere: Mapping[int, bytes]) -> dict[int, str]:
    """
    Return how the documents of a project are known within it: by their place, or as they are elsewhere.

    :param elsewhere: what is kept of documents that lie elsewhere, by their numbers
    """
    return {
        one.id: _elsewhere(elsewhere.get(one.id)).get("id", f"{DOCUMENT}{place}")
        for place, one in enumerate(documents, 1)
    }


def as_document(document: DocumentSummary, name: str, elsewhere: bytes | None, site: str) -> dict[str, Any]:
    """Return a document; one that lies elsewhere as it is described there."""
    told = _elsewhere(elsewhere)
    if told:
        return told
    is_public = document.disclosure is DisclosureClass.PUBLIC
    return stated(
        {
            "id": name,
            "documentType": DOCUMENT_TYPES.get(document.type, document.type),
            "title": document.title,
            "description": document.alt,
            "url": f"{site}/files/{document.address}" if document.address else None,
            "datePublished": instant(document.recorded_at) if is_public else None,
            "format": document.media_type,
            "accessDetails": _access(document),
        }
    )


def as_decision(decision: DecisionPresent, site: str) -> dict[str, Any]:
    """Return the decision that a project carries out: a docket, open for anybody to read."""
    return {
        "id": f"decision-{decision.decision_id}",
        "documentType": "decision",
        "title": decision.title,
        "url": f"{site}/decisions/{decision.decision_id}",
        "datePublished": instant(decision.announced_at),
        "language": decision.language,
    }


def as_likelihoods(project_id: str, site: str) -> dict[str, Any]:
    """Return where it is published how likely the dates of a project are: this record says that, and no department."""
    address = f"{site}/api/v1/projects/{project_id}"
    return {"id": address, "title": "How likely its dates are", "url": address, "format": "application/json"}


def as_withheld(item: WithheldItem) -> dict[str, Any]:
    """Return what is held back of a project: a gap with its ground."""
    ground = f"{item.ground}; by {item.held_by}" if item.held_by else item.ground
    return {
        "id": f"{WITHHELD}{item.field}",
        "documentType": _TELL[item.field],
        "title": f"Withheld: {item.field}",
        "accessDetails": WITHHELD_UNTIL.format(ground=ground, until=item.until),
    }


def lies_elsewhere(document: DocumentSummary) -> bool:
    """Whether the file of a document only tells where the document lies."""
    return document.name == ELSEWHERE


def _access(document: DocumentSummary) -> str | None:
    if document.disclosure is DisclosureClass.WITHHELD:
        return WITHHELD_UNTIL.format(ground=document.ground, until=document.review_on)
    if document.disclosure is DisclosureClass.NOT_YET_DUE and document.review_on:
        return NOT_YET_DUE.format(until=document.review_on)
    return document.ground


def _elsewhere(content: bytes | None) -> dict[str, Any]:
    """Return what a document that lies elsewhere is said to be; nothing if that is not what is kept."""
    if content is None:
        return {}
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    is_sound = isinstance(told, dict) and told.get("id") and told.keys() <= DOCUMENT_FIELDS
    return told if is_sound and all(isinstance(text, str) for text in told.values()) else {}
