"""Saying anew what a milestone is, with a reason: a correction that moves no date."""

import streamlit as st

from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.queries.milestone_amendments import amendments_of
from data.queries.milestones import find_milestone
from models.milestone import Milestone, MilestoneCode
from models.milestone_amendment import LONGEST_TITLE, Described, descriptions
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import choice_field, line_field, reason_field
from pages.forms.filling import begin, send
from pages.forms.timing import publish_button
from pages.readable.milestone_amendments import amended
from pages.rendering import render


def work_on_description(milestone: Milestone) -> None:
    """Draw what a milestone was said to be, and a form that says it anew."""
    with reading() as session:
        amendments = amendments_of(session, milestone.id)
    language = current_language()
    st.html(render("officer_amendments.html", language, amended=amended(milestone, amendments, language)))
    form = begin(f"amend_milestone_{milestone.id}", Statement(number=len(amendments), words=_words(milestone)))
    with st.form(form.key("form"), enter_to_submit=False):
        st.caption(say("work_project.amend_help"))
        title = line_field(
            form, "title", say("work_project.milestone_title"), value=milestone.title, most=LONGEST_TITLE
        )
        label = say("work_project.milestone_code")
        code = choice_field(form, "code", label, MilestoneCode, subject="milestone_code", value=milestone.code)
        is_critical = st.checkbox(say("work_project.critical"), value=milestone.is_critical, key=form.key("critical"))
        reason = reason_field(form, label=say("work_project.reason"))
        is_sent = publish_button(form)
    if not is_sent:
        return
    command = AmendMilestone(
        milestone_id=milestone.id, title=title, code=code, is_critical=is_critical, reason=reason, seen=form.number
    )
    send(
        form,
        amend_milestone,
        command,
        done=say("work_project.done.amended"),
        latest=lambda: _now(milestone.id),
        yours=_words(command),
    )


def _words(said: Described) -> dict[str, str]:
    code = say(f"codes.milestone_code.{said.code}") if said.code else say("site.not_stated")
    return {
        say("work_project.milestone_title"): said.title,
        say("work_project.milestone_code"): code,
        say("work_project.critical"): say(
            "project.change.is_critical" if said.is_critical else "project.change.is_not_critical"
        ),
    }


def _now(milestone_id: int) -> Statement | None:
    with reading() as session:
        milestone, amendments = find_milestone(session, milestone_id), amendments_of(session, milestone_id)
    if milestone is None:
        return None
    last = descriptions(milestone.first_description, amendments)[-1]
    return Statement(number=len(amendments), words=_words(last), reason=amendments[-1].reason if amendments else "")
