"""The catalogue of decisions, as pages and feeds list it: what is planned, for when, and what became of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.catalogue_entries import CatalogueView
from data.queries.paging import PAGE_SIZE, Page
from models.catalogue import FIRST_YEAR, LAST_YEAR, CatalogueEntry, CatalogueRevision, CatalogueState
from models.present import DecisionPresent


class CatalogueStanding(StrEnum):
    """Where an entry stands, computed: of those that are planned still, the date of some has moved."""

    PLANNED = "planned"
    #: Planned still, but not for the day that was first said.
    MOVED = "moved"
    STARTED = "started"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class CatalogueFilter:
    """Which entries are asked for. What is not said does not matter."""

    year: int | None = None
    department_id: str | None = None
    standing: CatalogueStanding | None = None


@dataclass(frozen=True, kw_only=True)
class ListedEntry:
    """An entry of the catalogue, with everything that was said of it, first to last."""

    view: CatalogueView
    #: What the decision that has come of it is called now.
    decision_title: str | None

    @property
    def name(self) -> str:
        """How the ledger and addresses name it: ``2026-3``."""
        return f"{self.view.entry.year}-{self.view.entry.number}"

    @property
    def first_planned_on(self) -> date | None:
        """The day that was first said."""
        return self.view.revisions[0].planned_on

    @property
    def standing(self) -> CatalogueStanding:
        """Where it stands."""
        said = self.view.said
        if said.state is CatalogueState.PLANNED and said.planned_on != self.first_planned_on:
            return CatalogueStanding.MOVED
        return CatalogueStanding(said.state)

    def is_late(self, today: date) -> bool:
        """Whether its day has passed, and nothing has come of it."""
        said = self.view.said
        return said.state is CatalogueState.PLANNED and said.planned_on is not None and said.planned_on < today


_First, _Last = aliased(CatalogueRevision), aliased(CatalogueRevision)
_STANDING: ColumnElement[str] = case(
    (col(_Last.state) != CatalogueState.PLANNED, col(_Last.state)),
    (col(_Last.planned_on).is_distinct_from(_First.planned_on), CatalogueStanding.MOVED.value),
    else_=CatalogueStanding.PLANNED.value,
)


def list_catalogue(
    session: Session, asked: CatalogueFilter, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page[ListedEntry]:
    """
    Return entries, those of the latest year first, each year by its numbers. Three statements at most.

    :param after: the name of the last entry seen: ``2026-3``
    """
    statement = _entries(select(CatalogueEntry.id, CatalogueEntry.year, CatalogueEntry.number), asked)
    place = entry_name(after or "")
    if place is not None:
        year, number = place
        later = and_(col(CatalogueEntry.year) == year, col(CatalogueEntry.number) > number)
        statement = statement.where(or_(col(CatalogueEntry.year) < year, later))
    order = (col(CatalogueEntry.year).desc(), col(CatalogueEntry.number))
    rows = session.execute(statement.order_by(*order).limit(size + 1)).all()
    found = _listed(session, [row[0] for row in rows[:size]])
    return Page(found, found[-1].name if len(rows) > size else None)


def find_entry(session: Session, name: str) -> ListedEntry | None:
    """Return the entry of that name; nothing if there is none. Three statements at most."""
    place = entry_name(name)
    if place is None:
        return None
    year, number = place
    row = session.exec(
        select(CatalogueEntry.id).where(CatalogueEntry.year == year, CatalogueEntry.number == number)
    ).first()
    return _listed(session, [row])[0] if row is not None else None


def count_catalogue(session: Session, asked: CatalogueFilter) -> Mapping[CatalogueStanding, int]:
    """Return how many entries stand where, among those that the other filters leave."""
    others = CatalogueFilter(year=asked.year, department_id=asked.department_id)
    rows = session.execute(_entries(select(_STANDING, func.count()), others).group_by(_STANDING))
    return dict.fromkeys(CatalogueStanding, 0) | {CatalogueStanding(standing): count for standing, count in rows}


def catalogue_years(session: Session) -> Mapping[int, int]:
    """Return for which years there is a catalogue, the latest first, and how many entries each has."""
    year = col(CatalogueEntry.year)
    return dict(session.exec(select(year, func.count()).group_by(year).order_by(year.desc())).all())


def entry_name(name: str) -> tuple[int, int] | None:
    """Return the year and the number that a name tells; nothing if it tells none."""
    year, _, number = name.partition("-")
    if not (_is_number(year) and _is_number(number)) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    return int(year), int(number)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9  # noqa: PLR2004 - more than any year has.


def _entries(statement: Any, asked: CatalogueFilter) -> Any:
    later = aliased(CatalogueRevision)
    superseded = select(later.id).where(
        col(later.entry_id) == col(_Last.entry_id), col(later.number) > col(_Last.number)
    )
    statement = (
        statement.select_from(CatalogueEntry)
        .join(_First, and_(col(_First.entry_id) == col(CatalogueEntry.id), col(_First.number) == 1))
        .join(_Last, and_(col(_Last.entry_id) == col(CatalogueEntry.id), ~superseded.exists()))
    )
    if asked.year is not None:
        statement = statement.where(CatalogueEntry.year == asked.year)
    if asked.department_id is not None:
        statement = statement.where(_Last.department_id == asked.department_id)
    if asked.standing is not None:
        statement = statement.where(asked.standing.value == _STANDING)
    return statement


def _listed(session: Session, identifiers: Sequence[int]) -> list[ListedEntry]:
    entries: dict[int, CatalogueEntry] = {}
    said: dict[int, list[CatalogueRevision]] = defaultdict(list)
    rows = session.exec(
        select(CatalogueEntry, CatalogueRevision)
        .join(CatalogueRevision)
        .where(col(CatalogueEntry.id).in_(identifiers))
        .order_by(col(CatalogueRevision.number))
    )
    for entry, revision in rows:
        entries[entry.id] = entry
        said[entry.id].append(revision)
    titles = _titles(session, {one[-1].decision_id for one in said.values()} - {None})
    return [
        ListedEntry(
            view=CatalogueView(entry=entries[number], revisions=said[number]),
            decision_title=titles.get(said[number][-1].decision_id),
        )
        for number in identifiers
    ]


def _titles(session: Session, decisions: set[str | None]) -> dict[str | None, str]:
    if not decisions:
        return {}
    rows = session.exec(
        select(DecisionPresent.decision_id, DecisionPresent.title).where(
            col(DecisionPresent.decision_id).in_(decisions)
        )
    )
    return dict(rows.all())
