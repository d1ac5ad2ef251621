"""Documents of a project: with their file, or with the ground on which it is held back; and pictures."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.operations.documents import AmendDocument, PublishDocument, amend_document, publish_document
from data.queries.documents import DocumentSummary, documents_of
from data.queries.project_view import ProjectView
from models.document import DisclosureClass, DocumentType
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import code_field, line_field, missing_day, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field
from pages.forms.timing import publish_button
from pages.rendering import render

_PICTURES = ["png", "jpg", "jpeg", "webp", "gif"]


def work_on_documents(view: ProjectView) -> None:
    """Draw what is published and what is held back, and a form for a document that is new or changes."""
    project_id = view.summary.id
    with reading() as session:
        documents = documents_of(session, project_id=project_id)
    st.html(render("officer_documents.html", current_language(), documents=documents))
    by_id = {document.id: document for document in documents}
    names = distinct_names({0: say("work_project.documents.new"), **{key: one.title for key, one in by_id.items()}})
    chosen = st.selectbox(
        say("work_project.documents.which"),
        list(names),
        format_func=names.__getitem__,
        key=f"document_of_{project_id}",
    )
    before = by_id.get(chosen)
    form = begin(f"document_{project_id}_{before.id if before else 0}", _statement(before) if before else None)
    classes = list(DisclosureClass)
    disclosure: DisclosureClass = st.radio(
        say("work_project.documents.disclosure"),
        classes,
        format_func=lambda code: say(f"codes.disclosure.{code}"),
        horizontal=True,
        key=form.key("disclosure"),
    )
    _document_form(form, project_id, disclosure, before)


def publish_picture(project_id: str) -> None:
    """Draw a form for a picture, with what it shows for those who do not see it."""
    form = begin(f"picture_{project_id}")
    with st.form(form.key("form"), enter_to_submit=False):
        file = st.file_uploader(say("work_project.documents.picture"), type=_PICTURES, key=form.key("file"))
        title = line_field(form, "title", say("work_project.documents.caption"))
        alt = line_field(form, "alt", say("work_project.documents.alt"), most=500)
        taken_on = date_field(form, say("work_project.documents.taken_on"), "taken_on", value=None)
        place = line_field(form, "place", say("work_project.documents.place"), most=200)
        pair_key = line_field(form, "pair_key", say("work_project.documents.pair"), most=60)
        st.caption(say("work_project.documents.pair_help"))
        is_sent = publish_button(form)
    if is_sent and not alt.strip():
        st.error(say("work_project.documents.alt_missing"))
    elif is_sent and pair_key.strip() and taken_on is None:
        st.error(say("work_project.documents.pair_undated"))
    elif is_sent:
        command = PublishDocument(
            project_id=project_id,
            type=DocumentType.ILLUSTRATION,
            title=title or alt[:300],
            alt=alt,
            taken_on=taken_on,
            place=place,
            pair_key=pair_key,
            file_name=file.name if file else "",
            content=file.getvalue() if file else b"",
        )
        send(form, publish_document, command, done=say("work_project.done.picture"))


def document_field(form: Filling, project_id: str) -> int | None:
    """Draw a choice among the documents of a project, and return the one that is chosen."""
    with reading() as session:
        documents = documents_of(session, project_id=project_id)
    names = distinct_names({one.id: one.title for one in documents})
    chosen: int | None = st.selectbox(
        say("work_project.contracts.document"),
        list(names),
        index=None,
        placeholder=say("work_project.choose"),
        format_func=lambda key: names[key],
        key=form.key("document"),
        persist_state="session",
    )
    return chosen


def _document_form(
    form: Filling, project_id: str, disclosure: DisclosureClass, before: DocumentSummary | None
) -> None:
    with st.form(form.key("form"), enter_to_submit=False):
        said: dict[str, Any] = {
            "type": code_field(
                form,
                "type",
                say("work_project.documents.type"),
                DocumentType,
                subject="document_type",
                value=before.type if before else DocumentType.PROJECT_PLAN,
            ),
            "title": line_field(
                form, "title", say("work_project.documents.title"), value=before.title if before else ""
            ),
            "disclosure": disclosure,
            "alt": before.alt if before else "",
            **_disclosed(form, disclosure, before),
        }
        reason = reason_field(form, label=say("work_project.reason")) if before else ""
        is_sent = publish_button(form)
    if not is_sent:
        return
    if disclosure is DisclosureClass.WITHHELD and not str(said["ground"]).strip():
        st.error(say("work_project.documents.ground_missing"))
    elif disclosure is not DisclosureClass.PUBLIC and said["review_on"] is None:
        missing_day()
    elif before is None:
        new = PublishDocument(project_id=project_id, **said)
        send(form, publish_document, new, done=say(f"work_project.done.document_{disclosure}"))
    else:
        send(
            form,
            amend_document,
            AmendDocument(document_id=before.id, reason=reason, seen=form.number, **said),
            done=say(f"work_project.done.document_{disclosure}"),
            latest=lambda: _now(project_id, before.id),
            yours={say("work_project.documents.title"): str(said["title"])},
        )


def _disclosed(form: Filling, disclosure: DisclosureClass, before: DocumentSummary | None) -> Mapping[str, Any]:
    """Draw the fields that go with a class of disclosure, and return what is in them."""
    if disclosure is DisclosureClass.PUBLIC:
        file = st.file_uploader(say("work_project.documents.file"), key=form.key("file"))
        return {"file_name": file.name if file else "", "content": file.getvalue() if file else b""}
    ground = ""
    if disclosure is DisclosureClass.WITHHELD:
        ground = text_field(
            form,
            "ground",
            say("work_project.documents.ground"),
            value=before.ground if before else "",
            most=500,
            height=80,
        )
    review_on = date_field(
        form,
        say(f"work_project.documents.review_on_{disclosure}"),
        "review_on",
        value=before.review_on if before else None,
    )
    return {"ground": ground, "review_on": review_on}


def _statement(document: DocumentSummary) -> Statement:
    return Statement(
        number=document.number,
        words={
            say("work_project.documents.title"): document.title,
            say("work_project.documents.disclosure"): say(f"codes.disclosure.{document.disclosure}"),
        },
    )


def _now(project_id: str, document_id: int) -> Statement | None:
    with reading() as session:
        documents = documents_of(session, project_id=project_id)
    return next((_statement(one) for one in documents if one.id == document_id), None)
