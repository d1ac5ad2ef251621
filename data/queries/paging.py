"""Pages of a list, found by the key of the last row seen. Pages deep in a list cost what the first one costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

#: How many rows a page of a list has.
PAGE_SIZE = 20


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list, and where the next one begins; nothing where this is the last."""

    rows: Sequence[T]
    next: str | None = None


def page_of(rows: Sequence[T], size: int, key: Callable[[T], object]) -> Page[T]:
    """Return a page of at most ``size`` rows, from a query that asked for one more."""
    return Page(rows[:size], str(key(rows[size - 1])) if len(rows) > size else None)
