"""Contracts of a project: as they were signed, and what was changed of them, with the reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from data.operations.contracts import ModifyContract, PublishContract, modify_contract, publish_contract
from data.queries.project_record import ContractView, contracts_of
from data.queries.project_view import ProjectView
from models.contract import ContractNature, ProcurementMethod
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.fields import choice_field, code_field, line_field, missing_day, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.project_amounts import AmountFault, smallest_units
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field
from pages.forms.project_documents import document_field
from pages.forms.project_money import USUAL, money_fields
from pages.forms.timing import publish_button
from pages.rendering import render


def work_on_contracts(view: ProjectView, today: date) -> None:
    """Draw the contracts, and forms for a change of one and for another one."""
    project_id = view.summary.id
    with reading() as session:
        contracts = contracts_of(session, project_id)
    st.html(render("officer_contracts.html", current_language(), contracts=contracts))
    if contracts:
        with st.expander(say("work_project.contracts.modify")):
            _draw_modification(project_id, {one.signed.id: one for one in contracts}, today)
    with st.expander(say("work_project.contracts.new"), expanded=not contracts):
        _draw_new(project_id, today)


def _draw_new(project_id: str, today: date) -> None:
    form = begin(f"contract_{project_id}")
    with st.form(form.key("form"), enter_to_submit=False):
        title = line_field(form, "title", say("work_project.contracts.title"))
        label = say("work_project.contracts.nature")
        nature = code_field(form, "nature", label, ContractNature, subject="contract_nature")
        supplier = line_field(form, "supplier", say("work_project.contracts.supplier"))
        label = say("work_project.contracts.method")
        method = choice_field(form, "method", label, ProcurementMethod, subject="procurement_method")
        bidders: int | None = st.number_input(
            say("work_project.contracts.bidders"),
            min_value=0,
            value=None,
            step=1,
            key=form.key("bidders"),
            help=say("work_project.contracts.not_stated"),
        )
        terms = _terms(form, project_id, today)
        is_sent = publish_button(form)
    if is_sent:

        def command(said: dict[str, Any]) -> PublishContract:
            return PublishContract(
                project_id=project_id,
                title=title,
                nature=nature,
                supplier=supplier,
                method=method,
                bidders=bidders,
                **said,
            )

        _send(form, publish_contract, command, terms, done=say("work_project.done.contract"))


def _draw_modification(project_id: str, by_id: dict[int, ContractView], today: date) -> None:
    names = distinct_names({key: one.signed.title for key, one in by_id.items()})
    chosen = st.selectbox(
        say("work_project.contracts.which"),
        list(by_id),
        format_func=names.__getitem__,
        key=f"contract_of_{project_id}",
    )
    contract = by_id[chosen]
    form = begin(f"contract_change_{chosen}", _statement(contract))
    with st.form(form.key("form"), enter_to_submit=False):
        description = text_field(form, "description", say("work_project.contracts.description"), most=5000, height=80)
        rationale = text_field(form, "rationale", say("work_project.contracts.rationale"), most=5000, height=80)
        st.caption(say("work_project.contracts.modify_help"))
        terms = _terms(form, project_id, today, currency=contract.currency or USUAL)
        is_sent = publish_button(form)
    if is_sent:

        def command(said: dict[str, Any]) -> ModifyContract:
            return ModifyContract(
                contract_id=chosen, description=description, rationale=rationale, seen=form.number, **said
            )

        _send(
            form,
            modify_contract,
            command,
            terms,
            done=say("work_project.done.contract_change"),
            latest=lambda: _now(project_id, chosen),
        )


def _terms(form: Filling, project_id: str, today: date, *, currency: str = USUAL) -> dict[str, Any]:
    """Draw what can be agreed and agreed anew."""
    money = money_fields(form, say("work_project.contracts.amount"), currency)
    columns = st.columns(3)
    with columns[0]:
        signed_on = date_field(form, say("work_project.contracts.signed_on"), "signed_on", value=today)
    with columns[1]:
        starts_on = date_field(form, say("work_project.contracts.starts_on"), "starts_on", value=None)
    with columns[2]:
        ends_on = date_field(form, say("work_project.contracts.ends_on"), "ends_on", value=None)
    document_id = document_field(form, project_id)
    return {
        "money": money,
        "signed_on": signed_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "document_id": document_id,
    }


def _send(
    form: Filling,
    operation: Any,
    command: Callable[[dict[str, Any]], Any],
    terms: dict[str, Any],
    *,
    done: str,
    latest: Callable[[], Statement | None] | None = None,
) -> None:
    amount, currency = terms.pop("money")
    if terms["signed_on"] is None:
        missing_day()
        return
    try:
        # No amount is not the same as zero.
        units = smallest_units(amount, currency) if amount.strip() else None
    except AmountFault as fault:
        st.error(say(f"work_project.money.fault.{fault.reason}"))
        return
    said = {**terms, "amount": units, "currency": None if units is None else currency}
    send(form, operation, command(said), done=done, latest=latest)


def _statement(contract: ContractView) -> Statement | None:
    if not contract.modifications:
        return None
    last = contract.modifications[-1]
    return Statement(
        number=last.number,
        words={say("work_project.contracts.description"): last.description},
        reason=last.rationale,
    )


def _now(project_id: str, contract_id: int) -> Statement | None:
    with reading() as session:
        contracts = contracts_of(session, project_id)
    return next((_statement(one) for one in contracts if one.signed.id == contract_id), None)
