"""Working on one decision: everything its department can say of it, each in a tab of its own."""

import streamlit as st

from models.actor import Role
from models.clock import utc_now
from pages.components.tabs import open_tab
from pages.context import current_language, demand_account, say
from pages.forms.decision_comments import draw_comments
from pages.forms.decision_documents import draw_documents
from pages.forms.decision_draft import draw_draft
from pages.forms.decision_entry import draw_entry
from pages.forms.decision_matter import find_matter
from pages.forms.decision_opinion import draw_opinions
from pages.forms.decision_outcome import draw_evaluation, draw_outcome
from pages.forms.decision_period import draw_period
from pages.forms.decision_stages import draw_stages
from pages.forms.decision_text import draw_description
from pages.forms.filling import show_notice
from pages.forms.next_step import draw_next_step
from pages.forms.procedure_tabs import draw_procedure, draw_steps
from pages.rendering import render

_TABS = {
    "description": draw_description,
    "stages": draw_stages,
    "draft": draw_draft,
    "period": draw_period,
    "comments": draw_comments,
    "entry": draw_entry,
    "experts": draw_opinions,
    "documents": draw_documents,
    "outcome": draw_outcome,
    "evaluation": draw_evaluation,
    "procedure": draw_procedure,
    "steps": draw_steps,
}

account = demand_account(Role.PLANNER, Role.APPROVER, Role.OFFICER)
matter = find_matter(st.query_params.get("id", ""), account, utc_now())
if matter is None:
    st.title(say("page.work_on_decision.title"))
    st.warning(say("work.not_found"))
    st.html(render("work_choose.html", current_language()))
elif matter.view.department_id != account.department_id:
    st.title(say("page.work_on_decision.title"))
    st.warning(say("work.other_department"))
    st.html(render("work_choose.html", current_language()))
else:
    st.html(render("work_head.html", current_language(), matter=matter, state=matter.view.state))
    draw_next_step(matter)
    code, tab = open_tab({code: say(f"work.tab.{code}") for code in _TABS})
    with tab:
        show_notice()
        _TABS[code](matter)
