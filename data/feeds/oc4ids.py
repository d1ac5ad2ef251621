"""
Projects in the terms of OC4IDS 0.9.5.

https://standard.open-contracting.org/infrastructure/0.9.5/en/reference/schema/

The standard keeps one date for a milestone. What was said before goes to ``forecasts``: one metric for each
milestone, one observation for each statement. Empty fields are left out, and each day has a time and an offset.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from data.feeds.oc4ids_metrics import budget_history, milestone_history, progress, value
from data.feeds.written import as_json, instant, midnight
from data.queries.departments import DepartmentName
from data.queries.documents import DocumentSummary
from data.queries.projects import ProjectView
from models.document import DisclosureClass, DocumentType
from models.milestone import Milestone, RevisionKind
from models.present import DecisionPresent
from models.project import Sector

VERSION = "0.9"
#: The part of identifiers that the standard's helpdesk gives to a publisher. This one is nobody's.
PREFIX = "oc4ids-000000"
CLOSING = b"]}"
_DOCUMENT_TYPES = {
    DocumentType.COST_BENEFIT: "costBenefitAnalysis",
    DocumentType.RISK_ASSESSMENT: "riskProvisions",
    DocumentType.EVALUATION_REPORT: "projectEvaluation",
    DocumentType.FEASIBILITY_STUDY: "feasibilityStudy",
    DocumentType.ENVIRONMENTAL_IMPACT: "environmentalImpact",
    DocumentType.PROJECT_PLAN: "projectPlan",
    DocumentType.BUDGET_APPROVAL: "budgetApproval",
    DocumentType.PROGRESS_REPORT: "physicalProgressReport",
    DocumentType.ILLUSTRATION: "illustration",
    DocumentType.COMPLETION_CERTIFICATE: "completionCertificate",
}


def opening(*, site: str, published: datetime) -> bytes:
    """
    Return a package up to its first project.

    :param published: when the record last changed, as the standard recommends for what is made on demand
    """
    package = as_json(
        {
            "uri": f"{site}/open/oc4ids.json",
            "publishedDate": instant(published),
            "version": VERSION,
            "publisher": {"name": "Throughline 全程公开", "uri": f"{site}/"},
            "projects": [],
        }
    )
    return package.removesuffix(CLOSING)


def as_project(
    view: ProjectView,
    documents: Sequence[DocumentSummary],
    names: Mapping[str, DepartmentName],
    *,
    site: str,
    today: date,
) -> dict[str, Any]:
    """Return a project."""
    summary, said = view.summary, view.said
    organization = {"id": summary.department_id, "name": _name(summary.department_id, said.language, names)}
    location = view.locations[-1] if view.locations else None
    return stated(
        {
            "id": f"{PREFIX}-{summary.id}",
            "updated": instant(summary.updated_at),
            "title": said.title,
            "description": said.description,
            "language": said.language,
            "status": said.phase,
            "sector": [said.sector] if said.sector is not Sector.OTHER else [],
            "purpose": said.purpose,
            "identifiers": [{"id": other.value, "scheme": other.scheme} for other in view.identifiers],
            "publicAuthority": organization,
            "parties": [{**organization, "roles": ["publicAuthority"]}],
            # Frozen by the standard: what was first promised.
            "period": stated({"endDate": _midnight(summary.promised_on)}),
            "completion": stated({"endDate": _midnight(summary.reached_on)}),
            "locations": [stated({"id": "1", "description": said.region, "geometry": location.geometry})]
            if location
            else [],
            "budget": _budget(view),
            "milestones": [_milestone(milestone, today) for milestone in view.milestones],
            "forecasts": [
                *(milestone_history(milestone) for milestone in view.milestones),
                *budget_history(view.budgets),
            ],
            "metrics": progress(view.reports),
            "documents": [
                *(_document(document, site) for document in documents),
                *(_decision(decision, site) for decision in view.decisions),
            ],
        }
    )


def stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value. Zero and false are values."""
    return {name: content for name, content in fields.items() if content not in (None, "", [], {})}


def _name(code: str, language: str, names: Mapping[str, DepartmentName]) -> str:
    return names[code].name(language) if code in names else code


def _midnight(on: date | None) -> str | None:
    return midnight(on) if on else None


def _budget(view: ProjectView) -> dict[str, Any]:
    if not view.budgets:
        return {}
    latest = view.budgets[-1]
    return {"amount": value(latest.amount, latest.currency), "approvalDate": midnight(latest.approved_on)}


def _milestone(milestone: Milestone, today: date) -> dict[str, Any]:
    latest = milestone.latest
    is_reached = latest.kind is RevisionKind.ACHIEVED
    # What is reached keeps as its due date what was last expected.
    expected = [said.due_date for said in milestone.revisions if said.kind is not RevisionKind.ACHIEVED][-1]
    return stated(
        {
            "id": str(milestone.id),
            "title": milestone.title,
            "type": milestone.type,
            "dueDate": midnight(expected),
            "dateMet": midnight(latest.due_date) if is_reached else None,
            "dateModified": instant(latest.recorded_at),
            "status": _status(latest.kind, latest.due_date, today),
        }
    )


def _status(kind: RevisionKind, due_date: date, today: date) -> str:
    """Return a code of ``milestoneStatus``. A date that has passed without being reached is not met."""
    if kind is RevisionKind.ACHIEVED:
        return "met"
    return "notMet" if kind is RevisionKind.CANCELLED or due_date < today else "scheduled"


def _document(document: DocumentSummary, site: str) -> dict[str, Any]:
    is_public = document.disclosure is DisclosureClass.PUBLIC
    return stated(
        {
            "id": f"document-{document.id}",
            "documentType": _DOCUMENT_TYPES.get(document.type, document.type),
            "title": document.title,
            "description": document.alt,
            "url": f"{site}/files/{document.address}" if document.address else None,
            "datePublished": instant(document.recorded_at) if is_public else None,
            "format": document.media_type,
            "accessDetails": document.ground,
        }
    )


def _decision(decision: DecisionPresent, site: str) -> dict[str, Any]:
    """Return the decision that a project carries out: a docket, open for anybody to read."""
    return {
        "id": f"decision-{decision.decision_id}",
        "documentType": "decision",
        "title": decision.title,
        "url": f"{site}/decisions/{decision.decision_id}",
        "datePublished": instant(decision.announced_at),
        "language": decision.language,
    }
