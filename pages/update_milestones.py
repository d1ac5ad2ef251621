"""The monthly update: every open milestone, ten at a time, and what is done this month is remembered by the record."""

import streamlit as st

from data.queries.open_milestones import count_spoken, open_milestones
from data.queries.proposed_milestones import proposed_milestones
from models.actor import Role
from models.clock import start_of_day
from pages.context import current_language, demand_account, reading, say, visit
from pages.forms.filling import show_notice
from pages.forms.monthly_update import draw_milestones
from pages.rendering import render

account = demand_account(Role.OFFICER)
asked = visit()
of_department = account.department_id or ""
since = start_of_day(asked.today.replace(day=1))
with reading() as session:
    spoken = count_spoken(session, of_department, since=since)
    page = open_milestones(session, of_department, silent_since=since, after=asked.query.get("after"))
    proposed = proposed_milestones(session, of_department)

st.title(say("page.update_milestones.title"))
st.html(render("update_milestones.html", current_language(), spoken=spoken, since=since))
show_notice()
draw_milestones(page, asked.today, proposed)
