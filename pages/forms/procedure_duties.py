"""What the procedure asks of a decision and is not settled, and publishing why a duty was shortened or skipped."""

import streamlit as st

from data.operations.procedures import PublishWaiver, publish_waiver
from data.queries.duties import Duties, duties_of
from data.queries.proceedings import waivers_of
from models.access import Act
from models.duty_item import Item, ItemKind, ItemState
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter
from pages.forms.duty_tabs import tab_of
from pages.forms.fields import line_field, text_field
from pages.forms.filling import begin, send
from pages.forms.procedure_fields import speak_of
from pages.readable.duty_words import DutyWords
from pages.rendering import render

#: The worst first.
_OPEN = (ItemState.OVERDUE, ItemState.MISSING, ItemState.NOT_YET)


def draw_duties(matter: Matter) -> None:
    """Draw what is overdue, missing or still to come, and the form for a reason."""
    with reading() as session:
        duties = duties_of(session, matter.id, matter.now)
        waivers = waivers_of(session, matter.id)
    if duties is None:
        return
    words = speak_of(duties.template)
    may_waive = matter.may(Act.PUBLISH_WAIVER)
    # Whoever comes for one duty finds the form for it above the list of all.
    asked_for_one = "duty" in st.query_params
    if may_waive and asked_for_one:
        _draw_waiver(matter, duties, words)
    st.html(
        render(
            "work_procedure_duties.html",
            current_language(),
            items=[item for item in open_items(duties) if item.kind is not ItemKind.GATE],
            evaluation=duties.evaluation,
            words=words,
            zone=duties.template.day_rule.zone,
            tab_of=lambda item: tab_of(item, duties.template),
            id=matter.id,
            may_waive=may_waive,
        )
    )
    if may_waive and not asked_for_one:
        _draw_waiver(matter, duties, words)
    st.html(render("work_procedure_waivers.html", current_language(), waivers=waivers, words=words))


def open_items(duties: Duties) -> list[Item]:
    """Return what is not settled, the worst first, and of each state the soonest first."""
    return [item for state in _OPEN for item in duties.evaluation.of_state(state)]


def _draw_waiver(matter: Matter, duties: Duties, words: DutyWords) -> None:
    st.subheader(say("procedure.waiver.title"), anchor="waiver")
    st.caption(say("procedure.waiver.body"))
    names = {item.key: f"{words.name(item)} ({say(f'duties.kind.{item.kind}')})" for item in open_items(duties)}
    choose_code(
        say("procedure.waiver.which"),
        names,
        parameter="duty",
        words=lambda key: names[key],
        any_word=say("work.choose"),
    )
    asked = st.query_params.get("duty", "")
    if asked in names:
        _draw_reason(matter, asked)
    elif settled := next((item for item in duties.evaluation.items if item.key == asked), None):
        st.info(say("procedure.waiver.settled", what=words.name(settled)))


def _draw_reason(matter: Matter, key: str) -> None:
    filling = begin(f"waiver_{matter.id}_{key}")
    with st.form(filling.key("form")):
        reason = text_field(filling, "reason", say("procedure.waiver.reason"), most=2000)
        ground = line_field(filling, "ground", say("procedure.waiver.ground"), most=500)
        sent = st.form_submit_button(say("procedure.waiver.send"), type="primary")
    if sent:
        command = PublishWaiver(decision_id=matter.id, of=key, reason=reason, ground=ground)
        send(filling, publish_waiver, command, done=say("procedure.waiver.done"))
