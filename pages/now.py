import streamlit as st

st.title("now")
