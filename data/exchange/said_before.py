"""What an import said of a project before, beside what anybody said of it."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from sqlmodel import col, select

from data.exchange.promises import IMPORTED
from data.unit_of_work import UnitOfWork


class _Said(Protocol):
    reason: str


S = TypeVar("S", bound=_Said)


def revisions(kind: Any, project_id: str, uow: UnitOfWork) -> Sequence[Any]:
    """Return everything that was said of a project in a table, first to last."""
    return uow.session.exec(select(kind).where(kind.project_id == project_id).order_by(col(kind.number))).all()


def last_imported(said: Sequence[S]) -> S:
    """Return what an import said last, or what was said first."""
    return next((one for one in reversed(said) if one.reason.startswith(IMPORTED)), said[0])
