"""Keeping a project true: its dates, progress, money, place, words, documents and decisions."""

import streamlit as st

from data.queries.departments import departments
from data.queries.project_view import find_project
from models.actor import Role
from pages.components.plain_words import drawn_as_text
from pages.components.tabs import open_tab
from pages.context import current_language, demand_account, reading, say, visit
from pages.forms.filling import show_notice
from pages.forms.project_contracts import work_on_contracts
from pages.forms.project_decisions import work_on_decisions
from pages.forms.project_disclosure import work_on_disclosure
from pages.forms.project_documents import work_on_documents
from pages.forms.project_identifiers import work_on_identifiers
from pages.forms.project_milestones import work_on_milestones
from pages.forms.project_money import work_on_money
from pages.forms.project_package import work_on_package
from pages.forms.project_place import work_on_place
from pages.forms.project_progress import work_on_progress
from pages.forms.project_text import amend_text
from pages.forms.project_withheld import work_on_withheld
from pages.rendering import render

account = demand_account(Role.OFFICER)
asked = visit()
language = current_language()
with reading() as session:
    view = find_project(session, asked.id or "", today=asked.today)
    names = departments(session)

if view is None:
    st.title(say("page.work_on_project.title"))
    st.error(say("work_project.unknown", id=drawn_as_text((asked.id or "–")[:20])))
    st.stop()
is_own = view.summary.department_id == account.department_id
owner = names[view.summary.department_id].name(language)
st.html(render("officer_project.html", language, view=view, owner=owner, is_own=is_own))
if not is_own:
    st.error(say("work_project.not_own", owner=drawn_as_text(owner)))
    st.stop()

codes = (
    "milestones",
    "progress",
    "money",
    "contracts",
    "disclosure",
    "documents",
    "withheld",
    "place",
    "text",
    "decisions",
)
code, tab = open_tab({code: say(f"work_project.tab.{code}") for code in codes})
with tab:
    match code:
        case "milestones":
            work_on_milestones(view, asked.today)
        case "progress":
            work_on_progress(view, asked.today)
        case "money":
            work_on_money(view, asked.today)
        case "contracts":
            work_on_contracts(view, asked.today)
        case "disclosure":
            work_on_disclosure(view, asked.today)
        case "withheld":
            work_on_withheld(view, asked.today)
        case "place":
            work_on_place(view)
        case "text":
            amend_text(view)
            st.subheader(say("work_project.identifiers.title"))
            work_on_identifiers(view)
        case "documents":
            work_on_documents(view)
        case _:
            work_on_decisions(view)
            st.subheader(say("work_project.package.title"))
            work_on_package(view)
    show_notice()
