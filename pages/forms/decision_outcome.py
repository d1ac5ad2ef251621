"""Publishing what was decided and why, and later whether it worked."""

from collections.abc import Sequence

import streamlit as st

from data.operations.outcomes import PublishEvaluation, PublishOutcome, publish_evaluation, publish_outcome
from models.access import Act
from models.duty_item import Item
from models.outcome import OutcomeCode
from pages.context import current_language, say
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import choice_field, day_field, line_field, missing_choice, missing_day, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_gate import WithReasons, needs_reasons, reasons_for, unmet_before_result, with_reasons
from pages.rendering import render


def draw_outcome(matter: Matter) -> None:
    """Draw what was decided, and the form for it as long as nothing is."""
    st.html(render("work_outcome.html", current_language(), view=matter.view))
    if matter.view.outcome is not None or not is_possible(matter, Act.PUBLISH_OUTCOME):
        return
    st.subheader(say("work.outcome.new"))
    st.caption(say("work.outcome.body"))
    unmet = unmet_before_result(matter)
    filling = begin(f"outcome_{matter.id}")
    with st.form(filling.key("form")):
        code = choice_field(filling, "code", say("work.outcome.code"), OutcomeCode, subject="outcome")
        reason = text_field(filling, "reason", say("work.outcome.reason"), most=20_000, height=200)
        changes = text_field(filling, "changes", say("work.outcome.changes"), most=20_000, height=140)
        columns = st.columns(3)
        with columns[0]:
            decided_by = line_field(
                filling, "decided_by", say("work.text.decided_by"), value=matter.view.said.decided_by
            )
        with columns[1]:
            decided_on = day_field(filling, "decided_on", say("work.outcome.decided_on"), value=matter.today)
        with columns[2]:
            effective_on = day_field(filling, "effective_on", say("work.outcome.effective_on"))
        why, ground = _reason_fields(filling) if unmet else ("", "")
        sent = st.form_submit_button(say("work.outcome.send"), type="primary")
    if not sent:
        return
    if code is None:
        missing_choice()
        return
    if decided_on is None:
        missing_day()
        return
    command = PublishOutcome(
        decision_id=matter.id,
        code=code,
        reason=reason,
        changes=changes,
        decided_by=decided_by,
        decided_on=decided_on,
        effective_on=effective_on,
    )
    if needs_reasons(unmet, code):
        _send_with_reasons(filling, command, unmet, why, ground)
    else:
        send(filling, publish_outcome, command, done=say("work.outcome.done"))


def _reason_fields(filling: Filling) -> tuple[str, str]:
    """Draw the fields for why the result comes without what the procedure asks for, and return what is in them."""
    why = text_field(filling, "why", say("procedure.gate.outcome_reason"), most=2000)
    return why, line_field(filling, "ground", say("procedure.gate.outcome_ground"), most=500)


def _send_with_reasons(
    filling: Filling, command: PublishOutcome, unmet: Sequence[Item], why: str, ground: str
) -> None:
    """Send a result together with why it comes without what the procedure asks for."""
    if not why.strip():
        st.warning(say("procedure.gate.outcome_unreasoned"))
        return
    reasons = reasons_for(unmet, command.decision_id, why, ground)
    send(
        filling,
        with_reasons(publish_outcome),
        WithReasons(publication=command, reasons=reasons),
        done=say("procedure.gate.reasons_done", count=len(reasons)),
    )


def draw_evaluation(matter: Matter) -> None:
    """Draw what was measured, and the form for a new measurement."""
    st.html(render("work_evaluation.html", current_language(), view=matter.view))
    if not is_possible(matter, Act.PUBLISH_EVALUATION):
        return
    st.subheader(say("work.evaluation.new"))
    filling = begin(f"evaluation_{matter.id}")
    with st.form(filling.key("form")):
        texts = {
            name: text_field(filling, name, say(f"work.evaluation.{name}"), most=5000)
            for name in ("expected", "measured", "conclusion")
        }
        columns = st.columns(2)
        with columns[0]:
            evaluator = line_field(filling, "evaluator", say("work.evaluation.evaluator"))
        with columns[1]:
            day = day_field(filling, "evaluated_on", say("work.evaluation.evaluated_on"), value=matter.today)
        did_assessment = st.checkbox(say("procedure.gate.did_assessment"), key=filling.key("did_assessment"))
        sent = st.form_submit_button(say("work.evaluation.send"), type="primary")
    if not sent:
        return
    if day is None:
        missing_day()
        return
    command = PublishEvaluation(
        decision_id=matter.id, evaluator=evaluator, evaluated_on=day, did_assessment=did_assessment, **texts
    )
    send(filling, publish_evaluation, command, done=say("work.evaluation.done"))
