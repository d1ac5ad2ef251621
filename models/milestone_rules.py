"""What a statement about a milestone must say, and what it must not, by its kind and its reason."""

from collections.abc import Sequence
from datetime import date

from models.exceptions import FutureEventError, InvalidValueError, OrderError
from models.milestone_codes import Precision, ReasonCode, RevisionKind
from models.milestone_revision import MilestoneRevision, Particulars
from models.revision import demand_reason

#: The shortest text that explains a reason of the code "other".
SHORTEST_OTHER = 20


def dates_said(said: MilestoneRevision) -> tuple[date | Precision | None, ...]:
    """Return everything that a statement says of when."""
    return said.due_date, said.precision, said.date_low, said.date_high


def demand_why(reason: str, code: ReasonCode | None, more: Particulars) -> str:
    """
    Return the reason of a statement that needs one, stripped.

    :raises ReasonMissingError: if there is none
    :raises InvalidValueError: if its code is missing, or what the code needs
    """
    reason = demand_reason("milestone", reason)
    if code is None:
        raise InvalidValueError("reason_code", "missing")
    if code is ReasonCode.OTHER and len(reason) < SHORTEST_OTHER:
        raise InvalidValueError("reason", "too short for the code other")
    _demand_point(code, more)
    return reason


def _demand_point(code: ReasonCode, more: Particulars) -> None:
    """Let public input name one adopted point, here or elsewhere, and no other reason name any."""
    named = (more.point_id is not None) + bool(more.point_elsewhere)
    if code is not ReasonCode.PUBLIC_INPUT and named:
        raise InvalidValueError("point_id", code)
    if code is ReasonCode.PUBLIC_INPUT and named != 1:
        raise InvalidValueError("point_id", "several" if named else "missing")


def demand_particulars(
    kind: RevisionKind, more: Particulars, latest: MilestoneRevision, today: date, *, is_as_told: bool = False
) -> None:
    """
    Let a statement say what its kind needs, and nothing that belongs to another kind.

    :param is_as_told: whether it repeats a file from elsewhere, of which a pause may leave open what ours must say
    :raises InvalidValueError: if something is missing, or is out of place
    :raises OrderError: if work is to go on before the day of which is told
    """
    if kind is RevisionKind.PAUSED and not is_as_told:
        demand_way_out(more)
    if kind is RevisionKind.REBASELINE and more.document_id is None:
        raise InvalidValueError("document_id", "missing")
    if more.corrects is not None and (kind is not RevisionKind.CORRECTION or not 1 <= more.corrects <= latest.number):
        raise InvalidValueError("corrects", more.corrects)
    if kind is not RevisionKind.PAUSED and (more.next_steps or more.resume_on):
        raise InvalidValueError("next_steps", kind)
    told_on = more.data_date or today
    if more.resume_on is not None and more.resume_on < told_on:
        raise OrderError(told_on, more.resume_on)


def demand_way_out(more: Particulars) -> None:
    """
    Let nothing be paused without a word on how it goes on, and when.

    By when it is spoken of again needs no word: :func:`models.milestone_revision.update_due`.

    :raises InvalidValueError: if one is missing
    """
    if not more.next_steps.strip():
        raise InvalidValueError("next_steps", "missing")
    if more.resume_on is None:
        raise InvalidValueError("resume_on", "missing")


def demand_dates(
    due_date: date, more: Particulars, before: Sequence[MilestoneRevision], kind: RevisionKind, today: date
) -> None:
    """
    Let dates be in order: the range around the date, and what is told after what was told before.

    :raises OrderError: if they are not
    :raises FutureEventError: if something is told of a day to come
    """
    if more.date_low is not None and more.date_low > due_date:
        raise OrderError(more.date_low, due_date)
    if more.date_high is not None and more.date_high < due_date:
        raise OrderError(due_date, more.date_high)
    if more.data_date is None:
        return
    if more.data_date > today:
        raise FutureEventError(more.data_date)
    told = max((said.data_date for said in before if said.data_date), default=None)
    if told is not None and more.data_date < told and kind is not RevisionKind.CORRECTION:
        raise OrderError(told, more.data_date)
