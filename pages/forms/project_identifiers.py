"""The names of a project in other lists, by which it is recognised there and here: the national code among them."""

import streamlit as st

from data.operations.identifiers import IdentifyProject, identify_project
from data.queries.project_view import ProjectView
from models.project_code import SCHEME
from pages.context import current_language, say
from pages.forms.fields import line_field
from pages.forms.filling import begin, send
from pages.forms.timing import publish_button
from pages.rendering import render

_NATIONAL, _OTHER = "national", "other"


def work_on_identifiers(view: ProjectView) -> None:
    """Draw the names that a project has in other lists, and a form that publishes one more."""
    st.html(render("officer_identifiers.html", current_language(), identifiers=view.identifiers))
    form = begin(f"identify_{view.summary.id}_{len(view.identifiers)}")
    which = st.radio(
        say("work_project.scheme"),
        (_NATIONAL, _OTHER),
        format_func=lambda code: say(f"work_project.identifiers.{code}"),
        horizontal=True,
        key=form.key("which"),
    )
    with st.form(form.key("form"), enter_to_submit=False):
        st.caption(say(f"work_project.identifiers.help_{which}"))
        scheme = SCHEME if which == _NATIONAL else line_field(form, "scheme", say("work_project.scheme"), most=100)
        value = line_field(form, "value", say("work_project.value"), most=200)
        is_sent = publish_button(form)
    if is_sent and not (scheme.strip() and value.strip()):
        st.error(say("work_project.identifier_half"))
    elif is_sent:
        command = IdentifyProject(project_id=view.summary.id, scheme=scheme, value=value)
        send(form, identify_project, command, done=say("work_project.done.identified"))
