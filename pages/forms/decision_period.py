"""The time in which comments are taken. Days are asked, never instants: no clock is set to what does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import available_timezones

import streamlit as st

from data.operations.periods import ClosePeriod, ExtendPeriod, OpenPeriod, close_period, extend_period, open_period
from data.operations.standing import Run, windows_of
from data.queries.decision_view import periods_of
from models.access import Act, Standing, is_allowed
from models.clock import JURISDICTION, end_of_day, local_date, start_of_day, utc_now
from models.comment_period import USUAL_DAYS, CommentPeriod, PeriodRevision
from models.comment_windows import Windows
from models.docket_view import View
from pages.context import current_language, reading, say
from pages.formats import format_closing, format_day
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter, say_not_now
from pages.forms.fields import day_field, missing_day, reason_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_gate import Minimum, minimum_from, view_now, warn_of_short_period
from pages.rendering import render

#: A statement about a period, and the period.
Said = tuple[CommentPeriod, PeriodRevision]


@dataclass(frozen=True, kw_only=True)
class Running:
    """A period whose closing can be moved."""

    period: CommentPeriod
    #: When it runs, as said now.
    latest: PeriodRevision
    #: By what it is told from others; empty where there is one.
    name: str


def draw_period(matter: Matter) -> None:
    """Draw every period there was, and what can be done where the matter stands."""
    with reading() as session:
        said = periods_of(session, matter.id)
        windows = windows_of(session, matter.id)
    st.html(render("work_periods.html", current_language(), said=said, view=matter.view, windows=windows))
    view = view_now(matter)
    drawn = [_draw_running(matter, windows, run, view, said) for run in windows.periods]
    stages = [stage for stage in windows.stages if _may(matter, Act.OPEN_PERIOD, windows.standing(stage, matter.now))]
    if stages:
        _draw_opening(matter, view, stages, is_one_of_several=len(windows.stages) > 1)
    if not stages and not any(drawn):
        say_not_now(matter)


def _may(matter: Matter, act: Act, standing: Standing) -> bool:
    return is_allowed(act, matter.account.actor, standing=standing, department_id=matter.view.department_id)


def _draw_running(matter: Matter, windows: Windows[Run], run: Run, view: View | None, said: Sequence[Said]) -> bool:
    """Draw what can be done with one period, and return whether anything can."""
    standing = windows.standing_of(run, matter.now)
    may_extend, may_close = (_may(matter, act, standing) for act in (Act.EXTEND_PERIOD, Act.CLOSE_PERIOD))
    if not may_extend and not may_close:
        return False
    period, latest = next((period, one) for period, one in reversed(said) if period.id == run.period_id)
    running = Running(period=period, latest=latest, name=_name(matter, windows, run))
    # Two forms about one thing: what is sent with one of them is no surprise to the other.
    filling = begin(f"period_{matter.id}_{run.round}", _statement(latest, period.zone))
    if may_extend:
        _draw_extension(matter, filling, running)
    if may_close:
        _draw_closing(matter, filling, running, minimum_from(view, run.stage, run.opens_at, period.zone))
    return True


def _name(matter: Matter, windows: Windows[Run], run: Run) -> str:
    """Return by what a period is told from the others: the stage it is in, where the procedure has several."""
    key = windows.key_of(run.stage)
    if len(windows.stages) <= 1:
        return ""
    title: str = getattr(matter.view.stage_title(key), current_language())
    return say("procedure.gate.of_stage", stage=title, round=run.round)


def _draw_opening(matter: Matter, view: View | None, stages: Sequence[str], *, is_one_of_several: bool) -> None:
    st.subheader(say("work.period.open"))
    filling = begin(f"open_{matter.id}")
    stage = _stage_field(filling, matter, stages) if is_one_of_several else stages[0]
    # Days are those of the procedure: where it is still yesterday, a period that opens today would not open at once.
    home = view.template.day_rule.zone if view else JURISDICTION
    today, usual = local_date(matter.now, home), minimum_from(view, stage, matter.now, home)
    st.caption(f"{say('procedure.gate.period_body')} {_minimum_words(usual)}")
    with st.form(filling.key("form")):
        columns = st.columns(3)
        with columns[0]:
            first_day = day_field(filling, "first_day", say("work.period.first_day"), value=today)
        with columns[1]:
            last_day = day_field(
                filling,
                "last_day",
                say("work.period.last_day"),
                value=max(today + timedelta(days=USUAL_DAYS), usual.last_day if usual else date.min),
            )
        with columns[2]:
            zones = sorted(available_timezones())
            zone = st.selectbox(say("work.period.zone"), zones, index=zones.index(home), key=filling.key("zone"))
        reason = reason_field(filling, label=_reason_label(usual)) if usual else ""
        sent = st.form_submit_button(say("work.period.open_send"), type="primary")
    if not sent:
        return
    if first_day is None or last_day is None:
        missing_day()
        return
    opens_at = start_of_day(first_day, zone) if first_day > local_date(utc_now(), zone) else None
    minimum, closes_at = minimum_from(view, stage, opens_at or utc_now(), zone), end_of_day(last_day, zone)
    if minimum is not None and minimum.short_by(closes_at, zone) and not reason.strip():
        warn_of_short_period(minimum, closes_at, zone)
        return
    command = OpenPeriod(
        decision_id=matter.id, last_day=last_day, opens_at=opens_at, zone=zone, stage=stage, reason=reason
    )
    send(filling, open_period, command, done=say("work.period.open_done"))


def _stage_field(filling: Filling, matter: Matter, stages: Sequence[str]) -> str:
    """Draw the choice of the stage where the procedure takes comments in several, and return its key."""
    return st.selectbox(
        say("procedure.gate.stage"),
        stages,
        format_func=lambda key: getattr(matter.view.stage_title(key), current_language()),
        key=filling.key("stage"),
        persist_state="session",
    )


def _reason_label(minimum: Minimum) -> str:
    return say("procedure.gate.short_reason", day=format_day(minimum.last_day))


def _minimum_words(minimum: Minimum | None) -> str:
    if minimum is None:
        return say("procedure.gate.no_minimum")
    least = say("procedure.gate.period_minimum", day=format_day(minimum.last_day), articles=minimum.articles)
    return f"{least} {say('procedure.gate.if_fixed' if minimum.is_fixed else 'procedure.gate.if_short')}"


def _draw_extension(matter: Matter, filling: Filling, running: Running) -> None:
    st.subheader(f"{say('work.period.extend')}{running.name}")
    with st.form(filling.key("extension")):
        last_day = day_field(filling, "last_day", say("work.period.new_last_day"))
        reason = reason_field(filling)
        sent = st.form_submit_button(say("work.period.extend_send"), type="primary")
    if not sent:
        return
    if last_day is None:
        missing_day()
        return
    send(
        filling,
        extend_period,
        ExtendPeriod(
            decision_id=matter.id, last_day=last_day, reason=reason, round=running.period.round, seen=filling.number
        ),
        done=say("work.period.extend_done"),
        latest=lambda: _latest(matter.id, running.period.round),
        yours={say("work.period.closes"): last_day.isoformat()},
    )


def _draw_closing(matter: Matter, filling: Filling, running: Running, minimum: Minimum | None) -> None:
    with st.expander(f"{say('work.period.close')}{running.name}"):
        st.caption(say("work.period.close_body"))
        if minimum is not None and minimum.short_by(matter.now, running.period.zone):
            words = "closing_fixed" if minimum.is_fixed else "closing_short"
            st.warning(say(f"procedure.gate.{words}", articles=minimum.articles, day=format_day(minimum.last_day)))
        with st.form(filling.key("closing")):
            reason = reason_field(filling, field="closing_reason")
            is_sure = st.checkbox(say("work.period.close_sure"), key=filling.key("sure"))
            sent = st.form_submit_button(say("work.period.close_send"))
        if sent and not is_sure:
            st.error(say("work.period.close_unsure"))
        elif sent:
            send(
                filling,
                close_period,
                ClosePeriod(decision_id=matter.id, reason=reason, round=running.period.round, seen=filling.number),
                done=say("work.period.close_done"),
                latest=lambda: _latest(matter.id, running.period.round),
                yours={say("work.period.closes"): say("work.period.at_once")},
            )


def _statement(said: PeriodRevision, zone: str | None) -> Statement:
    words = {say("work.period.closes"): format_closing(said.closes_at, zone, current_language())}
    return Statement(number=said.number, words=words, reason=said.reason)


def _latest(decision_id: str, round_number: int) -> Statement | None:
    with reading() as session:
        said = periods_of(session, decision_id)
    found = [(one, period.zone) for period, one in said if period.round == round_number]
    return _statement(*found[-1]) if found else None
