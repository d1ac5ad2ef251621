"""What is said of a decision: publishing it, and saying something else of it with a reason."""

from collections.abc import Mapping
from dataclasses import asdict

import streamlit as st

from data.operations.decisions import AmendDecision, DecisionText, PublishDecision, amend_decision, publish_decision
from data.queries.decision_view import find_decision
from data.unit_of_work import Kept
from models.access import Act
from models.clock import utc_now
from models.decision import DecisionRevision, Language, Topic
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.decision_stages import plan_first_stages, stage_dates
from pages.forms.fields import code_field, line_field, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.rendering import render


def draw_description(matter: Matter) -> None:
    """Draw what is said now, and the form to say something else."""
    said = matter.view.said
    st.html(render("work_description.html", current_language(), view=matter.view))
    if not is_possible(matter, Act.AMEND_DECISION):
        return
    st.subheader(say("work.description.amend"))
    filling = begin(f"decision_{matter.id}", _statement(said))
    with st.form(filling.key("form")):
        words = _words(filling, said)
        reason = reason_field(filling)
        sent = st.form_submit_button(say("work.description.send"), type="primary")
    if sent:
        send(
            filling,
            amend_decision,
            AmendDecision(decision_id=matter.id, reason=reason, seen=filling.number, **asdict(words)),
            done=say("work.description.done"),
            latest=lambda: _latest(matter.id),
            yours=_labelled(asdict(words)),
        )


def draw_publication(department_id: str, go_on: str) -> None:
    """Draw the form that begins a decision. When it is published, the page ``go_on`` goes on with it."""
    filling = begin("decision_new")

    def then(kept: Kept) -> None:
        plan_first_stages(kept.key, dates)
        st.switch_page(go_on, query_params={"id": kept.key, "tab": "procedure"})

    with st.form(filling.key("form")):
        words = _words(filling, None)
        st.subheader(say("work.publish.stages"))
        st.caption(say("work.publish.stages_body"))
        dates = stage_dates(filling)
        sent = st.form_submit_button(say("work.publish.send"), type="primary")
    if sent:
        command = PublishDecision(department_id=department_id, **asdict(words))
        send(filling, publish_decision, command, done=say("work.publish.done"), then=then)


def _words(filling: Filling, said: DecisionRevision | None) -> DecisionText:
    present = said.model_dump() if said else {}
    columns = st.columns(2)
    with columns[0]:
        language = code_field(
            filling, "language", say("work.text.language"), Language, subject="language", value=present.get("language")
        )
    with columns[1]:
        topic = code_field(
            filling, "topic", say("work.text.topic"), Topic, subject="topic", value=present.get("topic")
        )
    title = line_field(filling, "title", say("work.text.title"), value=present.get("title", ""))
    texts = {
        name: text_field(
            filling,
            name,
            say(f"work.text.{name}"),
            value=present.get(name, ""),
            most=5000 if name == "summary" else 2000,
        )
        for name in ("summary", "can_change", "cannot_change")
    }
    decided_by = line_field(filling, "decided_by", say("work.text.decided_by"), value=present.get("decided_by", ""))
    return DecisionText(language=language, topic=topic, title=title, decided_by=decided_by, **texts)


def _labelled(words: Mapping[str, str]) -> dict[str, str]:
    named = ("title", "summary", "can_change", "cannot_change", "decided_by")
    codes = {name: say(f"codes.{name}.{words[name]}") for name in ("language", "topic")}
    return {
        say(f"work.text.{name}"): value for name, value in {**codes, **{name: words[name] for name in named}}.items()
    }


def _statement(said: DecisionRevision) -> Statement:
    return Statement(number=said.number, words=_labelled(said.model_dump()), reason=said.reason)


def _latest(decision_id: str) -> Statement | None:
    with reading() as session:
        view = find_decision(session, decision_id, now=utc_now())
    return _statement(view.said) if view else None
