"""How far a project is: confirming that nothing changed, a report for a period, and pictures."""

from datetime import date
from typing import Any

import streamlit as st

from data.operations.money import ConfirmUnchanged, ReportProgress, confirm_unchanged, report_progress
from data.queries.project_view import ProjectView
from pages.context import current_language, say
from pages.forms.fields import missing_day, reason_field, text_field
from pages.forms.filling import Filling, begin, send, show_notice
from pages.forms.project_amounts import AmountFault, smallest_units
from pages.forms.project_dates import date_field
from pages.forms.project_documents import publish_picture
from pages.forms.project_money import USUAL, money_fields
from pages.forms.timing import publish_button
from pages.rendering import render

#: Whether the last form sent was a report: what is said of it stands beside the form.
_REPORT_SENT = "project_report_sent"


def work_on_progress(view: ProjectView, today: date) -> None:
    """Draw the last reports, the button that confirms them, and forms for a report and a picture."""
    st.html(render("officer_progress.html", current_language(), view=view, today=today))
    is_report = st.session_state.pop(_REPORT_SENT, False)
    _confirm(view.summary.id)
    if not is_report:
        show_notice()
    st.subheader(say("work_project.progress.report"))
    _report(view, today)
    show_notice()
    with st.expander(say("work_project.progress.picture")):
        publish_picture(view.summary.id)


def _confirm(project_id: str) -> None:
    form = begin(f"confirm_{project_id}")
    st.caption(say("work_project.progress.confirm_help"))
    if st.button(say("work_project.progress.confirm"), key=form.key("send"), type="primary"):
        send(form, confirm_unchanged, ConfirmUnchanged(project_id=project_id), done=say("work_project.done.confirmed"))


def _report(view: ProjectView, today: date) -> None:
    latest = view.reports[-1] if view.reports else None
    form = begin(f"progress_{view.summary.id}")
    with st.form(form.key("form"), enter_to_submit=False):
        columns = st.columns(2)
        with columns[0]:
            start = date_field(
                form, say("work_project.progress.start"), "start", value=latest.period_end if latest else today
            )
        with columns[1]:
            end = date_field(form, say("work_project.progress.end"), "end", value=today)
        physical = st.number_input(
            say("work_project.progress.physical"),
            min_value=0.0,
            max_value=100.0,
            value=None,
            step=0.5,
            key=form.key("physical"),
            help=say("work_project.progress.physical_help"),
            persist_state="session",
        )
        money = money_fields(form, say("work_project.progress.spent"), (latest.currency if latest else None) or USUAL)
        body = text_field(form, "body", say("work_project.progress.body"), most=20_000)
        more = _planned(form)
        is_sent = publish_button(form)
    if is_sent and (start is None or end is None):
        missing_day()
    elif is_sent and start is not None and end is not None:
        _send(form, view.summary.id, (start, end), physical, money, body, more)


def _planned(form: Filling) -> dict[str, Any]:
    """Draw how far it was to be by then, and whether the report corrects what was reported before."""
    with st.expander(say("work_project.progress.more")):
        planned: float | None = st.number_input(
            say("work_project.progress.planned"),
            min_value=0.0,
            max_value=100.0,
            value=None,
            step=0.5,
            key=form.key("planned"),
            persist_state="session",
        )
        annual: float | None = st.number_input(
            say("work_project.progress.annual"),
            value=None,
            step=1.0,
            key=form.key("annual"),
            help=say("work_project.progress.annual_help"),
            persist_state="session",
        )
        is_correction = st.checkbox(say("work_project.progress.correction"), key=form.key("correction"))
        reason = reason_field(form, label=say("work_project.progress.correction_reason"))
    return {
        "planned_physical": None if planned is None else round(planned * 100),
        "annual_share": None if annual is None else round(annual * 100),
        "is_correction": is_correction,
        "reason": reason,
    }


def _send(
    form: Filling,
    project_id: str,
    period: tuple[date, date],
    physical: float | None,
    money: tuple[str, str],
    body: str,
    more: dict[str, Any],
) -> None:
    spent: int | None = None
    if money[0].strip():
        try:
            spent = smallest_units(*money)
        except AmountFault as fault:
            st.error(say(f"work_project.money.fault.{fault.reason}"))
            return
    if physical is None and spent is None and not body.strip() and more["annual_share"] is None:
        st.error(say("work_project.progress.nothing"))
        return
    command = ReportProgress(
        project_id=project_id,
        period_start=period[0],
        period_end=period[1],
        physical=None if physical is None else round(physical * 100),
        spent=spent,
        currency=None if spent is None else money[1],
        body=body,
        **more,
    )
    st.session_state[_REPORT_SENT] = True
    send(form, report_progress, command, done=say("work_project.done.progress"))
