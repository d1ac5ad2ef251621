"""
What was written, kept for as long as it would be written again: until the record is changed, or a minute ends.

Comment periods open and close at whole minutes, and nothing on a page depends on time more finely. Many who read the
same page, and one who comes back to it, cost one reading of the record.
"""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar

from data.database import database
from data.queries.head import head_now
from data.queries.keeping import Shelf
from pages.readable import Visit

T = TypeVar("T")
#: How many are kept. One takes some 50 kB.
_MOST = 300


def state_of(visit: Visit) -> Hashable:
    """Return on what everything that is read depends beside the question: how far the record is, and the minute."""
    return database().number, head_now(), visit.now.replace(second=0, microsecond=0)


@cache
def _shelf() -> Shelf[Hashable, Any]:
    return Shelf(_MOST)


def kept(what: str, visit: Visit, make: Callable[[], T], *more: Hashable, state: Hashable = None) -> T:
    """
    Return what ``make`` makes for a visit, made once as long as it holds.

    Whoever gets it shares it with others, and must not change it.

    :param what: tells it from other things that are made for the same visit
    :param more: on what it depends besides
    :param state: as :func:`state_of` returns it, where somebody has looked already
    """
    asked = (visit.language, visit.id, tuple(sorted(visit.query.items())))
    found: T = _shelf().find((what, state or state_of(visit), asked, more), make)
    return found
