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
    #: Whether its project, or its milestone, would first be published by the same proposal: then it has no number yet.
    is_of_new_project: bool = False
    is_of_new_milestone: bool = False

    @property
    def project_id(self) -> str:
        """The project, where it is one that is published."""
        kind, _, identifier = self.subject.partition("/")
        return identifier if kind == "prj" and not self.is_of_new_project else ""

    @property
    def moved_milestone(self) -> int | None:
        """The milestone of which it says what became of it; nothing where it says another thing."""
        is_moved = self.type in (EntryType.MILESTONE_CHANGED, EntryType.MILESTONE_REACHED)
        is_moved = is_moved and not self.is_of_new_milestone
        return int(self.about.split("/")[1]) if is_moved else None


def proposed_statements(
    session: Session, said: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[int, list[ProposedStatement]]:
    """Return the statements of proposals, by their numbers. Three statements, for as many as some hundreds."""
    made = {number: made_within(some) for number, some in said.items()}
    known = [one for number, some in said.items() for one in some if not made[number].has(one)]
    kept = _kept(session, {(one["subject"], about) for one in known for about in _around(one["about"])})
    titles = _titles(session, {one["subject"].partition("/")[2] for one in known})
    found: dict[int, list[ProposedStatement]] = {}
    for number, some in said.items():
        # Of two statements about one thing, the second follows the first.
        within = {(one["subject"], one["about"]): {**one["facts"], **one["words"]} for one in some}
        found[number] = [_statement(one, within, kept, titles, made[number]) for one in some]
    return found


@dataclass(frozen=True)
class MadeWithin:
    """What a proposal would first publish, by the numbers of its trial: by now they may be those of other things."""

    #: What its projects would be called, by matter.
    projects: Mapping[str, str]
    milestones: frozenset[int]

    def has(self, one: Mapping[str, Any]) -> bool:
        """Whether a statement is about something that nobody can have spoken of yet."""
        return one["subject"] in self.projects or milestone_in(one["about"]) in self.milestones


def made_within(said: Sequence[Mapping[str, Any]]) -> MadeWithin:
    """Return what the statements of a proposal would first publish."""
    projects = {
        one["subject"]: str(one["facts"]["title"])
        for one in said
        # Where a project lies is told under the same type.
        if one["type"] == EntryType.PROJECT_PUBLISHED and one["about"].startswith("project/")
    }
    planned = (milestone_in(one["about"]) for one in said if one["type"] == EntryType.MILESTONE_PLANNED)
    return MadeWithin(projects, frozenset(number for number in planned if number is not None))


def milestone_in(about: str) -> int | None:
    """Return the number of the milestone that something is about: 17 of ``milestone/17/3``; nothing for others."""
    kind, _, rest = about.partition("/")
    number = rest.partition("/")[0]
    return int(number) if kind == "milestone" and number.isdigit() else None


def _statement(
    one: Mapping[str, Any],
    within: Mapping[tuple[str, str], Mapping[str, Any]],
    kept: Mapping[tuple[str, str], Mapping[str, Any]],
    titles: Mapping[str, str],
    made: MadeWithin,
) -> ProposedStatement:
    subject, about = one["subject"], one["about"]
    # Of what it makes itself, whatever the record has under that number is about another thing.
    sources = (within,) if made.has(one) else (within, kept)
    earlier = ((known, (subject, other)) for other in _earlier(about) for known in sources)
    before = next((known[asked] for known, asked in earlier if asked in known), None)
    return ProposedStatement(
        type=EntryType(one["type"]),
        subject=subject,
        title=made.projects.get(subject) or titles.get(subject, ""),
        about=about,
        facts={**one["facts"], **one["words"]},
        before=before,
        is_overtaken=before is not None and not made.has(one) and (subject, about) in kept,
        is_of_new_project=subject in made.projects,
        is_of_new_milestone=milestone_in(about) in made.milestones,
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
