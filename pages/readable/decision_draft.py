"""The draft of a decision by clauses, and how each differs from the version before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from data.queries.decision_view import DecisionView, clauses_of_versions, draft_versions
from models.draft import Clause, DraftVersion
from pages.readable import Visit
from pages.readable.redline import Piece, redline
from pages.rendering import render


@dataclass(frozen=True, kw_only=True)
class ClauseShown:
    """A clause, and what became of it since the version before."""

    clause: Clause
    comments: int
    #: Whether there was no such clause before; never in a first version.
    is_new: bool = False
    #: What differs from the version before; nothing where the words are the same.
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True, kw_only=True)
class DraftShown:
    """One version of a draft."""

    versions: Sequence[DraftVersion]
    version: DraftVersion
    clauses: Sequence[ClauseShown]
    #: Clauses of the version before that are in this one no more.
    dropped: Sequence[Clause]
    #: The one clause that is asked for.
    asked: str | None

    @property
    def is_latest(self) -> bool:
        """Whether it is the version that holds."""
        return self.version is self.versions[-1]


def draft_shown(session: Session, view: DecisionView, visit: Visit, *, is_open_tab: bool = True) -> DraftShown | None:
    """
    Return the version that the address asks for; the latest where it asks for none. One statement.

    :param is_open_tab: whether ``clause`` in the address is meant for the draft
    """
    if view.present.draft_version_id is None:
        return None
    versions = draft_versions(session, view.id)
    number = visit.query.get("version", "")
    version = next((version for version in versions if str(version.number) == number), versions[-1])
    earlier = versions[version.number - 2 : version.number - 1]
    by_version = clauses_of_versions(session, version.id, *(one.id for one in earlier))
    clauses, before = by_version[version.id], by_version[earlier[0].id] if earlier else ()
    asked = visit.query.get("clause") if is_open_tab else None
    keys = {clause.key for clause in clauses}
    return DraftShown(
        versions=versions,
        version=version,
        clauses=_compared(clauses, before, view.tally.by_clause),
        dropped=[clause for clause in before if clause.key not in keys],
        asked=asked if asked in keys else None,
    )


def draft_html(shown: DraftShown | None, view: DecisionView, visit: Visit) -> str:
    """Return a draft as HTML."""
    return render("decision_draft.html", visit.language, draft=shown, view=view)


def _compared(clauses: Sequence[Clause], before: Sequence[Clause], comments: Mapping[str, int]) -> list[ClauseShown]:
    earlier = {clause.key: clause.body for clause in before}
    shown = []
    for clause in clauses:
        was = earlier.get(clause.key)
        pieces = redline(was, clause.body) if was is not None and was != clause.body else ()
        is_new = bool(before) and was is None
        shown.append(ClauseShown(clause=clause, comments=comments.get(clause.key, 0), is_new=is_new, pieces=pieces))
    return shown
