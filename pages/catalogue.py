"""The catalogue of decisions: what is planned, for when, and what became of it."""

import streamlit as st

from pages.components.choices import choose_code
from pages.context import current_language, reading, say, visit
from pages.readable.catalogue import catalogue_list

asked = visit()
with reading() as session:
    found = catalogue_list(session, asked)
language = current_language()

st.title(say("page.catalogue.title"))
st.caption(say("page.catalogue.description"))
if not found.entry:
    columns = st.columns(2)
    with columns[0]:
        years = [str(year) for year in found.years]
        choose_code(say("catalogue.year"), years, parameter="year", words=str, any_word=say("site.any"))
    with columns[1]:
        choose_code(
            say("decisions.department"),
            found.departments,
            parameter="department",
            words=lambda code: found.departments[code].name(language),
            any_word=say("site.any"),
        )
st.html(found.html)
