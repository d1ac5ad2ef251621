"""What the record says of a project at this moment, asked again after a refusal."""

from collections.abc import Callable

from data.queries.project_view import ProjectView, find_project
from models.clock import local_date, utc_now
from pages.context import reading
from pages.forms.conflict import Statement


def said_now(project_id: str, statement: Callable[[ProjectView], Statement | None]) -> Statement | None:
    """Return what is said now of a project, in the words that ``statement`` finds for it."""
    with reading() as session:
        view = find_project(session, project_id, today=local_date(utc_now()))
    return statement(view) if view else None
