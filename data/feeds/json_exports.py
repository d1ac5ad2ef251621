"""Projects as GeoJSON and OC4IDS, and decisions as lines of JSON, written as they are read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from data.feeds import geojson, oc4ids
from data.feeds.decision_json import Docket, as_decision
from data.feeds.dockets import docket_of
from data.feeds.oc4ids_documents import lies_elsewhere
from data.feeds.parts import Part, Source, batches
from data.feeds.summaries import summaries
from data.feeds.written import as_json
from data.queries import everything
from data.queries.belongings import belongings, contents_of
from data.queries.changes import ledger_head
from data.queries.departments import DepartmentName, departments
from data.queries.documents import DocumentSummary
from data.queries.project_shapes import project_shapes
from data.queries.projects import ProjectSummary
from models.clock import end_of_day

#: How many are read at once: of each, what makes some 500 kB.
_PLACES = 1_000
_PROJECTS = 100
_DECISIONS = 20
_BETWEEN = b",\n"


def places(source: Source) -> Iterator[Part]:
    """Return a collection of features, one for each project."""
    if source.as_of is not None:
        return _past_places(source, source.as_of)
    with source.reading() as session:
        names = departments(session)

    def read(session: Session, after: str) -> list[tuple[ProjectSummary, Any]]:
        return everything.project_places(session, today=source.today, after=after, size=_PLACES)

    found = batches(source, read, first="", key=lambda place: place[0].id, size=_PLACES)
    features = ([geojson.as_feature(*place, names, source.site) for place in some] for some in found)
    return _array(geojson.OPENING, features, geojson.CLOSING)


def _past_places(source: Source, day: date) -> Iterator[Part]:
    with source.reading() as session:
        names, shapes = departments(session), project_shapes(session, day)
    features = (
        [geojson.as_feature(one, shapes.get(one.id) or _point(one), names, source.site) for one in some]
        for some in summaries(source, _PLACES)
    )
    return _array(geojson.OPENING, features, geojson.CLOSING)


def _point(one: ProjectSummary) -> dict[str, Any] | None:
    return None if one.longitude is None else {"type": "Point", "coordinates": [one.longitude, one.latitude]}


def package(source: Source) -> Iterator[Part]:
    """Return a package of all projects. One of no projects is not valid: the standard wants at least one."""
    with source.reading() as session:
        published = ledger_head(session).last_time or source.now
        names = departments(session)
    if source.as_of is not None:
        published = min(published, end_of_day(source.as_of))
    opening = oc4ids.opening(site=source.site, published=published, as_of=source.as_of)
    return _array(opening, (_projects(source, some, names) for some in summaries(source, _PROJECTS)), oc4ids.CLOSING)


def _projects(
    source: Source, some: Sequence[ProjectSummary], names: Mapping[str, DepartmentName]
) -> list[dict[str, Any]]:
    identifiers = [one.id for one in some]
    with source.knowing() as session:
        views = everything.project_views(session, some)
        documents, more = everything.documents_by_project(session, identifiers), belongings(session, identifiers)
        elsewhere = _elsewhere(session, documents)
        of: dict[str, Any] = {"site": source.site, "today": source.today, "elsewhere": elsewhere}
        return [
            oc4ids.as_project(view, documents.get(one, []), names, more=more[one], **of)
            for one, view in zip(identifiers, views, strict=True)
        ]


def dockets(source: Source) -> Iterator[Part]:
    """Return one line of JSON for each decision, with everything that belongs to it but the comments."""
    with source.reading() as session:
        names = departments(session)

    def read(session: Session, after: str) -> list[Docket]:
        some = everything.decision_ids(session, after=after, size=_DECISIONS)
        found = (docket_of(session, decision_id, now=source.now) for decision_id in some)
        return [docket for docket in found if docket is not None]

    for some in batches(source, read, first="", key=lambda docket: docket.view.id, size=_DECISIONS):
        lines = [as_json(as_decision(docket, names, source.site, source.today)) for docket in some]
        yield Part(b"\n".join(lines) + b"\n", len(lines))


def _elsewhere(session: Session, documents: Mapping[str, Sequence[DocumentSummary]]) -> dict[int, bytes]:
    """Return what is kept of documents that lie elsewhere."""
    addresses = {
        one.id: one.address for some in documents.values() for one in some if one.address and lies_elsewhere(one)
    }
    return contents_of(session, addresses)


def _array(opening: bytes, found: Iterable[Sequence[Any]], closing: bytes) -> Iterator[Part]:
    yield Part(opening, 0)
    between = b""
    for some in found:
        yield Part(between + _BETWEEN.join(as_json(one) for one in some), len(some))
        between = _BETWEEN
    yield Part(closing, 0)
