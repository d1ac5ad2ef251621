"""Keeping a hearing, step by step, with the draw that anybody can repeat."""

import secrets
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.operations.hearings import RecordHearingStep, record_hearing_step
from data.queries.hearings import HearingView, hearing_of
from models.access import Act
from models.draw import RULE, commitment
from models.hearing import HearingStepKind, latest_step
from models.procedure import ProcessTemplate
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter
from pages.forms.fields import choice_field, day_field, line_field, missing_day, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_fields import document_field, number_field
from pages.forms.procedure_registration import draw_registration
from pages.rendering import render


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What a step says besides its words."""

    ends_on: date | None = None
    participants: int | None = None
    interested: int | None = None
    attended: int | None = None
    places: int | None = None
    #: What is published now of the seed; and the seed, when the draw is opened.
    seed_digest: str = ""
    seed: str = ""
    #: Whether whoever holds the draw says that the seed can be found again.
    is_noted: bool = True


def draw_hearing(matter: Matter, _: ProcessTemplate) -> None:
    """Draw what was said of the hearing and who registered, and the forms for more."""
    with reading() as session:
        hearing = hearing_of(session, matter.id)
    st.html(render("work_procedure_hearing.html", current_language(), hearing=hearing))
    if matter.may(Act.KEEP_HEARING):
        st.subheader(say("procedure.hearing.new"))
        filling = begin(f"hearing_{matter.id}")
        # Outside the form: what else is asked depends on it.
        step = choice_field(filling, "step", say("procedure.hearing.step"), HearingStepKind, subject="hearing_step")
        if step is not None:
            _draw_form(matter, filling, step, hearing)
    if hearing is not None and matter.may(Act.REGISTER_FOR_HEARING):
        draw_registration(matter, hearing)


def _draw_form(matter: Matter, filling: Filling, step: HearingStepKind, hearing: HearingView | None) -> None:
    is_registration = step is HearingStepKind.REGISTRATION
    with st.form(filling.key(f"form_{step}")):
        label = "first_day" if is_registration else "held_on"
        held_on = day_field(filling, "held_on", say(f"procedure.hearing.{label}"), value=matter.today)
        said = _asked(filling, step, hearing)
        statement = text_field(filling, "statement", say("procedure.hearing.statement"), most=20_000)
        document_id = document_field(filling, matter)
        sent = st.form_submit_button(say("procedure.hearing.send"), type="primary")
    if not sent:
        return
    if held_on is None or (is_registration and said.ends_on is None):
        missing_day()
        return
    if not said.is_noted:
        st.error(say("procedure.hearing.seed_not_noted"))
        return
    command = RecordHearingStep(
        decision_id=matter.id,
        step=step,
        held_on=held_on,
        ends_on=said.ends_on,
        statement=statement,
        participants=said.participants,
        interested=said.interested,
        attended=said.attended,
        places=said.places,
        seed_digest=said.seed_digest,
        seed=said.seed,
        document_id=document_id,
    )
    send(filling, record_hearing_step, command, done=say("procedure.hearing.done"))


def _asked(filling: Filling, step: HearingStepKind, hearing: HearingView | None) -> _Said:
    """Draw what this step says besides its words, and return it."""
    match step:
        case HearingStepKind.REGISTRATION:
            return _Said(ends_on=day_field(filling, "ends_on", say("procedure.hearing.last_day")))
        case HearingStepKind.SELECTION:
            return _commitment(filling)
        case HearingStepKind.LIST:
            return _list(filling, hearing)
        case HearingStepKind.HELD:
            return _Said(
                participants=number_field(filling, "participants", say("procedure.hearing.participants")),
                attended=number_field(filling, "attended", say("procedure.hearing.attended")),
            )
        case _:
            return _Said()


def _commitment(filling: Filling) -> _Said:
    """Draw how many are drawn by which seed. Only the hash of the seed leaves the form."""
    suggested: str = st.session_state.setdefault(filling.key("suggested_seed"), secrets.token_urlsafe(24))
    places = number_field(filling, "places", say("procedure.hearing.places"), least=1)
    st.caption(say("procedure.hearing.seed_body", rule=RULE))
    seed = line_field(filling, "seed", say("procedure.hearing.seed"), value=suggested, most=200).strip()
    is_noted = st.checkbox(say("procedure.hearing.seed_noted"), key=filling.key("noted"))
    # Without places nobody is drawn, and the seed that was suggested is of no use.
    digest = commitment(seed) if seed and places else ""
    return _Said(places=places, seed_digest=digest, is_noted=is_noted or not digest)


def _list(filling: Filling, hearing: HearingView | None) -> _Said:
    columns = st.columns(2)
    with columns[0]:
        participants = number_field(filling, "participants", say("procedure.hearing.participants"))
    with columns[1]:
        interested = number_field(filling, "interested", say("procedure.hearing.interested"))
    rule = latest_step(hearing.steps, HearingStepKind.SELECTION) if hearing else None
    seed = ""
    if rule is not None and rule.seed_digest:
        seed = line_field(filling, "open_seed", say("procedure.hearing.open_seed"), most=200).strip()
    return _Said(participants=participants, interested=interested, seed=seed)
