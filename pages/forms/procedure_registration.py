"""Entering a registration for a hearing that came another way: on paper, by telephone."""

import streamlit as st

from data.operations.hearings import RegisterForHearing, register_for_hearing
from data.queries.hearings import HearingView
from models.hearing import HearingSide, HearingStepKind, latest_step
from pages.context import say
from pages.forms.decision_matter import Matter
from pages.forms.fields import choice_field, line_field, missing_choice
from pages.forms.filling import begin, send


def draw_registration(matter: Matter, hearing: HearingView) -> None:
    """Draw the form, once registration was announced. The operation knows on which days it is open."""
    if latest_step(hearing.steps, HearingStepKind.REGISTRATION) is None:
        return
    filling = begin(f"registration_{matter.id}")
    with st.expander(say("procedure.hearing.register")), st.form(filling.key("form")):
        side = choice_field(filling, "side", say("procedure.hearing.side"), HearingSide, subject="hearing_side")
        name = line_field(filling, "name", say("procedure.hearing.register_name"), most=100)
        contact = line_field(filling, "contact", say("procedure.hearing.register_contact"), most=200)
        sent = st.form_submit_button(say("procedure.hearing.register_send"), type="primary")
    if not sent:
        return
    if side is None:
        missing_choice()
        return
    command = RegisterForHearing(decision_id=matter.id, side=side, name=name, contact=contact)
    send(filling, register_for_hearing, command, done=say("procedure.hearing.register_done"))
