"""Saying in one click that everything said of a project still holds."""

from datetime import date

import streamlit as st

from data.operations.money import ConfirmUnchanged, confirm_unchanged
from data.queries.paging import Page
from data.queries.unreported import StaleProject
from pages.context import current_language, say
from pages.forms.filling import begin, send
from pages.rendering import render


def draw_unchanged(projects: Page[StaleProject], today: date) -> None:
    """Draw the projects that were not reported on for long, each with a button."""
    if not projects.rows:
        st.text(say("desk.none_stale"))
        return
    st.caption(say("desk.stale_body"))
    for project in projects.rows:
        columns = st.columns([4, 1], vertical_alignment="center")
        with columns[0]:
            st.html(render("desk_stale.html", current_language(), project=project, today=today))
        with columns[1]:
            _draw_button(project)
    if projects.next:
        st.text(say("desk.more"))


def _draw_button(project: StaleProject) -> None:
    # With the number of reports, so that who looks again after somebody else reported begins anew.
    filling = begin(f"unchanged_{project.id}_{project.reports}")
    if st.button(say("desk.unchanged", project=project.id), key=filling.key("send")):
        send(filling, confirm_unchanged, ConfirmUnchanged(project_id=project.id), done=say("desk.unchanged_done"))
