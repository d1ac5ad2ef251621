"""Commenting: what it is about, writing, checking, sending, and the receipt."""

import streamlit as st

from data.operations.comments import SubmitComment, submit_comment
from data.queries.comments import Receipt, find_receipt
from models.comment import comment_body, receipt_code
from models.exceptions import InvalidValueError
from pages.components.client_token import client_token, take_another_token
from pages.components.comment_form import BODY, Written, put_back, write_comment
from pages.components.plain_words import drawn_as_text
from pages.components.qr_code import qr_code
from pages.context import change, current_language, reading, say, visit
from pages.explanations import explain
from pages.readable.comment import CommentSubject, check_html, comment_subject, sent_html, subject_html
from pages.readable.plain import not_found
from pages.server.settings import server_settings

language = current_language()
asked = visit()
#: Where what was written waits while it is checked; one for each address.
_CHECKED = f"comment {asked.query.get('decision')} {asked.query.get('clause')}"

#: What was written when the period ended.
_LEFT = "comment_left"


def write_again() -> None:
    """Go back to the form, with everything in it."""
    put_back(st.session_state.pop(_CHECKED))


def begin_another() -> None:
    """Begin another comment, with an empty form."""
    take_another_token(_CHECKED)
    st.session_state.pop(_CHECKED, None)


def show_receipt(receipt: Receipt, subject: CommentSubject, code: str) -> None:
    """Show that the comment was received, and the code."""
    site = server_settings().public_url or (st.context.url or "").partition("/comment")[0]
    address = f"{site}/receipt"
    qr = qr_code(f"{address}#{code}") if site else ""
    st.html(sent_html(receipt, subject, language, receipt_code=code, receipt_address=address, qr=qr))
    st.button(say("comment.write_another"), on_click=begin_another)


def write() -> None:
    """Have it written, and go on to check it."""
    written = write_comment(language)
    if written is None:
        return
    try:
        comment_body(written.body)
    except InvalidValueError as error:
        st.error(drawn_as_text(explain(error, language)))
        return
    st.session_state[_CHECKED] = written
    st.rerun()


def check(written: Written, subject: CommentSubject, token: str) -> None:
    """Show it as it will be kept, and send it."""
    html, is_personal = check_html(written, language)
    st.html(html)
    with st.container(horizontal=True):
        st.button(say("comment.change_text"), on_click=write_again, type="primary" if is_personal else "secondary")
        label = say("comment.send_anyway") if is_personal else say("comment.send")
        is_sent = st.button(label, key="send", type="secondary" if is_personal else "primary")
    if is_sent and send(written, subject, token):
        st.rerun()


def send(written: Written, subject: CommentSubject, token: str) -> bool:
    """Send it, and say whether it was received. Sent again under the same token, it is received once."""
    command = SubmitComment(
        decision_id=subject.view.id,
        clause_id=subject.clause.id if subject.clause else None,
        stance=written.stance,
        body=written.body,
        language=written.language,
        name=written.name,
        contact=written.contact,
    )
    return change(submit_comment, command, token=token) is not None


def keep_words(words: str) -> None:
    """Keep what was written in sight: the period ended in between."""
    st.error(say("comment.closed_while_writing"))
    st.text_area(say("comment.text"), value=words, key=_LEFT)


with reading() as session:
    subject = comment_subject(session, asked)
    if subject is None:
        st.html(not_found(asked).body_html)
        st.stop()
    token = client_token(_CHECKED)
    receipt = find_receipt(session, receipt_code(token))

written: Written | None = st.session_state.get(_CHECKED)
if receipt and (written is None or comment_body(written.body) == receipt.comment.body):
    show_receipt(receipt, subject, receipt_code(token))
    st.stop()

st.html(subject_html(subject, asked))
if not subject.is_open:
    if words := written.body if written else st.session_state.get(BODY) or st.session_state.get(_LEFT):
        keep_words(words)
elif written is None:
    write()
elif receipt:
    st.warning(say("comment.received_before", code=receipt_code(token)))
    st.button(say("comment.send_another"), on_click=take_another_token, args=(_CHECKED,))
else:
    check(written, subject, token)
