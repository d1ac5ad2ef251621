"""Publishing a decision: what is to be decided, what can still change, who decides, and when."""

import streamlit as st

from models.actor import Role
from pages.context import demand_account, say
from pages.forms.decision_text import draw_publication

account = demand_account(Role.PLANNER)
st.title(say("page.publish_decision.title"))
st.caption(say("page.publish_decision.description"))
draw_publication(account.department_id or "", "pages/work_on_decision.py")
