"""Publishing a project: what it is, where it is, and what is promised first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import streamlit as st

from data.operations.commands import NEW_PROJECT
from data.operations.milestones import PlanMilestone
from data.operations.projects import PublishProject
from data.operations.proposals import ProposeChange, publish_or_propose
from data.unit_of_work import Kept
from models.exceptions import InvalidValueError
from models.milestone import Precision
from pages.context import say
from pages.forms.fields import line_field
from pages.forms.filling import Filling, begin, leave_notice, send
from pages.forms.project_dates import promised_date
from pages.forms.project_place import PlaceFault, choose_form_of_place, explain_place, geometry_of, place_fields
from pages.forms.project_text import TypedText, text_fields
from pages.forms.timing import publish_button

_MOST = 20


@dataclass(frozen=True, kw_only=True)
class TypedMilestone:
    """A promise, as it was typed."""

    title: str
    day: date | None
    precision: Precision
    completes: bool


def publish(department_id: str) -> None:
    """Draw the form for a new project."""
    form = begin("publish_project")
    columns = st.columns(2)
    with columns[0]:
        how = choose_form_of_place(form)
    with columns[1]:
        count = int(
            st.number_input(say("work_project.how_many"), min_value=0, max_value=_MOST, value=1, key=form.key("count"))
        )
    with st.form(form.key("form"), enter_to_submit=False):
        typed = text_fields(form)
        st.subheader(say("work_project.tab.place"))
        place = place_fields(form, how)
        if count:
            st.subheader(say("work_project.first_milestones"))
        milestones = [_milestone(form, place_in_list) for place_in_list in range(count)]
        st.subheader(say("work_project.identifier"))
        names = st.columns(2)
        with names[0]:
            scheme = line_field(form, "scheme", say("work_project.scheme"), most=100)
        with names[1]:
            value = line_field(form, "value", say("work_project.value"), most=200)
        st.caption(say("work_project.identifier_help"))
        is_sent = publish_button(form, "work_project.publish_project")
    if is_sent:
        identifiers = {scheme.strip(): value.strip()} if scheme.strip() or value.strip() else {}
        _publish(form, department_id, typed, (how, place), milestones, identifiers)


def _milestone(form: Filling, number: int) -> TypedMilestone:
    title = line_field(form, f"title_{number}", f"{number + 1}. {say('work_project.milestone_title')}")
    day, precision = promised_date(form, value=None, suffix=f"_{number}")
    completes = st.checkbox(say("work_project.completes"), key=form.key(f"completes_{number}"))
    return TypedMilestone(title=title, day=day, precision=precision, completes=completes)


def _publish(
    form: Filling,
    department_id: str,
    typed: TypedText,
    place: tuple[str, tuple[str, str, bytes]],
    milestones: list[TypedMilestone],
    identifiers: Mapping[str, str],
) -> None:
    try:
        geometry = geometry_of(*place)
    except (PlaceFault, InvalidValueError) as fault:
        st.error(explain_place(fault))
        return
    promised = [one for one in milestones if one.title.strip() or one.day]
    if fault_of := _fault(promised, identifiers):
        st.error(say(f"work_project.{fault_of}"))
        return
    project = _command(department_id, typed, geometry, identifiers)
    # The project and its promises are there together, or not at all.
    command = ProposeChange(commands=(project, *map(_plan, promised)))
    send(form, publish_or_propose, command, done="", then=_go_to)


def _go_to(published: Kept) -> None:
    leave_notice(say("work_project.done.published", id=published.key))
    st.switch_page("pages/work_on_project.py", query_params={"id": published.key})


def _fault(promised: list[TypedMilestone], identifiers: Mapping[str, str]) -> str:
    if any(not one.title.strip() for one in promised):
        return "milestone_title_missing"
    if any(one.day is None for one in promised):
        return "date_missing"
    return "identifier_half" if not all(all(pair) for pair in identifiers.items()) else ""


def _command(
    department_id: str, typed: TypedText, geometry: Mapping[str, Any] | None, identifiers: Mapping[str, str]
) -> PublishProject:
    return PublishProject(department_id=department_id, geometry=geometry, identifiers=identifiers, **asdict(typed))


def _plan(promised: TypedMilestone) -> PlanMilestone:
    return PlanMilestone(
        project_id=NEW_PROJECT,
        title=promised.title,
        due_date=promised.day or date.max,
        precision=promised.precision,
        completes=promised.completes,
    )
