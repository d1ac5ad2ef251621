"""Promising what a decision brings about, and publishing what was measured."""

from collections.abc import Sequence

import streamlit as st

from data.operations.effects import MeasureEffect, PromiseEffect, measure_effect, promise_effect
from data.queries.proceedings import EffectView, effects_of
from models.access import Act
from models.procedure import ProcessTemplate
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter
from pages.forms.fields import day_field, line_field, missing_choice, missing_day, text_field
from pages.forms.filling import begin, send
from pages.forms.procedure_fields import named_field
from pages.rendering import render


def draw_effects(matter: Matter, _: ProcessTemplate) -> None:
    """Draw what was promised and measured, and the forms for more of both."""
    with reading() as session:
        effects = effects_of(session, matter.id)
    st.html(render("work_procedure_effects.html", current_language(), effects=effects))
    if matter.may(Act.PROMISE_EFFECT):
        _draw_promise(matter)
    if effects and matter.may(Act.MEASURE_EFFECT):
        _draw_measurement(matter, effects)
    elif effects:
        st.caption(say("procedure.effects.only_decided"))


def _draw_promise(matter: Matter) -> None:
    st.subheader(say("procedure.effects.promise"))
    filling = begin(f"effect_{matter.id}")
    with st.form(filling.key("form")):
        indicator = line_field(filling, "indicator", say("procedure.effects.indicator"))
        columns = st.columns(4)
        with columns[0]:
            unit = line_field(filling, "unit", say("procedure.effects.unit"), most=60)
        with columns[1]:
            baseline = line_field(filling, "baseline", say("procedure.effects.baseline"), most=40)
        with columns[2]:
            target = line_field(filling, "target", say("procedure.effects.target"), most=40)
        with columns[3]:
            by_on = day_field(filling, "by_on", say("procedure.effects.by_on"))
        sent = st.form_submit_button(say("procedure.effects.promise_send"), type="primary")
    if not sent:
        return
    if by_on is None:
        missing_day()
        return
    command = PromiseEffect(
        decision_id=matter.id,
        indicator=indicator,
        unit=unit,
        baseline=baseline.strip() or None,
        target=target.strip(),
        by_on=by_on,
    )
    send(filling, promise_effect, command, done=say("procedure.effects.promise_done"))


def _draw_measurement(matter: Matter, effects: Sequence[EffectView]) -> None:
    st.subheader(say("procedure.effects.measure"))
    names = {str(one.effect.number): f"{one.effect.number}. {one.effect.indicator}" for one in effects}
    filling = begin(f"measurement_{matter.id}")
    with st.form(filling.key("form")):
        which = named_field(filling, "effect", say("procedure.effects.which"), names)
        columns = st.columns(2)
        with columns[0]:
            value = line_field(filling, "value", say("procedure.effects.value"), most=40)
        with columns[1]:
            measured_on = day_field(filling, "measured_on", say("procedure.effects.measured_on"), value=matter.today)
        source = text_field(filling, "source", say("procedure.effects.source"), most=1000, height=80)
        sent = st.form_submit_button(say("procedure.effects.measure_send"), type="primary")
    if not sent:
        return
    if which is None:
        missing_choice()
        return
    if measured_on is None:
        missing_day()
        return
    command = MeasureEffect(
        decision_id=matter.id, effect=int(which), measured_on=measured_on, value=value.strip(), source=source
    )
    send(filling, measure_effect, command, done=say("procedure.effects.measure_done"))
