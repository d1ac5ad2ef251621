"""Tabs of which one is open and drawn, and named in the address by a code that no language changes."""

from collections.abc import Mapping
from typing import Any

import streamlit as st


def open_tab(labels: Mapping[str, str], *, parameter: str = "tab") -> tuple[str, Any]:
    """
    Draw tabs, and return the code of the open one with the container to draw it in.

    :param labels: the words on each tab, by its code, in order; the first is open unless the address says otherwise
    """
    asked = st.query_params.get(parameter, "")
    first = next(iter(labels))
    key = f"tabs_{parameter}"
    codes = {label: code for code, label in labels.items()}
    drawn = st.tabs(
        list(labels.values()),
        default=labels.get(asked, labels[first]),
        key=key,
        on_change=_note,
        args=(key, parameter, codes, first),
    )
    for code, tab in zip(labels, drawn, strict=True):
        if tab.open:
            return code, tab
    return first, drawn[0]


def _note(key: str, parameter: str, codes: Mapping[str, str], first: str) -> None:
    code = codes.get(st.session_state[key], first)
    if code == first:
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = code
