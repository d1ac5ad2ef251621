"""What every append-only statement has in common: a number, an instant, an author, and a reason to differ."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from models.exceptions import ConflictError, ReasonMissingError


class Numbered(Protocol):
    """A statement that is one of a numbered row of statements."""

    number: int
    recorded_at: datetime


N = TypeVar("N", bound=Numbered)


def as_of(revisions: Sequence[N], instant: datetime) -> N | None:
    """Return the last statement that had been recorded by then. Statements come in the order of their numbers."""
    known = [revision for revision in revisions if revision.recorded_at <= instant]
    return known[-1] if known else None


def demand_latest(what: str, *, seen: int | None, latest: Numbered, says: str) -> None:
    """
    Let only those change a thing who have seen what it says now.

    :raises ConflictError: if somebody else has said something since
    """
    if seen is not None and seen != latest.number:
        raise ConflictError(what, seen, latest.number, says)


def demand_reason(what: str, reason: str) -> str:
    """
    Return the reason, stripped.

    :raises ReasonMissingError: if there is none
    """
    if not reason.strip():
        raise ReasonMissingError(what)
    return reason.strip()
