"""The text of a draft: a new version is looked at clause by clause, beside the present one, before it is published."""

from collections.abc import Sequence

import streamlit as st

from data.operations.drafts import PublishDraft, publish_draft
from data.queries.decision_view import clauses_of_version, draft_versions
from models.access import Act
from models.decision import Language
from models.draft import LONGEST_DRAFT, Clause, DraftVersion, clauses_of
from models.exceptions import FileRefusedError, RecordError
from models.text import cleaned
from models.uploads import CheckedFile, checked_file
from pages.components.plain_words import drawn_as_text
from pages.context import current_language, reading, say
from pages.explanations import explain
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.draft_comparison import ClauseChange, compared
from pages.forms.fields import code_field, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.rendering import render

#: How many clauses a preview shows in full. What is published is not cut.
_MOST_SHOWN = 300


def draw_draft(matter: Matter) -> None:
    """Draw the versions there are, and the form for the next one."""
    versions, clauses = _latest(matter.id)
    language = current_language()
    st.html(render("work_versions.html", language, versions=versions, id=matter.id))
    if not is_possible(matter, Act.PUBLISH_DRAFT):
        return
    st.subheader(say("work.draft.new", number=len(versions) + 1))
    filling = begin(f"draft_{matter.id}", _statement(versions[-1] if versions else None))
    with st.form(filling.key("form")):
        written = code_field(
            filling,
            "language",
            say("work.text.language"),
            Language,
            subject="language",
            value=versions[-1].language if versions else matter.view.said.language,
        )
        typed = text_field(
            filling, "text", say("work.draft.text"), value=_text(clauses), most=LONGEST_DRAFT, height=360
        )
        file = st.file_uploader(say("work.draft.file"), type=["md", "txt"], key=filling.key("file"))
        reason = reason_field(filling, label=say("work.draft.reason"), most=5000) if versions else ""
        with st.container(horizontal=True):
            preview = st.form_submit_button(say("work.draft.preview"), key=filling.key("preview"))
            sent = st.form_submit_button(say("work.draft.send"), type="primary", key=filling.key("send"))
    text = _uploaded(file.name, file.getvalue()) if file else typed
    if text is None:
        return
    if sent:
        command = PublishDraft(decision_id=matter.id, language=written, text=text, reason=reason, seen=filling.number)
        _publish(filling, command, matter.id)
    elif preview:
        _draw_preview(text, clauses, len(versions) + 1)


def _publish(filling: Filling, command: PublishDraft, decision_id: str) -> None:
    send(
        filling,
        publish_draft,
        command,
        done=say("work.draft.done"),
        latest=lambda: _statement(_latest(decision_id)[0][-1]),
        yours={say("work.draft.reason"): command.reason},
    )


def _draw_preview(text: str, before: Sequence[Clause], number: int) -> None:
    try:
        after = clauses_of(cleaned(text), before=before, version_number=number)
    except RecordError as error:
        st.error(drawn_as_text(explain(error, current_language())))
        return
    rows = compared(before, after)
    counts = {change: sum(row.change is change for row in rows) for change in ClauseChange}
    st.html(
        render(
            "work_preview.html",
            current_language(),
            rows=rows[:_MOST_SHOWN],
            rest=max(0, len(rows) - _MOST_SHOWN),
            counts=counts,
            number=number,
            is_first=not before,
        )
    )


def _uploaded(name: str, content: bytes) -> str | None:
    """Return the text of an uploaded file; nothing, and why, if it is none."""
    try:
        checked = checked_text(name, content)
    except FileRefusedError as error:
        st.error(drawn_as_text(explain(error, current_language())))
        return None
    try:
        return checked.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return checked.content.decode("gb18030", "replace")


def checked_text(name: str, content: bytes) -> CheckedFile:
    """
    Return a file that holds a text.

    :raises FileRefusedError: if the record does not take it, or it holds something else
    """
    checked = checked_file(name, content)
    if checked.media_type != "text/plain":
        raise FileRefusedError("name_and_type", checked.name)
    return checked


def _text(clauses: Sequence[Clause]) -> str:
    """Return a version as a text that is divided into the same clauses again, to be worked on."""
    parts = []
    heading = ""
    for clause in clauses:
        is_article = clause.label.startswith("第")
        if clause.heading and clause.heading != heading:
            parts.append(clause.heading if is_article else f"## {clause.label} {clause.heading}".replace("  ", " "))
            heading = clause.heading
            body = f"{clause.label} {clause.body}" if is_article else clause.body
        else:
            body = f"{clause.label} {clause.body}".strip()
        parts.append(body)
    return "\n\n".join(part for part in parts if part.strip())


def _latest(decision_id: str) -> tuple[Sequence[DraftVersion], Sequence[Clause]]:
    with reading() as session:
        versions = draft_versions(session, decision_id)
        clauses = clauses_of_version(session, versions[-1].id) if versions else ()
    return versions, clauses


def _statement(version: DraftVersion | None) -> Statement | None:
    if version is None:
        return None
    words = {say("work.draft.reason"): version.reason}
    return Statement(number=version.number, words=words, reason=version.reason)
