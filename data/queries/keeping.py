"""
What was computed of a record and is kept in the process: as much as fits, and for as long as its database is in use.

Whether it still holds is told by whoever keeps it: by a version of the present (:mod:`data.queries.remembered`), by
the last entry on a matter and the clock (:mod:`data.queries.evaluations`), or because a past day never changes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cache, partial
from operator import is_
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")
#: How many answers are kept of a record that hold while what they are made of is the same.
_MOST = 500


class Shelf(Generic[K, V]):
    """What was asked for last, by any thread: the oldest makes room for the newest."""

    def __init__(self, most: int) -> None:
        """
        Keep nothing yet.

        :param most: how much fits
        """
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return what is kept under a key; nothing if nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: K, value: V) -> V:
        """Keep a value, and return it."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def drop(self, is_meant: Callable[[K], bool]) -> None:
        """Keep no longer what is kept under such keys."""
        with self._lock:
            for key in [one for one in self._kept if is_meant(one)]:
                del self._kept[key]

    def find(self, key: K, make: Callable[[], V]) -> V:
        """Return what is kept under a key; make it if nothing is. Two who come at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        return self.put(key, make())


@cache
def _databases() -> WeakKeyDictionary[Engine, dict[Hashable, Any]]:
    return WeakKeyDictionary()


def kept_with(session: Session, make: Callable[[], T], *, of: str = "") -> T:
    """
    Return what is kept of the record that a session reads; what is made, at first.

    :param make: what makes it, and tells it from everything else that is kept of the same record
    :param of: tells several apart that are made alike
    """
    kept = _databases().setdefault(session.get_bind().engine, {})
    key = (make, of)
    # Made by two at once, the first stays.
    found: T = kept[key] if key in kept else kept.setdefault(key, make())
    return found


_answers: Callable[[], Shelf[Hashable, tuple[Sequence[object], Any]]] = partial(Shelf, _MOST)


def kept_while(session: Session, asked: Hashable, made_of: Sequence[object], make: Callable[[], T]) -> T:
    """Return an answer that holds as long as what it is made of is the same objects; make it if it does not."""
    answers = kept_with(session, _answers)
    kept = answers.get(asked)
    if kept is None or len(kept[0]) != len(made_of) or not all(map(is_, kept[0], made_of)):
        kept = answers.put(asked, (tuple(made_of), make()))
    answer: T = kept[1]
    return answer
