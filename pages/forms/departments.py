"""Departments: publishing one, and saying something else of one with a reason."""

from collections.abc import Mapping

import streamlit as st

from data.operations.departments import AmendDepartment, PublishDepartment, amend_department, publish_department
from data.queries.departments import DepartmentName, departments
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import line_field, reason_field
from pages.forms.filling import Filling, begin, send


def draw_departments() -> None:
    """Draw the choice of a department or a new one, and its form."""
    known = _known()
    language = current_language()
    choose_code(
        say("administration.department.which"),
        known,
        parameter="department",
        words=lambda code: known[code].name(language),
        any_word=say("administration.department.new"),
    )
    said = known.get(st.query_params.get("department", ""))
    if said is None:
        _draw_new()
    else:
        _draw_amendment(said)


def _draw_new() -> None:
    filling = begin("department_new")
    with st.form(filling.key("form")):
        code = line_field(filling, "id", say("administration.department.code"), most=40)
        words = _words(filling, None)
        sent = st.form_submit_button(say("administration.department.publish"), type="primary")
    if sent:
        command = PublishDepartment(id=code.strip(), **words)
        send(filling, publish_department, command, done=say("administration.department.published"))


def _draw_amendment(said: DepartmentName) -> None:
    filling = begin(f"department_{said.id}", _statement(said))
    with st.form(filling.key("form")):
        words = _words(filling, said)
        needs_two = st.checkbox(
            say("administration.department.needs_second_person"),
            value=said.needs_second_person,
            key=filling.key("needs_second_person"),
            help=say("administration.department.needs_second_person_help"),
        )
        reason = reason_field(filling)
        sent = st.form_submit_button(say("administration.department.amend"), type="primary")
    if sent:
        send(
            filling,
            amend_department,
            AmendDepartment(
                department_id=said.id, needs_second_person=needs_two, reason=reason, seen=filling.number, **words
            ),
            done=say("administration.department.amended"),
            latest=lambda: _statement(_known()[said.id]),
            yours=_labelled(words, needs_second_person=needs_two),
        )


def _words(filling: Filling, said: DepartmentName | None) -> Mapping[str, str]:
    most = {"name_zh": 200, "name_en": 200, "contact": 500}
    return {
        name: line_field(
            filling, name, say(f"administration.department.{name}"), value=getattr(said, name, ""), most=longest
        )
        for name, longest in most.items()
    }


def _labelled(words: Mapping[str, str], *, needs_second_person: bool) -> dict[str, str]:
    said = {**words, "needs_second_person": say(f"administration.department.{'yes' if needs_second_person else 'no'}")}
    return {say(f"administration.department.{name}"): value for name, value in said.items()}


def _statement(said: DepartmentName) -> Statement:
    words = {"name_zh": said.name_zh, "name_en": said.name_en, "contact": said.contact}
    return Statement(number=said.number, words=_labelled(words, needs_second_person=said.needs_second_person))


def _known() -> Mapping[str, DepartmentName]:
    with reading() as session:
        return departments(session)
