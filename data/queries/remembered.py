"""
Answers that hold until what they follow from changes: counts over thousands of rows, kept in the process.

Lists count what they list, many times a second, of what changes a few times a day. An answer is kept beside the
version of the present from which it was counted (:mod:`data.versions`), so an old one is never given.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from data.versions import versions

T = TypeVar("T")
#: How many answers are kept for a database.
_MOST = 500


class _Answers:
    """What is remembered of one database."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, count: Callable[[], T]) -> T:
        """Return the answer kept under a key, or count anew."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        answer = count()
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return answer


@cache
def _databases() -> WeakKeyDictionary[Engine, _Answers]:
    return WeakKeyDictionary()


def remembered(session: Session, of: str, question: Hashable, count: Callable[[], T]) -> T:
    """
    Return the answer to a question about the present, counted once for each state of it.

    Whoever gets it shares it with others, and must not change it.

    :param of: one of the versions of :mod:`data.versions`
    """
    answers = _databases().setdefault(session.get_bind().engine, _Answers())
    return answers.find((of, versions(session)[of], question), count)
