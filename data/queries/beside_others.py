"""
What shows of one project when it is laid beside others: a picture used before, words said before, an odd place.

The same rules as of all projects at once (:mod:`data.queries.coincidences`), but in a millisecond: of other projects
only their pictures are read that are the same as one of this.
"""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data.queries.project_rows import ProjectRows
from data.queries.remembered import remembered
from data.queries.standings import Standings
from data.versions import PROJECTS
from models.clock import local_date
from models.document import DisclosureClass, Document, DocumentRevision, DocumentType, StoredFile
from models.project_coincidences import (
    CHINA,
    EARTH,
    Extent,
    PhotoFact,
    PlaceFact,
    TextFact,
    copied_reports,
    misplaced,
    reused_photos,
)
from models.project_contradiction import ProjectContradiction


def beside_others(session: Session, rows: ProjectRows, known: Standings) -> tuple[ProjectContradiction, ...]:
    """Return what does not fit. One statement where the project has pictures, of reports only those of its own."""
    texts = [
        TextFact(id=one.id, project=rows.id, period_end=one.period_end, body=one.body)
        for one in rows.reports
        if one.body and not one.unchanged
    ]
    places = [
        PlaceFact(project=rows.id, longitude=one.longitude, latitude=one.latitude) for one in rows.locations[-1:]
    ]
    found = [
        *reused_photos(_photos(session, rows)),
        *copied_reports(texts),
        *misplaced(places, _extent(session, known)),
    ]
    return tuple(one for one in found if one.project == rows.id)


def _photos(session: Session, rows: ProjectRows) -> list[PhotoFact]:
    latest = {said.document_id: (said, file) for said, file in rows.documents}
    own = [_photo(said, rows.id, file.sha256) for said, file in latest.values() if file.sha256 and _is_photo(said)]
    if not own:
        return []
    said: Any = DocumentRevision
    columns: Any = (said, Document.project_id, StoredFile.sha256)
    same = (
        select(*columns)
        .join(Document, col(Document.id) == said.document_id)
        .join(StoredFile, col(StoredFile.id) == said.stored_file_id)
        .where(col(StoredFile.sha256).in_(sorted({one.sha256 for one in own})), col(Document.project_id) != rows.id)
    )
    return own + [_photo(one, project, sha256) for one, project, sha256 in session.execute(same) if _is_photo(one)]


def _photo(said: DocumentRevision, project: str, sha256: str) -> PhotoFact:
    day = said.taken_on or local_date(said.recorded_at)
    return PhotoFact(id=said.document_id, project=project, sha256=sha256, on=day)


def _is_photo(said: DocumentRevision) -> bool:
    return said.type is DocumentType.ILLUSTRATION and said.disclosure is DisclosureClass.PUBLIC


def _extent(session: Session, known: Standings) -> Extent:
    """Return where projects can be: in China, unless most are elsewhere whichever way their places are read."""
    return remembered(session, PROJECTS, "extent", lambda: _most(known))


def _most(known: Standings) -> Extent:
    places = [one.standing.place for one in known.evaluated.values() if one.standing.place]
    inside = [CHINA.has(*place) or CHINA.has(place[1], place[0]) for place in places]
    return CHINA if 2 * sum(inside) >= len(inside) else EARTH
