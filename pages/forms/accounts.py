"""Accounts: who signs in, in which role, for which department. Every right that is given or taken is recorded."""

from collections.abc import Mapping

import streamlit as st

from data.operations.accounts import ChangeAccount, CreateAccount, change_account, create_account
from data.queries.accounts import AccountSummary, find_account, list_accounts
from data.queries.departments import DepartmentName, departments
from models.actor import Role
from pages.context import current_language, reading, say
from pages.forms.fields import code_field
from pages.forms.filling import Filling, begin, send
from pages.rendering import render

#: Citizens need no account.
_ROLES = tuple(role for role in Role if role is not Role.CITIZEN)
_WITHOUT_DEPARTMENT = (Role.ADMINISTRATOR, Role.AUDITOR)


def draw_accounts() -> None:
    """Draw the list of accounts, and the form for a new one or for the one that is chosen."""
    number = st.query_params.get("account", "")
    with reading() as session:
        names = departments(session)
        page = list_accounts(session, after=st.query_params.get("after"))
        account = find_account(session, int(number)) if number.isdecimal() and len(number) < len("1" * 19) else None
    if account is not None:
        _draw_change(account, names)
    elif number:
        st.warning(say("administration.account.unknown"))
    st.html(render("accounts.html", current_language(), page=page, departments=names, chosen=account))
    if account is None:
        with st.expander(say("administration.account.new"), expanded=not page.rows):
            _draw_new(names)


def _draw_new(names: Mapping[str, DepartmentName]) -> None:
    filling = begin("account_new")
    role, department = _rights(filling, names, None)
    with st.form(filling.key("form")):
        email = st.text_input(say("administration.account.email"), max_chars=200, key=filling.key("email"))
        name = st.text_input(say("administration.account.name"), max_chars=100, key=filling.key("name"))
        password = _password(filling, say("administration.account.password"))
        sent = st.form_submit_button(say("administration.account.create"), type="primary")
    if sent:
        command = CreateAccount(email=email, name=name, role=role, department_id=department, password=password)
        send(filling, create_account, command, done=say("administration.account.created"))


def _draw_change(account: AccountSummary, names: Mapping[str, DepartmentName]) -> None:
    st.subheader(say("administration.account.change"))
    st.text(f"{account.name} · {account.email}")
    filling = begin(f"account_{account.id}")
    role, department = _rights(filling, names, account)
    with st.form(filling.key("form")):
        is_active = st.checkbox(
            say("administration.account.active"), value=account.is_active, key=filling.key("active")
        )
        password = _password(filling, say("administration.account.new_password"))
        st.caption(say("administration.account.signs_out"))
        sent = st.form_submit_button(say("administration.account.save"), type="primary")
    if sent:
        command = ChangeAccount(
            account_id=account.id, role=role, department_id=department, is_active=is_active, password=password
        )
        send(filling, change_account, command, done=say("administration.account.changed"))


def _rights(
    filling: Filling, names: Mapping[str, DepartmentName], account: AccountSummary | None
) -> tuple[Role, str | None]:
    """Draw the role and, where it speaks for one, the department; outside the form, since one depends on the other."""
    columns = st.columns(2)
    with columns[0]:
        role = code_field(
            filling,
            "role",
            say("administration.account.role"),
            _ROLES,
            subject="role",
            value=account.role if account else None,
        )
    if role in _WITHOUT_DEPARTMENT or not names:
        return role, None
    language = current_language()
    options: list[str] = list(names)
    own = account.department_id if account else None
    with columns[1]:
        department = st.selectbox(
            say("administration.account.department"),
            options,
            index=options.index(own) if own is not None and own in names else 0,
            format_func=lambda code: names[code].name(language),
            key=filling.key("department"),
        )
    return role, department


def _password(filling: Filling, label: str) -> str:
    typed = st.text_input(
        label, type="password", max_chars=500, autocomplete="new-password", key=filling.key("password")
    )
    return typed or ""
