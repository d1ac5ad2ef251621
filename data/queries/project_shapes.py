"""Projects that are lines or areas on a map: what a point does not say of where they are."""

from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

from sqlmodel import Session, col, func, select

from data.queries.keeping import kept_while
from models.clock import end_of_day
from models.project import LocationRevision

_POINT = "Point"
#: What was said last of where any project is.
_LAST: Any = (
    select(LocationRevision.id, LocationRevision.recorded_at).order_by(col(LocationRevision.id).desc()).limit(1)
)


def project_shapes(session: Session, as_of: date | None = None) -> Mapping[str, Mapping[str, Any]]:
    """
    Return the GeoJSON geometries of all projects that are no points, by project. One statement, or two.

    :param as_of: by the end of which day; nothing for the present, of which they are kept until one is said to lie
        elsewhere
    """
    if as_of is None:
        return kept_while(session, "shapes", (), _Present).shapes(session)
    return _shapes(session, as_of)


class _Present:
    """Those of the present, of one database: thousands of outlines, of which hardly a change changes any."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: Any = None
        self._found: Mapping[str, Mapping[str, Any]] = {}

    def shapes(self, session: Session) -> Mapping[str, Mapping[str, Any]]:
        """Return them, read again where anything was said of a place since."""
        last = session.execute(_LAST).first()
        with self._lock:
            if last != self._last:
                self._last, self._found = last, _shapes(session, None)
            return self._found


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
