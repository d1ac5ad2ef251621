"""Decisions, as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.feeds.document_json import as_document
from data.feeds.written import day, department, instant
from data.queries.decision_view import DecisionView, Tally
from data.queries.decisions import DecisionSummary
from data.queries.departments import DepartmentName
from data.queries.documents import DocumentSummary
from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import DecisionRevision
from models.draft import Clause, DraftVersion
from models.opinion import ExpertOpinion
from models.outcome import Evaluation, Outcome
from models.present import ProjectPresent
from models.stage import stage_state


@dataclass(frozen=True, kw_only=True)
class Docket:
    """Everything that belongs to one decision."""

    view: DecisionView
    periods: Sequence[tuple[CommentPeriod, PeriodRevision]]
    versions: Sequence[DraftVersion]
    #: Of the latest version.
    clauses: Sequence[Clause]
    opinions: Sequence[ExpertOpinion]
    projects: Sequence[ProjectPresent]
    documents: Sequence[DocumentSummary]


def as_summary(summary: DecisionSummary, names: Mapping[str, DepartmentName], site: str) -> dict[str, Any]:
    """Return a decision in a few lines."""
    return {
        "id": summary.id,
        "url": f"{site}/decisions/{summary.id}",
        "title": summary.title,
        "language": summary.language,
        "department": department(summary.department_id, names),
        "topic": summary.topic,
        "state": summary.state,
        "opens_at": instant(summary.opens_at),
        "closes_at": instant(summary.closes_at),
        "zone": summary.zone,
        "is_short": summary.is_short,
        "outcome": summary.outcome,
        "announced_at": instant(summary.announced_at),
        "decided_at": instant(summary.decided_at),
        "updated_at": instant(summary.updated_at),
        "comments": summary.comments,
    }


def as_decision(docket: Docket, names: Mapping[str, DepartmentName], site: str, today: date) -> dict[str, Any]:
    """Return a decision with everything that belongs to it but the comments, of which it has the counts."""
    view = docket.view
    return {
        "id": view.id,
        "url": f"{site}/decisions/{view.id}",
        "title": view.said.title,
        "language": view.said.language,
        "department": department(view.department_id, names),
        "topic": view.said.topic,
        "state": view.state,
        "summary": view.said.summary,
        "can_change": view.said.can_change,
        "cannot_change": view.said.cannot_change,
        "decided_by": view.said.decided_by,
        "announced_at": instant(view.present.announced_at),
        "updated_at": instant(view.present.updated_at),
        "revisions": [_revision(revision) for revision in view.revisions],
        "stages": [_stage(view, stage, today) for stage in view.stages],
        "periods": _periods(docket.periods),
        "draft": _draft(docket.versions, docket.clauses),
        "opinions": [_opinion(opinion) for opinion in docket.opinions],
        "tally": _tally(view.tally),
        "outcome": _outcome(view.outcome) if view.outcome else None,
        "evaluation": _evaluation(view.evaluation) if view.evaluation else None,
        "documents": [as_document(document, site) for document in docket.documents],
        "projects": [
            {"id": project.project_id, "url": f"{site}/projects/{project.project_id}", "title": project.title}
            for project in docket.projects
        ],
    }


def _revision(revision: DecisionRevision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "title": revision.title,
        "reason": revision.reason,
        "recorded_at": instant(revision.recorded_at),
    }


def _stage(view: DecisionView, stage: str, today: date) -> dict[str, Any]:
    said = view.stages[stage]
    return {
        "stage": stage,
        "title": view.stage_title(stage).model_dump(),
        "state": stage_state(said, today),
        "starts_on": day(said[-1].starts_on),
        "ends_on": day(said[-1].ends_on),
        "revisions": [
            {
                "number": revision.number,
                "kind": revision.kind,
                "starts_on": day(revision.starts_on),
                "ends_on": day(revision.ends_on),
                "reason": revision.reason,
                "recorded_at": instant(revision.recorded_at),
            }
            for revision in said
        ],
    }


def _periods(said: Sequence[tuple[CommentPeriod, PeriodRevision]]) -> list[dict[str, Any]]:
    rounds: dict[int, dict[str, Any]] = {}
    for period, revision in said:
        found = rounds.setdefault(period.round, {"round": period.round, "zone": period.zone, "revisions": []})
        found["opens_at"], found["closes_at"] = instant(revision.opens_at), instant(revision.closes_at)
        found["revisions"].append(
            {
                "number": revision.number,
                "kind": revision.kind,
                "opens_at": instant(revision.opens_at),
                "closes_at": instant(revision.closes_at),
                "reason": revision.reason,
                "recorded_at": instant(revision.recorded_at),
            }
        )
    return list(rounds.values())


def _draft(versions: Sequence[DraftVersion], clauses: Sequence[Clause]) -> dict[str, Any] | None:
    if not versions:
        return None
    return {
        "version": versions[-1].number,
        "language": versions[-1].language,
        "versions": [
            {
                "number": version.number,
                "reason": version.reason,
                "is_materially_changed": version.is_materially_changed,
                "recorded_at": instant(version.recorded_at),
            }
            for version in versions
        ],
        "clauses": [
            {"key": clause.key, "label": clause.label, "heading": clause.heading, "text": clause.body}
            for clause in clauses
        ],
    }


def _opinion(opinion: ExpertOpinion) -> dict[str, Any]:
    return {
        "number": opinion.number,
        "name": opinion.name,
        "affiliation": opinion.affiliation,
        "selection": opinion.selection,
        "conflict_statement": opinion.conflict_statement,
        "is_from_own_department": opinion.is_from_own_department,
        "stance": opinion.stance,
        "dissent": opinion.dissent,
        "text": opinion.body,
        "language": opinion.language,
        "signed_on": day(opinion.signed_on),
        "recorded_at": instant(opinion.recorded_at),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "points": tally.points,
        "answered": tally.answered,
        "by_stance": dict(sorted(tally.by_stance.items())),
        "by_state": {code or "unanswered": count for code, count in tally.by_state.items()},
        "by_clause": {key or "whole": count for key, count in sorted(tally.by_clause.items())},
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "code": outcome.code,
        "reason": outcome.reason,
        "changes": outcome.changes,
        "decided_by": outcome.decided_by,
        "decided_on": day(outcome.decided_on),
        "effective_on": day(outcome.effective_on),
        "recorded_at": instant(outcome.recorded_at),
    }


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "expected": evaluation.expected,
        "measured": evaluation.measured,
        "conclusion": evaluation.conclusion,
        "evaluator": evaluation.evaluator,
        "did_assessment": evaluation.did_assessment,
        "evaluated_on": day(evaluation.evaluated_on),
        "recorded_at": instant(evaluation.recorded_at),
    }
