"""Why dates moved, and by how much: what the public input changed among them."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.milestone_codes import ReasonCode
from models.promise_history import PromiseHistory


@dataclass(frozen=True)
class DelayCause:
    """One reason, how often it moved a date, and by how many days in all."""

    #: None where statements from elsewhere gave none.
    reason: ReasonCode | None
    moves: int
    #: Negative where dates came nearer.
    days: int


def delay_causes(histories: Iterable[PromiseHistory]) -> tuple[DelayCause, ...]:
    """Return the reasons of all moves, the one that cost most days first."""
    days: dict[ReasonCode | None, list[int]] = {}
    for history in histories:
        for move in history.moves:
            days.setdefault(move.reason, []).append(move.days)
    causes = (DelayCause(reason, len(each), sum(each)) for reason, each in days.items())
    return tuple(sorted(causes, key=lambda cause: (-cause.days, cause.reason or "")))
