"""Keeping the catalogue of decisions: publishing what is planned, and saying what became of it."""

import streamlit as st

from models.actor import Role
from pages.context import demand_account, say
from pages.forms.catalogue import draw_amendment, draw_entry
from pages.forms.filling import show_notice

account = demand_account(Role.PLANNER)
st.title(say("page.keep_catalogue.title"))
st.caption(say("catalogue.keep.introduction"))
show_notice()
department_id = account.department_id or ""
draw_amendment(department_id)
draw_entry(department_id)
