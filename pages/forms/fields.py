"""Fields of forms. Each keeps what was typed while its tab is closed, and is named for those who do not see it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from pages.context import say
from pages.forms.filling import Filling

E = TypeVar("E", bound=StrEnum)


def line_field(filling: Filling, field: str, label: str, *, value: str = "", most: int = 300) -> str:
    """Draw a field for one line, and return what is in it."""
    typed = st.text_input(label, value=value, max_chars=most, key=filling.words_key(field), persist_state="session")
    return typed or ""


def text_field(filling: Filling, field: str, label: str, *, value: str = "", most: int, height: int = 120) -> str:
    """Draw a field for a text, and return what is in it."""
    typed = st.text_area(
        label, value=value, max_chars=most, height=height, key=filling.words_key(field), persist_state="session"
    )
    return typed or ""


def reason_field(filling: Filling, *, field: str = "reason", label: str = "", most: int = 2000) -> str:
    """Draw the field for the public reason of a change, and return what is in it."""
    return text_field(filling, field, label or say("work.form.reason"), most=most, height=100)


def day_field(filling: Filling, field: str, label: str, *, value: date | None = None) -> date | None:
    """Draw a field for a day, and return the day; nothing where none was chosen."""
    chosen = st.date_input(label, value=value, format="YYYY-MM-DD", key=filling.key(field), persist_state="session")
    return chosen if isinstance(chosen, date) else None


def code_field(
    filling: Filling, field: str, label: str, codes: Iterable[E], *, subject: str, value: E | None = None
) -> E:
    """Draw a choice of one code out of a list, in words, and return the code."""
    options = list(codes)
    chosen: E = st.selectbox(
        label,
        options,
        index=options.index(value) if value is not None else 0,
        format_func=lambda code: say(f"codes.{subject}.{code}"),
        key=filling.key(field),
        persist_state="session",
    )
    return chosen


def choice_field(
    filling: Filling, field: str, label: str, codes: Iterable[E], *, subject: str, value: E | None = None
) -> E | None:
    """
    Draw a choice of one code, or of none: what is published is never a default.

    :param value: what is said already
    """
    options = list(codes)
    return st.selectbox(
        label,
        options,
        index=None if value is None else options.index(value),
        placeholder=say("work.choose"),
        format_func=lambda code: say(f"codes.{subject}.{code}"),
        key=filling.key(field),
        persist_state="session",
    )


def missing_choice() -> None:
    """Say that nothing was chosen where something must be."""
    st.error(say("work.form.choice_missing"))


def missing_day() -> None:
    """Say that a day is missing."""
    st.error(say("work.form.day_missing"))
