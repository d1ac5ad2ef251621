"""What is held back of a project: on which ground, by whom and until when, so that a gap is an explained one."""

from datetime import date

import streamlit as st

from data.operations.withheld import WithholdField, withhold_field
from data.queries.project_record import withheld_of
from data.queries.project_view import ProjectView
from models.withheld_item import WithheldField, WithheldItem
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import code_field, line_field, reason_field
from pages.forms.filling import begin, send
from pages.forms.project_dates import date_field
from pages.forms.timing import publish_button
from pages.rendering import render


def work_on_withheld(view: ProjectView, today: date) -> None:
    """Draw what is held back, and a form that says so of something, or takes it back."""
    project_id = view.summary.id
    with reading() as session:
        said = {field: items[-1] for field, items in withheld_of(session, project_id).items()}
    st.html(render("officer_withheld.html", current_language(), said=said, today=today))
    chooser = begin(f"withheld_{project_id}")
    label = say("work_project.withheld.field")
    field = code_field(chooser, "field", label, WithheldField, subject="withheld_field")
    before = said.get(field)
    form = begin(f"withheld_{project_id}_{field}", _statement(before))
    ends = bool(before and before.holds) and st.checkbox(say("work_project.withheld.ends"), key=form.key("ends"))
    with st.form(form.key("form"), enter_to_submit=False):
        ground, held_by, until = "", "", None
        if not ends:
            ground = line_field(form, "ground", say("work_project.documents.ground"), most=500)
            held_by = line_field(form, "held_by", say("work_project.withheld.held_by"))
            until = date_field(form, say("work_project.withheld.until"), "until", value=None)
        reason = reason_field(form, label=say("work_project.reason")) if before is not None else ""
        is_sent = publish_button(form)
    if is_sent:
        command = WithholdField(
            project_id=project_id,
            field=field,
            holds=not ends,
            ground=ground,
            held_by=held_by,
            until=until,
            reason=reason,
            seen=form.number,
        )
        send(
            form,
            withhold_field,
            command,
            done=say("work_project.done.withheld"),
            latest=lambda: _now(project_id, field),
            yours={say("work_project.documents.ground"): ground},
        )


def _statement(item: WithheldItem | None) -> Statement | None:
    if item is None:
        return None
    return Statement(number=item.number, words={say("work_project.documents.ground"): item.ground}, reason=item.reason)


def _now(project_id: str, field: WithheldField) -> Statement | None:
    with reading() as session:
        items = withheld_of(session, project_id).get(field, [])
    return _statement(items[-1]) if items else None
