"""Importing projects from a table, GeoJSON or OC4IDS."""

import streamlit as st

from models.actor import Role
from pages.context import demand_account, say
from pages.forms.project_import import import_a_file
from pages.forms.timing import needs_second_person

account = demand_account(Role.OFFICER)
st.title(say("page.import_projects.title"))
st.caption(say("import.intro"))
if account.department_id is None:
    st.error(say("work_project.no_department"))
else:
    if needs_second_person():
        st.info(say("import.proposes"))
    import_a_file(account)
