"""Why a date moves: the choice of its reason, and of the adopted point where public input is the reason."""

import streamlit as st

from data.queries.adopted_points import AdoptedPoint, adopted_points
from models.milestone import ReasonCode, RevisionKind
from pages.context import reading, say
from pages.forms.filling import Filling
from pages.forms.milestone_beginning import place_in

#: So much of what a point says tells it from others on a telephone.
_GIST = 60


def choose_reason(form: Filling, kind: RevisionKind, begins: ReasonCode | None = None) -> ReasonCode | None:
    """
    Draw the choice of why a date moves. It stands before the form, since what else is asked depends on it.

    :param begins: what is chosen to begin with
    """
    codes = [code for code in ReasonCode if kind is not RevisionKind.CORRECTION or code is not ReasonCode.PUBLIC_INPUT]
    chosen: ReasonCode | None = st.selectbox(
        say("work_project.reason_code"),
        codes,
        index=place_in(codes, begins),
        placeholder=say("work_project.choose"),
        format_func=lambda one: say(f"codes.reason_code.{one}"),
        key=form.key(f"code_{kind}"),
        persist_state="session",
    )
    return chosen


def choose_point(form: Filling, project_id: str, kind: RevisionKind, begins: int | None = None) -> int | None:
    """
    Draw the choice of the adopted point that moved the date, by its words; and a search where there are many.

    :param begins: what is chosen to begin with
    """
    searched = form.key(f"point_words_{kind}")
    with reading() as session:
        found = adopted_points(session, project_id, words=st.session_state.get(searched) or "")
    if found.has_more or st.session_state.get(searched):
        st.text_input(say("work_project.point_search"), key=searched, max_chars=100)
    if not found.points:
        st.caption(say("work_project.point_not_found" if st.session_state.get(searched) else "work_project.no_points"))
    points = {point.id: point for point in found.points}
    chosen: int | None = st.selectbox(
        say("work_project.point"),
        list(points),
        index=place_in(list(points), begins),
        placeholder=say("work_project.choose"),
        format_func=lambda number: _words(points[number]),
        key=form.key(f"point_{kind}"),
        persist_state="session",
    )
    return chosen


def _words(point: AdoptedPoint) -> str:
    gist = point.words[:_GIST] + ("…" if len(point.words) > _GIST else "")
    return say("work_project.point_words", point=point.id, gist=gist or "–", decision=point.decision_title)
