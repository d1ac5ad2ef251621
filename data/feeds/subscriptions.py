"""What feed readers and calendars subscribe to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from data.feeds.answers import Answer
from data.feeds.asked import Asked, code_in, decision_in, demand_known, department_in, number_in, project_in, size_in
from data.feeds.atom import as_atom
from data.feeds.deadlines import as_calendar
from data.queries import deadlines
from data.queries.changes import changes, ledger_head
from data.queries.days import DayKind
from data.queries.departments import departments
from data.queries.duty_dates import duty_dates, hearing_dates
from models.clock import start_of_day
from models.decision import decision_subject
from models.exceptions import InvalidValueError, NotFoundError
from models.present import DecisionPresent, ProjectPresent
from models.project import project_subject

#: How far a calendar looks ahead.
AHEAD = timedelta(days=366)
#: How many dates a calendar holds. Calendars of phones choke on more.
MOST_DATES = 1_000


def changes_feed(session: Session, asked: Asked) -> Answer:
    """
    Return published changes, newest first.

    :raises NotFoundError: if there is no such decision, project or department
    """
    demand_known(asked.query, "decision", "project", "department", "before", "size")
    decision_id, project_id, department_id = _matter(session, asked)
    subject = decision_subject(decision_id) if decision_id else project_subject(project_id) if project_id else None
    page = changes(
        session,
        subject=subject,
        department_id=department_id,
        before=number_in(asked.query, "before"),
        size=size_in(asked.query),
    )
    following = asked.page_at(before=page.next) if page.next else None
    feed = as_atom(
        page.rows,
        names=departments(session),
        site=asked.site,
        address=asked.address,
        next_address=following,
        updated=ledger_head(session).last_time or asked.now,
    )
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Answer(body=feed, media_type="application/atom+xml; charset=utf-8", headers=headers)


def deadlines_calendar(session: Session, asked: Asked) -> Answer:
    """
    Return closings, hearings, statutory due days and the dates of milestones from today on, for a year.

    :raises NotFoundError: if there is no such decision, project or department
    """
    demand_known(asked.query, "decision", "project", "department", "kind")
    decision_id, project_id, department_id = _matter(session, asked)
    kind = code_in(DayKind, asked.query, "kind")
    today, last = asked.today, asked.today + AHEAD
    closings: Sequence[Any] = ()
    due_dates: Sequence[Any] = ()
    duties: Sequence[Any] = ()
    hearings: Sequence[Any] = ()
    if project_id is None:
        of: Any = {"decision_id": decision_id, "department_id": department_id, "size": MOST_DATES + 1}
        duties = duty_dates(session, now=asked.now, until=last, **of)
        hearings = hearing_dates(session, since=today, until=last, **of)
        closings = deadlines.closings(
            session,
            since=start_of_day(today),
            until=start_of_day(last),
            decision_id=decision_id,
            department_id=department_id,
            size=MOST_DATES + 1,
        )
    if decision_id is None:
        due_dates = deadlines.due_dates(
            session,
            since=today,
            until=last,
            project_id=project_id,
            department_id=department_id,
            size=MOST_DATES + 1,
            with_begun=True,
        )
    closings, due_dates, duties, hearings = (
        found if kind in (None, one) else ()
        for one, found in (
            (DayKind.CLOSING, closings),
            (DayKind.MILESTONE, due_dates),
            (DayKind.DUTY, duties),
            (DayKind.HEARING, hearings),
        )
    )
    is_cut = max(len(closings), len(due_dates), len(duties), len(hearings)) > MOST_DATES
    calendar = as_calendar(
        closings[:MOST_DATES],
        due_dates[:MOST_DATES],
        duties[:MOST_DATES],
        hearings[:MOST_DATES],
        site=asked.site,
        is_cut=is_cut,
    )
    return Answer(body=calendar, media_type="text/calendar; charset=utf-8")


def _matter(session: Session, asked: Asked) -> tuple[str | None, str | None, str | None]:
    """Return the one decision, project or department that is asked about."""
    found = decision_in(asked.query), project_in(asked.query), department_in(asked.query)
    decision_id, project_id, department_id = found
    if sum(one is not None for one in found) > 1:
        raise InvalidValueError("parameter", "decision, project, department together")
    if decision_id is not None and session.get(DecisionPresent, decision_id) is None:
        raise NotFoundError("decision", decision_id)
    if project_id is not None and session.get(ProjectPresent, project_id) is None:
        raise NotFoundError("project", project_id)
    if department_id is not None and department_id not in departments(session):
        raise NotFoundError("department", department_id)
    return found
