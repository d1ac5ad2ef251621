"""
Filling a form in: what was typed stays while the record refuses it, and is sent once however often it is clicked.

A form is drawn against a statement of the record, and sent against the same one, however often the page is drawn
meanwhile: that is how two people who work on one thing notice each other.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st

from data.operations.proposals import publish_or_propose
from data.unit_of_work import Kept, UnitOfWork
from pages.context import change, current_language, say
from pages.forms.conflict import Statement, show_both
from pages.forms.timing import publication_of, said_of
from pages.rendering import render

C = TypeVar("C")
_NOTICE = "notice of what was done"


@dataclass(frozen=True, kw_only=True)
class Filling:
    """One form, while one visitor fills it in."""

    name: str
    #: How often it was sent before in this session. Each time it begins with empty fields.
    turn: int
    #: The client token: drawn once, used up when the record has taken the form.
    token: str
    #: What the record said when the form was first drawn; nothing where it said nothing yet.
    seen: Statement | None

    @property
    def number(self) -> int:
        """The number of the statement that was seen; 0 for none."""
        return self.seen.number if self.seen else 0

    def key(self, field: str) -> str:
        """Return the key of a field that is chosen."""
        return f"field_{self.name}_{self.turn}_{field}"

    def words_key(self, field: str) -> str:
        """Return the key of a field that is written. What is in it outlives a reload (``pages/assets/drafts.js``)."""
        return f"{self.words_prefix}{field}"

    @property
    def words_prefix(self) -> str:
        """The beginning of the keys of what is written."""
        return f"draft_{self.name}_{self.turn}_"


def begin(name: str, says: Statement | None = None) -> Filling:
    """
    Return the form of that name as it is being filled in, or a new one.

    If the record has come to say something else since it was begun, that is noted on the page, with the choice to
    begin anew.

    :param says: what the record says now of the thing that the form is about
    """
    turn = st.session_state.setdefault(_turn(name), 0)
    new = Filling(name=name, turn=turn, token=secrets.token_urlsafe(24), seen=says)
    filling: Filling = st.session_state.setdefault(_place(name), new)
    if says is not None and says.number != filling.number:
        st.warning(say("work.form.changed_meanwhile", seen=filling.number, now=says.number))
        st.button(say("work.form.begin_anew"), key=filling.key("anew"), on_click=_forget, args=(filling,))
    return filling


def send(
    filling: Filling,
    operation: Callable[[C, UnitOfWork], Kept],
    command: C,
    *,
    done: str,
    latest: Callable[[], Statement | None] | None = None,
    yours: dict[str, str] | None = None,
    has_token: bool = True,
    then: Callable[[Kept], None] | None = None,
) -> None:
    """
    Make the change, and begin the form anew; or leave it as it is, with what the record has to say about it.

    What a second person has to agree to, and what waits for an instant, is proposed, and that is what is then said.

    :param done: what to say when it was done
    :param latest: asks again what the record says of the thing, in case somebody else was first
    :param yours: what was filled in, by the same labels
    :param has_token: whether a second sending of the same is known by its token
    :param then: where to go on, instead of drawing the page anew
    """
    token = filling.token if has_token else ""
    publication = publication_of(filling, command)
    kept = (
        change(operation, command, token=token)
        if publication is None
        else change(publish_or_propose, publication, token=token)
    )
    if kept is not None:
        # Before anything is drawn: a second click interrupts the script at the next element, and finds a new form.
        _forget(filling)
        proposed = said_of(kept) if publication is not None else ""
        leave_notice(proposed or done, clear=filling.words_prefix)
        if then is not None and not proposed:
            then(kept)
        st.rerun()
    now = latest() if latest else None
    if now is not None and now.number != filling.number:
        show_both(filling.seen, now, yours or {})
        st.session_state[_place(filling.name)] = replace(filling, seen=now)


def times_sent(name: str) -> int:
    """Return how often the form of that name was sent before in this session."""
    return int(st.session_state.get(_turn(name), 0))


def forget_form(filling: Filling) -> None:
    """Begin a form anew that was sent in another way than with :func:`send`."""
    _forget(filling)


def leave_notice(words: str, *, clear: str = "") -> None:
    """
    Have something said on the next page that is drawn.

    :param words: ours, with no words of people in them, since they are drawn as Markdown
    :param clear: the beginning of the keys of fields that the browser need not keep any longer
    """
    st.session_state[_NOTICE] = (words, clear)


def show_notice() -> None:
    """Say what was done in the run before, once."""
    words, clear = st.session_state.pop(_NOTICE, ("", ""))
    if words:
        st.success(words)
    if clear:
        st.html(render("form_sent.html", current_language(), clear=clear))


def _forget(filling: Filling) -> None:
    st.session_state[_turn(filling.name)] = filling.turn + 1
    st.session_state.pop(_place(filling.name), None)


def _turn(name: str) -> str:
    return f"turn of {name}"


def _place(name: str) -> str:
    return f"filling of {name}"
