"""What a department proposed: a second person agrees or sends it back; its author sees what became of it."""

import streamlit as st

from data.queries.proposals import proposals
from models.actor import Role
from models.proposal import ProposalState
from pages.components.tabs import open_tab
from pages.context import demand_account, reading, say, visit
from pages.filters import code_in
from pages.forms.filling import show_notice
from pages.forms.proposal_card import draw_proposals, place_of

_STATES = (
    ProposalState.WAITING,
    ProposalState.SCHEDULED,
    ProposalState.FAILED,
    ProposalState.REFUSED,
    ProposalState.WITHDRAWN,
    ProposalState.PUBLISHED,
)

account = demand_account(Role.OFFICER, Role.PLANNER, Role.APPROVER)
asked = visit()
st.title(say("page.proposals.title"))
st.caption(say("proposals.for_approver" if account.role is Role.APPROVER else "proposals.for_officer"))
labels = {str(one): say(f"codes.proposal_state.{one}") for one in _STATES}
code, tab = open_tab(labels, parameter="state")
with tab:
    show_notice()
    state = code_in(ProposalState, code) or ProposalState.WAITING
    with reading() as session:
        after = asked.query.get(place_of(state))
        page = proposals(session, account.department_id or "", state, now=asked.now, after=after)
    draw_proposals(page, state, account)
