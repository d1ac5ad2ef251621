"""How the experts of a decision are selected, and what became of each of their opinions."""

from collections.abc import Sequence

import streamlit as st

from data.operations.experts import AdoptOpinion, PublishPanel, adopt_opinion, publish_panel
from data.queries.decision_view import opinions_on
from data.queries.proceedings import adoptions_of, panels_of
from models.access import Act
from models.opinion import AdoptionCode, ExpertOpinion, OpinionAdoption, SelectionMethod
from models.procedure import ProcessTemplate
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter
from pages.forms.fields import choice_field, missing_choice, text_field
from pages.forms.filling import begin, send
from pages.forms.procedure_fields import number_field
from pages.rendering import render


def draw_experts(matter: Matter, _: ProcessTemplate) -> None:
    """Draw how experts were selected and what became of what they said, and the forms for both."""
    with reading() as session:
        panels, opinions = panels_of(session, matter.id), opinions_on(session, matter.id)
        adoptions = adoptions_of(session, matter.id)
    st.html(
        render(
            "work_procedure_experts.html", current_language(), panels=panels, opinions=opinions, adoptions=adoptions
        )
    )
    if opinions and matter.may(Act.ADOPT_OPINION):
        st.subheader(say("procedure.experts.adopt"))
        names = {str(one.number): f"{one.number}. {one.name}" for one in opinions}
        choose_code(
            say("procedure.experts.opinion"),
            names,
            parameter="opinion",
            words=lambda number: names[number],
            any_word=say("work.choose"),
        )
        asked = next((one for one in opinions if str(one.number) == st.query_params.get("opinion")), None)
        if asked is not None:
            _draw_adoption(matter, asked, adoptions.get(asked.number, ()))
    if matter.may(Act.PUBLISH_OPINION):
        _draw_panel(matter)


def _draw_adoption(matter: Matter, opinion: ExpertOpinion, said: Sequence[OpinionAdoption]) -> None:
    filling = begin(f"adoption_{matter.id}_{opinion.number}", _statement(said))
    with st.form(filling.key("form")):
        code = choice_field(filling, "code", say("procedure.experts.code"), AdoptionCode, subject="adoption")
        reason = text_field(filling, "reason", say("procedure.experts.reason"), most=5000)
        sent = st.form_submit_button(say("procedure.experts.send"), type="primary")
    if not sent:
        return
    if code is None:
        missing_choice()
        return
    send(
        filling,
        adopt_opinion,
        AdoptOpinion(decision_id=matter.id, opinion=opinion.number, code=code, reason=reason, seen=filling.number),
        done=say("procedure.experts.done"),
        latest=lambda: _latest(matter.id, opinion.number),
        yours=_labelled(code, reason),
    )


def _draw_panel(matter: Matter) -> None:
    st.subheader(say("procedure.experts.panel"))
    filling = begin(f"panel_{matter.id}")
    with st.form(filling.key("form")):
        columns = st.columns(2)
        with columns[0]:
            selection = choice_field(
                filling, "selection", say("work.opinion.selection"), SelectionMethod, subject="selection"
            )
        with columns[1]:
            experts = number_field(filling, "experts", say("procedure.experts.panel_count"), least=1)
        statement = text_field(filling, "statement", say("procedure.experts.panel_statement"), most=5000)
        sent = st.form_submit_button(say("procedure.experts.panel_send"), type="primary")
    if not sent:
        return
    if selection is None or experts is None:
        missing_choice()
        return
    command = PublishPanel(decision_id=matter.id, selection=selection, experts=experts, statement=statement)
    send(filling, publish_panel, command, done=say("procedure.experts.panel_done"))


def _labelled(code: AdoptionCode, reason: str) -> dict[str, str]:
    return {say("procedure.experts.code"): say(f"codes.adoption.{code}"), say("procedure.experts.reason"): reason}


def _statement(said: Sequence[OpinionAdoption]) -> Statement | None:
    return Statement(number=said[-1].number, words=_labelled(said[-1].code, said[-1].reason)) if said else None


def _latest(decision_id: str, opinion: int) -> Statement | None:
    with reading() as session:
        return _statement(adoptions_of(session, decision_id).get(opinion, ()))
