"""How projects stand against what was promised: computed for one of them, or asked of all."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_
from sqlmodel import col

from models.present import ProjectPresent
from models.project import Phase


class ProjectState(StrEnum):
    """How a project stands against what was promised. Computed from the record and the calendar."""

    ON_TIME = "on_time"
    LATE = "late"
    REACHED = "reached"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    #: No date was promised.
    UNKNOWN = "unknown"


def state_of(row: ProjectPresent | Row[Any], today: date) -> ProjectState:
    """Return how a project stands."""
    if row.is_cancelled or row.phase is Phase.CANCELLED:
        return ProjectState.CANCELLED
    if row.reached_on is not None:
        return ProjectState.REACHED
    if row.is_paused:
        return ProjectState.PAUSED
    slip = slip_days(row, today)
    if slip is None:
        return ProjectState.UNKNOWN
    return ProjectState.LATE if slip > 0 else ProjectState.ON_TIME


def slip_days(row: ProjectPresent | Row[Any], today: date) -> int | None:
    """Return how late a project is, as :func:`models.milestone_moves.slippage` says of its last milestone."""
    if row.promised_on is None or row.expected_on is None:
        return None
    is_ended = row.reached_on is not None or row.is_cancelled
    return ((row.expected_on if is_ended else max(row.expected_on, today)) - row.promised_on).days


def in_state(state: ProjectState, today: date) -> ColumnElement[bool]:
    """Return how a project stands as a condition: the same as it is computed for one."""
    cancelled = or_(col(ProjectPresent.is_cancelled), col(ProjectPresent.phase) == Phase.CANCELLED)
    reached, paused = col(ProjectPresent.reached_on).is_not(None), col(ProjectPresent.is_paused)
    promised_on, expected_on = col(ProjectPresent.promised_on), col(ProjectPresent.expected_on)
    goes_on = and_(~cancelled, ~reached, ~paused)
    unknown = or_(promised_on.is_(None), expected_on.is_(None))
    late = or_(expected_on > promised_on, promised_on < today)
    return {
        ProjectState.CANCELLED: cancelled,
        ProjectState.REACHED: and_(~cancelled, reached),
        ProjectState.PAUSED: and_(~cancelled, ~reached, paused),
        ProjectState.UNKNOWN: and_(goes_on, unknown),
        ProjectState.LATE: and_(goes_on, ~unknown, late),
        ProjectState.ON_TIME: and_(goes_on, ~unknown, ~late),
    }[state]
