"""Tokens of systems that push: issued for one department and some acts, shown once, revoked at once."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from data.exchange.round_trip import COLUMNS, Sheet
from data.operations.tokens import RevokeToken, revoke_token
from data.queries.departments import DepartmentName, departments
from data.queries.tokens import TokenSummary, api_tokens
from data.tokens import issue
from models.access import Act
from models.clock import end_of_day, local_date, utc_now
from models.exceptions import RecordError
from pages.components.plain_words import drawn_as_text
from pages.context import current_account, current_language, reading, say
from pages.explanations import explain
from pages.forms.fields import line_field, reason_field
from pages.forms.filling import Filling, begin, forget_form, send
from pages.forms.project_dates import date_field
from pages.rendering import render

#: What a file of updates can do; a token is for some of it.
_ACTS = (Act.REVISE_MILESTONE, Act.CONFIRM_MILESTONE, Act.REPORT_PROGRESS)
_USUAL_LIFE = timedelta(days=180)
#: The token that was just issued: shown in this run and the next ones of this session, until it is put away.
_SHOWN = "token_shown"


def draw_tokens() -> None:
    """Draw every token that was issued, a form to revoke one, and one for another."""
    now = utc_now()
    with reading() as session:
        names = departments(session)
        tokens = api_tokens(session, now=now)
    shown: str | None = st.session_state.get(_SHOWN)
    if shown is not None:
        st.warning(say("tokens.once"))
        st.code(shown, language=None)
        st.button(say("tokens.put_away"), on_click=lambda: st.session_state.pop(_SHOWN, None))
    st.html(render("tokens.html", current_language(), tokens=tokens, departments=names))
    columns = dict.fromkeys(column for sheet in Sheet for column in COLUMNS[sheet])
    st.html(render("updates_api.html", current_language(), columns=columns))
    active = [one for one in tokens if one.is_active]
    if active:
        with st.expander(say("tokens.revoke")):
            _draw_revoke(active)
    with st.expander(say("tokens.new"), expanded=not tokens):
        _draw_new(names, local_date(now))


def _draw_revoke(active: list[TokenSummary]) -> None:
    form = begin(f"access_revoke_{len(active)}")
    by_id = {one.id: one for one in active}
    with st.form(form.key("form"), enter_to_submit=False):
        chosen = st.selectbox(
            say("tokens.which"),
            list(by_id),
            format_func=lambda key: f"{key} · {by_id[key].name}",
            key=form.key("token"),
        )
        reason = reason_field(form, label=say("tokens.reason"))
        is_sent = st.form_submit_button(say("tokens.revoke_now"), type="primary")
    if is_sent:
        send(form, revoke_token, RevokeToken(token_id=chosen, reason=reason), done=say("tokens.revoked"))


def _draw_new(names: Mapping[str, DepartmentName], today: date) -> None:
    language = current_language()
    if not names:
        st.text(say("tokens.no_department"))
        return
    form = begin("access_new")
    with st.form(form.key("form"), enter_to_submit=False):
        name = line_field(form, "name", say("tokens.name"), most=100)
        department = st.selectbox(
            say("tokens.department"),
            list(names),
            format_func=lambda code: names[code].name(language),
            key=form.key("department"),
        )
        acts = st.multiselect(
            say("tokens.acts"),
            _ACTS,
            default=_ACTS,
            format_func=lambda act: say(f"tokens.act.{act}"),
            key=form.key("acts"),
        )
        until = date_field(form, say("tokens.until"), "until", value=today + _USUAL_LIFE)
        is_sent = st.form_submit_button(say("tokens.issue"), type="primary")
    if is_sent and until is not None:
        _issue(form, name, department, acts, until)


def _issue(form: Filling, name: str, department: str, acts: list[Act], until: date) -> None:
    account = current_account()
    if account is None:
        return
    try:
        issued = issue(account.actor, name=name, department_id=department, acts=acts, expires_at=end_of_day(until))
    except RecordError as error:
        st.error(drawn_as_text(explain(error, current_language())))
        return
    st.session_state[_SHOWN] = issued.token
    forget_form(form)
    st.rerun()
