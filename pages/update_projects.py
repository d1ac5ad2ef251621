"""The spreadsheet of a department: taken away, edited, sent back, looked at, and published as one change."""

import streamlit as st

from models.actor import Role
from pages.context import demand_account, say
from pages.forms.round_trip import draw_round_trip

account = demand_account(Role.OFFICER)
st.title(say("page.update_projects.title"))
st.caption(say("updates.intro"))
if account.department_id is None:
    st.error(say("work_project.no_department"))
else:
    draw_round_trip(account)
