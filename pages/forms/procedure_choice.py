"""Choosing by which procedure a decision runs, with which stricter rules over it, and what is the case."""

from collections.abc import Sequence
from zoneinfo import available_timezones

import streamlit as st

from data.operations.procedures import ChooseProcedure, choose_procedure
from data.queries.proceedings import procedures_of
from data.templates.reading import procedure, shelf
from models.access import Act
from models.procedure import ProcessTemplate
from models.procedure_choice import USUAL_PROCEDURE, ProcedureRevision
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter
from pages.forms.fields import reason_field
from pages.forms.filling import Filling, begin, send
from pages.forms.procedure_fields import speak_of
from pages.rendering import render


def draw_choice(matter: Matter) -> None:
    """Draw what was chosen, first to last, and the form for another choice."""
    with reading() as session:
        said = procedures_of(session, matter.id)
    rows = [(one, _labelled(one.template, one.overlays, one.flags)) for one in said]
    usual = speak_of(procedure(USUAL_PROCEDURE)).said(procedure(USUAL_PROCEDURE).title)
    st.html(render("work_procedure_choice.html", current_language(), rows=rows, usual=usual))
    if not matter.may(Act.CHOOSE_PROCEDURE):
        return
    latest = said[-1] if said else None
    filling = begin(f"procedure_{matter.id}", _statement(said))
    # Outside the form: which overlays and flags there are depends on it.
    template_id = _template_field(filling, latest)
    overlays = _overlays_field(filling, template_id, latest)
    chosen = procedure(template_id, tuple(overlays))
    with st.form(filling.key("form")):
        flags = _flag_fields(filling, chosen, latest)
        zone = _zone_field(filling, chosen, latest)
        reason = reason_field(filling, label=say("procedure.choice.reason")) if latest else ""
        sent = st.form_submit_button(say("procedure.choice.send"), type="primary")
    if not sent:
        return
    command = ChooseProcedure(
        decision_id=matter.id,
        template=template_id,
        overlays=tuple(overlays),
        flags=tuple(flags),
        zone=zone,
        reason=reason,
        seen=filling.number,
    )
    send(
        filling,
        choose_procedure,
        command,
        done=say("procedure.choice.done"),
        latest=lambda: _latest(matter.id),
        yours=_labelled(template_id, overlays, flags),
    )


def _template_field(filling: Filling, latest: ProcedureRevision | None) -> str:
    templates = shelf().templates
    options = list(templates)
    said = latest.template if latest and latest.template in templates else USUAL_PROCEDURE
    return st.selectbox(
        say("procedure.choice.template"),
        options,
        index=options.index(said),
        format_func=lambda key: f"{speak_of(templates[key]).said(templates[key].title)} ({key})",
        key=filling.key("template"),
        persist_state="session",
    )


def _overlays_field(filling: Filling, template_id: str, latest: ProcedureRevision | None) -> list[str]:
    overlays = {overlay.id: overlay for overlay in shelf().overlays_of(template_id)}
    if not overlays:
        return []
    words = speak_of(procedure(template_id))
    return st.multiselect(
        say("procedure.choice.overlays"),
        list(overlays),
        default=[key for key in latest.overlays if key in overlays] if latest else [],
        placeholder=say("work.choose"),
        format_func=lambda key: words.said(overlays[key].title),
        # A choice among others is another field.
        key=filling.key(f"overlays_{template_id}"),
        persist_state="session",
    )


def _flag_fields(filling: Filling, chosen: ProcessTemplate, latest: ProcedureRevision | None) -> list[str]:
    words, raised = speak_of(chosen), latest.flags if latest else []
    st.markdown(f"**{say('procedure.choice.flags')}**")
    st.caption(say("procedure.choice.flags_body"))
    columns = st.columns(2)
    found = []
    for place, (flag, title) in enumerate(chosen.flags.items()):
        with columns[place % 2]:
            if st.checkbox(
                words.said(title),
                value=flag in raised,
                key=filling.key(f"{chosen.id}_{flag}"),
                persist_state="session",
            ):
                found.append(flag)
    return found


def _zone_field(filling: Filling, chosen: ProcessTemplate, latest: ProcedureRevision | None) -> str:
    zones = ["", *sorted(available_timezones())]
    own = say("procedure.choice.own_zone", zone=chosen.day_rule.zone)
    return st.selectbox(
        say("procedure.choice.zone"),
        zones,
        index=zones.index(latest.zone) if latest and latest.zone in zones else 0,
        format_func=lambda zone: zone or own,
        key=filling.key("zone"),
        persist_state="session",
    )


def _labelled(template_id: str, overlays: Sequence[str], flags: Sequence[str]) -> dict[str, str]:
    known = shelf()
    if template_id not in known.templates:
        return {say("procedure.choice.template"): template_id}
    words = speak_of(known.templates[template_id])
    laid = [known.overlays[key] for key in overlays if key in known.overlays]
    titles = procedure(template_id, tuple(overlay.id for overlay in laid)).flags
    comma = say("procedure.comma")
    return {
        say("procedure.choice.template"): words.said(known.templates[template_id].title),
        say("procedure.choice.overlays"): comma.join(words.said(one.title) for one in laid)
        or say("procedure.no_document"),
        say("procedure.choice.flags"): comma.join(words.said(titles[flag]) for flag in flags if flag in titles)
        or say("procedure.choice.no_flags"),
    }


def _statement(said: Sequence[ProcedureRevision]) -> Statement | None:
    if not said:
        return None
    latest = said[-1]
    words = _labelled(latest.template, latest.overlays, latest.flags)
    return Statement(number=latest.number, words=words, reason=latest.reason)


def _latest(decision_id: str) -> Statement | None:
    with reading() as session:
        return _statement(procedures_of(session, decision_id))
