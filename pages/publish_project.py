import streamlit as st

st.title("publish_project")
