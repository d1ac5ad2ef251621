"""The form in which an expert is asked something. The browser keeps its fields: ``pages/assets/drafts.js``."""

from dataclasses import dataclass

import streamlit as st

from models.decision import Language
from pages.components.signing import CONTACT, NAME, language_field, signature_fields
from pages.words import word

#: The browser keeps this field, whose name begins with ``draft_``.
_BODY = "draft_question"
#: The browser does not keep this one.
_LANGUAGE = "question_language"
_HEIGHT, _WIDTH = 160, 760


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What was asked, as typed."""

    body: str
    language: Language
    name: str
    contact: str


def write_question(language: str) -> Asking | None:
    """Draw the form, and return what was asked when it is to be checked."""

    def say(key: str) -> str:
        return word(f"question.{key}", language)

    with st.form("question", enter_to_submit=False, border=False, width=_WIDTH):
        # With ``max_chars`` Streamlit cuts a longer text without a word. The record refuses it, and nothing is lost.
        body = st.text_area(say("text"), key=_BODY, height=_HEIGHT, help=say("text_help"))
        signed = signature_fields(language)
        tongue = language_field(say("language"), language, key=_LANGUAGE)
        is_to_be_checked = st.form_submit_button(word("comment.check", language), type="primary")
    if not is_to_be_checked:
        return None
    return Asking(body=body, language=tongue, name=signed.name, contact=signed.contact)


def put_back_question(written: Asking) -> None:
    """Have the fields hold what was asked, when they are drawn next."""
    st.session_state.update({_BODY: written.body, NAME: written.name, CONTACT: written.contact})
    st.session_state[_LANGUAGE] = written.language
