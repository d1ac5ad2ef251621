"""What anybody sends without an account: written, checked, sent once, and receipted by a code that nobody else has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from models.comment import receipt_code
from pages.components.client_token import client_token, take_another_token
from pages.components.qr_code import qr_code
from pages.context import say
from pages.server.settings import server_settings

W = TypeVar("W")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class ReceiptShown:
    """The code of a receipt, and where it is looked up."""

    code: str
    address: str
    #: The address with the code, as a picture; the empty text where the site does not know its own address.
    qr: str


@dataclass(frozen=True, kw_only=True)
class Sending(Generic[W, R]):
    """A form, from its first word to its receipt."""

    #: Where what was written waits while it is checked; one for each address.
    place: str
    #: The subject of its words: ``sending.<subject>.received_before``.
    subject: str
    #: Whether it can be sent now. What was written stays in sight when it no longer can.
    is_open: bool
    #: Draws the form, and returns what was written when it is to be checked and is sound.
    write: Callable[[], W | None]
    #: Has the fields hold what was written, when they are drawn next.
    put_back: Callable[[W], None]
    #: Returns it as it will be kept, as HTML, and whether it holds personal data.
    check: Callable[[W], tuple[str, bool]]
    #: Sends it under a token, and says whether it was received.
    send: Callable[[W, str], bool]
    #: Returns what a receipt's code is for.
    find: Callable[[str], R | None]
    #: Whether what was received is what was written.
    is_same: Callable[[W, R], bool]
    show: Callable[[R, ReceiptShown], None]
    #: The words that were written, to be copied.
    words: Callable[[W], str]


def draw_sending(sending: Sending[W, R]) -> None:
    """Draw the form, the check or the receipt: wherever the visitor has come to."""
    token = client_token(sending.place)
    received = sending.find(receipt_code(token))
    written: W | None = st.session_state.get(sending.place)
    if received is not None and (written is None or sending.is_same(written, received)):
        sending.show(received, _receipt(token))
        st.button(say(f"sending.{sending.subject}.another"), on_click=_begin_another, args=(sending.place,))
    elif not sending.is_open:
        _keep_in_sight(sending, written)
    elif written is None:
        _write(sending)
    elif received is not None:
        st.warning(say(f"sending.{sending.subject}.received_before", code=receipt_code(token)))
        label = say(f"sending.{sending.subject}.send_another")
        st.button(label, on_click=take_another_token, args=(sending.place,))
    else:
        _check(sending, written, token)


def _receipt(token: str) -> ReceiptShown:
    site = server_settings().public_url or "/".join((st.context.url or "").split("/")[:3])
    code, address = receipt_code(token), f"{site}/receipt"
    return ReceiptShown(code=code, address=address, qr=qr_code(f"{address}#{code}") if site else "")


def _write(sending: Sending[W, R]) -> None:
    written = sending.write()
    if written is not None:
        st.session_state[sending.place] = written
        st.rerun()


def _check(sending: Sending[W, R], written: W, token: str) -> None:
    html, is_personal = sending.check(written)
    st.html(html)
    with st.container(horizontal=True):
        st.button(
            say("comment.change_text"),
            on_click=_write_again,
            args=(sending.place, sending.put_back),
            type="primary" if is_personal else "secondary",
        )
        label = say("comment.send_anyway") if is_personal else say("comment.send")
        is_sent = st.button(label, key="send", type="secondary" if is_personal else "primary")
    if is_sent and sending.send(written, token):
        st.rerun()


def _keep_in_sight(sending: Sending[W, R], written: W | None) -> None:
    if written is not None:
        st.error(say("comment.closed_while_writing"))
        st.text_area(say("sending.written"), value=sending.words(written), key="left")


def _write_again(place: str, put_back: Callable[[W], None]) -> None:
    put_back(st.session_state.pop(place))


def _begin_another(place: str) -> None:
    take_another_token(place)
    st.session_state.pop(place, None)
