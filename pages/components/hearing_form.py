"""The form by which somebody registers for a hearing. The browser keeps its fields: ``pages/assets/drafts.js``."""

from dataclasses import dataclass

import streamlit as st

from models.hearing import HearingSide
from pages.words import word

#: Keys of the fields that the browser keeps begin with ``draft_``.
_SIDE, _NAME, _CONTACT = "draft_side", "draft_name", "draft_contact"
_LONGEST_NAME, _LONGEST_CONTACT, _WIDTH = 100, 200, 760


@dataclass(frozen=True, kw_only=True)
class Registering:
    """What was filled in, as typed."""

    side: HearingSide
    name: str
    contact: str


def write_registration(language: str) -> Registering | None:
    """Draw the form, and return what was filled in when it is to be checked and nothing is missing."""

    def say(key: str) -> str:
        return word(f"hearing.{key}", language)

    with st.form("registration", enter_to_submit=False, border=False, width=_WIDTH):
        side = st.radio(
            say("side"),
            list(HearingSide),
            index=None,
            format_func=lambda code: word(f"codes.hearing_side.{code}", language),
            key=_SIDE,
        )
        name = st.text_input(say("name"), key=_NAME, max_chars=_LONGEST_NAME, help=say("name_help"))
        contact = st.text_input(say("contact"), key=_CONTACT, max_chars=_LONGEST_CONTACT, help=say("contact_help"))
        is_to_be_checked = st.form_submit_button(word("comment.check", language), type="primary")
    if not is_to_be_checked:
        return None
    missing = [
        key for key, value in (("side", side), ("name", name.strip()), ("contact", contact.strip())) if not value
    ]
    for key in missing:
        st.error(say(f"missing.{key}"))
    return Registering(side=HearingSide(side), name=name, contact=contact) if side and not missing else None


def put_back_registration(written: Registering) -> None:
    """Have the fields hold what was filled in, when they are drawn next."""
    st.session_state.update({_SIDE: written.side, _NAME: written.name, _CONTACT: written.contact})
