"""A milestone on a small screen: what was promised and is said now, and what can be said of it with one touch."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.exchange.round_trip import MilestoneUpdate, Reading, UpdateKind, Updates
from data.exchange.round_trip_apply import keep_updates
from data.operations.milestone_duties import ConfirmMilestone, confirm_milestone
from data.queries.milestones import find_milestone
from data.queries.open_milestones import OpenMilestone
from data.queries.proposed_milestones import ProposedOfMilestone
from models.exceptions import RecordError
from models.milestone import RevisionKind
from pages.components.plain_words import drawn_as_text
from pages.context import current_account, current_language, reading, say
from pages.explanations import explain
from pages.forms.filling import Filling, begin, forget_form, leave_notice, send
from pages.forms.milestone_statement import begin_statement, draw_statement, turn_of
from pages.forms.timing import said_of_proposal
from pages.rendering import render

#: Which milestone is being spoken of at length, and in which way.
_OPEN = "milestone_spoken_of"
#: The list, the milestone, which turn of its form, and what is said.
_Chosen = tuple[str, int, int, RevisionKind]
#: What is offered with one touch; everything else is on the page of the project.
_OFFERED = (RevisionKind.REFORECAST, RevisionKind.ACHIEVED, RevisionKind.PAUSED)


def may_confirm(one: OpenMilestone, today: date) -> bool:
    """Whether it can be said to hold: a day that has passed does not, whatever is said."""
    return one.due_date >= today or one.kind is RevisionKind.PAUSED


def draw_card(
    one: OpenMilestone,
    today: date,
    place: str,
    proposed: Sequence[ProposedOfMilestone] = (),
    *,
    shows_project: bool = True,
) -> None:
    """
    Draw a milestone with what can be said of it, and the form of what was chosen.

    :param place: which list it stands in, since it may stand in two
    :param proposed: what is proposed of it already. Something else may still be said: it may be what holds.
    """
    with st.container(border=True):
        told = {"one": one, "today": today, "proposed": proposed, "shows_project": shows_project}
        st.html(render("milestone_card.html", current_language(), **told))
        chosen: _Chosen | None = st.session_state.get(_OPEN)
        with st.container(horizontal=True):
            if may_confirm(one, today):
                _draw_confirm(one, place)
            for kind in _kinds(one):
                this = (place, one.milestone_id, turn_of(one.milestone_id), kind)
                is_open = chosen == this
                st.button(
                    say(f"work_project.act.{kind}"),
                    key=f"{place}_{kind}_{one.milestone_id}",
                    type="primary" if is_open else "secondary",
                    on_click=_choose,
                    args=(None if is_open else this,),
                )
        # Once it was sent, its turn is over, and the form is put away.
        if chosen is not None and chosen[:3] == (place, one.milestone_id, turn_of(one.milestone_id)):
            _draw_form(one, chosen[3], today)


def confirm_several(chosen: list[OpenMilestone], form: Filling) -> None:
    """Say of several milestones at once that they hold: all of it is published or proposed, or nothing."""
    account = current_account()
    rows = tuple(
        MilestoneUpdate(
            row=row,
            project_id=one.project_id,
            milestone_id=one.milestone_id,
            seen=one.number,
            kind=UpdateKind.CONFIRMED,
        )
        for row, one in enumerate(chosen)
    )
    if account is None or not rows:
        return
    try:
        report = keep_updates(
            Reading(updates=Updates(milestones=rows), rows=len(rows)), account.actor, token=form.token
        )
    except RecordError as error:
        st.error(drawn_as_text(explain(error, current_language())))
        return
    if report.proposal_id is not None or report.is_kept:
        # What is only proposed is listed as before: sent again, it is another proposal, under another token.
        forget_form(form)
        done = say("desk.confirmed", count=len(rows), milestones=len(rows))
        leave_notice(done if report.proposal_id is None else said_of_proposal(report.proposal_id))
        st.rerun()
    for fault in report.faults:
        words = explain(fault.error, current_language()) if fault.error else fault.code
        st.error(drawn_as_text(f"{chosen[fault.row].title}: {words}"))


def _kinds(one: OpenMilestone) -> tuple[RevisionKind, ...]:
    if one.kind is RevisionKind.PAUSED:
        return (RevisionKind.RESUMED, RevisionKind.PAUSED)
    return _OFFERED


def _draw_confirm(one: OpenMilestone, place: str) -> None:
    # With the number and the instant, so that who looks again after somebody else spoke begins anew.
    form = begin(f"confirm_{place}_{one.milestone_id}_{one.number}_{one.spoken_of.timestamp():.0f}")
    if st.button(say("desk.still_right"), key=form.key("send"), help=say("work_project.still_right_help")):
        command = ConfirmMilestone(milestone_id=one.milestone_id, seen=one.number)
        send(form, confirm_milestone, command, done=say("work_project.done.still_right"))


def _draw_form(one: OpenMilestone, kind: RevisionKind, today: date) -> None:
    with reading() as session:
        milestone = find_milestone(session, one.milestone_id)
        if milestone is None:
            return
    draw_statement(begin_statement(milestone), milestone, kind, today)


def _choose(chosen: _Chosen | None) -> None:
    st.session_state[_OPEN] = chosen
