"""What every form asks a visitor who writes: in which language it is, and who writes, as far as they care to say."""

from dataclasses import dataclass

import streamlit as st

from models.decision import Language
from pages.words import word

#: The browser keeps these fields, whose names begin with ``draft_``: see ``pages/assets/drafts.js``.
NAME, CONTACT = "draft_name", "draft_contact"
_LONGEST_NAME, _LONGEST_CONTACT = 100, 200


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who wrote, as typed; either may be empty."""

    name: str
    contact: str


def signature_fields(language: str) -> Signed:
    """Draw the fields for a name and an address, beside each other."""
    columns = st.columns(2)
    name, contact = (
        column.text_input(
            word(f"comment.{field}", language),
            key=key,
            max_chars=longest,
            help=word(f"comment.{field}_help", language),
        )
        for column, field, key, longest in zip(
            columns, ("name", "contact"), (NAME, CONTACT), (_LONGEST_NAME, _LONGEST_CONTACT), strict=True
        )
    )
    return Signed(name=name, contact=contact)


def language_field(label: str, language: str, *, key: str) -> Language:
    """
    Draw the choice of the language that was written in: at first the one the page is read in.

    :param key: of the field in the session; the browser does not keep it
    """
    st.session_state.setdefault(key, Language(language))
    chosen = st.radio(
        label,
        list(Language),
        format_func=lambda code: word(f"codes.language.{code}", language),
        key=key,
        horizontal=True,
    )
    return Language(chosen or language)
