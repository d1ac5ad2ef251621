"""
Choices that stand in the address, so that whatever is shown can be linked and shared.

Streamlit can write a widget's value into the address by itself, but it writes the words a visitor reads, and those
change with the language. Here the published code is written.
"""

from collections.abc import Callable, Iterable

import streamlit as st


def choose_code(
    label: str,
    codes: Iterable[str],
    *,
    parameter: str,
    words: Callable[[str], str],
    any_word: str,
) -> None:
    """Draw a choice of one code or none, and keep it in the address under ``parameter``."""
    options = ["", *codes]
    chosen = st.query_params.get(parameter, "")
    key = f"choice_{parameter}"
    st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda code: words(code) if code else any_word,
        key=key,
        on_change=note_in_address,
        args=(key, parameter),
    )


def choose_words(label: str, *, parameter: str, placeholder: str = "") -> None:
    """Draw a field for words to look for, and keep them in the address under ``parameter``."""
    key = f"choice_{parameter}"
    st.text_input(
        label,
        value=st.query_params.get(parameter, ""),
        key=key,
        placeholder=placeholder,
        max_chars=100,
        on_change=note_in_address,
        args=(key, parameter),
    )


def note_in_address(key: str, parameter: str) -> None:
    """Write what was chosen into the address. Another choice begins a list from its first page."""
    value = st.session_state[key]
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)
    if "after" in st.query_params:
        del st.query_params["after"]
