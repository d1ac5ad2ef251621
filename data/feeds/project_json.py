"""Projects and their promises, as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.feeds.document_json import as_document
from data.feeds.standing_json import as_milestone_standing, as_standing
from data.feeds.written import day, department, instant, money
from data.queries.departments import DepartmentName
from data.queries.documents import DocumentSummary
from data.queries.listed_milestones import ListedMilestone
from data.queries.project_view import ProjectView
from data.queries.projects import ProjectSummary
from data.queries.standing import Standing
from models.day_said import said_on
from models.milestone import Milestone, MilestoneRevision
from models.milestone_amendment import MilestoneAmendment
from models.money import BudgetVersion, ProgressReport
from models.project_contradiction import ProjectContradiction


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


def as_listed(
    standing: Standing,
    summary: ProjectSummary | None,
    milestones: Sequence[ListedMilestone],
    names: Mapping[str, DepartmentName],
    site: str,
    *,
    beside: Iterable[ProjectContradiction] = (),
) -> dict[str, Any]:
    """
    Return a project as a list has it: how it stands, and the dates of its milestones.

    :param summary: what lists say of it at present; of a past day, it is how it stood
    :param beside: what does not fit when it is laid beside other projects
    """
    return {
        **as_summary(summary or standing.summary, names, site),
        **as_standing(standing, beside),
        "milestones": [as_milestone_standing(one.standing, one.promise) for one in milestones],
    }


def as_project(
    view: ProjectView,
    listed: Mapping[str, Any],
    documents: Sequence[DocumentSummary],
    site: str,
    *,
    amendments: Mapping[int, Sequence[MilestoneAmendment]],
) -> dict[str, Any]:
    """
    Return a project with everything that was ever said of it.

    :param amendments: what was said anew of its milestones, by their numbers
    """
    said = {milestone.id: milestone for milestone in view.milestones}
    return {
        **listed,
        "description": view.said.description,
        "purpose": view.said.purpose,
        "identifiers": [{"scheme": other.scheme, "id": other.value} for other in view.identifiers],
        "geometry": view.locations[-1].geometry if view.locations else None,
        "milestones": [
            as_milestone(one, said[one["id"]], amendments.get(one["id"], ())) for one in listed["milestones"]
        ],
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


def as_milestone(
    listed: Mapping[str, Any], milestone: Milestone, amendments: Iterable[MilestoneAmendment] = ()
) -> dict[str, Any]:
    """
    Return a milestone with the date first promised, the date said now, and every statement between them.

    What it is, it was perhaps not promised as: what it was said to be then stands beside what was said since.
    """
    slip, stated = listed["slip_first"], listed["statements"]
    return {
        **listed,
        "baseline_date": listed["first_date"],
        "reached_on": listed["actual_date"],
        "slip_days": slip["days"] if slip else None,
        # What was said later is none of a past day.
        "revisions": [_statement(revision) for revision in milestone.revisions[:stated]],
        "first_title": milestone.first_title,
        "first_code": milestone.first_code,
        "first_is_critical": milestone.first_is_critical,
        "amendments": [_amendment(one) for one in amendments],
    }


def _amendment(amendment: MilestoneAmendment) -> dict[str, Any]:
    return {
        "number": amendment.number,
        "title": amendment.title,
        "code": amendment.code,
        "is_critical": amendment.is_critical,
        "reason": amendment.reason,
        "said_on": day(said_on(amendment)),
        "recorded_at": instant(amendment.recorded_at),
    }


def _statement(revision: MilestoneRevision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "kind": revision.kind,
        "date": day(revision.due_date),
        "precision": revision.precision,
        "date_low": day(revision.date_low),
        "date_high": day(revision.date_high),
        "data_date": day(revision.data_date),
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
