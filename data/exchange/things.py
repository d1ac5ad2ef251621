"""JSON: GeoJSON (RFC 7946), OC4IDS packages, and plain lists of things."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from data.exchange.sources import GCJ02, GEOMETRY, MILESTONES, STANDARD, Content, Row, Source, demand_columns
from data.exchange.standard_milestones import has_history
from models.exceptions import UnreadableFileError

#: The names of WGS 84, longitude first, in the "crs" member of old GeoJSON.
_WGS84 = ("CRS84", "4326", "WGS84")
#: The names of GCJ-02.
_GCJ02 = ("GCJ02", "GCJ-02")
#: The columns of a project of OC4IDS, as rows carry it.
OC4IDS_COLUMNS = (
    "id",
    "identifiers",
    "title",
    "description",
    "purpose",
    "status",
    "sector",
    "region",
    GEOMETRY,
    "budget",
    "currency",
    "approved",
    MILESTONES,
    STANDARD,
)


def json_source(content: Content) -> Source:
    """
    Open a file of JSON.

    :raises UnreadableFileError: ``broken_json``, ``nan_in_json``, ``unknown_json`` if it is JSON of another kind,
        ``other_crs`` for coordinates that are not WGS 84, or as :meth:`Content.whole` does
    """
    read = _read(content.whole())
    if isinstance(read, Mapping) and read.get("type") in ("FeatureCollection", "Feature"):
        features = read.get("features") if read["type"] == "FeatureCollection" else [read]
        return _geojson(content, read, features)
    if isinstance(read, Mapping) and isinstance(read.get("projects"), list):
        return _source(content, "oc4ids", [_project(told) for told in read["projects"]], OC4IDS_COLUMNS)
    if isinstance(read, Mapping) and isinstance(told := (read.get("planning") or {}).get("project"), Mapping):
        return _source(content, "oc4ids", [_project(told)], OC4IDS_COLUMNS)
    if isinstance(read, list) and read and all(isinstance(thing, Mapping) for thing in read):
        return _source(content, "json", read, _columns(read))
    raise UnreadableFileError("unknown_json", ", ".join(map(str, read))[:200] if isinstance(read, Mapping) else "")


def _read(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise UnreadableFileError("broken_json", f"line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise UnreadableFileError("broken_json", "nested too deeply") from error


def _refuse_constant(name: str) -> Any:
    # RFC 8259, section 6: "such as Infinity and NaN are not permitted".
    raise UnreadableFileError("nan_in_json", name)


def _geojson(content: Content, read: Mapping[str, Any], features: Any) -> Source:
    crs = json.dumps(read.get("crs") or "CRS84").replace(" ", "")
    is_gcj02 = any(name in crs.upper() for name in _GCJ02)
    if not is_gcj02 and not any(name in crs for name in _WGS84):
        raise UnreadableFileError("other_crs", crs[:200])
    if not isinstance(features, list):
        raise UnreadableFileError("unknown_json", "no features")
    source = _source(content, "geojson", (things := [_feature(told) for told in features]), _columns(things))
    return replace(source, crs=GCJ02) if is_gcj02 else source


def _feature(told: Any) -> Mapping[str, Any]:
    if not isinstance(told, Mapping):
        return {GEOMETRY: told}
    properties = told.get("properties") or {}
    named = {"id": told["id"]} if "id" in told and "id" not in properties else {}
    return {**named, **properties, GEOMETRY: told.get("geometry")}


def _columns(things: list[Any]) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for thing in things:
        seen.update(dict.fromkeys(map(str, thing)))
    return demand_columns(list(seen))


def _source(content: Content, form: str, things: list[Any], columns: tuple[str, ...]) -> Source:
    def rows() -> Iterator[Row]:
        for number, thing in enumerate(things, 1):
            cells = {" ".join(str(key).split()): value for key, value in thing.items()}
            yield Row(number, cells, cells.pop("fault", "") if form == "oc4ids" else "")

    return Source(name=content.name, form=form, columns=columns, rows=rows)


def _project(told: Any) -> Mapping[str, Any]:
    """Return a project of OC4IDS as one row."""
    if not isinstance(told, Mapping):
        return {"fault": "not_a_project", "title": str(told)[:100]}
    places = [place for place in _listed(told.get("locations")) if isinstance(place, Mapping)]
    budget = _mapped(told.get("budget"))
    amount = _mapped(budget.get("amount") or told.get("totalValue"))
    return {
        "id": told.get("id"),
        "identifiers": [_mapped(name) for name in _listed(told.get("identifiers"))],
        # The standard demands an identifier alone.
        "title": told.get("title") or told.get("id"),
        "description": told.get("description"),
        "purpose": told.get("purpose"),
        "status": told.get("status"),
        "sector": next(iter(_listed(told.get("sector"))), ""),
        "region": next((region for place in places if (region := _mapped(place.get("address")).get("region"))), ""),
        GEOMETRY: _together([place["geometry"] for place in places if place.get("geometry")]),
        "budget": amount.get("amount"),
        "currency": amount.get("currency"),
        "approved": budget.get("approvalDate"),
        MILESTONES: _without_history(told),
        STANDARD: told,
    }


def _without_history(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the milestones of which a project says no more than their dates."""
    milestones = [_mapped(milestone) for milestone in _listed(told.get("milestones"))]
    return [one for one in milestones if not has_history(str(one.get("id")), told.get("forecasts"))]


def _together(geometries: list[Any]) -> Any:
    """Return one geometry: of several points all of them, otherwise the first that is more than a point."""
    points = [told for told in geometries if isinstance(told, Mapping) and told.get("type") == "Point"]
    if len(points) == len(geometries) > 1:
        return {"type": "MultiPoint", "coordinates": [point.get("coordinates") for point in points]}
    return next((told for told in geometries if told not in points), geometries[0] if geometries else "")


def _listed(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []


def _mapped(told: Any) -> Mapping[str, Any]:
    return told if isinstance(told, Mapping) else {}
