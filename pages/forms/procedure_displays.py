"""Evidence of publicity: that something was displayed, where, from when to when, and who confirms it."""

import streamlit as st

from data.operations.notices import PublishNotice, publish_notice
from data.queries.proceedings import notices_of
from models.access import Act
from models.notice import NoticeChannel
from models.procedure import ProcessTemplate
from pages.context import current_language, reading, say
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.fields import choice_field, day_field, line_field, missing_choice, missing_day
from pages.forms.filling import begin, send
from pages.forms.procedure_fields import display_names, named_field, number_field
from pages.rendering import render


def draw_displays(matter: Matter, template: ProcessTemplate) -> None:
    """Draw what was displayed, and the form for more of it."""
    with reading() as session:
        notices = notices_of(session, matter.id)
    names = display_names(template)
    st.html(render("work_procedure_displays.html", current_language(), notices=notices, names=names))
    if is_possible(matter, Act.PUBLISH_NOTICE):
        st.subheader(say("procedure.notice.new"))
        _draw_form(matter, names)


def _draw_form(matter: Matter, names: dict[str, str]) -> None:
    filling = begin(f"notice_{matter.id}")
    with st.form(filling.key("form")):
        columns = st.columns(2)
        with columns[0]:
            of = named_field(filling, "of", say("procedure.notice.of"), names)
            round_number = number_field(filling, "round", say("procedure.notice.round"), least=1, value=1)
            from_on = day_field(filling, "from_on", say("procedure.notice.from"), value=matter.today)
        with columns[1]:
            channel = choice_field(
                filling, "channel", say("procedure.notice.channel"), NoticeChannel, subject="notice_channel"
            )
            confirmed_by = line_field(filling, "confirmed_by", say("procedure.notice.confirmed_by"))
            to_on = day_field(filling, "to_on", say("procedure.notice.to"))
        link = line_field(filling, "link", say("procedure.notice.link"), most=2000)
        evidence = line_field(filling, "evidence", say("procedure.notice.evidence"), most=1000)
        sent = st.form_submit_button(say("procedure.notice.send"), type="primary")
    if not sent:
        return
    if of is None or channel is None:
        missing_choice()
        return
    if from_on is None:
        missing_day()
        return
    command = PublishNotice(
        decision_id=matter.id,
        of=of,
        round=round_number or 1,
        channel=channel,
        link=link,
        evidence=evidence,
        from_on=from_on,
        to_on=to_on,
        confirmed_by=confirmed_by,
    )
    send(filling, publish_notice, command, done=say("procedure.notice.done"))
