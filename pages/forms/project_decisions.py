"""Which decisions a project carries out."""

import streamlit as st

from data.operations.project_decisions import LinkProject, link_project
from data.queries.decisions import DecisionFilter, list_decisions
from data.queries.project_view import ProjectView
from models.clock import utc_now
from pages.context import current_language, reading, say
from pages.forms.filling import begin, send
from pages.forms.timing import publish_button
from pages.rendering import render

#: So many of the department's decisions can be chosen from; another is named by its number.
_MOST = 200


def work_on_decisions(view: ProjectView) -> None:
    """Draw the decisions that a project carries out, and a form for another."""
    project_id, linked = view.summary.id, {decision.decision_id for decision in view.decisions}
    with reading() as session:
        own = DecisionFilter(department_id=view.summary.department_id)
        found = list_decisions(session, own, now=utc_now(), size=_MOST).rows
    st.html(render("officer_decisions.html", current_language(), view=view))
    titles = {decision.id: decision.title for decision in found if decision.id not in linked}
    form = begin(f"decision_{project_id}")
    with st.form(form.key("form"), enter_to_submit=False):
        chosen = st.selectbox(
            say("work_project.decisions.which"),
            list(titles),
            index=None,
            placeholder=say("work_project.choose"),
            format_func=lambda key: f"{key} {titles.get(key, '')}".strip(),
            accept_new_options=True,
            key=form.key("decision"),
            help=say("work_project.decisions.which_help"),
        )
        is_sent = publish_button(form, "work_project.decisions.link")
    if is_sent and not chosen:
        st.error(say("work_project.decisions.missing"))
    elif is_sent and chosen:
        command = LinkProject(project_id=project_id, decision_id=chosen.strip())
        # A link says the same thing however often it is sent: where it is there, the operation leaves it.
        send(form, link_project, command, done=say("work_project.done.decision"))
