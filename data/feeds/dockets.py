"""Reading everything that belongs to one decision."""

from datetime import datetime

from sqlmodel import Session

from data.feeds.decision_json import Docket
from data.queries import decision_view
from data.queries.documents import documents_of_decision


def docket_of(session: Session, decision_id: str, *, now: datetime) -> Docket | None:
    """Return the docket of a decision; nothing if there is none of that number."""
    view = decision_view.find_decision(session, decision_id, now=now)
    if view is None:
        return None
    versions = decision_view.draft_versions(session, decision_id)
    return Docket(
        view=view,
        periods=decision_view.periods_of(session, decision_id),
        versions=versions,
        clauses=decision_view.clauses_of_version(session, versions[-1].id) if versions else (),
        opinions=decision_view.opinions_on(session, decision_id),
        projects=decision_view.projects_of_decision(session, decision_id),
        documents=documents_of_decision(session, decision_id),
    )
