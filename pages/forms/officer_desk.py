"""The desk of an officer: each project with what it waits for, and the shortest way to say it."""

from datetime import date

import streamlit as st

from data.queries.officer_desk import OfficerDesk
from pages.context import current_language, say
from pages.forms.milestone_card import draw_card
from pages.rendering import render

_PLACE = "desk"


def draw_desk(desk: OfficerDesk, today: date) -> None:
    """Draw how much there is to do, and each project with its milestones and what it has to publish."""
    language = current_language()
    st.html(render("desk_officer.html", language, desk=desk))
    for project in desk.projects:
        st.html(render("desk_project.html", language, project=project, today=today))
        for one in project.milestones:
            draw_card(one, today, _PLACE, desk.proposed.get(one.milestone_id, ()), shows_project=False)
    if desk.has_more:
        st.text(say("desk.more"))
