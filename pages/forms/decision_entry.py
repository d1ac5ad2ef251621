"""Entering a comment that came on paper, by telephone, in a hearing or by e-mail."""

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from data.operations.comments import EnterComment, enter_comment
from models.access import Act
from models.clock import JURISDICTION, local_date, start_of_day
from models.comment import LONGEST_COMMENT, Channel, Stance
from models.decision import Language
from models.draft import Clause
from pages.context import say
from pages.forms.decision_comments import clause_name, clauses_now
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import choice_field, code_field, day_field, line_field, missing_choice, missing_day, text_field
from pages.forms.filling import Filling, begin, send

_CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.HEARING, Channel.EMAIL)


def draw_entry(matter: Matter) -> None:
    """Draw the form to enter a comment as it came."""
    if not is_possible(matter, Act.ENTER_COMMENT):
        return
    st.caption(say("work.entry.body"))
    clauses = clauses_now(matter)
    filling = begin(f"entry_{matter.id}")
    with st.form(filling.key("form")):
        columns = st.columns(3)
        with columns[0]:
            channel = code_field(filling, "channel", say("work.entry.channel"), _CHANNELS, subject="channel")
        with columns[1]:
            day = day_field(filling, "day", say("work.entry.day"), value=matter.today)
        with columns[2]:
            stance = choice_field(filling, "stance", say("work.entry.stance"), Stance, subject="stance")
        pair = st.columns(2)
        with pair[0]:
            clause_id = _clause_field(filling, clauses)
        with pair[1]:
            language = code_field(filling, "language", say("work.text.language"), Language, subject="language")
        body = text_field(filling, "body", say("work.entry.words"), most=LONGEST_COMMENT, height=160)
        author = st.columns(2)
        with author[0]:
            name = line_field(filling, "name", say("work.entry.name"), most=100)
        with author[1]:
            contact = line_field(filling, "contact", say("work.entry.contact"), most=200)
        sent = st.form_submit_button(say("work.entry.send"), type="primary")
    if not sent:
        return
    if stance is None:
        missing_choice()
        return
    if day is None:
        missing_day()
        return
    command = EnterComment(
        decision_id=matter.id,
        clause_id=clause_id,
        stance=stance,
        body=body,
        language=language,
        name=name,
        contact=contact,
        channel=channel,
        received_at=_arrival(day, matter),
    )
    send(filling, enter_comment, command, done=say("work.entry.done"))


def _clause_field(filling: Filling, clauses: Sequence[Clause]) -> int | None:
    """Draw a choice of the clause that is spoken of, and return it; nothing where it is the whole."""
    names = [say("work.comments.whole"), *(clause_name(clause) for clause in clauses)]
    place = st.selectbox(
        say("work.entry.clause"), range(len(names)), format_func=names.__getitem__, key=filling.key("clause")
    )
    return clauses[place - 1].id if place else None


def _arrival(day: date, matter: Matter) -> datetime:
    """
    Return the instant that stands for a day of arrival.

    Only the day is known, so whatever part of it lies in the comment period counts: a letter of the day on which the
    period opened, at ten o'clock, came in time. The record refuses a day that is quite outside, or still to come.
    """
    period = matter.view.period[-1]
    zone = matter.view.present.zone or JURISDICTION
    arrived = start_of_day(day, zone)
    return max(arrived, period.opens_at) if day == local_date(period.opens_at, zone) else arrived
