"""Excerpts of texts around the words that were looked for, and where in them the words stand."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

#: How many characters an excerpt has, and how many of them stand before the first word found.
_LENGTH = 160
_BEFORE = 40


class Segment(NamedTuple):
    """A piece of a text: looked for, or around it."""

    text: str
    is_hit: bool


def highlighted(text: str, words: Sequence[str]) -> list[Segment]:
    """Return the whole text in segments. Words are folded as :class:`data.search.Query` folds them."""
    folded, places = _folded(text)
    spans = sorted(span for word in words if word for span in _spans(folded, word, places))
    segments, end = [], 0
    for start, stop in spans:
        if start < end:
            continue
        segments += [Segment(text[end:start], is_hit=False), Segment(text[start:stop], is_hit=True)]
        end = stop
    segments.append(Segment(text[end:], is_hit=False))
    return [segment for segment in segments if segment.text]


def excerpt(text: str, words: Sequence[str]) -> list[Segment]:
    """Return the part of a text in which the first of the words stands, in segments."""
    line = " ".join(text.split())
    folded, places = _folded(line)
    first = min((place for place in (folded.find(word) for word in words) if place >= 0), default=0)
    start = max(0, (places[first] if places else 0) - _BEFORE)
    cut = line[start : start + _LENGTH]
    return highlighted(
        ("…" if start else "") + cut + ("…" if start + _LENGTH < len(line) else ""),
        words,
    )


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as it is compared, and for each of its characters the place it came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).casefold():
            folded.append(part)
            places.append(place)
    return "".join(folded), places


def _spans(folded: str, word: str, places: Sequence[int]) -> list[tuple[int, int]]:
    spans, found = [], folded.find(word)
    while found >= 0:
        spans.append((places[found], places[found + len(word) - 1] + 1))
        found = folded.find(word, found + len(word))
    return spans
