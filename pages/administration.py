import streamlit as st

st.title("administration")
