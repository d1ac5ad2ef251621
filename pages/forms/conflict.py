"""Two people at one thing: what it said when one of them began, what it says now, and what that one wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from pages.context import current_language
from pages.rendering import render


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the record says of a thing at some moment: the number of the statement, and its words by their labels."""

    number: int
    words: Mapping[str, str] = field(default_factory=dict)
    #: Why it was said.
    reason: str = ""


def show_both(seen: Statement | None, now: Statement, yours: Mapping[str, str]) -> None:
    """Draw what was seen, what is said now and what was written, line beside line. Nothing is chosen or lost."""
    labels = [label for label in now.words if label in yours] or list(now.words)
    rows = [
        (label, (seen.words.get(label, "") if seen else ""), now.words[label], yours.get(label)) for label in labels
    ]
    st.html(render("conflict.html", current_language(), seen=seen, now=now, rows=rows))
