"""What a file does not say and nobody guesses: asked before anything is taken."""

from typing import Any

import streamlit as st

from data.exchange.dates import DateOrder
from data.exchange.previews import Preview
from pages.context import current_language, say
from pages.rendering import render

_ORDER, _CURRENCY = "date_order", "currency"


def answer_questions(found: Preview) -> dict[str, Any] | None:
    """Draw the questions, and return what is answered, as fields of a mapping; nothing until an answer is sent."""
    if not found.questions:
        return None
    st.html(render("import_questions.html", current_language(), questions=found.questions))
    asked = {question.code for question in found.questions} & {_ORDER, _CURRENCY}
    if not asked:
        return None
    answers: dict[str, Any] = {}
    with st.form("import_questions", enter_to_submit=False):
        if _ORDER in asked:
            answers[_ORDER] = st.radio(
                say("import.question.date_order_choice"),
                list(DateOrder),
                index=None,
                format_func=lambda code: say(f"import.order.{code}"),
                horizontal=True,
            )
        if _CURRENCY in asked:
            typed = st.text_input(say("import.question.currency_choice"), max_chars=3, placeholder="CNY")
            answers[_CURRENCY] = (typed or "").strip().upper()
        is_sent = st.form_submit_button(say("import.answer"), type="primary")
    given = {name: value for name, value in answers.items() if value}
    if is_sent and _CURRENCY in given and not _is_currency(given[_CURRENCY]):
        st.error(say("work_project.money.fault.currency"))
        return None
    return given if is_sent and given else None


def _is_currency(code: str) -> bool:
    return code.isascii() and code.isalpha() and len(code) == len("CNY")
