"""What is proposed, statement by statement, beside what is said of the same things now."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from data.present_rows import chunks
from models.disclosure import opened
from models.ledger import Audience, EntryType, LedgerDisclosure, LedgerEntry
from models.present import ProjectPresent
from models.project import project_subject


@dataclass(frozen=True, kw_only=True)
class ProposedStatement:
    """One thing that would be published, as the ledger would tell it, and what is said of the same thing now."""

    type: EntryType
    #: The matter, and what it is called now.
    subject: str
    title: str
    about: str
    facts: Mapping[str, Any]
    #: Nothing where it would be the first statement.
    before: Mapping[str, Any] | None
    #: Whether somebody said something of it since it was proposed.
    is_overtaken: bool

    @property
    def project_id(self) -> str:
        """The project, where it is one."""
        kind, _, identifier = self.subject.partition("/")
        return identifier if kind == "prj" else ""

    @property
    def moved_milestone(self) -> int | None:
        """The milestone of which it says what became of it; nothing where it says another thing."""
        is_moved = self.type in (EntryType.MILESTONE_CHANGED, EntryType.MILESTONE_REACHED)
        return int(self.about.split("/")[1]) if is_moved else None


def proposed_statements(
    session: Session, said: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[int, list[ProposedStatement]]:
    """Return the statements of proposals, by their numbers. Three statements, for as many as some hundreds."""
    every = [one for some in said.values() for one in some]
    kept = _kept(session, {(one["subject"], about) for one in every for about in _around(one["about"])})
    titles = _titles(session, {one["subject"].partition("/")[2] for one in every})
    found: dict[int, list[ProposedStatement]] = {}
    for number, some in said.items():
        # Of two statements about one thing, the second follows the first.
        within = {(one["subject"], one["about"]): {**one["facts"], **one["words"]} for one in some}
        found[number] = [_statement(one, {**kept, **within}, kept, titles) for one in some]
    return found


def _statement(
    one: Mapping[str, Any],
    known: Mapping[tuple[str, str], Mapping[str, Any]],
    kept: Mapping[tuple[str, str], Any],
    titles: Mapping[str, str],
) -> ProposedStatement:
    subject, about = one["subject"], one["about"]
    before = next((known[subject, other] for other in _earlier(about) if (subject, other) in known), None)
    return ProposedStatement(
        type=EntryType(one["type"]),
        subject=subject,
        title=titles.get(subject, ""),
        about=about,
        facts={**one["facts"], **one["words"]},
        before=before,
        is_overtaken=before is not None and (subject, about) in kept,
    )


def _around(about: str) -> Iterable[str]:
    return (about, *_earlier(about))


def _earlier(about: str) -> Sequence[str]:
    """Return what the statement before may be about: ``milestone/17/2`` for ``milestone/17/3``."""
    thing, _, number = about.rpartition("/")
    if not number.isdigit() or thing == "contract":
        return ()
    # What was signed has no number of its own: the first change follows the contract itself.
    return (f"{thing}/{int(number) - 1}",) if int(number) > 1 else (thing,)


def _kept(session: Session, asked: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the facts and words of ledger entries, by matter and what exactly they are about."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    # No database takes any number of values at once; most proposals are looked up with one statement.
    for some in chunks(sorted(asked)):
        found |= _kept_of(session, some)
    return found


def _kept_of(session: Session, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    entries = session.exec(
        select(LedgerEntry.idx, LedgerEntry.subject, LedgerEntry.about, LedgerEntry.body)
        .where(tuple_(col(LedgerEntry.subject), col(LedgerEntry.about)).in_(asked))
        .order_by(col(LedgerEntry.idx))
    ).all()
    words: dict[int, dict[str, Any]] = {}
    for index, disclosure in session.exec(
        select(LedgerDisclosure.idx, LedgerDisclosure.disclosure).where(
            col(LedgerDisclosure.idx).in_([entry[0] for entry in entries]),
            LedgerDisclosure.audience == Audience.PUBLIC,
        )
    ):
        name, value = opened(disclosure)
        words.setdefault(index, {})[name] = value
    return {
        (subject, about): {**json.loads(body)["pub"], **words.get(index, {})}
        for index, subject, about, body in entries
    }


def _titles(session: Session, projects: set[str]) -> dict[str, str]:
    rows = session.exec(
        select(ProjectPresent.project_id, ProjectPresent.title).where(col(ProjectPresent.project_id).in_(projects))
    )
    return {project_subject(identifier): title for identifier, title in rows}
