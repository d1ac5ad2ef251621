"""The catalogue of disclosure as a table that comes back: what differs is shown, and published as one change."""

from collections.abc import Mapping

import streamlit as st

from data.exchange.disclosure_catalogue import RuleReading, read_catalogue
from data.feeds.disclosure_catalogue import disclosure_csv
from data.operations.disclosure_rules import AmendDisclosureRule, AmendDisclosureRules, amend_disclosure_rules
from models.disclosure_rule import DisclosureRule
from models.exceptions import UnreadableFileError
from pages.components.plain_words import drawn_as_text
from pages.context import current_language, say
from pages.explanations import explain
from pages.forms.fields import reason_field
from pages.forms.filling import Filling, begin, send
from pages.readable.rule_words import rule_difference, rule_title
from pages.rendering import render


def draw_table(rules: Mapping[str, DisclosureRule]) -> None:
    """Draw the table to take away, the field to send it back, and what it would change."""
    st.caption(say("disclosure.keep.table_help"))
    st.download_button(
        say("disclosure.csv"),
        lambda: disclosure_csv(rules.values()),
        file_name="disclosure_catalogue.csv",
        mime="text/csv",
        on_click="ignore",
    )
    form = begin("rules_table")
    file = st.file_uploader(say("disclosure.keep.file"), type=["csv"], key=form.key("file"))
    if file is None:
        return
    try:
        found = read_catalogue(file.getvalue(), rules, file.name)
    except UnreadableFileError as error:
        st.error(drawn_as_text(explain(error, current_language())))
        return
    _draw_differences(found)
    if found.differences and not found.faults:
        _draw_publish(form, found)


def _draw_differences(found: RuleReading) -> None:
    language = current_language()
    rows = [
        (one.row, rule_title(one.after, language), rule_difference(one.before, one.after, language))
        for one in found.differences
    ]
    st.html(render("disclosure_differences.html", language, rows=rows, faults=found.faults))


def _draw_publish(form: Filling, found: RuleReading) -> None:
    with st.form(form.key("form"), enter_to_submit=False):
        reason = reason_field(form)
        label = say("disclosure.keep.publish", count=len(found.differences))
        is_sent = st.form_submit_button(label, type="primary")
    if is_sent:
        command = AmendDisclosureRules(rules=tuple(_amendment(one.after, reason) for one in found.differences))
        send(form, amend_disclosure_rules, command, done=say("disclosure.keep.done"))


def _amendment(rule: DisclosureRule, reason: str) -> AmendDisclosureRule:
    said = {name: value for name, value in vars(rule).items() if name != "number"}
    return AmendDisclosureRule(**said, reason=reason, seen=rule.number)
