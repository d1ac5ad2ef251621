"""Which larger project a project is a part of, and which are its parts."""

import streamlit as st

from data.operations.packages import PackageProject, package_project
from data.queries.project_record import packages_of, parent_of
from data.queries.project_view import ProjectView
from models.package import PackageRevision
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import line_field, reason_field
from pages.forms.filling import begin, send
from pages.forms.timing import publish_button
from pages.rendering import render


def work_on_package(view: ProjectView) -> None:
    """Draw the project above and those below, and a form that says another one above."""
    project_id = view.summary.id
    with reading() as session:
        said, parts = parent_of(session, project_id), packages_of(session, project_id)
    latest = said[-1] if said else None
    st.html(render("officer_package.html", current_language(), latest=latest, parts=parts))
    form = begin(f"package_{project_id}", _statement(latest))
    with st.form(form.key("form"), enter_to_submit=False):
        label, above = say("work_project.package.parent"), (latest.parent_id if latest else None) or ""
        parent = line_field(form, "parent", label, value=above, most=20)
        st.caption(say("work_project.package.help"))
        reason = reason_field(form, label=say("work_project.reason"))
        is_sent = publish_button(form)
    if is_sent:
        command = PackageProject(
            project_id=project_id, parent_id=parent.strip() or None, reason=reason, seen=form.number
        )
        send(
            form,
            package_project,
            command,
            done=say("work_project.done.package"),
            latest=lambda: _now(project_id),
            yours={label: parent},
        )


def _statement(latest: PackageRevision | None) -> Statement | None:
    if latest is None:
        return None
    words = {say("work_project.package.parent"): latest.parent_id or "–"}
    return Statement(number=latest.number, words=words, reason=latest.reason)


def _now(project_id: str) -> Statement | None:
    with reading() as session:
        said = parent_of(session, project_id)
    return _statement(said[-1]) if said else None
