"""
The client token of a form: drawn once for what is sent once, so that sending again does nothing twice.

It stands in a field that nobody sees, whose value the browser keeps for the tab (``pages/assets/drafts.js``): after a
reload Streamlit begins a new session, which would draw another token.
"""

import re
from uuid import uuid4

import streamlit as st

_TOKEN = re.compile(r"[0-9a-f]{32}")


def client_token(address: str) -> str:
    """Draw the field, and return the token of the form at that address."""
    number = st.session_state.get(_number(address), 0)
    proposed = str(st.session_state.setdefault(f"{_number(address)} {number}", uuid4().hex))
    token = st.text_input("token", value=proposed, key=f"draft_token_{number}", label_visibility="collapsed")
    return token if _TOKEN.fullmatch(token) else proposed


def take_another_token(address: str) -> None:
    """Take another token: what is sent next is something else. To be called before the field is drawn."""
    st.session_state[_number(address)] = st.session_state.get(_number(address), 0) + 1


def _number(address: str) -> str:
    return f"token number {address}"
