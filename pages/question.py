"""Asking an expert: what the opinion says, writing, checking, sending, and the receipt."""

import streamlit as st

from data.operations.questions import AskExpert, ask_expert
from data.queries.questions import QuestionReceipt, find_question_receipt
from models.exceptions import InvalidValueError
from models.question import question_body
from pages.components.plain_words import drawn_as_text
from pages.components.question_form import Asking, put_back_question, write_question
from pages.context import change, current_language, reading, visit
from pages.explanations import explain
from pages.forms.sending import ReceiptShown, Sending, draw_sending
from pages.readable.plain import not_found
from pages.readable.question import QuestionSubject, check_html, question_subject, sent_html, subject_html

language = current_language()
asked = visit()


def write() -> Asking | None:
    """Have it written, and return it when the record would take its words."""
    written = write_question(language)
    if written is None:
        return None
    try:
        question_body(written.body)
    except InvalidValueError as error:
        st.error(drawn_as_text(explain(error, language)))
        return None
    return written


def send(written: Asking, subject: QuestionSubject, token: str) -> bool:
    """Send it, and say whether it was received. Sent again under the same token, it is received once."""
    command = AskExpert(
        decision_id=subject.view.id,
        opinion=subject.opinion.number,
        body=written.body,
        language=written.language,
        name=written.name,
        contact=written.contact,
    )
    return change(ask_expert, command, token=token) is not None


def find(code: str) -> QuestionReceipt | None:
    """Return the question that a code is for."""
    with reading() as session:
        return find_question_receipt(session, code)


def show(receipt: QuestionReceipt, shown: ReceiptShown) -> None:
    """Show that it was received, and the code."""
    st.html(sent_html(receipt, language, code=shown.code, address=shown.address, qr=shown.qr))


def draw(subject: QuestionSubject) -> None:
    """Draw the form, the check or the receipt."""
    draw_sending(
        Sending[Asking, QuestionReceipt](
            place=f"question {subject.view.id} {subject.opinion.number}",
            subject="question",
            is_open=subject.is_open,
            write=write,
            put_back=put_back_question,
            check=lambda written: check_html(written, language),
            send=lambda written, token: send(written, subject, token),
            find=find,
            is_same=lambda written, receipt: question_body(written.body) == receipt.question.body,
            show=show,
            words=lambda written: written.body,
        )
    )


with reading() as session:
    subject = question_subject(session, asked)
if subject is None:
    st.html(not_found(asked).body_html)
    st.stop()
st.html(subject_html(subject, asked))
draw(subject)
