"""
Rows of several tables with one statement: what belongs to one matter lies in many tables, and little in each.

Each table is a part of one union, with as many columns of each type as the widest part needs; the rest is nothing.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Float,
    Text,
    cast,
    inspect,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from models.base import Instant, Record

#: The types of what a row holds. What is none of them is text: codes are, too.
_TYPES: tuple[Any, ...] = (BigInteger, Date, Instant, Boolean, Float, Text)
_TEXT = len(_TYPES) - 1


@dataclass(frozen=True)
class Part:
    """A table, and which of its rows are asked for."""

    model: type[Record]
    condition: Any
    #: The table by which the condition is told, where it is another one, and how the two hang together.
    joined: tuple[Any, Any] | None = None
    #: Columns that are not read: the bytes of a file.
    without: frozenset[str] = frozenset()

    @property
    def table(self) -> Any:
        """The table of the record."""
        return self.model.__table__  # type: ignore[attr-defined]  # SQLModel does not tell of it.

    @property
    def by_type(self) -> tuple[list[Any], ...]:
        """The columns of each type, in the order of the table."""
        found: tuple[list[Any], ...] = tuple([] for _ in _TYPES)
        for column in self.table.columns:
            if column.name not in self.without:
                found[_type_of(column)].append(column)
        return found


class United:
    """A statement that returns the rows of several tables. It is put together once, and run for each question."""

    def __init__(self, *parts: Part) -> None:
        """Put the parts together."""
        self._columns = {part.table.name: (part.model, list(chain(*part.by_type))) for part in parts}
        widths = [max(len(part.by_type[kind]) for part in parts) for kind in range(len(_TYPES))]
        self._slots = {part.table.name: _slots(part, widths) for part in parts}
        self._statement = union_all(*(_padded(part, widths) for part in parts))

    def rows(self, session: Session, **asked: object) -> dict[type[Record], list[Any]]:
        """
        Return the rows of each table, by number where they have one. One statement.

        They have the columns of their table, but are no objects of the session: those take ten times as long to make.
        """
        return self._made(session, asked, lambda _, told: SimpleNamespace(**told))

    def records(self, session: Session, **asked: object) -> dict[type[Record], list[Any]]:
        """Return the same rows as objects of their models, which belong to no session. One statement."""
        configure_mappers()
        return self._made(session, asked, _record)

    def _made(
        self, session: Session, asked: dict[str, object], make: Callable[[type[Record], dict[str, Any]], Any]
    ) -> dict[type[Record], list[Any]]:
        found: dict[type[Record], list[Any]] = defaultdict(list)
        for row in session.execute(self._statement, asked):
            model, columns = self._columns[row[0]]
            slots = zip(columns, self._slots[row[0]], strict=True)
            found[model].append(make(model, {one.name: _read(one, row[slot]) for one, slot in slots}))
        for rows in found.values():
            rows.sort(key=lambda one: (getattr(one, "number", 0), getattr(one, "id", 0)))
        return found


def _record(model: type[Record], told: dict[str, Any]) -> Record:
    # As the mapper makes what it reads: what was checked when it was recorded is not checked again.
    made: Record = inspect(model).class_manager.new_instance()
    vars(made).update(told)
    return made


def _read(column: Any, value: Any) -> Any:
    """Return a value as its column has it: codes and lists are stored as text."""
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.loads(value)
    codes = getattr(column.type, "enum_class", None)
    return value if codes is None else codes(value)


def _type_of(column: Any) -> int:
    for number, kind in enumerate(_TYPES[:_TEXT]):
        wanted = BigInteger.__mro__[1] if kind is BigInteger else kind
        if isinstance(column.type, wanted):
            return number
    return _TEXT


def _slots(part: Part, widths: Sequence[int]) -> list[int]:
    """Return where in a row of the union each column stands; the first place is the table's name."""
    starts = [1 + sum(widths[:kind]) for kind in range(len(widths))]
    return [starts[kind] + place for kind, columns in enumerate(part.by_type) for place in range(len(columns))]


def _padded(part: Part, widths: Sequence[int]) -> Any:
    chosen = chain.from_iterable(
        _columns(columns, *pair) for columns, pair in zip(part.by_type, _wide(widths), strict=True)
    )
    statement = select(cast(literal(part.table.name), Text).label("of"), *chosen)
    if part.joined is not None:
        other, on = part.joined
        statement = statement.select_from(part.table).join(other, on)
    return statement.where(part.condition)


def _wide(widths: Sequence[int]) -> Iterator[tuple[Any, int, int]]:
    yield from ((kind, number, width) for number, (kind, width) in enumerate(zip(_TYPES, widths, strict=True)))


def _columns(columns: Sequence[Any], kind: Any, number: int, width: int) -> Iterator[Any]:
    """Yield the columns of one type, and nothings for those that other tables have."""
    for place in range(width):
        yield (_value(columns[place], kind) if place < len(columns) else cast(null(), kind)).label(
            f"v{number}_{place}"
        )


def _value(column: Any, kind: Any) -> Any:
    # PostgreSQL has a type of its own for lists, which is no text until it is told so.
    return cast(column, kind) if isinstance(column.type, JSON) else type_coerce(column, kind)
