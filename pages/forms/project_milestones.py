"""The dates of a project: promising one, and saying what became of one. Meant to take less than a minute."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data.operations.milestone_duties import ConfirmMilestone, LinkMilestone, confirm_milestone, link_milestone
from data.operations.milestones import PlanMilestone, plan_milestone
from data.queries.project_record import predecessors_of
from data.queries.project_view import ProjectView
from models.milestone import Milestone, MilestoneCode, MilestoneType, is_ended
from models.milestone_moves import moves, slippage
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.fields import choice_field, code_field, line_field, missing_day, reason_field
from pages.forms.filling import begin, send, show_notice
from pages.forms.milestone_amendment import work_on_description
from pages.forms.milestone_beginning import place_in, typed_kind
from pages.forms.milestone_statement import begin_again, draw_statement, possible_kinds
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field, promised_date
from pages.forms.timing import publish_button
from pages.rendering import render


def work_on_milestones(view: ProjectView, today: date) -> None:
    """Draw what was promised and is said now, a form for one milestone, and one for another promise."""
    by_id = {str(one.id): one for one in view.milestones}
    if by_id:
        choose_code(
            say("work_project.which"),
            by_id,
            parameter="milestone",
            words=distinct_names({key: one.title for key, one in by_id.items()}).__getitem__,
            any_word=say("work_project.choose"),
        )
    chosen = by_id.get(st.query_params.get("milestone", ""))
    if chosen is not None:
        _revise(chosen, today)
    # Beside the form, since that is where its author looks.
    show_notice()
    rows = [(one, moves(one.revisions), slippage(one.revisions, today).days) for one in view.milestones]
    st.html(render("officer_milestones.html", current_language(), view=view, rows=rows))
    if chosen is not None and len(by_id) > 1:
        with st.expander(say("work_project.waits")):
            _link(view, chosen, {one.id: one for one in view.milestones})
    if chosen is not None:
        with st.expander(say("work_project.amend")):
            work_on_description(chosen)
    with st.expander(say("work_project.plan"), expanded=not by_id):
        _plan(view.summary.id)


def _revise(milestone: Milestone, today: date) -> None:
    form = begin_again(milestone)
    st.html(render("officer_statements.html", current_language(), milestone=milestone))
    if not is_ended(milestone.latest) and milestone.latest.due_date >= today:
        label = say("work_project.still_right")
        if st.button(label, key=form.key("confirm"), help=say("work_project.still_right_help")):
            command = ConfirmMilestone(milestone_id=milestone.id, seen=form.number)
            send(form, confirm_milestone, command, done=say("work_project.done.still_right"))
    kinds = possible_kinds(milestone)
    kind = st.radio(
        say("work_project.what_happened"),
        kinds,
        index=place_in(kinds, typed_kind(form)) or 0,
        format_func=lambda code: say(f"work_project.act.{code}"),
        horizontal=True,
        key=form.key("act"),
    )
    draw_statement(form, milestone, kind, today)


def _link(view: ProjectView, milestone: Milestone, by_id: Mapping[int, Milestone]) -> None:
    """Draw what a milestone waits for, and a form that says so or takes it back."""
    with reading() as session:
        waits_for = predecessors_of(session, view.summary.id).get(milestone.id, ())
    names = [by_id[one].title if one in by_id else str(one) for one in waits_for]
    st.html(render("officer_waits.html", current_language(), names=names))
    form = begin(f"link_{milestone.id}_{len(waits_for)}")
    with st.form(form.key("form"), enter_to_submit=False):
        others = {key: one.title for key, one in by_id.items() if key != milestone.id}
        labels = distinct_names(others)
        other = st.selectbox(
            say("work_project.waits_for"),
            list(labels),
            index=None,
            placeholder=say("work_project.choose"),
            format_func=lambda key: labels[key],
            key=form.key("other"),
        )
        holds = not st.checkbox(say("work_project.waits_no_more"), key=form.key("no_more"))
        reason = reason_field(form, label=say("work_project.waits_reason"))
        is_sent = publish_button(form)
    if is_sent and other is None:
        st.error(say("work_project.waits_missing"))
    elif is_sent and other is not None:
        command = LinkMilestone(milestone_id=milestone.id, predecessor_id=other, holds=holds, reason=reason)
        send(form, link_milestone, command, done=say("work_project.done.waits"))


def _plan(project_id: str) -> None:
    form = begin(f"plan_{project_id}")
    with st.form(form.key("form"), enter_to_submit=False):
        title = line_field(form, "title", say("work_project.milestone_title"))
        kind = code_field(
            form,
            "type",
            say("work_project.milestone_type"),
            MilestoneType,
            subject="milestone_type",
            value=MilestoneType.DELIVERY,
        )
        day, precision = promised_date(form, value=None)
        completes = st.checkbox(say("work_project.completes"), key=form.key("completes"))
        is_critical = st.checkbox(say("work_project.critical"), key=form.key("critical"))
        with st.expander(say("work_project.plan_more")):
            label = say("work_project.milestone_code")
            code = choice_field(form, "code", label, MilestoneCode, subject="milestone_code")
            low = date_field(form, say("work_project.date_low"), "date_low", value=None)
            high = date_field(form, say("work_project.date_high"), "date_high", value=None)
        st.caption(say("work_project.plan_help"))
        is_sent = publish_button(form, "work_project.promise")
    if is_sent and day is None:
        missing_day()
    elif is_sent and day is not None:
        command = PlanMilestone(
            project_id=project_id,
            title=title,
            due_date=day,
            type=kind,
            precision=precision,
            completes=completes,
            code=code,
            is_critical=is_critical,
            date_low=low,
            date_high=high,
        )
        send(form, plan_milestone, command, done=say("work_project.done.baseline"))
