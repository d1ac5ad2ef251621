"""When something is published: at once, at an instant to come, or as soon as a second person agrees."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Protocol

import streamlit as st

from data.operations.proposable import operation_of
from data.operations.proposals import ProposeChange
from data.queries.departments import departments
from data.queries.proposals import find_proposal
from data.unit_of_work import Kept
from models.clock import JURISDICTION, local_date, utc_now, zone
from models.proposal import LONGEST_WAIT, ProposalState, proposal_in
from pages.context import current_account, reading, say

#: When offices open.
_MORNING = time(9)


class Keyed(Protocol):
    """A form, as far as its fields have keys."""

    def key(self, field: str) -> str:
        """Return the key of a field that is chosen."""

    def words_key(self, field: str) -> str:
        """Return the key of a field that is written."""


def needs_second_person() -> bool:
    """Whether a second person must agree to what whoever is signed in publishes of projects."""
    account = current_account()
    with reading() as session:
        named = departments(session).get(account.department_id or "") if account else None
    return named is not None and named.needs_second_person


def publish_button(form: Keyed, label: str = "work_project.publish") -> bool:
    """Draw the button that publishes or proposes, with the choice of when; return whether it was pressed."""
    needs_two = needs_second_person()
    with st.expander(say("proposals.later" if needs_two else "proposals.later_only")):
        draw_timing(form, needs_two=needs_two)
    if needs_two:
        st.caption(say("proposals.needs_two"))
    return st.form_submit_button(say("proposals.send" if needs_two else label), type="primary")


def draw_timing(form: Keyed, *, needs_two: bool) -> None:
    """Draw the fields for an instant to come, and for what the second person is told."""
    today = local_date(utc_now())
    columns = st.columns(2)
    with columns[0]:
        st.date_input(
            say("proposals.day"),
            value=None,
            min_value=today,
            max_value=today + LONGEST_WAIT,
            format="YYYY-MM-DD",
            key=form.key("publish_on"),
        )
    with columns[1]:
        st.time_input(say("proposals.time"), value=_MORNING, key=form.key("publish_time"))
    if needs_two:
        st.text_area(say("proposals.note"), max_chars=2000, height=80, key=form.words_key("proposal_note"))


def instant_of(form: Keyed) -> datetime | None:
    """Return the instant that was chosen; nothing where none was."""
    day: date | None = st.session_state.get(form.key("publish_on"))
    clock: time = st.session_state.get(form.key("publish_time")) or _MORNING
    return datetime.combine(day, clock, zone(JURISDICTION)) if day else None


def note_of(form: Keyed) -> str:
    """Return what the second person is told."""
    return str(st.session_state.get(form.words_key("proposal_note")) or "")


def publication_of(form: Keyed, command: Any) -> ProposeChange | None:
    """Return how a command is published; nothing where it is of a kind that is published at once, whoever asks."""
    if isinstance(command, ProposeChange):
        return replace(command, publish_at=instant_of(form), note=note_of(form))
    if operation_of(command) is None:
        return None
    return ProposeChange(commands=(command,), publish_at=instant_of(form), note=note_of(form))


def said_of(kept: Kept) -> str:
    """Return what is said to whoever proposed something; the empty text where it was published."""
    number = proposal_in(kept.subject)
    return "" if number is None else said_of_proposal(number)


def said_of_proposal(number: int) -> str:
    """Return where a proposal goes from here, in words for whoever made it."""
    with reading() as session:
        found = find_proposal(session, number, now=utc_now())
    if found is None or found.state is not ProposalState.WAITING:
        return say("proposals.scheduled_sent")
    return say("proposals.scheduled_waiting_sent" if found.publish_at else "proposals.waiting_sent")
