"""How departments keep their duties."""

import streamlit as st

from pages.context import reading, visit
from pages.readable.accountability import board_html

with reading() as session:
    st.html(board_html(session, visit()))
