"""Searching everything."""

import streamlit as st

from pages.components.choices import choose_words
from pages.context import reading, say, visit
from pages.readable.search import found_by, search_html

asked = visit()
with reading() as session:
    found = found_by(session, asked)

st.title(say("page.search.title"))
choose_words(say("search.words"), parameter="words")
st.html(search_html("search_results.html", found, asked))
