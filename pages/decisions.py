"""The list of decisions."""

import streamlit as st

from models.decision import Topic
from pages.components.choices import choose_code, choose_words
from pages.context import current_language, reading, say, visit
from pages.readable.decisions import decision_list, results_html
from pages.words import word

asked = visit()
with reading() as session:
    found = decision_list(session, asked)
language = current_language()

st.title(say("page.decisions.title"))
st.caption(say("page.decisions.description"))
columns = st.columns(3)
with columns[0]:
    choose_words(say("decisions.words"), parameter="words")
with columns[1]:
    choose_code(
        say("decisions.department"),
        found.departments,
        parameter="department",
        words=lambda code: found.departments[code].name(language),
        any_word=say("site.any"),
    )
with columns[2]:
    choose_code(
        say("decisions.topic"),
        [topic.value for topic in Topic],
        parameter="topic",
        words=lambda code: word(f"codes.topic.{code}", language),
        any_word=say("site.any"),
    )
st.html(results_html(found))
