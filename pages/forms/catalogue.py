"""Publishing what is planned, and amending it with a reason: another date, what came of it, that it is dropped."""

from collections.abc import Mapping
from dataclasses import asdict

import streamlit as st

from data.operations.catalogue import (
    AmendCatalogueEntry,
    CatalogueText,
    PublishCatalogueEntry,
    amend_catalogue_entry,
    publish_catalogue_entry,
)
from data.queries.catalogue import CatalogueFilter, ListedEntry, find_entry, list_catalogue
from data.queries.decisions import DecisionFilter, list_decisions
from models.catalogue import CatalogueRevision, CatalogueState
from models.clock import local_date, utc_now
from models.decision import Language, Topic
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.formats import format_day
from pages.forms.conflict import Statement
from pages.forms.fields import code_field, day_field, line_field, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.rendering import render

#: As many entries and decisions of a department can be chosen from. A year has a few dozen.
_MOST = 200


def draw_amendment(department_id: str) -> None:
    """Draw the entries of a department, and the form to say something else of the one that the address names."""
    with reading() as session:
        entries = list_catalogue(session, CatalogueFilter(department_id=department_id), size=_MOST).rows
    st.header(say("catalogue.keep.own"))
    st.html(render("keep_catalogue.html", current_language(), entries=entries, today=local_date(utc_now())))
    if not entries:
        return
    titles = {one.name: f"{one.name} {one.view.said.title}" for one in entries}
    choose_code(
        say("catalogue.keep.choose"),
        titles,
        parameter="entry",
        words=titles.__getitem__,
        any_word=say("work.choose"),
    )
    asked = next((one for one in entries if one.name == st.query_params.get("entry")), None)
    if asked is not None:
        _draw_amendment_form(asked, department_id)


def draw_entry(department_id: str) -> None:
    """Draw the form that publishes an entry."""
    st.header(say("catalogue.keep.new"))
    filling = begin("catalogue_new")
    this_year = local_date(utc_now()).year
    with st.form(filling.key("form")):
        year = st.number_input(
            say("catalogue.keep.year"),
            min_value=this_year - 1,
            max_value=this_year + 5,
            value=this_year,
            step=1,
            key=filling.key("year"),
            persist_state="session",
        )
        text = _text(filling, department_id, None)
        sent = st.form_submit_button(say("catalogue.keep.send"), type="primary")
    if sent:
        command = PublishCatalogueEntry(year=int(year), **asdict(text))
        send(filling, publish_catalogue_entry, command, done=say("catalogue.keep.done"))


def _draw_amendment_form(entry: ListedEntry, department_id: str) -> None:
    said = entry.view.said
    st.subheader(say("catalogue.keep.amend"))
    filling = begin(f"catalogue_{entry.view.entry.id}", _statement(said))
    decisions = _decisions(department_id)
    with st.form(filling.key("form")):
        text = _text(filling, said.department_id, said)
        columns = st.columns(2)
        with columns[0]:
            state = code_field(
                filling,
                "state",
                say("catalogue.keep.state"),
                CatalogueState,
                subject="catalogue_state",
                value=said.state,
            )
        with columns[1]:
            decision_id = _decision_field(filling, decisions, said.decision_id)
        reason = reason_field(filling)
        sent = st.form_submit_button(say("catalogue.keep.send_amended"), type="primary")
    if not sent:
        return
    if (state is CatalogueState.STARTED) != (decision_id is not None):
        st.error(say("catalogue.keep.decision_missing"))
        return
    send(
        filling,
        amend_catalogue_entry,
        AmendCatalogueEntry(
            entry_id=entry.view.entry.id,
            state=state,
            decision_id=decision_id,
            reason=reason,
            seen=filling.number,
            **asdict(text),
        ),
        done=say("catalogue.keep.done_amended"),
        latest=lambda: _latest(entry.name),
        yours=_labelled(asdict(text)),
    )


def _text(filling: Filling, department_id: str, said: CatalogueRevision | None) -> CatalogueText:
    columns = st.columns(3)
    with columns[0]:
        language = code_field(
            filling,
            "language",
            say("work.text.language"),
            Language,
            subject="language",
            value=said.language if said else Language(current_language()),
        )
    with columns[1]:
        topic = code_field(
            filling, "topic", say("work.text.topic"), Topic, subject="topic", value=said.topic if said else None
        )
    with columns[2]:
        planned_on = day_field(
            filling, "planned_on", say("catalogue.keep.planned_on"), value=said.planned_on if said else None
        )
    title = line_field(filling, "title", say("work.text.title"), value=said.title if said else "")
    summary = text_field(
        filling, "summary", say("catalogue.keep.summary"), value=said.summary if said else "", most=5000
    )
    return CatalogueText(
        department_id=department_id,
        language=language,
        topic=topic,
        title=title,
        summary=summary,
        planned_on=planned_on,
    )


def _decisions(department_id: str) -> Mapping[str, str]:
    with reading() as session:
        rows = list_decisions(session, DecisionFilter(department_id=department_id), now=utc_now(), size=_MOST).rows
    return {one.id: f"{one.id} {one.title}" for one in rows}


def _decision_field(filling: Filling, decisions: Mapping[str, str], chosen: str | None) -> str | None:
    options = [None, *decisions, *([chosen] if chosen and chosen not in decisions else [])]
    return st.selectbox(
        say("catalogue.keep.decision"),
        options,
        index=options.index(chosen),
        format_func=lambda code: decisions.get(code, code) if code else say("catalogue.keep.no_decision"),
        key=filling.key("decision"),
        persist_state="session",
    )


def _labelled(words: Mapping[str, object]) -> dict[str, str]:
    planned_on = words["planned_on"]
    return {
        say("work.text.title"): str(words["title"]),
        say("catalogue.keep.summary"): str(words["summary"]),
        say("catalogue.keep.planned_on"): format_day(planned_on) if planned_on else say("site.not_stated"),  # type: ignore[arg-type]  # A day, in a dictionary of all fields.
        say("work.text.topic"): say(f"codes.topic.{words['topic']}"),
    }


def _statement(said: CatalogueRevision) -> Statement:
    return Statement(number=said.number, words=_labelled(said.model_dump()), reason=said.reason)


def _latest(name: str) -> Statement | None:
    with reading() as session:
        found = find_entry(session, name)
    return _statement(found.view.said) if found else None
