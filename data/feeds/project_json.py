"""Projects and their promises, as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.feeds.document_json import as_document
from data.feeds.written import day, department, instant, money
from data.queries.departments import DepartmentName
from data.queries.documents import DocumentSummary
from data.queries.projects import ProjectSummary, ProjectView
from models.milestone import Milestone, MilestoneRevision, RevisionKind, moves, slippage
from models.money import BudgetVersion, ProgressReport


def as_summary(summary: ProjectSummary, names: Mapping[str, DepartmentName], site: str) -> dict[str, Any]:
    """Return a project in a few lines."""
    return {
        "id": summary.id,
        "url": f"{site}/projects/{summary.id}",
        "title": summary.title,
        "language": summary.language,
        "department": department(summary.department_id, names),
        "phase": summary.phase,
        "sector": summary.sector,
        "region": summary.region,
        "state": summary.state,
        "promised_on": day(summary.promised_on),
        "expected_on": day(summary.expected_on),
        "reached_on": day(summary.reached_on),
        "slip_days": summary.slip_days,
        "moves": summary.moves,
        "milestones_count": summary.milestones,
        "milestones_reached": summary.milestones_reached,
        "next_due": day(summary.next_due),
        "next_title": summary.next_title,
        "budget": money(summary.budget, summary.currency),
        "longitude": summary.longitude,
        "latitude": summary.latitude,
        "updated_at": instant(summary.updated_at),
    }


def as_project(
    view: ProjectView,
    documents: Sequence[DocumentSummary],
    names: Mapping[str, DepartmentName],
    site: str,
    today: date,
) -> dict[str, Any]:
    """Return a project with everything that was ever said of it."""
    return {
        **as_summary(view.summary, names, site),
        "description": view.said.description,
        "purpose": view.said.purpose,
        "identifiers": [{"scheme": other.scheme, "id": other.value} for other in view.identifiers],
        "geometry": view.locations[-1].geometry if view.locations else None,
        "milestones": [as_milestone(milestone, today) for milestone in view.milestones],
        "budgets": [_budget(budget) for budget in view.budgets],
        "reports": [_report(report) for report in view.reports],
        "documents": [as_document(document, site) for document in documents],
        "decisions": [
            {"id": decision.decision_id, "url": f"{site}/decisions/{decision.decision_id}", "title": decision.title}
            for decision in view.decisions
        ],
        "revisions": [
            {
                "number": revision.number,
                "title": revision.title,
                "phase": revision.phase,
                "reason": revision.reason,
                "recorded_at": instant(revision.recorded_at),
            }
            for revision in view.revisions
        ],
    }


def as_milestone(milestone: Milestone, today: date) -> dict[str, Any]:
    """Return a milestone with the date first promised, the date said now, and every statement between them."""
    said, latest = milestone.revisions, milestone.latest
    return {
        "id": milestone.id,
        "title": milestone.title,
        "type": milestone.type,
        "completes": milestone.completes,
        "kind": latest.kind,
        "baseline_date": day(milestone.baseline.due_date),
        "latest_date": day(latest.due_date),
        "reached_on": day(latest.due_date) if latest.kind is RevisionKind.ACHIEVED else None,
        "slip_days": slippage(said, today).days,
        "moves": moves(said),
        "revisions": [_statement(revision) for revision in said],
    }


def _statement(revision: MilestoneRevision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "kind": revision.kind,
        "date": day(revision.due_date),
        "precision": revision.precision,
        "reason_code": revision.reason_code,
        "reason": revision.reason,
        "recorded_at": instant(revision.recorded_at),
    }


def _budget(budget: BudgetVersion) -> dict[str, Any]:
    return {
        "number": budget.number,
        "kind": budget.kind,
        **(money(budget.amount, budget.currency) or {}),
        "approved_on": day(budget.approved_on),
        "reason": budget.reason,
        "recorded_at": instant(budget.recorded_at),
    }


def _report(report: ProgressReport) -> dict[str, Any]:
    return {
        "number": report.number,
        "period_start": day(report.period_start),
        "period_end": day(report.period_end),
        #: In hundredths of a percent.
        "physical_basis_points": report.physical,
        "spent": money(report.spent, report.currency),
        "unchanged": report.unchanged,
        "text": report.body,
        "recorded_at": instant(report.recorded_at),
    }
