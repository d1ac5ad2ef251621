"""How the record is kept and checked."""

import streamlit as st

from pages.context import visit
from pages.readable.about import about_html

st.html(about_html(visit()))
