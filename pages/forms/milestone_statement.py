"""One statement about a milestone: the fields that its kind needs, and nothing else. Drawn where it is made."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.operations.milestones import STANDS_AS, ReviseMilestone, revise_milestone
from data.queries.adopted_points import adopted_points
from data.queries.documents import documents_of
from data.queries.projects import find_milestone
from models.comment import Point
from models.milestone import Milestone, Precision, ReasonCode, RevisionKind, is_ended
from pages.context import reading, say
from pages.formats import format_day
from pages.forms.conflict import Statement
from pages.forms.fields import missing_day, text_field
from pages.forms.filling import Filling, begin, send, times_sent
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field, promised_date

_AGAIN = (
    RevisionKind.REFORECAST,
    RevisionKind.ACHIEVED,
    RevisionKind.PAUSED,
    RevisionKind.REBASELINE,
    RevisionKind.CANCELLED,
    RevisionKind.CORRECTION,
)
#: Of what these say, the date said last still stands.
_DATE_STANDS = (RevisionKind.PAUSED, RevisionKind.CANCELLED)


def possible_kinds(milestone: Milestone) -> Sequence[RevisionKind]:
    """Return what can be said of a milestone after what is said of it now."""
    if is_ended(milestone.latest):
        return (RevisionKind.CORRECTION,)
    if milestone.latest.kind is RevisionKind.PAUSED:
        return (RevisionKind.RESUMED, *_AGAIN)
    return _AGAIN


def begin_statement(milestone: Milestone) -> Filling:
    """Return the form for a statement about a milestone, against what is said of it now."""
    return begin(_name(milestone.id), _statement(milestone))


def turn_of(milestone_id: int) -> int:
    """Return how often the form for a milestone was sent before in this session."""
    return times_sent(_name(milestone_id))


def draw_statement(form: Filling, milestone: Milestone, kind: RevisionKind, today: date) -> None:
    """Draw the form for a statement of that kind, and send it when it is sent."""
    with st.form(form.key("form"), enter_to_submit=False):
        st.caption(say(f"work_project.act_help.{kind}"))
        command = _revision(form, milestone, kind, today)
        is_sent = st.form_submit_button(say("work_project.publish"), type="primary")
    if is_sent and command is None:
        missing_day()
    elif is_sent and command is not None:
        send(
            form,
            revise_milestone,
            command,
            done=say(f"work_project.done.{kind}"),
            latest=lambda: _now(milestone.id),
            yours=_words(kind, command.due_date, command.precision, command.reason),
        )


def _name(milestone_id: int) -> str:
    return f"milestone_{milestone_id}"


def _revision(form: Filling, milestone: Milestone, kind: RevisionKind, today: date) -> ReviseMilestone | None:
    latest = milestone.latest
    day: date | None = latest.due_date
    precision = latest.precision
    if kind is RevisionKind.ACHIEVED:
        day, precision = date_field(form, say("work_project.reached_on"), "reached", value=today), Precision.DAY
    elif kind not in _DATE_STANDS:
        day, precision = promised_date(form, value=latest.due_date, precision=latest.precision)
    more = _particulars(form, milestone, kind)
    code, reason = _reason(form, kind) if kind.moves else (None, "")
    if kind.moves and kind is not RevisionKind.CORRECTION:
        more["point_id"] = _point(form, milestone.project_id, kind) if code is ReasonCode.PUBLIC_INPUT else None
    if kind in (RevisionKind.REFORECAST, RevisionKind.REBASELINE, RevisionKind.RESUMED):
        more |= _range(form, milestone)
    if day is None:
        return None
    return ReviseMilestone(
        milestone_id=milestone.id,
        kind=kind,
        due_date=day,
        precision=precision,
        reason_code=code,
        reason=reason,
        seen=form.number,
        **more,
    )


def _particulars(form: Filling, milestone: Milestone, kind: RevisionKind) -> dict[str, Any]:
    match kind:
        case RevisionKind.REBASELINE:
            return {"document_id": _document(form, milestone.project_id)}
        case RevisionKind.PAUSED:
            steps = text_field(form, "next_steps", say("work_project.next_steps"), most=2000, height=80)
            resume_on = date_field(form, say("work_project.resume_on"), "resume_on", value=None)
            return {"next_steps": steps, "resume_on": resume_on}
        case RevisionKind.CORRECTION:
            return _corrected(form, milestone)
        case _:
            return {}


def _document(form: Filling, project_id: str) -> int | None:
    with reading() as session:
        documents = documents_of(session, project_id=project_id)
    names = distinct_names({one.id: one.title for one in documents})
    chosen: int | None = st.selectbox(
        say("work_project.approval"),
        list(names),
        index=None,
        placeholder=say("work_project.choose"),
        format_func=lambda key: names[key],
        key=form.key("document"),
        help=say("work_project.approval_help"),
        persist_state="session",
    )
    return chosen


def _corrected(form: Filling, milestone: Milestone) -> dict[str, Any]:
    """Draw which statement was a mistake, and as what the milestone stands once it is corrected."""
    said = {one.number: one for one in reversed(milestone.revisions)}

    def words(number: int) -> str:
        one = said[number]
        return f"{number} · {say(f'codes.revision_kind.{one.kind}')} {format_day(one.due_date, one.precision)}"

    corrects = st.selectbox(
        say("work_project.corrects"), list(said), format_func=words, key=form.key("corrects"), persist_state="session"
    )
    stands = st.selectbox(
        say("work_project.stands_as"),
        ["", *STANDS_AS],
        format_func=lambda one: say(f"codes.revision_kind.{one}") if one else say("work_project.stands_expected"),
        key=form.key("stands_as"),
        persist_state="session",
    )
    return {"corrects": corrects, "stands_as": RevisionKind(stands) if stands else None}


def _reason(form: Filling, kind: RevisionKind) -> tuple[ReasonCode | None, str]:
    codes = [code for code in ReasonCode if kind is not RevisionKind.CORRECTION or code is not ReasonCode.PUBLIC_INPUT]
    code: ReasonCode | None = st.selectbox(
        say("work_project.reason_code"),
        codes,
        index=codes.index(ReasonCode.DATA_CORRECTION) if kind is RevisionKind.CORRECTION else None,
        placeholder=say("work_project.choose"),
        format_func=lambda one: say(f"codes.reason_code.{one}"),
        key=form.key(f"code_{kind}"),
        persist_state="session",
    )
    return code, text_field(form, "reason", say("work_project.reason"), most=2000, height=100)


def _point(form: Filling, project_id: str, kind: RevisionKind) -> int | None:
    """Draw the choice of the adopted point that moved the date. It appears once its code was sent without one."""
    with reading() as session:
        points = {point.id: point for point in adopted_points(session, project_id)}

    def words(number: int) -> str:
        point: Point = points[number]
        return say("work_project.point_words", point=number, comment=point.comment_id, decision=point.decision_id)

    if not points:
        st.caption(say("work_project.no_points"))
    chosen: int | None = st.selectbox(
        say("work_project.point"),
        list(points),
        index=None,
        placeholder=say("work_project.choose"),
        format_func=words,
        key=form.key(f"point_{kind}"),
        persist_state="session",
    )
    return chosen


def _range(form: Filling, milestone: Milestone) -> dict[str, Any]:
    latest = milestone.latest
    with st.expander(say("work_project.range"), expanded=bool(latest.date_low or latest.date_high)):
        columns = st.columns(2)
        with columns[0]:
            low = date_field(form, say("work_project.date_low"), "date_low", value=latest.date_low)
        with columns[1]:
            high = date_field(form, say("work_project.date_high"), "date_high", value=latest.date_high)
    return {"date_low": low, "date_high": high}


def _statement(milestone: Milestone) -> Statement:
    latest = milestone.latest
    return Statement(
        number=latest.number,
        words=_words(latest.kind, latest.due_date, latest.precision, latest.reason),
        reason=latest.reason,
    )


def _words(kind: RevisionKind, day: date, precision: Precision, reason: str) -> dict[str, str]:
    return {
        say("work_project.what_happened"): say(f"codes.revision_kind.{kind}"),
        say("work_project.date"): format_day(day, precision),
        say("work_project.reason"): reason,
    }


def _now(milestone_id: int) -> Statement | None:
    with reading() as session:
        milestone = find_milestone(session, milestone_id)
        return _statement(milestone) if milestone else None
