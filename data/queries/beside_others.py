"""What shows of projects beside all others: a picture used before, words said before, an odd place, a burst."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from data.queries.coincidences import Found, bursts_of_moves, copied_words
from data.queries.keeping import kept_while
from data.queries.portfolio_columns import Numbers, Rows
from data.queries.remembered import remembered
from data.queries.standing import Standing
from data.queries.standings import Standings
from data.versions import PROJECTS
from models.base import Instant
from models.clock import end_of_day, local_date
from models.document import DisclosureClass, Document, DocumentRevision, DocumentType, StoredFile
from models.project_coincidences import CHINA, EARTH, Extent, PhotoFact, PlaceFact, misplaced, reused_photos
from models.project_contradiction import ProjectContradiction

#: So many places outside are slips of the pen, or one in so many: those of a neighbouring country are no mistake.
_FEW_OUTSIDE, _ONE_IN = 3, 20


def beside_others(session: Session, known: Standings, shown: Mapping[str, Standing], day: date | None = None) -> Found:
    """
    Return what does not fit beside other projects, by project. One statement, and one where something has changed.

    A burst of moves is told of each project that its department moved in it.

    :param known: how all projects stand at present
    :param shown: how those stand of which it is asked, on that day
    :param day: by what was on record at the end of which day; nothing for the present
    """
    if not shown:
        return {}
    extent = _extent(known)
    places = [
        PlaceFact(project=name, longitude=one.place[0], latitude=one.place[1])
        for name, one in shown.items()
        if one.place is not None
    ]
    found = _Beside(
        known,
        [_reused(_photos(session, sorted(shown), day)), copied_words(session, day), _misplaced(places, extent)],
        bursts_of_moves(session, known, day),
    )
    return {name: found.get(name, ()) for name in shown}


def all_beside_others(session: Session, known: Standings) -> Found:
    """
    Return what does not fit beside other projects, by project, of all of which anything does not.

    Three statements where something has changed, and none where nothing has.

    :param known: how all projects stand at present
    """

    def read() -> Found:
        of_all = [_all_reused(session), copied_words(session), _all_misplaced(known)]
        return _Beside(known, of_all, bursts_of_moves(session, known))

    return remembered(session, PROJECTS, ("beside others", known.on), read)


class _Beside(Mapping[str, tuple[ProjectContradiction, ...]]):
    """What does not fit, by project. Of each it is gathered when it is asked for: a page shows few of thousands."""

    def __init__(self, known: Standings, found: Sequence[Found], bursts: Callable[[str], Found]) -> None:
        self._known, self._found, self._bursts = known, found, bursts

    def __getitem__(self, name: str) -> tuple[ProjectContradiction, ...]:
        department = self._known.evaluated[name].standing.said.department_id
        found = tuple(one for some in (*self._found, self._bursts(department)) for one in some.get(name, ()))
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._known if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _all_misplaced(known: Standings) -> Found:
    extent, x, y = _extent(known), known.columns.longitude, known.columns.latitude
    outside = np.flatnonzero(~np.isnan(x) & ~_lie_in(extent, x, y)).tolist()
    places = [
        PlaceFact(project=known.columns.ids[row], longitude=float(x[row]), latitude=float(y[row])) for row in outside
    ]
    return _misplaced(places, extent)


def _misplaced(places: Iterable[PlaceFact], extent: Extent) -> Found:
    return {one.project: (one,) for one in misplaced(places, extent)}


def _all_reused(session: Session) -> Found:
    # All pictures are compared again when anything was said of a document, and not at every other change.
    last = session.connection().execute(select(func.max(col(DocumentRevision.id)))).scalar()
    return kept_while(session, ("pictures", last), (), lambda: _reused(_photos(session, None, None)))


def _reused(photos: Sequence[PhotoFact]) -> Found:
    found: dict[str, list[ProjectContradiction]] = defaultdict(list)
    for one in reused_photos(photos):
        found[one.project].append(one)
    return {name: tuple(each) for name, each in found.items()}


def _photos(session: Session, projects: Sequence[str] | None, day: date | None) -> list[PhotoFact]:
    """Return the pictures of these projects, and those of others that are the same; all, where none are named."""
    statement = _same_pictures(is_past=day is not None, is_of_all=projects is None)
    asked = {"projects": projects, "before": None if day is None else end_of_day(day)}
    return [
        PhotoFact(
            id=row.document_id,
            project=row.project_id,
            sha256=row.sha256,
            on=row.taken_on or local_date(row.recorded_at),
        )
        for row in session.connection().execute(statement, {name: one for name, one in asked.items() if one})
    ]


@cache
def _same_pictures(*, is_past: bool, is_of_all: bool) -> Any:
    # Put together once: that takes ten times as long as to run it.
    said: Any = DocumentRevision
    own: Any = aliased(StoredFile)
    own_said, own_document, later = aliased(said), aliased(Document), aliased(said)
    before: Any = bindparam("before", type_=Instant)
    superseded = select(later.id).where(
        later.document_id == said.document_id,
        later.number > said.number,
        *((later.recorded_at < before,) if is_past else ()),
    )
    pictures = (
        select(own.sha256)
        .join(own_said, own_said.stored_file_id == own.id)
        .join(own_document, col(own_document.id) == own_said.document_id)
        .where(
            col(own_document.project_id).in_(bindparam("projects", expanding=True)),
            own_said.type == DocumentType.ILLUSTRATION,
        )
    )
    columns: Any = (said.document_id, said.taken_on, said.recorded_at, Document.project_id, StoredFile.sha256)
    return (
        select(*columns)
        .join(Document, col(Document.id) == said.document_id)
        .join(StoredFile, col(StoredFile.id) == said.stored_file_id)
        .where(
            *(() if is_of_all else (col(StoredFile.sha256).in_(pictures),)),
            col(Document.project_id).is_not(None),
            said.type == DocumentType.ILLUSTRATION,
            said.disclosure == DisclosureClass.PUBLIC,
            ~superseded.exists(),
            *((said.recorded_at < before,) if is_past else ()),
        )
    )


def _extent(known: Standings) -> Extent:
    """Return where projects can be: in China, unless many lie elsewhere whichever way their places are read."""
    x, y = known.columns.longitude, known.columns.latitude
    placed, inside = int((~np.isnan(x)).sum()), int((_lie_in(CHINA, x, y) | _lie_in(CHINA, y, x)).sum())
    # Most of India lies in the same rectangle.
    is_few = placed - inside <= max(_FEW_OUTSIDE, placed // _ONE_IN)
    return CHINA if is_few and 2 * inside >= placed else EARTH


def _lie_in(extent: Extent, x: Numbers, y: Numbers) -> Rows:
    return (extent.west <= x) & (x <= extent.east) & (extent.south <= y) & (y <= extent.north)
