"""The catalogue of disclosure, for administrators: adding an item, amending one, retiring one; each with a reason."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.operations.disclosure_rules import AmendDisclosureRule, amend_disclosure_rule
from data.queries.disclosure_catalogue import disclosure_catalogue
from models.disclosure_rule import FIRST_CLASS, LAST_CLASS, LONGEST_KEY, LONGEST_TERM, DisclosureRule
from models.document import DocumentType
from models.project import ApprovalRoute
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.disclosure_table import draw_table
from pages.forms.fields import choice_field, line_field, reason_field
from pages.forms.filling import Filling, begin, send
from pages.readable.rule_words import rule_title, rule_value

#: The time for information as it forms.
_USUAL_DAYS = 20
_SHOWN = ("class_number", "title_zh", "title_en", "days", "document_type", "approval_route", "source", "is_retired")


def draw_disclosure_rules() -> None:
    """Draw the choice of an item or a new one, its form, and the table of all."""
    rules, language = _rules(), current_language()
    st.page_link("pages/disclosure_catalogue.py", label=say("disclosure.keep.page"))
    st.caption(say("disclosure.keep.help"))
    choose_code(
        say("disclosure.keep.which"),
        rules,
        parameter="rule",
        words=lambda key: f"{rules[key].class_number}. {rule_title(rules[key], language)} ({key})",
        any_word=say("disclosure.keep.new"),
    )
    _draw_form(rules.get(st.query_params.get("rule", "")))
    with st.expander(say("disclosure.keep.table")):
        draw_table(rules)


def _draw_form(said: DisclosureRule | None) -> None:
    form = begin(f"rule_{said.key if said else 'new'}", _statement(said) if said else None)
    with st.form(form.key("form"), enter_to_submit=False):
        key = said.key if said else _key_field(form)
        values = _fields(form, said)
        reason = reason_field(form)
        is_sent = st.form_submit_button(say(f"disclosure.keep.{'amend' if said else 'add'}"), type="primary")
    if not is_sent:
        return
    command = AmendDisclosureRule(key=key, reason=reason, seen=form.number, **values)
    send(
        form,
        amend_disclosure_rule,
        command,
        done=say("disclosure.keep.done"),
        latest=lambda: _now(key),
        yours=_words(DisclosureRule(key=key, **values)),
    )


def _key_field(form: Filling) -> str:
    st.caption(say("disclosure.keep.key_help"))
    return line_field(form, "key", say("disclosure.key"), most=LONGEST_KEY).strip()


def _fields(form: Filling, said: DisclosureRule | None) -> dict[str, Any]:
    classes = list(range(FIRST_CLASS, LAST_CLASS + 1))
    number = st.selectbox(
        say("disclosure.class_number"),
        classes,
        index=classes.index(said.class_number) if said else 0,
        format_func=lambda one: f"{one}. {say(f'codes.disclosure_class.{one}')}",
        key=form.key("class"),
        persist_state="session",
    )
    titles = {
        name: line_field(form, name, say(f"disclosure.{name}"), value=getattr(said, name, ""), most=200)
        for name in ("title_zh", "title_en")
    }
    days = st.number_input(
        say("disclosure.days"),
        min_value=1,
        max_value=LONGEST_TERM,
        value=said.days if said else _USUAL_DAYS,
        step=1,
        key=form.key("days"),
        help=say("disclosure.keep.days_help"),
        persist_state="session",
    )
    coded = {
        name: choice_field(form, name, say(f"disclosure.{name}"), codes, subject=name, value=getattr(said, name, None))
        for name, codes in (("document_type", DocumentType), ("approval_route", ApprovalRoute))
    }
    source = line_field(form, "source", say("disclosure.source"), value=said.source if said else "", most=500)
    is_retired = said is not None and st.checkbox(
        say("disclosure.keep.retire"),
        value=said.is_retired,
        key=form.key("retired"),
        help=say("disclosure.keep.retire_help"),
        persist_state="session",
    )
    return {"class_number": number, "days": int(days), "source": source, "is_retired": is_retired, **titles, **coded}


def _rules() -> Mapping[str, DisclosureRule]:
    with reading() as session:
        return disclosure_catalogue(session).rules


def _now(key: str) -> Statement | None:
    rule = _rules().get(key)
    return _statement(rule) if rule else None


def _statement(rule: DisclosureRule) -> Statement:
    return Statement(number=rule.number, words=_words(rule))


def _words(rule: DisclosureRule) -> dict[str, str]:
    language = current_language()
    return {say(f"disclosure.{name}"): rule_value(rule, name, language) for name in _SHOWN}
