"""What is to be published of a project, by the eight classes: each item with its clock, and a form that settles it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.queries.disclosures import disclosures_of
from data.queries.documents import documents_of
from data.queries.project_view import ProjectView
from models.disclosure_item import Disclosure, DisclosureKind
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import line_field, missing_day, reason_field
from pages.forms.filling import Filling, begin, send
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field
from pages.forms.timing import publish_button
from pages.rendering import render


def work_on_disclosure(view: ProjectView, today: date) -> None:
    """Draw every item with where it stands, and a form for the one that is chosen."""
    project_id, language = view.summary.id, current_language()
    with reading() as session:
        found = disclosures_of(session, project_id, today=today)
    by_key = {one.rule.key: one for one in found.items}
    titles = distinct_names({key: f"{one.rule.class_number}. {_title(one)}" for key, one in by_key.items()})
    choose_code(
        say("work_project.disclosure.which"),
        by_key,
        parameter="item",
        words=titles.__getitem__,
        any_word=say("work_project.choose"),
    )
    chosen = by_key.get(st.query_params.get("item", ""))
    if chosen is not None:
        _draw_form(project_id, chosen, today)
    st.html(render("officer_disclosure.html", language, found=found, project_id=project_id))


def _draw_form(project_id: str, one: Disclosure, today: date) -> None:
    form = begin(f"disclosure_{project_id}_{one.rule.key}", _statement(one))
    kinds = list(DisclosureKind)
    kind: DisclosureKind = st.radio(
        say("work_project.disclosure.says"),
        kinds,
        # Whoever comes from the desk comes to publish it.
        index=kinds.index(DisclosureKind.PUBLISHED if one.said is not None else DisclosureKind.FORMED),
        format_func=lambda code: say(f"codes.disclosure_kind.{code}"),
        horizontal=True,
        key=form.key("kind"),
    )
    with st.form(form.key("form"), enter_to_submit=False):
        st.caption(say(f"work_project.disclosure.help.{kind}", days=one.rule.days))
        said = _fields(form, kind, project_id, one, today)
        reason = reason_field(form, label=say("work_project.disclosure.reason"))
        is_sent = publish_button(form)
    if not is_sent:
        return
    if kind in (DisclosureKind.FORMED, DisclosureKind.PUBLISHED) and said["formed_on"] is None:
        missing_day()
    elif kind is DisclosureKind.PUBLISHED and said["document_id"] is None and not said["link"]:
        st.error(say("work_project.disclosure.where_missing"))
    elif kind is DisclosureKind.WITHHELD and (not said["ground"].strip() or said["review_on"] is None):
        st.error(say("work_project.documents.ground_missing"))
    elif kind is DisclosureKind.NOT_APPLICABLE and not reason.strip():
        st.error(say("errors.reason_missing"))
    else:
        command = StateDisclosure(
            project_id=project_id, rule=one.rule.key, kind=kind, reason=reason, seen=form.number, **said
        )
        send(
            form,
            state_disclosure,
            command,
            done=say("work_project.done.disclosure"),
            latest=lambda: _now(project_id, one.rule.key, today),
            yours={say("work_project.disclosure.says"): say(f"codes.disclosure_kind.{kind}")},
        )


def _fields(form: Filling, kind: DisclosureKind, project_id: str, one: Disclosure, today: date) -> dict[str, Any]:
    formed = one.said.formed_on if one.said else None
    match kind:
        case DisclosureKind.FORMED:
            label = say("work_project.disclosure.formed_on")
            return {"formed_on": date_field(form, label, "formed_on", value=formed or today)}
        case DisclosureKind.PUBLISHED:
            columns = st.columns(2)
            with columns[0]:
                label = say("work_project.disclosure.formed_on")
                formed_on = date_field(form, label, "formed_on", value=formed or today)
            with columns[1]:
                label = say("work_project.disclosure.published_on")
                published_on = date_field(form, label, "published_on", value=today)
            return {"formed_on": formed_on, "published_on": published_on, **_where(form, project_id, one)}
        case DisclosureKind.WITHHELD:
            ground = line_field(form, "ground", say("work_project.documents.ground"), most=500)
            label = say("work_project.documents.review_on_withheld")
            return {"ground": ground, "review_on": date_field(form, label, "review_on", value=None)}
        case _:
            return {}


def _where(form: Filling, project_id: str, one: Disclosure) -> dict[str, Any]:
    """Draw where it can be read: the document of its type is chosen already, where the project has one."""
    with reading() as session:
        documents = documents_of(session, project_id=project_id)
    names = distinct_names({document.id: document.title for document in documents})
    of_its_type = [document.id for document in documents if document.type is one.rule.document_type]
    document: int | None = st.selectbox(
        say("work_project.disclosure.document"),
        list(names),
        index=list(names).index(of_its_type[-1]) if of_its_type else None,
        placeholder=say("work_project.choose"),
        format_func=lambda key: names[key],
        key=form.key("document"),
        persist_state="session",
    )
    link = line_field(form, "link", say("work_project.disclosure.link"), most=2000)
    return {"document_id": document, "link": link.strip()}


def _title(one: Disclosure) -> str:
    return one.rule.title_en if current_language() == "en" else one.rule.title_zh


def _statement(one: Disclosure) -> Statement | None:
    if one.said is None:
        return None
    words = {say("work_project.disclosure.says"): say(f"codes.disclosure_kind.{one.said.kind}")}
    return Statement(number=one.said.number, words=words, reason=one.said.reason)


def _now(project_id: str, key: str, today: date) -> Statement | None:
    with reading() as session:
        items: Sequence[Disclosure] = disclosures_of(session, project_id, today=today).items
    return next((_statement(one) for one in items if one.rule.key == key), None)
