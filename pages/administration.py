"""Administration: departments, who may do what, and what is to be published of projects. For administrators alone."""

import streamlit as st

from models.actor import Role
from pages.components.tabs import open_tab
from pages.context import demand_account, say
from pages.forms.accounts import draw_accounts
from pages.forms.departments import draw_departments
from pages.forms.disclosure_rules import draw_disclosure_rules
from pages.forms.filling import show_notice
from pages.forms.tokens import draw_tokens

_TABS = {
    "accounts": draw_accounts,
    "departments": draw_departments,
    "disclosure": draw_disclosure_rules,
    "tokens": draw_tokens,
}

demand_account(Role.ADMINISTRATOR)
st.title(say("page.administration.title"))
st.caption(say("page.administration.description"))
code, tab = open_tab({code: say(f"administration.tab.{code}") for code in _TABS})
with tab:
    show_notice()
    _TABS[code]()
