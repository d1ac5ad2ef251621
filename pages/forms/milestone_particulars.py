"""What only some statements about a milestone need: an approval, a way out of a pause, what is corrected, a range."""

from typing import Any

import streamlit as st

from data.operations.milestones import STANDS_AS, ReviseMilestone
from data.queries.documents import documents_of
from models.milestone import Milestone, RevisionKind
from pages.context import current_language, reading, say
from pages.formats import format_promised
from pages.forms.fields import text_field
from pages.forms.filling import Filling
from pages.forms.milestone_beginning import place_in
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import date_field


def draw_particulars(
    form: Filling, milestone: Milestone, kind: RevisionKind, begins: ReviseMilestone
) -> dict[str, Any]:
    """
    Draw what is asked of a statement of that kind alone, and return it by the names of the command.

    :param kind: as what the milestone stands then: another one than that of a statement which corrects
    """
    match kind:
        case RevisionKind.REBASELINE:
            return {"document_id": _document(form, milestone.project_id, begins.document_id)}
        case RevisionKind.PAUSED:
            return _way_out(form, begins)
        case _:
            return {}


def _way_out(form: Filling, begins: ReviseMilestone) -> dict[str, Any]:
    """Draw how it goes on and when. What was said before of a pause stands there already: most of it still holds."""
    steps = text_field(
        form, "next_steps", say("work_project.next_steps"), value=begins.next_steps, most=2000, height=80
    )
    resume_on = date_field(form, say("work_project.resume_on"), "resume_on", value=begins.resume_on)
    return {"next_steps": steps, "resume_on": resume_on}


def _document(form: Filling, project_id: str, begins: int | None) -> int | None:
    with reading() as session:
        documents = documents_of(session, project_id=project_id)
    names = distinct_names({one.id: one.title for one in documents})
    chosen: int | None = st.selectbox(
        say("work_project.approval"),
        list(names),
        index=place_in(list(names), begins),
        placeholder=say("work_project.choose"),
        format_func=lambda key: names[key],
        key=form.key("document"),
        help=say("work_project.approval_help"),
        persist_state="session",
    )
    return chosen


def choose_corrected(form: Filling, milestone: Milestone, begins: ReviseMilestone) -> dict[str, Any]:
    """Draw which statement was a mistake, and as what the milestone stands once it is corrected."""
    said = {one.number: one for one in reversed(milestone.revisions)}

    def words(number: int) -> str:
        one = said[number]
        return (
            f"{number} · {say(f'codes.revision_kind.{one.kind}')} {format_promised(one.promised, current_language())}"
        )

    corrects = st.selectbox(
        say("work_project.corrects"),
        list(said),
        index=place_in(list(said), begins.corrects) or 0,
        format_func=words,
        key=form.key("corrects"),
        persist_state="session",
    )
    possible = ["", *STANDS_AS]
    stands = st.selectbox(
        say("work_project.stands_as"),
        possible,
        index=place_in(possible, begins.stands_as) or 0,
        format_func=lambda one: say(f"codes.revision_kind.{one}") if one else say("work_project.stands_expected"),
        key=form.key("stands_as"),
        persist_state="session",
    )
    return {"corrects": corrects, "stands_as": RevisionKind(stands) if stands else None}


def draw_range(form: Filling, begins: ReviseMilestone) -> dict[str, Any]:
    """Draw between which days it is expected, folded away while nobody says so."""
    with st.expander(say("work_project.range"), expanded=bool(begins.date_low or begins.date_high)):
        columns = st.columns(2)
        with columns[0]:
            low = date_field(form, say("work_project.date_low"), "date_low", value=begins.date_low)
        with columns[1]:
            high = date_field(form, say("work_project.date_high"), "date_high", value=begins.date_high)
    return {"date_low": low, "date_high": high}
