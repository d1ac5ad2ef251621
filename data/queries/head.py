"""How far the ledger is, asked with every request: what was made of the record holds until it is further."""

from functools import cache
from weakref import WeakKeyDictionary

from data.database import Database, database
from data.queries.changes import Head, ledger_head


@cache
def _seen() -> WeakKeyDictionary[Database, tuple[int, Head]]:
    return WeakKeyDictionary()


def head_now() -> Head:
    """Return how far the ledger is. With SQLite it is read only if somebody has committed since it was last read."""
    kept_in = database()
    # In this order, so that what is committed in between is seen the next time.
    commits = kept_in.commits()
    seen = _seen().get(kept_in)
    if seen is not None and seen[0] == commits:
        return seen[1]
    with kept_in.reading() as session:
        head = ledger_head(session)
    if commits is not None:
        _seen()[kept_in] = (commits, head)
    return head
