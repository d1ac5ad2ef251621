"""One decision: its head, and whichever part of it is opened."""

import streamlit as st

from pages.components.choices import choose_code
from pages.components.tabs import open_tab
from pages.context import current_language, reading, say, visit
from pages.readable.decision_comments import commented_clauses
from pages.readable.decision_head import decision_head, head_html
from pages.readable.decision_parts import part_html, part_labels
from pages.readable.plain import not_found

asked = visit()
language = current_language()
with reading() as session:
    head = decision_head(session, asked)
if head is None:
    st.html(not_found(asked).body_html)
    st.stop()

st.set_page_config(page_title=head.view.said.title)
st.html(head_html(head, asked))
part, tab = open_tab(part_labels(head, language))
with tab, reading() as session:
    if part == "comments" and head.view.tally.points:
        clauses = commented_clauses(session, head.view, language)
        choose_code(
            say("decision.clause"), clauses, parameter="clause", words=clauses.__getitem__, any_word=say("site.any")
        )
    st.html(part_html(part, session, head, visit(), on_tab=True))
