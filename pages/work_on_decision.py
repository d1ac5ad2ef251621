import streamlit as st

st.title("work_on_decision")
