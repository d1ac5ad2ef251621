"""Publishing a project."""

import streamlit as st

from data.queries.departments import departments
from models.actor import Role
from pages.components.plain_words import drawn_as_text
from pages.context import current_language, demand_account, reading, say
from pages.forms.filling import show_notice
from pages.forms.project_publish import publish

account = demand_account(Role.OFFICER)
st.title(say("page.publish_project.title"))
show_notice()
with reading() as session:
    department = departments(session).get(account.department_id or "")
if department is None:
    st.error(say("work_project.no_department"))
else:
    st.caption(say("work_project.publish_help", department=drawn_as_text(department.name(current_language()))))
    publish(department.id)
