"""What changes from one version of a draft to the next, clause by clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from models.draft import Clause

_WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
#: Comparing takes the square of the number of units.
_LONG = 12_000


class ClauseChange(StrEnum):
    """What becomes of a clause in a new version."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class ComparedClause:
    """A clause of two versions: what stays, goes and comes, in order."""

    change: ClauseChange
    label: str
    heading: str
    #: Pieces of text, each ``same``, ``added`` or ``removed``.
    pieces: Sequence[tuple[str, str]]


def compared(before: Sequence[Clause], after: Sequence[Clause]) -> list[ComparedClause]:
    """Return the clauses of a new version beside those it continues, and those that go, last."""
    earlier = {clause.key: clause for clause in before}
    found = []
    for clause in after:
        old = earlier.pop(clause.key, None)
        found.append(_compared(old, clause))
    removed = [_compared(old, None) for old in earlier.values()]
    return found + removed


def _compared(old: Clause | None, new: Clause | None) -> ComparedClause:
    shown = new or old
    if shown is None:
        raise ValueError("there is a clause before or after")
    pieces: list[tuple[str, str]]
    if old is None or new is None:
        change = ClauseChange.ADDED if old is None else ClauseChange.REMOVED
        pieces = [(change.value, shown.body)]
    elif (old.label, old.heading, old.body) == (new.label, new.heading, new.body):
        change, pieces = ClauseChange.SAME, [("same", new.body)]
    else:
        change, pieces = ClauseChange.CHANGED, _pieces(old.body, new.body)
    return ComparedClause(change=change, label=shown.label, heading=shown.heading, pieces=pieces)


def _pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Return what stays, goes and comes: by words and Chinese characters, in very long clauses by lines."""
    unit = _WORD if len(old) + len(new) <= _LONG else _LINE
    before, after = unit.findall(old), unit.findall(new)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            pieces.append(("same", added))
        else:
            pieces += [(name, text) for name, text in (("removed", removed), ("added", added)) if text]
    return pieces
