"""Where a project is: a point in two fields, or a GeoJSON geometry that is pasted or uploaded."""

import json
import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.operations.project_places import LocateProject, locate_project
from data.queries.project_view import ProjectView
from models.exceptions import InvalidValueError
from models.geometry import point_of, sound_geometry
from pages.components.plain_words import drawn_as_text
from pages.context import current_language, say
from pages.explanations import explain
from pages.forms.conflict import Statement
from pages.forms.fields import line_field, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.project_now import said_now
from pages.forms.timing import publish_button
from pages.rendering import render

_LARGEST = 2 * 1024 * 1024


class PlaceFault(ValueError):  # noqa: N818 - a fault of what was typed, told in words, not an error of the program.
    """Raised if what was typed is no place: ``half``, ``not_a_number``, ``swapped``, ``not_json``, ``too_large``, ``several``."""  # noqa: E501 - the reason codes, whole.


def choose_form_of_place(form: Filling) -> str:
    """Draw the choice between a point and a geometry. It stands outside of the form, since it changes its fields."""
    chosen: str = st.radio(
        say("work_project.place.how"),
        ("point", "geojson"),
        format_func=lambda code: say(f"work_project.place.{code}"),
        horizontal=True,
        key=form.key("place"),
    )
    return chosen


def place_fields(form: Filling, how: str) -> tuple[str, str, bytes]:
    """Draw fields for a place, and return what is in them: two texts and the bytes of a file."""
    if how == "point":
        columns = st.columns(2)
        with columns[0]:
            latitude = line_field(form, "latitude", say("work_project.place.latitude"), most=20)
        with columns[1]:
            longitude = line_field(form, "longitude", say("work_project.place.longitude"), most=20)
        return longitude, latitude, b""
    pasted = text_field(form, "geojson", say("work_project.place.pasted"), most=_LARGEST)
    file = st.file_uploader(
        say("work_project.place.file"), type=["geojson", "json"], key=form.key("geometry_file"), max_upload_size=2
    )
    return pasted, "", file.getvalue() if file else b""


def geometry_of(how: str, typed: tuple[str, str, bytes]) -> Mapping[str, Any] | None:
    """
    Return the geometry that was typed; nothing if nothing was.

    :raises PlaceFault: if it is none
    :raises InvalidValueError: if it is a geometry that the record does not take
    """
    first, second, content = typed
    if how == "point":
        return _point(first.strip(), second.strip())
    if len(content) > _LARGEST or len(first) > _LARGEST:
        raise PlaceFault("too_large")
    if not content and not first.strip():
        return None
    return sound_geometry(_read(content or first.encode()))


def explain_place(fault: PlaceFault | InvalidValueError) -> str:
    """Return what is wrong with a place, as a sentence."""
    if isinstance(fault, PlaceFault):
        return say(f"work_project.place.fault.{fault}")
    return drawn_as_text(explain(fault, current_language()))


def work_on_place(view: ProjectView) -> None:
    """Draw the place of a project as it is published, and a form for another."""
    latest = view.locations[-1] if view.locations else None
    st.html(render("officer_place.html", current_language(), view=view))
    if latest is not None:
        st.iframe(f"/map/project/{view.summary.id}", height=320, alt=say("work_project.place.map"))
    form = begin(f"place_{view.summary.id}", _statement(view))
    how = choose_form_of_place(form)
    with st.form(form.key("form"), enter_to_submit=False):
        typed = place_fields(form, how)
        reason = reason_field(form, label=say("work_project.reason")) if latest is not None else ""
        is_sent = publish_button(form)
    if is_sent:
        _locate(form, view.summary.id, how, typed, reason)


def _locate(form: Filling, project_id: str, how: str, typed: tuple[str, str, bytes], reason: str) -> None:
    try:
        geometry = geometry_of(how, typed)
    except (PlaceFault, InvalidValueError) as fault:
        st.error(explain_place(fault))
        return
    if geometry is None:
        st.error(say("work_project.place.fault.missing"))
        return
    send(
        form,
        locate_project,
        LocateProject(project_id=project_id, geometry=geometry, reason=reason, seen=form.number),
        done=say("work_project.done.place"),
        latest=lambda: said_now(project_id, _statement),
        yours=_words(geometry),
    )


def _point(longitude: str, latitude: str) -> Mapping[str, Any] | None:
    if not longitude and not latitude:
        return None
    if not longitude or not latitude:
        raise PlaceFault("half")
    try:
        east, north = float(longitude), float(latitude)
    except ValueError as error:
        raise PlaceFault("not_a_number") from error
    if not (math.isfinite(east) and math.isfinite(north)):
        raise PlaceFault("not_a_number")
    if abs(north) > 90 >= abs(east):  # noqa: PLR2004 - the poles.
        raise PlaceFault("swapped")
    return sound_geometry({"type": "Point", "coordinates": [east, north]})


def _read(content: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PlaceFault("not_json") from error
    if isinstance(read, dict) and read.get("type") == "FeatureCollection":
        features = read.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise PlaceFault("several")
        read = features[0]
    if isinstance(read, dict) and read.get("type") == "Feature":
        read = read.get("geometry")
    if not isinstance(read, dict):
        raise PlaceFault("not_json")
    return read


def _statement(view: ProjectView) -> Statement | None:
    if not view.locations:
        return None
    latest = view.locations[-1]
    return Statement(number=latest.number, words=_words(latest.geometry), reason=latest.reason)


def _words(geometry: Mapping[str, Any]) -> dict[str, str]:
    longitude, latitude = point_of(geometry)
    return {say("work_project.tab.place"): f"{geometry['type']} · {latitude}, {longitude}"}
