"""What a project costs: what was said at each step, and a form for the next."""

from datetime import date

import streamlit as st

from data.operations.money import PublishBudget, publish_budget
from data.queries.project_view import ProjectView
from models.money import BudgetKind
from pages.context import current_language, say
from pages.formats import format_day, format_money
from pages.forms.conflict import Statement
from pages.forms.fields import code_field, line_field, missing_day, reason_field
from pages.forms.filling import Filling, begin, send
from pages.forms.project_amounts import AmountFault, smallest_units
from pages.forms.project_dates import date_field
from pages.forms.project_documents import document_field
from pages.forms.project_now import said_now
from pages.forms.timing import publish_button
from pages.rendering import render

#: Of amounts that nobody has named a currency for.
USUAL = "CNY"


def work_on_money(view: ProjectView, today: date) -> None:
    """Draw the amounts that were published, and a form for the next."""
    st.html(render("officer_money.html", current_language(), view=view))
    latest = view.budgets[-1] if view.budgets else None
    form = begin(f"money_{view.summary.id}", _statement(view))
    with st.form(form.key("form"), enter_to_submit=False):
        kind = code_field(form, "kind", say("work_project.money.kind"), BudgetKind, subject="budget_kind")
        amount, currency = money_fields(form, say("work_project.money.amount"), latest.currency if latest else USUAL)
        approved_on = date_field(form, say("work_project.money.approved_on"), "approved", value=today)
        reason = reason_field(form, label=say("work_project.money.reason")) if latest is not None else ""
        document = _approved_by(form, view.summary.id)
        is_sent = publish_button(form)
    if is_sent:
        _publish(form, view.summary.id, kind, (amount, currency), approved_on, reason, document)


def money_fields(form: Filling, label: str, currency: str) -> tuple[str, str]:
    """Draw fields for an amount and its currency, and return what is in them."""
    columns = st.columns((3, 1))
    with columns[0]:
        amount = st.text_input(
            label,
            key=form.words_key("amount"),
            max_chars=40,
            placeholder="1,234.5",
            help=say("work_project.money.help"),
            persist_state="session",
        )
    with columns[1]:
        named = st.text_input(
            say("work_project.money.currency"),
            value=currency,
            key=form.key("currency"),
            max_chars=3,
            help=say("work_project.money.currency_help"),
            persist_state="session",
        )
    return amount or "", (named or "").strip().upper()


def _approved_by(form: Filling, project_id: str) -> tuple[int | None, str]:
    """Draw the document by which the amount was approved, and return it with the number it bears."""
    with st.expander(say("work_project.money.document")):
        document = document_field(form, project_id)
        number = line_field(form, "document_number", say("work_project.money.document_number"), most=100)
    return document, number


def _publish(
    form: Filling,
    project_id: str,
    kind: BudgetKind,
    typed: tuple[str, str],
    approved_on: date | None,
    reason: str,
    document: tuple[int | None, str],
) -> None:
    amount, currency = typed
    try:
        units = smallest_units(amount, currency)
    except AmountFault as fault:
        st.error(say(f"work_project.money.fault.{fault.reason}"))
        return
    if approved_on is None:
        missing_day()
        return
    command = PublishBudget(
        project_id=project_id,
        kind=kind,
        amount=units,
        currency=currency,
        approved_on=approved_on,
        reason=reason,
        seen=form.number,
        document_id=document[0],
        document_number=document[1],
    )
    send(
        form,
        publish_budget,
        command,
        done=say("work_project.done.money", amount=format_money(units, currency, current_language())),
        latest=lambda: said_now(project_id, _statement),
        yours=_words(kind, units, currency, approved_on),
    )


def _statement(view: ProjectView) -> Statement | None:
    if not view.budgets:
        return None
    latest = view.budgets[-1]
    words = _words(latest.kind, latest.amount, latest.currency, latest.approved_on)
    return Statement(number=latest.number, words=words, reason=latest.reason)


def _words(kind: BudgetKind, units: int, currency: str, approved_on: date) -> dict[str, str]:
    return {
        say("work_project.money.kind"): say(f"codes.budget_kind.{kind}"),
        say("work_project.money.amount_short"): format_money(units, currency, current_language()),
        say("work_project.money.approved_on"): format_day(approved_on),
    }
