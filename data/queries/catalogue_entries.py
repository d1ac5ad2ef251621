"""Entries of the catalogue of decisions, with everything that was said of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.queries.docket_record import said
from models.catalogue import CatalogueEntry, CatalogueRevision


@dataclass(frozen=True, kw_only=True)
class CatalogueView:
    """An entry of the catalogue, with everything that was said of it, first to last."""

    entry: CatalogueEntry
    revisions: Sequence[CatalogueRevision]

    @property
    def said(self) -> CatalogueRevision:
        """What is said of it now."""
        return self.revisions[-1]


def catalogue(session: Session, *, year: int) -> Sequence[CatalogueView]:
    """Return the entries of a year, in order. One statement."""
    statement = select(CatalogueEntry, CatalogueRevision).join(CatalogueRevision).where(CatalogueEntry.year == year)
    found = session.exec(statement.order_by(col(CatalogueRevision.number))).all()
    return _in_catalogue({entry.id: entry for entry, _ in found}.values(), [revision for _, revision in found])


def entries_of(session: Session, decision_id: str) -> Sequence[CatalogueView]:
    """Return the entries of the catalogue that a decision has come of, in order."""
    return _in_catalogue(said(session, decision_id, CatalogueEntry), said(session, decision_id, CatalogueRevision))


def _in_catalogue(
    entries: Iterable[CatalogueEntry], revisions: Iterable[CatalogueRevision]
) -> Sequence[CatalogueView]:
    by_entry: dict[int, list[CatalogueRevision]] = defaultdict(list)
    for revision in revisions:
        by_entry[revision.entry_id].append(revision)
    ordered = sorted(entries, key=lambda entry: (entry.year, entry.number))
    return [CatalogueView(entry=entry, revisions=by_entry[entry.id]) for entry in ordered]
