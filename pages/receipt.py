import streamlit as st

st.title("receipt")
