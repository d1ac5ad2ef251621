"""The list of projects."""

import streamlit as st

from pages.components.project_choices import choose_projects
from pages.context import current_language, reading, say, visit
from pages.readable.projects import project_list, results_html

asked = visit()
with reading() as session:
    found = project_list(session, asked)

st.title(say("page.projects.title"))
st.caption(say("page.projects.description"))
choose_projects(
    departments={code: department.name(current_language()) for code, department in found.departments.items()},
    regions=found.regions,
    language=current_language(),
)
st.html(results_html(found))
