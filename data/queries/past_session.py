"""A session to which the record is what it was at the end of a past day: what was recorded later is not in it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, configure_mappers, with_loader_criteria
from sqlmodel import Session

from models.base import Record
from models.clock import end_of_day


@contextmanager
def reading_as_of(reading: Callable[[], AbstractContextManager[Session]], day: date) -> Iterator[Session]:
    """
    Open a session that knows what had been recorded by the end of a day.

    Statements are never altered, so what the record was then is what was stated by then: whatever is selected through
    models, their relations included, is narrowed to it. What is derived for the present stays as it is now, and so
    does what is asked of the connection itself.

    :param reading: opens a session that knows everything
    """
    narrower = _recorded_before(end_of_day(day))

    def narrow(asked: ORMExecuteState) -> None:
        # What is loaded for an object later is narrowed as the statement was that brought the object.
        if asked.is_select and not asked.is_column_load and not asked.is_relationship_load:
            asked.statement = asked.statement.options(*narrower)

    with reading() as session:
        event.listen(session, "do_orm_execute", narrow)
        yield session


def _recorded_before(instant: datetime) -> Sequence[Any]:
    return [with_loader_criteria(model, model.recorded_at < instant, include_aliases=True) for model in _dated()]


@cache
def _dated() -> Sequence[Any]:
    """Return every model that says when it was recorded."""
    configure_mappers()
    every = Record._sa_registry.mappers  # noqa: SLF001 - SQLModel has no other name for it.
    return [mapper.class_ for mapper in every if "recorded_at" in mapper.columns]
