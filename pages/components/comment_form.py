"""The form in which a comment is written. Its fields are kept by the browser: see ``pages/assets/drafts.js``."""

from dataclasses import dataclass

import streamlit as st

from models.comment import Stance
from models.decision import Language
from pages.components.signing import CONTACT, NAME, language_field, signature_fields
from pages.words import word

#: Keys of the fields that the browser keeps begin with ``draft_``.
BODY, STANCE = "draft_body", "draft_stance"
#: The browser does not keep this one.
_LANGUAGE = "comment_language"
_HEIGHT, _WIDTH = 220, 760


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written, as typed."""

    body: str
    stance: Stance
    language: Language
    name: str
    contact: str


def write_comment(language: str) -> Written | None:
    """Draw the form, and return what was written when it is to be checked and says what it wants."""

    def say(key: str) -> str:
        return word(f"comment.{key}", language)

    with st.form("comment", enter_to_submit=False, border=False, width=_WIDTH):
        stance = st.radio(
            say("stance"),
            list(Stance),
            index=None,
            format_func=lambda code: word(f"codes.stance.{code}", language),
            key=STANCE,
            horizontal=True,
        )
        # With ``max_chars`` Streamlit cuts a longer text without a word. The record refuses it, and nothing is lost.
        body = st.text_area(say("text"), key=BODY, height=_HEIGHT, help=say("text_help"))
        signed = signature_fields(language)
        tongue = language_field(say("language"), language, key=_LANGUAGE)
        is_to_be_checked = st.form_submit_button(say("check"), type="primary")
    if not is_to_be_checked:
        return None
    if stance is None:
        st.error(say("choose_stance"))
        return None
    return Written(body=body, stance=stance, language=tongue, name=signed.name, contact=signed.contact)


def put_back(written: Written) -> None:
    """Have the fields hold what was written, when they are drawn next."""
    values = {BODY: written.body, STANCE: written.stance, NAME: written.name, CONTACT: written.contact}
    st.session_state.update(values)
    st.session_state[_LANGUAGE] = written.language
