"""What to do next for a decision, above all its tabs: one step, its article, and the form that settles it."""

import streamlit as st

from data.queries.duties import duties_of
from models.access import Act
from models.next_step import next_steps
from pages.context import current_language, reading
from pages.forms.decision_matter import Matter
from pages.forms.duty_tabs import tab_of
from pages.forms.procedure_fields import speak_of
from pages.rendering import render


def draw_next_step(matter: Matter) -> None:
    """Draw the first step that can be taken now; before any, that the procedure is to be chosen."""
    with reading() as session:
        duties = duties_of(session, matter.id, matter.now)
    if duties is None:
        return
    template = duties.template
    st.html(
        render(
            "work_next_step.html",
            current_language(),
            id=matter.id,
            may_choose=matter.view.chosen is None and matter.may(Act.CHOOSE_PROCEDURE),
            steps=next_steps(duties.evaluation),
            words=speak_of(template),
            procedure=speak_of(template).said(template.title),
            tab_of=lambda item: tab_of(item, template),
        )
    )
