"""What happens now."""

import streamlit as st

from pages.context import visit
from pages.readable.now import now_html

st.html(now_html(visit()))
