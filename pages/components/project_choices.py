"""The choices by which projects are narrowed: the same beside the table and beside the map."""

from collections.abc import Mapping, Sequence

import streamlit as st

from models.project import Phase, Sector
from pages.components.choices import choose_code, choose_words
from pages.words import word


def choose_projects(*, departments: Mapping[str, str], regions: Sequence[str], language: str) -> None:
    """
    Draw the choices, and keep them in the address.

    All but the words are folded, so that on a phone the projects come first; what is chosen stands above them.

    :param departments: their names, by their codes
    """
    any_word = word("site.any", language)
    choose_words(word("projects.words", language), parameter="words")
    with st.expander(word("projects.narrow", language)):
        columns = st.columns(4)
    for column, (parameter, names) in zip(columns, _choices(departments, regions, language).items(), strict=True):
        with column:
            choose_code(
                word(f"projects.{parameter}", language),
                names,
                parameter=parameter,
                words=lambda code, names=names: names[code],  # type: ignore[misc]  # A default is the usual way to bind.
                any_word=any_word,
            )


def _choices(departments: Mapping[str, str], regions: Sequence[str], language: str) -> dict[str, Mapping[str, str]]:
    return {
        "department": departments,
        "sector": {sector.value: word(f"codes.sector.{sector}", language) for sector in Sector},
        "phase": {phase.value: word(f"codes.phase.{phase}", language) for phase in Phase},
        "region": {region: region for region in regions},
    }
