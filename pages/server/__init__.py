"""Answering HTTP for people: what happens before Streamlit starts, and around it."""
