"""The map of all projects, and the same projects as a list beside it."""

import streamlit as st

from pages.components.project_choices import choose_projects
from pages.context import current_language, reading, say, visit
from pages.readable.map import counts_html, list_html, map_address
from pages.readable.projects import project_list

asked = visit()
with reading() as session:
    found = project_list(session, asked)

st.title(say("page.map.title"))
st.caption(say("page.map.description"))
choose_projects(
    departments={code: department.name(current_language()) for code, department in found.departments.items()},
    regions=found.regions,
    language=current_language(),
)
st.html(counts_html(found, asked))
beside = st.columns([3, 2])
with beside[0]:
    st.iframe(map_address(found, asked), height=560, alt=say("map.alt"))
with beside[1]:
    st.html(list_html(found, asked))
