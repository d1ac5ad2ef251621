"""One statement about a milestone: the fields that its kind needs, and nothing else. Drawn where it is made."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from data.operations.milestones import ReviseMilestone, revise_milestone
from data.queries.milestones import find_milestone
from models.milestone import Milestone, Precision, ReasonCode, RevisionKind, is_ended
from models.promised_day import PromisedDay
from pages.context import current_language, reading, say
from pages.formats import format_promised
from pages.forms.conflict import Statement
from pages.forms.fields import missing_day, text_field
from pages.forms.filling import Filling, begin, forget_form, send, times_sent
from pages.forms.milestone_beginning import asked_proposal, beginning, keep_typed
from pages.forms.milestone_later import choose_later
from pages.forms.milestone_particulars import choose_corrected, draw_particulars, draw_range
from pages.forms.milestone_reason import choose_point, choose_reason
from pages.forms.project_dates import date_field, promised_date
from pages.forms.timing import publish_button

_AGAIN = (
    RevisionKind.REFORECAST,
    RevisionKind.ACHIEVED,
    RevisionKind.PAUSED,
    RevisionKind.REBASELINE,
    RevisionKind.CANCELLED,
    RevisionKind.CORRECTION,
)
#: What is mostly said of a later date.
_MAY_BE_LATER = (RevisionKind.REFORECAST, RevisionKind.RESUMED)
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


def begin_again(milestone: Milestone) -> Filling:
    """Return the form as :func:`begin_statement` does; with what was typed, where the address asks for a proposal."""
    proposed = asked_proposal(milestone)
    if proposed is not None:
        forget_form(begin_statement(milestone))
        keep_typed(begin_statement(milestone), proposed)
    return begin_statement(milestone)


def turn_of(milestone_id: int) -> int:
    """Return how often the form for a milestone was sent before in this session."""
    return times_sent(_name(milestone_id))


def draw_statement(form: Filling, milestone: Milestone, kind: RevisionKind, today: date) -> None:
    """Draw the form for a statement of that kind, and send it when it is sent."""
    begins = beginning(form, milestone, kind, today)
    later = choose_later(form, milestone.latest.due_date, today) if kind in _MAY_BE_LATER else 0
    chosen = _choices(form, milestone, begins)
    with st.form(form.key("form"), enter_to_submit=False):
        st.caption(say(f"work_project.act_help.{kind}"))
        command = _revision(form, milestone, begins, chosen, later)
        is_sent = publish_button(form)
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


def _choices(form: Filling, milestone: Milestone, begins: ReviseMilestone) -> dict[str, Any]:
    """Draw what has other things asked, or not: a form would not be drawn anew as it is chosen."""
    kind = begins.kind
    if not kind.moves:
        return {}
    code = choose_reason(form, kind, begins.reason_code)
    chosen: dict[str, Any] = {"reason_code": code}
    if code is ReasonCode.PUBLIC_INPUT:
        chosen["point_id"] = choose_point(form, milestone.project_id, kind, begins.point_id)
    return chosen | (choose_corrected(form, milestone, begins) if kind is RevisionKind.CORRECTION else {})


def _revision(
    form: Filling, milestone: Milestone, begins: ReviseMilestone, chosen: dict[str, Any], later: int
) -> ReviseMilestone | None:
    kind = begins.kind
    day: date | None = begins.due_date
    precision = begins.precision
    if kind is RevisionKind.ACHIEVED:
        day, precision = date_field(form, say("work_project.reached_on"), "reached", value=day), Precision.DAY
    elif kind not in _DATE_STANDS:
        # Another field for each choice, since what was typed into one holds against what it would begin with.
        value, suffix = (milestone.latest.due_date + timedelta(days=later), f"_{later}") if later else (day, "")
        day, precision = promised_date(form, value=value, precision=precision, suffix=suffix)
    more = chosen | draw_particulars(form, milestone, chosen.get("stands_as") or kind, begins)
    label = say("work_project.reason")
    reason = text_field(form, "reason", label, value=begins.reason, most=2000, height=100) if kind.moves else ""
    if kind in (RevisionKind.REFORECAST, RevisionKind.REBASELINE, RevisionKind.RESUMED):
        more |= draw_range(form, begins)
    if day is None:
        return None
    return ReviseMilestone(
        milestone_id=milestone.id,
        kind=kind,
        due_date=day,
        precision=precision,
        reason=reason,
        seen=form.number,
        **more,
    )


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
        say("work_project.date"): format_promised(PromisedDay(day, precision), current_language()),
        say("work_project.reason"): reason,
    }


def _now(milestone_id: int) -> Statement | None:
    with reading() as session:
        milestone = find_milestone(session, milestone_id)
        return _statement(milestone) if milestone else None
