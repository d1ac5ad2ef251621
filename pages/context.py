"""Who is looking, and when."""

from typing import Any

import streamlit as st

from pages.server.language import LANGUAGE_COOKIE, choose_language


def current_account() -> Any | None:
    """Return who is signed in."""
    return None


def current_language() -> str:
    """Return the language of whoever is looking."""
    return choose_language(
        chosen=st.context.cookies.get(LANGUAGE_COOKIE), accepted=st.context.headers.get("Accept-Language")
    )
