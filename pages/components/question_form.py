"""The form in which an expert is asked something. The browser keeps its fields: ``pages/assets/drafts.js``."""

from dataclasses import dataclass

import streamlit as st

from models.decision import Language
from pages.words import word

#: Keys of the fields that the browser keeps begin with ``draft_``.
_BODY, _NAME, _CONTACT = "draft_question", "draft_name", "draft_contact"
#: The browser does not keep this one.
_LANGUAGE = "question_language"
_LONGEST_NAME, _LONGEST_CONTACT, _HEIGHT, _WIDTH = 100, 200, 160, 760


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

    st.session_state.setdefault(_LANGUAGE, Language(language))
    with st.form("question", enter_to_submit=False, border=False, width=_WIDTH):
        # With ``max_chars`` Streamlit cuts a longer text without a word. The record refuses it, and nothing is lost.
        body = st.text_area(say("text"), key=_BODY, height=_HEIGHT, help=say("text_help"))
        columns = st.columns(2)
        name = columns[0].text_input(
            word("comment.name", language),
            key=_NAME,
            max_chars=_LONGEST_NAME,
            help=word("comment.name_help", language),
        )
        contact = columns[1].text_input(
            word("comment.contact", language),
            key=_CONTACT,
            max_chars=_LONGEST_CONTACT,
            help=word("comment.contact_help", language),
        )
        tongue = st.radio(
            say("language"),
            list(Language),
            format_func=lambda code: word(f"codes.language.{code}", language),
            key=_LANGUAGE,
            horizontal=True,
        )
        is_to_be_checked = st.form_submit_button(word("comment.check", language), type="primary")
    if not is_to_be_checked:
        return None
    return Asking(body=body, language=Language(tongue or language), name=name, contact=contact)


def put_back_question(written: Asking) -> None:
    """Have the fields hold what was asked, when they are drawn next."""
    st.session_state.update({_BODY: written.body, _NAME: written.name, _CONTACT: written.contact})
    st.session_state[_LANGUAGE] = written.language
