"""Documents of a decision: with their file, or with the ground on which they are held back until a review."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import streamlit as st

from data.operations.documents import AmendDocument, DocumentText, PublishDocument, amend_document, publish_document
from data.queries.documents import DocumentSummary, documents_of_decision
from data.queries.duties import duties_of
from models.access import Act
from models.document import DisclosureClass, DocumentType
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.filters import code_in
from pages.formats import format_day
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import code_field, day_field, line_field, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_fields import speak_of
from pages.rendering import render

_TYPES = (
    DocumentType.DRAFT_EXPLANATION,
    DocumentType.LEGAL_BASIS,
    DocumentType.COST_BENEFIT,
    DocumentType.RISK_ASSESSMENT,
    DocumentType.LEGALITY_OPINION,
    DocumentType.EXPERT_REPORT,
    DocumentType.HEARING_RECORD,
    DocumentType.ADOPTION_STATEMENT,
    DocumentType.INTERPRETATION,
    DocumentType.DECISION_TEXT,
    DocumentType.EVALUATION_REPORT,
    DocumentType.ENVIRONMENTAL_IMPACT,
    DocumentType.ILLUSTRATION,
    DocumentType.OTHER,
)
_KINDS_OF_FILE = (
    *("pdf", "png", "jpg", "jpeg", "gif", "webp", "txt", "csv", "md", "json", "geojson"),
    *("docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "wps", "et"),
)


def draw_documents(matter: Matter) -> None:
    """Draw the documents there are, and the form for a new one or for one of them."""
    documents = _documents(matter.id)
    st.html(render("work_documents.html", current_language(), documents=documents, today=matter.today, id=matter.id))
    if not is_possible(matter, Act.PUBLISH_DOCUMENT):
        return
    by_number = {str(document.id): document for document in documents}
    choose_code(
        say("work.document.which"),
        by_number,
        parameter="document",
        words=lambda code: by_number[code].title,
        any_word=say("work.document.new"),
    )
    _draw_form(matter, by_number.get(st.query_params.get("document", "")))


def _draw_form(matter: Matter, said: DocumentSummary | None) -> None:
    filling = begin(f"document_{matter.id}_{said.id if said else 0}", _statement(said) if said else None)
    # Outside the form: whether a file or a ground is asked depends on it.
    disclosure = code_field(
        filling,
        "disclosure",
        say("work.document.disclosure"),
        DisclosureClass,
        subject="disclosure",
        value=said.disclosure if said else None,
    )
    asked = said.type if said else code_in(DocumentType, st.query_params.get("type"))
    demand = said.key if said else _demand(matter, asked)
    with st.form(filling.key("form")):
        type_ = code_field(
            filling,
            # What was chosen for one duty is not kept for the next.
            f"type_{asked}" if asked and not said else "type",
            say("work.document.type"),
            _TYPES if asked is None or asked in _TYPES else DocumentType,
            subject="document_type",
            value=asked,
        )
        title = line_field(filling, "title", say("work.text.title"), value=said.title if said else "")
        disclosed = _disclosed(filling, disclosure, said)
        reason = reason_field(filling) if said else ""
        sent = st.form_submit_button(say("work.document.send"), type="primary")
    if sent:
        key = demand if type_ is asked else ""
        text = DocumentText(type=type_, title=title, disclosure=disclosure, key=key, **disclosed)
        _send(filling, matter, said, text, reason)


def _disclosed(filling: Filling, disclosure: DisclosureClass, said: DocumentSummary | None) -> Mapping[str, Any]:
    """Draw the fields that go with a class of disclosure, and return what is in them."""
    if disclosure is DisclosureClass.PUBLIC:
        file = st.file_uploader(say("work.document.file"), type=list(_KINDS_OF_FILE), key=filling.key("file"))
        alt = line_field(filling, "alt", say("work.document.alt"), value=said.alt if said else "", most=500)
        return {"alt": alt} | ({"file_name": file.name, "content": file.getvalue()} if file else {})
    ground = text_field(
        filling, "ground", say("work.document.ground"), value=said.ground if said else "", most=500, height=80
    )
    review_on = day_field(filling, "review_on", say("work.document.review_on"), value=said.review_on if said else None)
    return {"ground": ground, "review_on": review_on}


def _send(filling: Filling, matter: Matter, said: DocumentSummary | None, text: DocumentText, reason: str) -> None:
    if said is None:
        # Without a token: one is kept with what was sent as JSON, which cannot hold the bytes of a file. A second
        # click finds a new form all the same.
        publication = PublishDocument(decision_id=matter.id, **asdict(text))
        send(filling, publish_document, publication, done=say("work.document.done"), has_token=False)
        return
    send(
        filling,
        amend_document,
        AmendDocument(document_id=said.id, reason=reason, seen=filling.number, **asdict(text)),
        done=say("work.document.done"),
        latest=lambda: _latest(matter.id, said.id),
        yours=_labelled(text.title, text.disclosure, text.ground, text.review_on),
        has_token=False,
    )


def _demand(matter: Matter, asked: DocumentType | None) -> str:
    """Return which of several demands for such a document the address names, and say so; nothing for none."""
    key = st.query_params.get("of", "")
    if asked is None or not key:
        return ""
    with reading() as session:
        duties = duties_of(session, matter.id, matter.now)
    if duties is None:
        return ""
    wanted = (one for stage in duties.template.stages for one in stage.documents if one.type is asked)
    found = next((one for one in wanted if one.key == key), None)
    if found is None:
        return ""
    if found.title is not None:
        st.caption(say("work.document.answers", what=speak_of(duties.template).said(found.title)))
    return key


def _labelled(title: str, disclosure: DisclosureClass, ground: str, review_on: date | None) -> dict[str, str]:
    return {
        say("work.text.title"): title,
        say("work.document.disclosure"): say(f"codes.disclosure.{disclosure}"),
        say("work.document.ground"): ground,
        say("work.document.review_on"): format_day(review_on) if review_on else "",
    }


def _statement(said: DocumentSummary) -> Statement:
    return Statement(number=said.number, words=_labelled(said.title, said.disclosure, said.ground, said.review_on))


def _latest(decision_id: str, document_id: int) -> Statement | None:
    found = [document for document in _documents(decision_id) if document.id == document_id]
    return _statement(found[0]) if found else None


def _documents(decision_id: str) -> list[DocumentSummary]:
    with reading() as session:
        return documents_of_decision(session, decision_id)
