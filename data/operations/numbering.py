"""Numbering statements: one after the last, within what they are about."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from data.unit_of_work import UnitOfWork


def next_number(uow: UnitOfWork, kind: Any, **about: Any) -> int:
    """Return the number of the next statement of a kind about something: ``decision_id="2026-0041"``."""
    matches = [col(getattr(kind, name)) == value for name, value in about.items()]
    return int(uow.session.exec(select(func.coalesce(func.max(kind.number), 0)).where(*matches)).one()) + 1
