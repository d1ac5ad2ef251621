"""The stages of a decision: their first dates, moves with a reason, and what was begun, finished or left out."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from data.operations.decisions import ReviseStage, revise_stage
from data.queries.decision_view import find_decision
from models.access import Act
from models.clock import utc_now
from models.stage import Stage, StageKind, StageRevision, stage_state, stages_of
from pages.components.choices import choose_code
from pages.context import change, current_language, reading, say
from pages.formats import format_day
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import code_field, day_field, missing_day, reason_field
from pages.forms.filling import Filling, begin, send
from pages.rendering import render

#: The stages whose dates are asked for when a decision is first published: no procedure is chosen for it yet.
FIRST = (Stage.DRAFTING, Stage.PARTICIPATION, Stage.COLLECTIVE_DECISION)
_KINDS = (StageKind.MOVED, StageKind.STARTED, StageKind.FINISHED, StageKind.SKIPPED)


def draw_stages(matter: Matter) -> None:
    """Draw every stage with what was said of it, and the form for one of them."""
    language = current_language()
    view = matter.view
    rows = [
        (stage, view.stage_title(stage), said, stage_state(said, matter.today)) for stage, said in view.stages.items()
    ]
    st.html(render("work_stages.html", language, rows=rows, id=matter.id))
    if not is_possible(matter, Act.REVISE_STAGE):
        return
    st.subheader(say("work.stages.revise"))
    possible = stages_of(view.chosen)
    choose_code(
        say("work.stages.which"),
        possible,
        parameter="stage",
        words=lambda code: _name(matter, code),
        any_word=say("work.choose"),
    )
    asked = st.query_params.get("stage", "")
    if asked in possible:
        _draw_form(matter, asked)


def stage_dates(filling: Filling) -> Mapping[Stage, tuple[date | None, date | None]]:
    """Draw fields for the dates of the first stages, and return what was chosen."""
    dates = {}
    for stage in FIRST:
        columns = st.columns(2)
        name = say(f"codes.stage.{stage}")
        with columns[0]:
            starts_on = day_field(filling, f"{stage}_starts", say("work.stages.starts", stage=name))
        with columns[1]:
            dates[stage] = starts_on, day_field(filling, f"{stage}_ends", say("work.stages.ends", stage=name))
    return dates


def plan_first_stages(decision_id: str, dates: Mapping[Stage, tuple[date | None, date | None]]) -> None:
    """Publish the first dates of those stages for which both were chosen. The others can be planned later."""
    for stage, (starts_on, ends_on) in dates.items():
        if starts_on and ends_on:
            change(
                revise_stage,
                ReviseStage(decision_id=decision_id, stage=stage, starts_on=starts_on, ends_on=ends_on),
            )


def _name(matter: Matter, stage: str) -> str:
    name: str = getattr(matter.view.stage_title(stage), current_language())
    return name


def _draw_form(matter: Matter, stage: str) -> None:
    said = matter.view.stages.get(stage, ())
    latest = said[-1] if said else None
    filling = begin(f"stage_{matter.id}_{stage}", _statement(said))
    with st.form(filling.key("form")):
        kind = StageKind.BASELINE
        if latest is None:
            st.caption(say("work.stages.first"))
        else:
            kind = code_field(filling, "kind", say("work.stages.kind"), _KINDS, subject="stage_kind")
        columns = st.columns(2)
        name = _name(matter, stage)
        with columns[0]:
            starts_on = day_field(
                filling, "starts", say("work.stages.starts", stage=name), value=latest.starts_on if latest else None
            )
        with columns[1]:
            ends_on = day_field(
                filling, "ends", say("work.stages.ends", stage=name), value=latest.ends_on if latest else None
            )
        reason = reason_field(filling, label=say("work.stages.reason")) if latest else ""
        sent = st.form_submit_button(say("work.stages.send"), type="primary")
    if not sent:
        return
    if starts_on is None or ends_on is None:
        missing_day()
        return
    command = ReviseStage(
        decision_id=matter.id,
        stage=stage,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        seen=filling.number,
    )
    send(
        filling,
        revise_stage,
        command,
        done=say("work.stages.done"),
        latest=lambda: _latest(matter.id, stage),
        yours=_labelled(kind, starts_on, ends_on),
    )


def _labelled(kind: StageKind, starts_on: date, ends_on: date) -> dict[str, str]:
    return {
        say("work.stages.kind"): say(f"codes.stage_kind.{kind}"),
        say("work.stages.dates"): f"{format_day(starts_on)} – {format_day(ends_on)}",
    }


def _statement(said: Sequence[StageRevision]) -> Statement | None:
    if not said:
        return None
    latest = said[-1]
    words = _labelled(latest.kind, latest.starts_on, latest.ends_on)
    return Statement(number=latest.number, words=words, reason=latest.reason)


def _latest(decision_id: str, stage: str) -> Statement | None:
    with reading() as session:
        view = find_decision(session, decision_id, now=utc_now())
    return _statement(view.stages.get(stage, ())) if view else None
