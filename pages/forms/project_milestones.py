"""The dates of a project: promising one, and saying what became of one. Meant to take less than a minute."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.queries.projects import ProjectView, find_milestone
from models.milestone import (
    Milestone,
    MilestoneType,
    Precision,
    ReasonCode,
    RevisionKind,
    is_ended,
    moves,
    slippage,
)
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.formats import format_day
from pages.forms.conflict import Statement
from pages.forms.fields import code_field, line_field, missing_day, text_field
from pages.forms.filling import Filling, begin, send, show_notice
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field, promised_date
from pages.rendering import render

_AGAIN = (
    RevisionKind.REFORECAST,
    RevisionKind.ACHIEVED,
    RevisionKind.PAUSED,
    RevisionKind.CANCELLED,
    RevisionKind.CORRECTION,
)


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
    with st.expander(say("work_project.plan"), expanded=not by_id):
        _plan(view.summary.id)


def possible_kinds(milestone: Milestone) -> Sequence[RevisionKind]:
    """Return what can be said of a milestone after what is said of it now."""
    if is_ended(milestone.latest):
        return (RevisionKind.CORRECTION,)
    if milestone.latest.kind is RevisionKind.PAUSED:
        return (RevisionKind.RESUMED, *_AGAIN)
    return _AGAIN


def _revise(milestone: Milestone, today: date) -> None:
    form = begin(f"milestone_{milestone.id}", _statement(milestone))
    st.html(render("officer_statements.html", current_language(), milestone=milestone))
    kind = st.radio(
        say("work_project.what_happened"),
        possible_kinds(milestone),
        format_func=lambda code: say(f"work_project.act.{code}"),
        horizontal=True,
        key=form.key("act"),
    )
    with st.form(form.key("form"), enter_to_submit=False):
        st.caption(say(f"work_project.act_help.{kind}"))
        command = _revision(form, milestone, kind, today)
        is_sent = st.form_submit_button(say("work_project.publish"), type="primary")
    if is_sent and command is None:
        missing_day()
    elif is_sent and command is not None:
        send(
            form,
            revise_milestone,
            command,
            done=say(f"work_project.done.{kind}"),
            latest=lambda: _now(milestone.id),
            yours=_words(kind, command.due_date, command.precision, command.reason),
        )


def _revision(form: Filling, milestone: Milestone, kind: RevisionKind, today: date) -> ReviseMilestone | None:
    latest = milestone.latest
    day: date | None = latest.due_date
    precision = latest.precision
    if kind is RevisionKind.ACHIEVED:
        day, precision = date_field(form, say("work_project.reached_on"), "reached", value=today), Precision.DAY
    elif kind not in (RevisionKind.PAUSED, RevisionKind.CANCELLED):
        day, precision = promised_date(form, value=latest.due_date, precision=latest.precision)
    code, reason = _reason(form, kind) if kind.moves else (None, "")
    if day is None:
        return None
    return ReviseMilestone(
        milestone_id=milestone.id,
        kind=kind,
        due_date=day,
        precision=precision,
        reason_code=code,
        reason=reason,
        seen=form.number,
    )


def _reason(form: Filling, kind: RevisionKind) -> tuple[ReasonCode | None, str]:
    codes = list(ReasonCode)
    code: ReasonCode | None = st.selectbox(
        say("work_project.reason_code"),
        codes,
        index=codes.index(ReasonCode.DATA_CORRECTION) if kind is RevisionKind.CORRECTION else None,
        placeholder=say("work_project.choose"),
        format_func=lambda one: say(f"codes.reason_code.{one}"),
        key=form.key(f"code_{kind}"),
        persist_state="session",
    )
    return code, text_field(form, "reason", say("work_project.reason"), most=2000, height=100)


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
        st.caption(say("work_project.plan_help"))
        is_sent = st.form_submit_button(say("work_project.promise"), type="primary")
    if is_sent and day is None:
        missing_day()
    elif is_sent and day is not None:
        command = PlanMilestone(
            project_id=project_id, title=title, due_date=day, type=kind, precision=precision, completes=completes
        )
        send(form, plan_milestone, command, done=say("work_project.done.baseline"))


def _statement(milestone: Milestone) -> Statement:
    latest = milestone.latest
    return Statement(
        number=latest.number,
        words=_words(latest.kind, latest.due_date, latest.precision, latest.reason),
        reason=latest.reason,
    )


def _words(kind: RevisionKind, day: date, precision: Precision, reason: str) -> dict[str, str]:
    return {
        say("work_project.what_happened"): say(f"codes.revision_kind.{kind}"),
        say("work_project.date"): format_day(day, precision),
        say("work_project.reason"): reason,
    }


def _now(milestone_id: int) -> Statement | None:
    with reading() as session:
        milestone = find_milestone(session, milestone_id)
        return _statement(milestone) if milestone else None
