"""Projects as GeoJSON features (RFC 7946): WGS 84, longitude before latitude."""

from collections.abc import Mapping
from typing import Any

from data.feeds.project_json import as_summary
from data.queries.departments import DepartmentName
from data.queries.projects import ProjectSummary
from models.geometry import right_handed

OPENING = b'{"type":"FeatureCollection","features":['
CLOSING = b"]}"


def as_feature(
    summary: ProjectSummary, geometry: Mapping[str, Any] | None, names: Mapping[str, DepartmentName], site: str
) -> dict[str, Any]:
    """Return a project. One whose place nobody has stated has a null geometry (section 3.2), and is not left out."""
    properties = as_summary(summary, names, site)
    for place in ("longitude", "latitude"):
        del properties[place]
    # What was said before rings were turned when they are taken is turned when it is read.
    turned = right_handed(geometry) if geometry else None
    return {"type": "Feature", "id": summary.id, "geometry": turned, "properties": properties}
