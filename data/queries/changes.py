"""What was published, newest first, as the ledger tells it: for feeds, and for the record of one matter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal, union_all
from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from models.decision import decision_subject
from models.disclosure import opened
from models.ledger import UNLISTED, Audience, EntryType, LedgerDisclosure, LedgerEntry, LedgerHead
from models.present import DecisionPresent, ProjectPresent
from models.project import project_subject

#: A link is one change in the records of two matters; where both are listed, once is enough.
_TOLD_BY_ITS_DECISION = and_(
    col(LedgerEntry.type) == EntryType.PROJECT_LINKED, col(LedgerEntry.subject).startswith("prj/")
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One published change."""

    #: The place in the ledger, from 0.
    index: int
    type: EntryType
    #: The matter: ``dec/2026-0041``, ``prj/P-1006``, ``dpt/water``.
    subject: str
    #: What the matter is called now; the empty text for what is no decision and no project.
    title: str
    #: What exactly was changed: ``milestone/17/2``.
    about: str
    #: The place among the entries on this matter, from 1.
    number: int
    at: datetime
    #: Whom the actor spoke for.
    department_id: str | None
    #: What is public by nature, by name.
    facts: Mapping[str, Any]
    #: What was published in words, by name. What was erased is missing.
    words: Mapping[str, Any]
    #: Where it was proposed before: when, and when a second person agreed.
    proposed_at: datetime | None = None
    approved_at: datetime | None = None

    @property
    def matter(self) -> tuple[str, str]:
        """The kind and the identifier of the matter: ``("prj", "P-1006")``."""
        kind, _, identifier = self.subject.partition("/")
        return kind, identifier


@dataclass(frozen=True, kw_only=True)
class Head:
    """How many entries the ledger has, and when the last one was written."""

    size: int
    last_time: datetime | None


def ledger_head(session: Session) -> Head:
    """Return how far the ledger is. It is further after every change of the record, and after nothing else."""
    # Asked with every request, so past the object mapper: it would take longer than the database.
    found = session.connection().execute(select(LedgerHead.size, LedgerHead.last_time)).first()
    return Head(size=found[0], last_time=found[1]) if found else Head(size=0, last_time=None)


def changes(
    session: Session,
    *,
    subject: str | None = None,
    department_id: str | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> Page[Change]:
    """
    Return published changes, newest first. Four statements.

    :param subject: the matter, as the ledger names it
    :param department_id: the department that the matters belong to now
    :param before: the index of the last change seen
    """
    # In the statement itself, not as parameters, so that a database can see that a partial index covers them.
    unlisted: Any = bindparam("unlisted", UNLISTED, expanding=True, literal_execute=True)
    statement = select(LedgerEntry.idx, LedgerEntry.body).where(col(LedgerEntry.type).not_in(unlisted))
    if subject is not None:
        statement = statement.where(LedgerEntry.subject == subject)
    if department_id is not None:
        statement = statement.where(col(LedgerEntry.subject).in_(_subjects_of(department_id)))
    if subject is None and department_id is None:
        statement = statement.where(~_TOLD_BY_ITS_DECISION)
    if before is not None:
        statement = statement.where(LedgerEntry.idx < before)
    # Within one matter both orders are the same; by ``sseq`` the index of the matter is read from its end.
    order = LedgerEntry.idx if subject is None else LedgerEntry.sseq
    entries = session.exec(statement.order_by(col(order).desc()).limit(size + 1)).all()
    bodies = [(index, json.loads(body)) for index, body in entries]
    titles = _titles(session, {body["subject"] for _, body in bodies})
    words = _words(session, [index for index, _ in bodies])
    found = [_change(index, body, titles, words.get(index, {})) for index, body in bodies]
    return page_of(found, size, lambda change: change.index)


def _change(index: int, body: Mapping[str, Any], titles: Mapping[str, str], words: Mapping[str, Any]) -> Change:
    return Change(
        index=index,
        type=EntryType(body["type"]),
        subject=body["subject"],
        title=titles.get(body["subject"], ""),
        about=body["about"],
        number=body["sseq"],
        at=datetime.fromisoformat(body["time"]),
        department_id=body["actor"].get("org"),
        facts=body["pub"],
        words=words,
        proposed_at=_instant(body["actor"].get("proposed_at")),
        approved_at=_instant(body["actor"].get("approved_at")),
    )


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _subjects_of(department_id: str) -> Any:
    decisions = select(literal("dec/") + col(DecisionPresent.decision_id)).where(
        DecisionPresent.department_id == department_id
    )
    projects = select(literal("prj/") + col(ProjectPresent.project_id)).where(
        ProjectPresent.department_id == department_id
    )
    return union_all(decisions, projects, select(literal(f"dpt/{department_id}")))


def _titles(session: Session, subjects: set[str]) -> dict[str, str]:
    identifiers = [subject.partition("/")[2] for subject in subjects]
    decisions = session.exec(
        select(DecisionPresent.decision_id, DecisionPresent.title).where(
            col(DecisionPresent.decision_id).in_(identifiers)
        )
    )
    projects = session.exec(
        select(ProjectPresent.project_id, ProjectPresent.title).where(col(ProjectPresent.project_id).in_(identifiers))
    )
    return {
        **{decision_subject(identifier): title for identifier, title in decisions},
        **{project_subject(identifier): title for identifier, title in projects},
    }


def _words(session: Session, indexes: Sequence[int]) -> dict[int, dict[str, Any]]:
    words: dict[int, dict[str, Any]] = {}
    disclosures = session.exec(
        select(LedgerDisclosure.idx, LedgerDisclosure.disclosure).where(
            col(LedgerDisclosure.idx).in_(indexes), LedgerDisclosure.audience == Audience.PUBLIC
        )
    )
    for index, disclosure in disclosures:
        name, value = opened(disclosure)
        words.setdefault(index, {})[name] = value
    return words
