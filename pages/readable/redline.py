"""What differs between two texts of a clause: word by word, and character by character where words are not parted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["same", "added", "removed"]

#: Letters and digits of alphabets hold together; Chinese characters and punctuation stand alone.
_WORDS = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。；！？.;!?\n]*[。；！？.;!?\n]*")
#: So many comparisons take about a tenth of a second. Longer texts are compared by sentences.
_MOST_COMPARISONS = 4_000_000
#: What stayed between two changes is read as changed with them if it is no longer than this.
_SHORTEST_SAME = 1


@dataclass(frozen=True)
class Piece:
    """A piece of a text: in both versions, or in one of them."""

    kind: Kind
    text: str


@lru_cache(maxsize=1_000)
def redline(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts. All but those added are the one, all but those removed are the other."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST_COMPARISONS:
        old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
    return tuple(_joined(_pieces(old, new)))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (step, old_from, old_to, new_from, new_to) in enumerate(steps):
        is_between = 0 < place < len(steps) - 1
        if step == "equal" and not (is_between and old_to - old_from <= _SHORTEST_SAME):
            yield Piece("same", "".join(old[old_from:old_to]))
            continue
        yield Piece("removed", "".join(old[old_from:old_to]))
        yield Piece("added", "".join(new[new_from:new_to]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Return the pieces with neighbouring changes as one: first all that was removed, then all that was added."""
    for is_same, neighbours in groupby(pieces, lambda piece: piece.kind == "same"):
        found = list(neighbours)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("removed", "added")
        for kind in kinds:
            text = "".join(piece.text for piece in found if piece.kind == kind)
            if text:
                yield Piece(kind, text)
