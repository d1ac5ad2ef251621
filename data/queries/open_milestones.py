"""The milestones of a department of which something is still to be said, as officers go through them each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.paging import Page, page_of
from models.clock import local_date
from models.decision import Language
from models.milestone import Milestone, MilestoneRevision, Precision, RevisionKind
from models.milestone_revision import MOST_PAUSED, MilestoneConfirmation
from models.present import ProjectPresent
from models.promised_day import PromisedDay

#: How many are gone through at once: as many as a telephone shows without getting lost.
AT_ONCE = 10
#: A milestone is on the desk so long before its date.
AHEAD = timedelta(days=60)
#: So long a confirmation holds, unless the date comes within the last days.
FRESH = timedelta(days=30)
LAST_DAYS = timedelta(days=7)
_ENDED = (RevisionKind.ACHIEVED, RevisionKind.CANCELLED)
_SAID = MilestoneRevision
_FIRST = aliased(MilestoneRevision)


@dataclass(frozen=True, kw_only=True)
class OpenMilestone:
    """A milestone that was neither reached nor given up, and what is said of it now."""

    milestone_id: int
    title: str
    project_id: str
    project_title: str
    language: Language
    promised_on: date
    promised_precision: Precision
    #: What is said now, and the number of that statement.
    kind: RevisionKind
    due_date: date
    precision: Precision
    date_low: date | None
    date_high: date | None
    resume_on: date | None
    number: int
    said_at: datetime
    #: When it was last said that this still holds.
    confirmed_at: datetime | None

    @property
    def promised(self) -> PromisedDay:
        """The day that is said now, as exactly as it is said."""
        return PromisedDay(self.due_date, self.precision, self.date_low, self.date_high)

    @property
    def spoken_of(self) -> datetime:
        """When something was last said of it."""
        return max(self.said_at, self.confirmed_at) if self.confirmed_at else self.said_at

    @property
    def update_due(self) -> date | None:
        """By when a pause is spoken of again; nothing where it is not paused."""
        if self.kind is not RevisionKind.PAUSED:
            return None
        latest = local_date(self.spoken_of) + MOST_PAUSED
        return min(self.resume_on, latest) if self.resume_on else latest

    @property
    def key(self) -> str:
        """Its place in the list."""
        return f"{self.due_date}_{self.milestone_id}"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """How many milestones are open, and of how many of them something was said since."""

    open: int
    spoken: int


def open_milestones(
    session: Session,
    department_id: str,
    *,
    silent_since: datetime | None = None,
    after: str | None = None,
    size: int = AT_ONCE,
) -> Page[OpenMilestone]:
    """
    Return the open milestones of a department, the soonest first.

    :param silent_since: only those of which nothing was said since
    :param after: the key of the last one seen; one that is no key is taken for none
    """
    statement = _open(department_id)
    if silent_since is not None:
        statement = statement.where(*_silent(silent_since))
    place = _place(after)
    if place is not None:
        statement = statement.where(tuple_(col(_SAID.due_date), col(_SAID.milestone_id)) > place)
    rows = session.execute(statement.order_by(col(_SAID.due_date), col(_SAID.milestone_id)).limit(size + 1)).all()
    return page_of([_open_milestone(row) for row in rows], size, lambda one: one.key)


def due_milestones(session: Session, department_id: str, *, now: datetime, size: int) -> Page[OpenMilestone]:
    """
    Return the milestones of a department that are overdue or due within :data:`AHEAD`, the soonest first.

    One that was confirmed within :data:`FRESH` is left out until its last days: nothing is asked twice.
    """
    today = local_date(now)
    confirmed = _confirmed()
    statement = _open(department_id).where(
        col(_SAID.kind) != RevisionKind.PAUSED,
        col(_SAID.due_date) <= today + AHEAD,
        or_(confirmed.is_(None), confirmed < now - FRESH, col(_SAID.due_date) <= today + LAST_DAYS),
    )
    rows = session.execute(statement.order_by(col(_SAID.due_date), col(_SAID.milestone_id)).limit(size + 1)).all()
    return page_of([_open_milestone(row) for row in rows], size, lambda one: one.key)


def paused_milestones(
    session: Session, department_id: str, *, today: date, ahead: timedelta
) -> Sequence[OpenMilestone]:
    """Return the paused milestones of a department that are to be spoken of again by then, the soonest first."""
    rows = session.execute(_open(department_id).where(col(_SAID.kind) == RevisionKind.PAUSED)).all()
    due = [(one.update_due, one) for one in map(_open_milestone, rows)]
    return [
        one for day, one in sorted(due, key=lambda pair: (str(pair[0]), pair[1].key)) if day and day <= today + ahead
    ]


def every_open_milestone(session: Session, department_id: str) -> list[OpenMilestone]:
    """Return all open milestones of a department, project by project."""
    ordered = _open(department_id).order_by(
        col(ProjectPresent.project_id), col(_SAID.due_date), col(_SAID.milestone_id)
    )
    return [_open_milestone(row) for row in session.execute(ordered)]


def count_spoken(session: Session, department_id: str, *, since: datetime) -> Spoken:
    """Return how many milestones of a department are open, and of how many of them something was said since."""
    every = _open(department_id).subquery()
    silent = _open(department_id).where(*_silent(since)).subquery()
    found = session.execute(select(func.count()).select_from(every)).scalar_one()
    return Spoken(open=found, spoken=found - session.execute(select(func.count()).select_from(silent)).scalar_one())


def _open(department_id: str) -> Select[Any]:
    later = aliased(MilestoneRevision)
    superseded = select(later.id).where(
        col(later.milestone_id) == col(_SAID.milestone_id), col(later.number) > col(_SAID.number)
    )
    statement: Select[Any] = (
        select(  # type: ignore[call-overload]  # SQLModel types four columns at most.
            _SAID.milestone_id,
            Milestone.title,
            ProjectPresent.project_id,
            col(ProjectPresent.title).label("project_title"),
            ProjectPresent.language,
            col(_FIRST.due_date).label("promised_on"),
            col(_FIRST.precision).label("promised_precision"),
            _SAID.kind,
            _SAID.due_date,
            _SAID.precision,
            _SAID.date_low,
            _SAID.date_high,
            _SAID.resume_on,
            _SAID.number,
            col(_SAID.recorded_at).label("said_at"),
            _confirmed().label("confirmed_at"),
        )
        .join(Milestone, col(Milestone.id) == col(_SAID.milestone_id))
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
        .join(_FIRST, (col(_FIRST.milestone_id) == col(Milestone.id)) & (col(_FIRST.number) == 1))
        .where(
            ProjectPresent.department_id == department_id,
            col(ProjectPresent.is_cancelled).is_(False),
            col(_SAID.kind).not_in(_ENDED),
            ~superseded.exists(),
        )
    )
    return statement


def _confirmed() -> ScalarSelect[Any]:
    return (
        select(func.max(col(MilestoneConfirmation.recorded_at)))
        .where(
            col(MilestoneConfirmation.milestone_id) == col(_SAID.milestone_id),
            col(MilestoneConfirmation.revision) == col(_SAID.number),
        )
        .correlate(_SAID)
        .scalar_subquery()
    )


def _silent(since: datetime) -> list[Any]:
    confirmed = _confirmed()
    return [col(_SAID.recorded_at) < since, or_(confirmed.is_(None), confirmed < since)]


def _open_milestone(row: Row[Any]) -> OpenMilestone:
    return OpenMilestone(**row._mapping)  # noqa: SLF001 - the documented name of a row as a mapping.


def _place(after: str | None) -> tuple[date, int] | None:
    day, _, number = (after or "").partition("_")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None
