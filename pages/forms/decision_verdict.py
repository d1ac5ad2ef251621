"""Answering one point: what becomes of it and why, and what the answer needs besides."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.comments import CommentFilter, CommentSummary, find_point, list_comments
from models.draft import Clause
from models.verdict import VerdictCode
from pages.context import reading, say
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter
from pages.forms.fields import choice_field, day_field, line_field, missing_choice, text_field
from pages.forms.filling import Filling, begin, send

_CHANGING = (VerdictCode.ADOPTED, VerdictCode.PARTLY_ADOPTED, VerdictCode.ALREADY_COVERED)


def draw_verdict(matter: Matter, point: CommentSummary, clauses: Sequence[Clause], asked: CommentFilter) -> None:
    """Draw the form for the answer. When it is published, the next point without one is opened."""
    filling = begin(f"verdict_{point.point_id}", _statement(point))
    # Outside the form: what else is asked depends on it.
    code = choice_field(filling, "code", say("work.verdict.code"), VerdictCode, subject="verdict")
    with st.form(filling.key("form")):
        reason = text_field(filling, "reason", say("work.verdict.reason"), most=5000)
        until, forwarded_to, same_as = _needed(filling, code)
        clause_id = _changed_clause(filling, clauses, point) if code in _CHANGING else None
        sent = st.form_submit_button(say("work.verdict.send"), type="primary")
    if not sent:
        return
    if code is None:
        missing_choice()
        return
    if same_as and not same_as.removeprefix("#").isdecimal():
        st.error(say("work.verdict.same_as_number"))
        return
    command = GiveVerdict(
        point_id=point.point_id,
        code=code,
        reason=reason,
        until=until,
        forwarded_to=forwarded_to,
        same_as_id=int(same_as.removeprefix("#")) if same_as else None,
        clause_id=clause_id,
        seen=filling.number,
    )
    send(
        filling,
        give_verdict,
        command,
        done=say("work.verdict.done"),
        latest=lambda: _latest(point.point_id),
        yours=_labelled(code, reason),
        then=lambda _: _open_next(matter.id, point.point_id, asked),
    )


def _needed(filling: Filling, code: VerdictCode | None) -> tuple[date | None, str, str]:
    """Draw what the code needs: a day, a name, or the number of another point."""
    match code:
        case VerdictCode.DEFERRED:
            return day_field(filling, "until", say("work.verdict.until")), "", ""
        case VerdictCode.OUT_OF_SCOPE:
            return None, line_field(filling, "forwarded_to", say("work.verdict.forwarded_to")), ""
        case VerdictCode.SAME_AS:
            return None, "", line_field(filling, "same_as", say("work.verdict.same_as"), most=20).strip()
        case _:
            return None, "", ""


def _changed_clause(filling: Filling, clauses: Sequence[Clause], point: CommentSummary) -> int | None:
    """Draw the choice of the clause that changed because of it: none, then the one it is about, then the others."""
    by_nearness = sorted(clauses, key=lambda clause: clause.key != point.clause_key)
    options: list[Clause | None] = [None, *by_nearness]
    chosen = st.selectbox(
        say("work.verdict.clause"),
        range(len(options)),
        format_func=lambda index: _clause_words(options[index]),
        key=filling.key("clause"),
    )
    clause = options[chosen]
    return clause.id if clause else None


def _clause_words(clause: Clause | None) -> str:
    if clause is None:
        return say("work.verdict.no_clause")
    return f"{clause.label} {clause.heading}".strip() or clause.body[:30]


def _open_next(decision_id: str, after: int, asked: CommentFilter) -> None:
    """Put the next point without an answer into the address: the next older one, else the newest."""
    waiting = CommentFilter(clause_key=asked.clause_key, stance=asked.stance, unanswered=True)
    with reading() as session:
        rows = (
            list_comments(session, decision_id, waiting, after=str(after), size=1).rows
            or list_comments(session, decision_id, waiting, size=1).rows
        )
    if rows:
        st.query_params["point"] = str(rows[0].point_id)
    else:
        st.query_params.pop("point", None)


def _labelled(code: VerdictCode, reason: str) -> dict[str, str]:
    return {say("work.verdict.code"): say(f"codes.verdict.{code}"), say("work.verdict.reason"): reason}


def _statement(point: CommentSummary) -> Statement | None:
    said = point.verdict
    return Statement(number=said.number, words=_labelled(said.code, said.reason)) if said else None


def _latest(point_id: int) -> Statement | None:
    with reading() as session:
        point = find_point(session, point_id)
    return _statement(point) if point else None
