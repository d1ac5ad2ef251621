"""What the form for a statement begins with: what is said now, or what was typed before and came to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.operations.milestones import ReviseMilestone
from data.operations.proposable import read
from data.queries.proposed_commands import find_proposed_commands
from models.exceptions import InvalidValueError
from models.milestone import Milestone, ReasonCode, RevisionKind
from pages.context import current_account, reading
from pages.forms.filling import Filling

#: In the address: the proposal that is filled in again.
_ASKED = "proposal"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed for a proposal."""

    command: ReviseMilestone
    #: What the second person was told.
    note: str


def asked_proposal(milestone: Milestone) -> Typed | None:
    """
    Return what was typed for the proposal that the address asks for; nothing if it is not about this milestone alone.

    It is asked for once: whoever sends the form and draws the page anew begins with what is said then.
    """
    number = st.query_params.pop(_ASKED, "")
    account = current_account()
    if not number or account is None:
        return None
    with reading() as session:
        found = find_proposed_commands(session, number, account.department_id or "")
    try:
        commands = read(found.commands) if found else []
    except InvalidValueError:
        # The operation has another form by now.
        return None
    match commands:
        case [ReviseMilestone(milestone_id=milestone.id) as command] if found:
            return Typed(command=command, note=found.note)
        case _:
            return None


def keep_typed(form: Filling, typed: Typed) -> None:
    """Have a form begin with what was typed. An instant is chosen anew: the one before may have passed."""
    st.session_state[form.key("typed")] = typed.command
    st.session_state[form.words_key("proposal_note")] = typed.note


def typed_kind(form: Filling) -> RevisionKind | None:
    """Return what was said of the milestone, where the form begins with what was typed."""
    typed: ReviseMilestone | None = st.session_state.get(form.key("typed"))
    return typed.kind if typed else None


def beginning(form: Filling, milestone: Milestone, kind: RevisionKind, today: date) -> ReviseMilestone:
    """Return the statement of that kind that the form begins with: as it was typed, or as it is said now."""
    typed: ReviseMilestone | None = st.session_state.get(form.key("typed"))
    if typed is not None and typed.kind is kind:
        return typed
    latest = milestone.latest
    return ReviseMilestone(
        milestone_id=milestone.id,
        kind=kind,
        due_date=today if kind is RevisionKind.ACHIEVED else latest.due_date,
        precision=latest.precision,
        reason_code=ReasonCode.DATA_CORRECTION if kind is RevisionKind.CORRECTION else None,
        date_low=latest.date_low,
        date_high=latest.date_high,
        next_steps=latest.next_steps,
        resume_on=latest.resume_on,
    )


def place_in(options: Sequence[object], value: object) -> int | None:
    """Return where a choice begins; nothing where it begins with none, or with what can no longer be chosen."""
    return options.index(value) if value in options else None
