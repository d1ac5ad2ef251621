"""The time in which comments are taken. Days are asked, never instants: no clock is set to what does not exist."""

from datetime import date, timedelta
from zoneinfo import available_timezones

import streamlit as st

from data.operations.periods import ClosePeriod, ExtendPeriod, OpenPeriod, close_period, extend_period, open_period
from data.queries.decisions import find_decision, periods_of
from models.access import Act
from models.clock import JURISDICTION, end_of_day, local_date, start_of_day, utc_now
from models.comment_period import USUAL_DAYS, PeriodRevision
from models.docket_view import View
from pages.context import current_language, reading, say
from pages.formats import format_closing, format_day
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter, say_not_now
from pages.forms.fields import day_field, missing_day, reason_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_gate import Minimum, minimum_from, view_now, warn_of_short_period, window_stages
from pages.rendering import render


def draw_period(matter: Matter) -> None:
    """Draw every period there was, and what can be done where the matter stands."""
    with reading() as session:
        said = periods_of(session, matter.id)
    st.html(render("work_periods.html", current_language(), said=said))
    view = view_now(matter)
    possible = [act for act in (Act.OPEN_PERIOD, Act.EXTEND_PERIOD, Act.CLOSE_PERIOD) if matter.may(act)]
    if matter.view.period and (Act.EXTEND_PERIOD in possible or Act.CLOSE_PERIOD in possible):
        # Two forms about one thing: what is sent with one of them is no surprise to the other.
        filling = begin(f"period_{matter.id}", _statement(matter.view.period[-1], matter.view.present.zone))
        if Act.EXTEND_PERIOD in possible:
            _draw_extension(matter, filling)
        if Act.CLOSE_PERIOD in possible:
            _draw_closing(
                matter, filling, minimum_from(view, said[-1][0].stage, said[-1][1].opens_at, said[-1][0].zone)
            )
    # A period that is announced and not yet open is extended or waited for; a second one would hide it.
    if Act.OPEN_PERIOD in possible and (not matter.view.period or matter.view.period[-1].closes_at <= matter.now):
        _draw_opening(matter, view)
    if not possible:
        say_not_now(matter)


def _draw_opening(matter: Matter, view: View | None) -> None:
    st.subheader(say("work.period.open"))
    usual = minimum_from(view, "", matter.now, JURISDICTION)
    st.caption(f"{say('procedure.gate.period_body')} {_minimum_words(usual)}")
    filling = begin(f"open_{matter.id}")
    with st.form(filling.key("form")):
        stage = _stage_field(filling, view)
        columns = st.columns(3)
        with columns[0]:
            first_day = day_field(filling, "first_day", say("work.period.first_day"), value=matter.today)
        with columns[1]:
            last_day = day_field(
                filling,
                "last_day",
                say("work.period.last_day"),
                value=max(matter.today + timedelta(days=USUAL_DAYS), usual.last_day if usual else date.min),
            )
        with columns[2]:
            zones = sorted(available_timezones())
            zone = st.selectbox(
                say("work.period.zone"), zones, index=zones.index(JURISDICTION), key=filling.key("zone")
            )
        reason = reason_field(filling, label=say("work.period.short_reason", days=USUAL_DAYS))
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


def _stage_field(filling: Filling, view: View | None) -> str:
    """Draw the choice of the stage where the procedure takes comments in several, and return its key."""
    stages = window_stages(view.template) if view else {}
    if len(stages) <= 1:
        return ""
    return st.selectbox(
        say("procedure.gate.stage"),
        list(stages),
        format_func=lambda key: stages[key],
        key=filling.key("stage"),
        persist_state="session",
    )


def _minimum_words(minimum: Minimum | None) -> str:
    if minimum is None:
        return say("procedure.gate.no_minimum")
    return say("procedure.gate.period_minimum", day=format_day(minimum.last_day), articles=minimum.articles)


def _draw_extension(matter: Matter, filling: Filling) -> None:
    st.subheader(say("work.period.extend"))
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
        ExtendPeriod(decision_id=matter.id, last_day=last_day, reason=reason, seen=filling.number),
        done=say("work.period.extend_done"),
        latest=lambda: _latest(matter.id),
        yours={say("work.period.closes"): last_day.isoformat()},
    )


def _draw_closing(matter: Matter, filling: Filling, minimum: Minimum | None) -> None:
    with st.expander(say("work.period.close")):
        st.caption(say("work.period.close_body"))
        if minimum is not None and minimum.short_by(matter.now, JURISDICTION):
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
                ClosePeriod(decision_id=matter.id, reason=reason, seen=filling.number),
                done=say("work.period.close_done"),
                latest=lambda: _latest(matter.id),
                yours={say("work.period.closes"): say("work.period.at_once")},
            )


def _statement(said: PeriodRevision, zone: str | None) -> Statement:
    words = {say("work.period.closes"): format_closing(said.closes_at, zone, current_language())}
    return Statement(number=said.number, words=words, reason=said.reason)


def _latest(decision_id: str) -> Statement | None:
    with reading() as session:
        view = find_decision(session, decision_id, now=utc_now())
    return _statement(view.period[-1], view.present.zone) if view and view.period else None
