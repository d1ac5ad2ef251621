"""Numbering statements: one after the last, within what they are about."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from data.unit_of_work import UnitOfWork
from models.base import Record

S = TypeVar("S", bound=Record)


def next_number(uow: UnitOfWork, kind: Any, **about: Any) -> int:
    """Return the number of the next statement of a kind about something: ``decision_id="2026-0041"``."""
    last = select(func.coalesce(func.max(kind.number), 0)).where(*_matches(kind, about))
    return int(uow.session.exec(last).one()) + 1


def latest_of(session: Session, kind: type[S], **about: Any) -> S | None:
    """Return the last statement of a kind about something: ``decision_id="2026-0041"``. Nothing before the first."""
    number = col(kind.number)  # type: ignore[attr-defined]  # Whatever is numbered has it.
    return session.exec(select(kind).where(*_matches(kind, about)).order_by(number.desc()).limit(1)).first()


def _matches(kind: Any, about: dict[str, Any]) -> list[ColumnElement[bool]]:
    return [col(getattr(kind, name)) == value for name, value in about.items()]
