"""What is to be published of every project: the catalogue as it holds, and everything that was changed in it."""

import streamlit as st

from pages.context import visit
from pages.readable.disclosure_catalogue import disclosure_html

st.html(disclosure_html(visit()))
