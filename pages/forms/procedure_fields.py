"""Fields of the forms of a procedure: numbers that may be missing, documents that show something, named choices."""

from collections.abc import Mapping

import streamlit as st

from data.queries.documents import documents_of_decision
from models.procedure import ProcessTemplate
from models.procedure_act import GeneralAct
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter
from pages.forms.filling import Filling
from pages.readable.duty_words import DutyWords


def number_field(filling: Filling, field: str, label: str, *, least: int = 0, value: int | None = None) -> int | None:
    """Draw a field for a whole number, and return it; nothing where none was given: that is not zero."""
    return st.number_input(
        label, min_value=least, step=1, value=value, key=filling.key(field), persist_state="session"
    )


def named_field(filling: Filling, field: str, label: str, names: Mapping[str, str]) -> str | None:
    """
    Draw a choice among things by their names, and return the key of the chosen one.

    None is chosen yet, unless whoever comes was led here to settle one of them: ``of`` in the address.
    """
    options, asked = list(names), st.query_params.get("of", "")
    return st.selectbox(
        label,
        options,
        index=options.index(asked) if asked in names else None,
        placeholder=say("work.choose"),
        format_func=lambda key: names[key],
        # What was chosen for one duty is not kept for the next.
        key=filling.key(f"{field}_{asked}" if asked in names else field),
        persist_state="session",
    )


def document_field(filling: Filling, matter: Matter) -> int | None:
    """Draw the choice of the document that shows something, and return its number; nothing for none."""
    with reading() as session:
        titles = {document.id: document.title for document in documents_of_decision(session, matter.id)}
    return st.selectbox(
        say("procedure.document"),
        [None, *titles],
        format_func=lambda number: titles[number] if number is not None else say("procedure.no_document"),
        key=filling.key("document"),
        persist_state="session",
    )


def speak_of(template: ProcessTemplate) -> DutyWords:
    """Return the words of a procedure in the language of whoever is looking."""
    return DutyWords(template, current_language())


def act_names(template: ProcessTemplate) -> dict[str, str]:
    """Return what can be recorded as done, by its code: what every procedure has, then what this one names."""
    words = speak_of(template)
    general = {act.value: say(f"codes.act.{act}") for act in GeneralAct}
    return {**general, **{key: words.said(title) for key, title in template.acts.items()}}


def display_names(template: ProcessTemplate) -> dict[str, str]:
    """Return what the procedure wants displayed, by its key: what rules of publicity name, and comment periods."""
    words = speak_of(template)
    rules = {one.key: words.said(one.title) for stage in template.stages for one in stage.publicity}
    windows = {
        stage.key: say("procedure.notice.period", stage=words.said(stage.title))
        for stage in template.stages
        if stage.is_window
    }
    return {**rules, **windows}
