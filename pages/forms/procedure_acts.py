"""Recording what was done within the administration: reviews, assessments, the meeting that decides."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.operations.acts import RecordAct, record_act
from data.queries.proceedings import acts_of
from models.access import Act
from models.procedure import ProcessTemplate
from models.procedure_act import Conclusion, GeneralAct
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import choice_field, day_field, line_field, missing_choice, missing_day, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_fields import act_names, document_field, named_field, number_field
from pages.rendering import render

_REVIEW = (Conclusion.PASSED, Conclusion.PASSED_WITH_CHANGES, Conclusion.NOT_PASSED)
#: What an act can come to; what is not named here is done, and that is all.
_CONCLUSIONS: dict[str, Sequence[Conclusion]] = {
    GeneralAct.LEGALITY_REVIEWED: _REVIEW,
    GeneralAct.FAIR_COMPETITION_REVIEWED: _REVIEW,
    GeneralAct.COLLECTIVELY_DECIDED: _REVIEW,
    GeneralAct.RISK_ASSESSED: (Conclusion.CONTROLLABLE, Conclusion.NOT_CONTROLLABLE),
}
#: Those whose time is counted from when they were asked for.
_ASKED_FOR = (GeneralAct.LEGALITY_REVIEWED, GeneralAct.RISK_ASSESSED, GeneralAct.FAIR_COMPETITION_REVIEWED)


def draw_acts(matter: Matter, template: ProcessTemplate) -> None:
    """Draw what was done, and the form for more of it."""
    with reading() as session:
        acts = acts_of(session, matter.id)
    names = act_names(template)
    st.html(render("work_procedure_acts.html", current_language(), acts=acts, names=names))
    if not is_possible(matter, Act.RECORD_ACT):
        return
    st.subheader(say("procedure.act.new"))
    filling = begin(f"act_{matter.id}")
    # Outside the form: what else is asked depends on it.
    act = named_field(filling, "act", say("procedure.act.which"), names)
    if act is not None:
        _draw_form(matter, filling, act)


def _draw_form(matter: Matter, filling: Filling, act: str) -> None:
    is_general = act in {*GeneralAct}
    # A field of one act is not that of another: what was chosen for one would be taken for the other.
    with st.form(filling.key(f"form_{act}")):
        began_on, held_on = _days(matter, filling, act)
        conclusion: Conclusion | None = Conclusion.DONE
        if act in _CONCLUSIONS:
            conclusion = choice_field(
                filling, f"conclusion_{act}", say("procedure.act.conclusion"), _CONCLUSIONS[act], subject="conclusion"
            )
        by_whom = line_field(filling, "by_whom", say("procedure.act.by_whom"))
        statement = text_field(filling, "statement", say("procedure.act.statement"), most=5000)
        dissent = ""
        if act == GeneralAct.COLLECTIVELY_DECIDED:
            dissent = text_field(filling, "dissent", say("procedure.act.dissent"), most=5000, height=80)
        amount = None if is_general else number_field(filling, "amount", say("procedure.act.amount"))
        document_id = document_field(filling, matter)
        sent = st.form_submit_button(say("procedure.act.send"), type="primary")
    if not sent:
        return
    if conclusion is None:
        missing_choice()
        return
    if held_on is None:
        missing_day()
        return
    command = RecordAct(
        decision_id=matter.id,
        act=act,
        began_on=began_on,
        held_on=held_on,
        conclusion=conclusion,
        statement=statement,
        by_whom=by_whom,
        dissent=dissent,
        amount=amount,
        document_id=document_id,
    )
    send(filling, record_act, command, done=say("procedure.act.done"))


def _days(matter: Matter, filling: Filling, act: str) -> tuple[date | None, date | None]:
    """Draw the day on which it was done; and before it that on which it was asked for, where time runs from then."""
    columns = st.columns(2)
    began_on = None
    if act in _ASKED_FOR:
        with columns[0]:
            began_on = day_field(filling, "began_on", say("procedure.act.began_on"))
    with columns[1 if act in _ASKED_FOR else 0]:
        return began_on, day_field(filling, "held_on", say("procedure.act.held_on"), value=matter.today)
