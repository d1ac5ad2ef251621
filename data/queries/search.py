"""Searching everything that is published, in Chinese and English in one box."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import TextClause, bindparam, text
from sqlmodel import Session, col, select

from data.queries.paging import Page
from data.search import KIND_BIT, Kind, Query, decision_of, project_of
from models.catalogue import CatalogueEntry, CatalogueRevision
from models.comment import Comment, CommentText
from models.decision import DecisionRevision
from models.draft import Clause, DraftVersion
from models.hearing import HearingStep
from models.milestone import Milestone
from models.present import DecisionPresent, ProjectPresent
from models.project import ProjectRevision
from models.question import ExpertQuestion, QuestionText

#: How many hits a page has.
_PAGE = 20
#: Of what is found most. Put together once, and read without objects, which would take longer than the search.
_NUMBERS: Any = bindparam("numbers", expanding=True)
_COMMENTS = (
    select(Comment.id, CommentText.body, DecisionPresent.decision_id, DecisionPresent.title)
    .join(CommentText, col(CommentText.comment_id) == col(Comment.id))
    .join(DecisionPresent, col(DecisionPresent.decision_id) == col(Comment.decision_id))
    .where(col(Comment.id).in_(_NUMBERS))
)
_MILESTONES = (
    select(Milestone.id, Milestone.title, ProjectPresent.project_id, ProjectPresent.title)
    .join(ProjectPresent, col(ProjectPresent.project_id) == col(Milestone.project_id))
    .where(col(Milestone.id).in_(_NUMBERS))
)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something that was found, and where it is."""

    rowid: int
    kind: Kind
    title: str
    #: The words among which it was found.
    excerpt: str
    decision_id: str | None = None
    project_id: str | None = None
    clause_id: int | None = None
    #: Of a planned matter: its year and its number.
    catalogue: str | None = None


def search(session: Session, query: Query, *, kind: Kind | None = None, after: int | None = None) -> Page[Hit]:
    """
    Return what holds all words of the query.

    Decisions come first, then projects, clauses, milestones, comments, what is planned, hearings and questions, each
    newest first. Chinese is found wherever two characters stand side by side, English by the beginnings of words.
    """
    if not query.words:
        return Page(())
    rowids = _rowids(session, query, kind=kind, after=after)
    found: dict[int, Hit] = {}
    for one in Kind:
        numbers = [rowid & ((1 << KIND_BIT) - 1) for rowid in rowids if rowid >> KIND_BIT == one]
        if numbers:
            found.update({(one << KIND_BIT) | number: hit for number, hit in _READERS[one](session, numbers)})
    hits = [found[rowid] for rowid in rowids[:_PAGE] if rowid in found]
    return Page(hits, str(rowids[_PAGE - 1]) if len(rowids) > _PAGE else None)


def _rowids(session: Session, query: Query, *, kind: Kind | None, after: int | None) -> list[int]:
    low = (min(Kind) if kind is None else kind) << KIND_BIT
    high = ((max(Kind) if kind is None else kind) + 1) << KIND_BIT
    if session.get_bind().dialect.name == "sqlite":
        found, words = "search_index MATCH :words", query.for_sqlite()
    else:
        found, words = "tokens @@ CAST(:words AS tsquery)", query.for_postgresql()
    values = {"words": words, "low": low, "high": high if after is None else min(high, after), "size": _PAGE + 1}
    return [row[0] for row in session.connection().execute(_finding(found), values)]


@cache
def _finding(found: str) -> TextClause:
    return text(
        f"SELECT rowid FROM search_index WHERE {found} AND rowid >= :low AND rowid < :high "  # noqa: S608 - ours.
        "ORDER BY rowid DESC LIMIT :size"
    )


def _hit(number: int, kind: Kind, title: str, excerpt: str, **place: Any) -> tuple[int, Hit]:
    return number, Hit(rowid=(kind << KIND_BIT) | number, kind=kind, title=title, excerpt=excerpt, **place)


def _decisions(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    by_id = {decision_of(number): number for number in numbers}
    rows = session.exec(
        select(DecisionPresent.decision_id, DecisionPresent.title, DecisionRevision.summary)
        .join(DecisionRevision, col(DecisionRevision.id) == col(DecisionPresent.revision_id))
        .where(col(DecisionPresent.decision_id).in_(by_id))
    )
    return [
        _hit(by_id[decision_id], Kind.DECISION, title, summary, decision_id=decision_id)
        for decision_id, title, summary in rows
    ]


def _projects(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    by_id = {project_of(number): number for number in numbers}
    rows = session.exec(
        select(ProjectPresent.project_id, ProjectPresent.title, ProjectRevision.description)
        .join(ProjectRevision, col(ProjectRevision.id) == col(ProjectPresent.revision_id))
        .where(col(ProjectPresent.project_id).in_(by_id))
    )
    return [
        _hit(by_id[project_id], Kind.PROJECT, title, description, project_id=project_id)
        for project_id, title, description in rows
    ]


def _clauses(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    rows = session.exec(
        select(Clause, DecisionPresent.decision_id, DecisionPresent.title)
        .join(DraftVersion, col(DraftVersion.id) == col(Clause.draft_version_id))
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(DraftVersion.decision_id))
        .where(col(Clause.id).in_(numbers))
    )
    return [
        _hit(
            clause.id,
            Kind.CLAUSE,
            " ".join(part for part in (title, clause.label, clause.heading) if part),
            clause.body,
            decision_id=decision_id,
            clause_id=clause.id,
        )
        for clause, decision_id, title in rows
    ]


def _milestones(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    rows = session.connection().execute(_MILESTONES, {"numbers": numbers})
    return [
        _hit(number, Kind.MILESTONE, title, project, project_id=project_id)
        for number, title, project_id, project in rows
    ]


def _comments(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    rows = session.connection().execute(_COMMENTS, {"numbers": numbers})
    return [
        _hit(number, Kind.COMMENT, title, body, decision_id=decision_id) for number, body, decision_id, title in rows
    ]


def _catalogue(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    # The texts of the statement that holds: of each entry, the last one is read last.
    rows = session.exec(
        select(CatalogueEntry, CatalogueRevision)
        .join(CatalogueRevision)
        .where(col(CatalogueEntry.id).in_(numbers))
        .order_by(col(CatalogueRevision.number))
    )
    return [
        _hit(entry.id, Kind.CATALOGUE, said.title, said.summary, catalogue=f"{entry.year}-{entry.number}")
        for entry, said in rows
    ]


def _hearings(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    rows = session.exec(
        select(HearingStep.id, HearingStep.statement, DecisionPresent.decision_id, DecisionPresent.title)
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(HearingStep.decision_id))
        .where(col(HearingStep.id).in_(numbers))
    )
    return [
        _hit(number, Kind.HEARING, title, statement, decision_id=decision_id)
        for number, statement, decision_id, title in rows
    ]


def _questions(session: Session, numbers: Sequence[int]) -> list[tuple[int, Hit]]:
    rows = session.exec(
        select(ExpertQuestion.id, QuestionText.body, DecisionPresent.decision_id, DecisionPresent.title)
        .join(QuestionText, col(QuestionText.question_id) == col(ExpertQuestion.id))
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(ExpertQuestion.decision_id))
        .where(col(ExpertQuestion.id).in_(numbers))
    )
    return [
        _hit(number, Kind.QUESTION, title, body, decision_id=decision_id) for number, body, decision_id, title in rows
    ]


_READERS: dict[Kind, Callable[[Session, Sequence[int]], list[tuple[int, Hit]]]] = {
    Kind.DECISION: _decisions,
    Kind.PROJECT: _projects,
    Kind.CLAUSE: _clauses,
    Kind.MILESTONE: _milestones,
    Kind.COMMENT: _comments,
    Kind.CATALOGUE: _catalogue,
    Kind.HEARING: _hearings,
    Kind.QUESTION: _questions,
}
