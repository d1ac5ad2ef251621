"""
Answers that hold until what they follow from changes: counts over thousands of rows, kept in the process.

Lists count what they list, many times a second, of what changes a few times a day. An answer is kept beside the
version of the present from which it was counted (:mod:`data.versions`), so an old one is never given.
"""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session

from data.queries.keeping import Shelf, kept_with
from data.versions import versions

T = TypeVar("T")
#: How many answers are kept of a record.
_MOST = 500
_answers: Callable[[], Shelf[Hashable, Any]] = partial(Shelf, _MOST)


def remembered(session: Session, of: str, question: Hashable, count: Callable[[], T]) -> T:
    """
    Return the answer to a question about the present, counted once for each state of it.

    Whoever gets it shares it with others, and must not change it.

    :param of: one of the versions of :mod:`data.versions`
    """
    answer: T = kept_with(session, _answers).find((of, versions(session)[of], question), count)
    return answer
