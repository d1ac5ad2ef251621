"""What closes, what is heard and what is due, by month and day."""

import streamlit as st

from pages.context import reading, visit
from pages.readable.deadlines import month_html

with reading() as session:
    st.html(month_html(session, visit()))
