"""Registering for a hearing: what it is about, filling in, checking, sending, and the receipt."""

import streamlit as st

from data.operations.hearings import RegisterForHearing, register_for_hearing
from data.queries.hearings import RegistrationReceipt, find_registration
from models.text import masked_name
from pages.components.hearing_form import Registering, put_back_registration, write_registration
from pages.context import change, current_language, reading, visit
from pages.forms.sending import ReceiptShown, Sending, draw_sending
from pages.readable.hearing import HearingSubject, check_html, hearing_subject, sent_html, subject_html
from pages.readable.plain import not_found

language = current_language()
asked = visit()


def send(written: Registering, subject: HearingSubject, token: str) -> bool:
    """Send it, and say whether it was received. Sent again under the same token, it is received once."""
    command = RegisterForHearing(
        decision_id=subject.view.id, side=written.side, name=written.name, contact=written.contact
    )
    return change(register_for_hearing, command, token=token) is not None


def find(code: str) -> RegistrationReceipt | None:
    """Return the registration that a code is for."""
    with reading() as session:
        return find_registration(session, code)


def is_same(written: Registering, receipt: RegistrationReceipt) -> bool:
    """Whether what was received is what was filled in, as far as anybody can see."""
    found = receipt.registrant
    return (written.side, masked_name(written.name)) == (found.side, found.masked_name)


def show(receipt: RegistrationReceipt, shown: ReceiptShown) -> None:
    """Show that it was received, and the code."""
    st.html(sent_html(receipt, language, code=shown.code, address=shown.address, qr=shown.qr))


def draw(subject: HearingSubject) -> None:
    """Draw the form, the check or the receipt."""
    draw_sending(
        Sending[Registering, RegistrationReceipt](
            place=f"registration {subject.view.id}",
            subject="hearing",
            is_open=subject.is_open,
            write=lambda: write_registration(language),
            put_back=put_back_registration,
            check=lambda written: check_html(written, language),
            send=lambda written, token: send(written, subject, token),
            find=find,
            is_same=is_same,
            show=show,
            words=lambda written: f"{written.name}\n{written.contact}",
        )
    )


with reading() as session:
    subject = hearing_subject(session, asked)
if subject is None:
    st.html(not_found(asked).body_html)
    st.stop()
st.html(subject_html(subject, asked))
draw(subject)
