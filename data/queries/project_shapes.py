"""Projects that are lines or areas on a map: what a point does not say of where they are."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from data.queries.remembered import remembered
from data.versions import PROJECTS
from models.clock import end_of_day
from models.project import LocationRevision

_POINT = "Point"


def project_shapes(session: Session, as_of: date | None = None) -> Mapping[str, Mapping[str, Any]]:
    """
    Return the GeoJSON geometries of all projects that are no points, by project. One statement.

    :param as_of: by the end of which day; nothing for the present, which is read once for each state of it
    """
    if as_of is None:
        return remembered(session, PROJECTS, "shapes", lambda: _shapes(session, None))
    return _shapes(session, as_of)


def _shapes(session: Session, as_of: date | None) -> dict[str, Mapping[str, Any]]:
    newest = select(LocationRevision.project_id, func.max(LocationRevision.number).label("number"))
    if as_of is not None:
        newest = newest.where(col(LocationRevision.recorded_at) < end_of_day(as_of))
    last = newest.group_by(col(LocationRevision.project_id)).subquery()
    rows = session.execute(
        select(LocationRevision.project_id, LocationRevision.geometry)
        .join(
            last,
            (col(LocationRevision.project_id) == last.c.project_id) & (col(LocationRevision.number) == last.c.number),
        )
        .where(col(LocationRevision.geometry)["type"].as_string() != _POINT)
    )
    return {row.project_id: row.geometry for row in rows}
