"""The desk: what is due, soonest first, and the shortest way to settle it."""

from functools import partial

import streamlit as st

from data.queries.decisions import DecisionFilter, list_decisions
from data.queries.department_duties import department_duties
from data.queries.departments import departments
from data.queries.desk import DutyKind, decision_duties
from data.queries.officer_desk import officer_desk
from data.queries.proposals import LATELY, count_proposals
from data.queries.questions import waiting_questions
from data.queries.unreported import stale_projects
from models.actor import Role
from pages.context import current_language, demand_account, reading, say, visit
from pages.forms.duty_tabs import tab_of
from pages.forms.filling import show_notice
from pages.forms.officer_desk import draw_desk
from pages.forms.project_unchanged import draw_unchanged
from pages.readable.duty_words import DutyWords
from pages.rendering import render

#: Where each duty is settled: the tab, and what is shown there.
_TO = {
    DutyKind.CLOSING: {"tab": "period"},
    DutyKind.UNANSWERED: {"tab": "comments", "answer": "unanswered"},
    DutyKind.RESULT_MISSING: {"tab": "outcome"},
    DutyKind.STAGE_OVERDUE: {"tab": "stages"},
    DutyKind.DOCUMENT_REVIEW: {"tab": "documents"},
}

account = demand_account()
asked = visit()
language = current_language()
of_department = account.department_id or ""
with reading() as session:
    department = departments(session).get(of_department)
st.title(say("page.desk.title"))
st.html(render("desk_head.html", language, account=account, department=department))
show_notice()
if account.role in (Role.OFFICER, Role.PLANNER, Role.APPROVER):
    with reading() as session:
        counts = count_proposals(session, of_department, since=asked.now - LATELY)
    if counts.total or (department is not None and department.needs_second_person):
        st.header(say("proposals.desk.title"))
        approves = account.role is Role.APPROVER
        st.html(render("desk_proposals.html", language, counts=counts, approves=approves))

if account.role in (Role.PLANNER, Role.APPROVER):
    with reading() as session:
        duties = decision_duties(session, of_department, now=asked.now)
        by_procedure = department_duties(session, of_department, now=asked.now)
        waiting = waiting_questions(session, of_department)
        decisions = list_decisions(session, DecisionFilter(department_id=of_department), now=asked.now, size=10).rows
    st.header(say("desk.due"))
    st.html(render("desk_duties.html", language, duties=duties, to=_TO, visit=asked))
    st.header(say("desk.by_procedure"))
    speak_of = partial(DutyWords, language=language)
    st.html(render("desk_procedure.html", language, found=by_procedure, speak_of=speak_of, tabs=tab_of, visit=asked))
    may_publish = account.role is Role.PLANNER
    st.html(render("desk_questions.html", language, waiting=waiting, may_keep=may_publish, now=asked.now))
    st.header(say("desk.decisions"))
    st.html(
        render("desk_decisions.html", language, decisions=decisions, department=of_department, may_publish=may_publish)
    )
elif account.role is Role.OFFICER:
    with reading() as session:
        desk = officer_desk(session, of_department, now=asked.now)
        stale = stale_projects(session, of_department, now=asked.now)
    st.header(say("desk.milestones"))
    draw_desk(desk, asked.today)
    st.header(say("desk.stale"))
    draw_unchanged(stale, asked.today)
elif account.role is Role.ADMINISTRATOR:
    st.html(render("desk_administration.html", language))
else:
    st.write(say("desk.reads_only"))
