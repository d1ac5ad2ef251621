"""The two tabs of a procedure: what it asks for, and the records that show it was done."""

from collections.abc import Callable, Mapping

import streamlit as st

from data.queries.duties import duties_of
from models.procedure import ProcessTemplate
from pages.components.choices import choose_code
from pages.context import reading, say
from pages.forms.decision_matter import Matter
from pages.forms.procedure_acts import draw_acts
from pages.forms.procedure_choice import draw_choice
from pages.forms.procedure_displays import draw_displays
from pages.forms.procedure_duties import draw_duties
from pages.forms.procedure_effects import draw_effects
from pages.forms.procedure_experts import draw_experts
from pages.forms.procedure_hearing import draw_hearing
from pages.forms.procedure_questions import draw_questions

#: What can be recorded, by how it stands in the address.
_STEPS: Mapping[str, Callable[[Matter, ProcessTemplate], None]] = {
    "displays": draw_displays,
    "acts": draw_acts,
    "hearing": draw_hearing,
    "experts": draw_experts,
    "questions": draw_questions,
    "effects": draw_effects,
}


def draw_procedure(matter: Matter) -> None:
    """Draw by which procedure the decision runs, and what that asks for: what is still to be said comes first."""
    parts = (draw_duties, draw_choice) if matter.view.chosen else (draw_choice, draw_duties)
    for draw in parts:
        draw(matter)


def draw_steps(matter: Matter) -> None:
    """Draw what is on record of one part of the procedure, and the forms for more."""
    choose_code(
        say("procedure.steps.which"),
        _STEPS,
        parameter="step",
        words=lambda code: say(f"procedure.steps.{code}"),
        any_word=say("procedure.steps.choose"),
    )
    draw = _STEPS.get(st.query_params.get("step", ""))
    with reading() as session:
        duties = duties_of(session, matter.id, matter.now)
    if draw is not None and duties is not None:
        draw(matter, duties.template)
