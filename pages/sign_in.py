import streamlit as st

st.title("sign_in")
