"""Publishing what experts say."""

import streamlit as st

from data.operations.opinions import PublishOpinion, publish_opinion
from data.queries.decision_view import opinions_on
from models.access import Act
from models.decision import Language
from models.opinion import OpinionStance, SelectionMethod
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import choice_field, code_field, day_field, line_field, missing_choice, missing_day, text_field
from pages.forms.filling import begin, send
from pages.rendering import render


def draw_opinions(matter: Matter) -> None:
    """Draw the opinions there are, and the form for another one."""
    with reading() as session:
        opinions = opinions_on(session, matter.id)
    st.html(render("work_opinions.html", current_language(), opinions=opinions, id=matter.id))
    if is_possible(matter, Act.PUBLISH_OPINION):
        st.subheader(say("work.opinion.new"))
        _draw_form(matter)


def _draw_form(matter: Matter) -> None:
    filling = begin(f"opinion_{matter.id}")
    with st.form(filling.key("form")):
        columns = st.columns(2)
        with columns[0]:
            name = line_field(filling, "name", say("work.opinion.name"), most=100)
            selection = code_field(
                filling, "selection", say("work.opinion.selection"), SelectionMethod, subject="selection"
            )
            signed_on = day_field(filling, "signed_on", say("work.opinion.signed_on"), value=matter.today)
        with columns[1]:
            affiliation = line_field(filling, "affiliation", say("work.opinion.affiliation"))
            stance = choice_field(
                filling, "stance", say("work.opinion.stance"), OpinionStance, subject="opinion_stance"
            )
            language = code_field(filling, "language", say("work.text.language"), Language, subject="language")
        conflict = text_field(filling, "conflict", say("work.opinion.conflict"), most=2000, height=80)
        body = text_field(filling, "body", say("work.opinion.body"), most=50_000, height=200)
        dissent = text_field(filling, "dissent", say("work.opinion.dissent"), most=5000, height=80)
        sent = st.form_submit_button(say("work.opinion.send"), type="primary")
    if not sent:
        return
    if stance is None:
        missing_choice()
        return
    if signed_on is None:
        missing_day()
        return
    command = PublishOpinion(
        decision_id=matter.id,
        name=name,
        affiliation=affiliation,
        selection=selection,
        conflict_statement=conflict,
        stance=stance,
        body=body,
        dissent=dissent,
        language=language,
        signed_on=signed_on,
    )
    send(filling, publish_opinion, command, done=say("work.opinion.done"))
