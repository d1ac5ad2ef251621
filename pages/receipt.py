"""Looking up what became of a comment, a question or a registration, by the code on its receipt."""

import streamlit as st

from pages.context import reading, say, visit
from pages.readable.receipt import heading_html, receipt_html, receipt_shown
from pages.readable.receipt_proceedings import proceedings_receipt_html

asked = visit()
st.html(heading_html(asked))
with st.form("receipt", border=False):
    code = st.text_input(
        say("receipt.code"), key="receipt_code", max_chars=100, help=say("receipt.code_help"), autocomplete="off"
    )
    is_asked = st.form_submit_button(say("receipt.look_up"), type="primary")

if code.strip():
    with reading() as session:
        shown = receipt_shown(session, code, asked)
        found = receipt_html(shown, asked) if shown else proceedings_receipt_html(session, code, asked)
    if found is None:
        st.error(say("receipt.wrong"))
    else:
        st.html(found)
elif is_asked:
    st.error(say("receipt.empty"))
