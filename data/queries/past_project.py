"""A project as it was known at the end of a past day: nothing in it was recorded later."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from data.queries.documents import DocumentSummary
from data.queries.project_view import ProjectView
from models.clock import end_of_day
from models.project import ProjectDecision


def project_as_of(session: Session, view: ProjectView, day: date) -> ProjectView:
    """Return what was known of a project, but for its summary and milestones. One statement."""
    end = end_of_day(day)
    linked = select(ProjectDecision.decision_id).where(
        ProjectDecision.project_id == view.summary.id, ProjectDecision.recorded_at < end
    )
    carried_out = set(session.exec(linked))
    return replace(
        view,
        revisions=_before(view.revisions, end),
        locations=_before(view.locations, end),
        budgets=_before(view.budgets, end),
        reports=_before(view.reports, end),
        decisions=[one for one in view.decisions if one.decision_id in carried_out],
    )


def documents_as_of(documents: Iterable[DocumentSummary], day: date) -> list[DocumentSummary]:
    """Return the documents of which what is said now was said by then; of what was amended since, nothing is told."""
    return _before(documents, end_of_day(day))


def _before(said: Iterable[Any], end: datetime) -> list[Any]:
    return [one for one in said if one.recorded_at < end]
