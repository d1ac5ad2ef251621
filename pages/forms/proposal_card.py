"""A proposal on a small screen: what is said now and would be said, and what each of its people can do about it."""

import streamlit as st

from data.accounts import SignedIn
from data.operations.proposal_steps import (
    ApproveProposal,
    RefuseProposal,
    WithdrawProposal,
    approve_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from data.operations.proposals import ProposeAgain, propose_again
from data.queries.paging import Page
from data.queries.proposals import ProposalView, find_proposal
from data.unit_of_work import Kept
from models.actor import Role
from models.clock import utc_now
from models.proposal import ProposalState, proposal_in
from pages.context import current_language, reading, say
from pages.forms.fields import text_field
from pages.forms.filling import begin, leave_notice, send
from pages.readable.proposal_table import statements_csv
from pages.readable.proposal_words import proposer_words, refused_words, statement_words, step_words
from pages.rendering import render

#: So many statements are shown at once; the rest unfolds, up to so many. More than that are read in a table.
_MOST, _MOST_UNFOLDED = 5, 100
_AHEAD = (ProposalState.WAITING, ProposalState.SCHEDULED)
_CAME_TO_NOTHING = (ProposalState.FAILED, ProposalState.REFUSED, ProposalState.WITHDRAWN)


def draw_proposals(page: Page[ProposalView], state: ProposalState, account: SignedIn) -> None:
    """Draw a page of proposals, and the way to the next."""
    if not page.rows:
        st.text(say(f"proposals.none.{state}"))
    for proposal in page.rows:
        with st.container(border=True):
            _draw(proposal)
            if account.role is Role.APPROVER:
                _draw_agreement(proposal, account)
            else:
                _draw_own(proposal)
    if page.next:
        st.button(say("proposals.more"), on_click=_go_on, args=(state, page.next))
    elif place_of(state) in st.query_params:
        st.button(say("proposals.newest"), on_click=_go_on, args=(state, ""))


def place_of(state: ProposalState) -> str:
    """Return by which name an address has the place in a list. Each list has its own."""
    return f"after_{state}"


def _draw(proposal: ProposalView) -> None:
    language = current_language()
    html = render(
        "proposal.html",
        language,
        proposal=proposal,
        by=proposer_words(proposal, language),
        said=[statement_words(one, language) for one in proposal.statements[:_MOST_UNFOLDED]],
        count=len(proposal.statements),
        most=_MOST,
        refused=refused_words(proposal, language),
        steps=[(step_words(one, proposal, language), one.reason) for one in proposal.steps],
    )
    st.html(html)
    if len(proposal.statements) > _MOST_UNFOLDED:
        st.download_button(
            say("proposals.download"),
            lambda: statements_csv(proposal, language),
            file_name=f"proposal-{proposal.id}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"statements_{proposal.id}",
        )


def _draw_agreement(proposal: ProposalView, account: SignedIn) -> None:
    if proposal.state not in _AHEAD:
        return
    if proposal.account_id == account.account_id:
        st.caption(say("proposals.own"))
        return
    if proposal.state is ProposalState.WAITING:
        form = begin(f"approve_{proposal.id}")
        label = say("proposals.approve_scheduled" if proposal.publish_at else "proposals.approve")
        if st.button(label, key=form.key("send"), type="primary"):
            agreed = ApproveProposal(proposal_id=proposal.id)
            send(form, approve_proposal, agreed, done=say("proposals.approved"), then=_tell)
    form = begin(f"refuse_{proposal.id}")
    with st.expander(say("proposals.refuse")), st.form(form.key("form"), enter_to_submit=False):
        reason = text_field(form, "reason", say("proposals.refuse_reason"), most=2000, height=80)
        is_sent = st.form_submit_button(say("proposals.refuse"))
    if is_sent:
        refused = RefuseProposal(proposal_id=proposal.id, reason=reason)
        send(form, refuse_proposal, refused, done=say("proposals.refused"))


def _draw_own(proposal: ProposalView) -> None:
    if proposal.state in _AHEAD:
        form = begin(f"withdraw_{proposal.id}")
        if st.button(say("proposals.withdraw"), key=form.key("send")):
            command = WithdrawProposal(proposal_id=proposal.id)
            send(form, withdraw_proposal, command, done=say("proposals.withdrawn"))
    elif proposal.state in _CAME_TO_NOTHING:
        _draw_again(proposal)


def _draw_again(proposal: ProposalView) -> None:
    form = begin(f"again_{proposal.id}")
    if st.button(say("proposals.again"), key=form.key("send")):
        command = ProposeAgain(proposal_id=proposal.id)
        send(form, propose_again, command, done=say("proposals.waiting_sent"), then=_tell_again)
    projects = dict.fromkeys(one.project_id for one in proposal.statements if one.project_id and one.title)
    if len(projects) == 1:
        milestone = proposal.moved_milestone
        told = {
            "project_id": next(iter(projects)),
            "milestone": milestone,
            "proposal": proposal.id if milestone else "",
        }
        st.html(render("proposal_anew.html", current_language(), **told))


def _tell(kept: Kept) -> None:
    """Say whether what was agreed to is published, or will be, or was refused by the record."""
    with reading() as session:
        found = find_proposal(session, int(kept.key), now=utc_now())
    told = {ProposalState.SCHEDULED: "approved_scheduled", ProposalState.FAILED: "approved_failed"}
    leave_notice(say(f"proposals.{told.get(found.state, 'approved') if found else 'approved'}"))


def _tell_again(kept: Kept) -> None:
    if proposal_in(kept.subject) is None:
        leave_notice(say("proposals.published"))


def _go_on(state: ProposalState, after: str) -> None:
    if after:
        st.query_params[place_of(state)] = after
    else:
        st.query_params.pop(place_of(state), None)
