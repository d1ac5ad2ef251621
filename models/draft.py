"""Drafts: immutable versions of a text, divided into clauses that keep their identity across versions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.clauses import ClauseText, split_into_clauses
from models.decision import Language
from models.exceptions import InvalidValueError

#: The longest text of a draft: the German building code has about 470,000 characters.
LONGEST_DRAFT = 1_000_000


class DraftVersion(Record, table=True):
    """One version of the text of a draft."""

    __tablename__ = "draft_version"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    language: Language = Field(sa_type=codelist(Language))
    #: What this version changes, and why.
    reason: str = Field(default="", max_length=5000)
    #: Whether it differs so much from the one before that people would say something else about it.
    is_materially_changed: bool = False
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class Clause(Record, table=True):
    """One clause of one version."""

    __table_args__ = (UniqueConstraint("draft_version_id", "position"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    draft_version_id: int = Field(foreign_key="draft_version.id")
    #: The place in the text, from 1.
    position: int = Field(ge=1)
    #: The identity of the clause across versions: the position at which it first appeared, and in which version.
    key: str = Field(max_length=20)
    label: str = Field(default="", max_length=40)
    heading: str = Field(default="", max_length=500)
    body: str = Field(sa_type=Text)


def clauses_of(text: str, *, before: Sequence[Clause], version_number: int) -> list[Clause]:
    """
    Return the clauses of a new version, each with the key of the clause it continues.

    A clause continues an earlier one if its words are the same; else if its label is, and nothing else took it.
    The clauses come without the number of their version, which is known once it is kept.

    :raises InvalidValueError: if the text is empty or longer than :data:`LONGEST_DRAFT`
    """
    if not text.strip() or len(text) > LONGEST_DRAFT:
        raise InvalidValueError("text", len(text))
    texts = split_into_clauses(text)
    keys = _continued(texts, before)
    return [
        Clause(
            draft_version_id=0,
            position=position,
            key=keys.get(position, f"{version_number}.{position}"),
            label=clause.label,
            heading=clause.heading[:500],
            body=clause.text,
        )
        for position, clause in enumerate(texts, 1)
    ]


def _continued(texts: Sequence[ClauseText], before: Sequence[Clause]) -> dict[int, str]:
    """Return, by position in the new text, the key of the clause continued there."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for new_mark, old_mark in _MARKS:
        waiting: dict[str, list[str]] = {}
        for clause in before:
            if clause.key not in taken and old_mark(clause):
                waiting.setdefault(old_mark(clause), []).append(clause.key)
        for position, text in enumerate(texts, 1):
            if position not in keys and waiting.get(new_mark(text)):
                keys[position] = waiting[new_mark(text)].pop(0)
                taken.add(keys[position])
    return keys


#: What makes a clause the same as an earlier one, strongest first.
_MARKS: tuple[tuple[Callable[[ClauseText], str], Callable[[Clause], str]], ...] = (
    (lambda new: new.text, lambda old: old.body),
    (lambda new: new.label, lambda old: old.label),
    (lambda new: new.heading, lambda old: old.heading),
)


def version(*, decision_id: str, number: int, language: Language, reason: str, at: datetime) -> DraftVersion:
    """Return a version that holds no clauses yet."""
    return DraftVersion(
        decision_id=decision_id, number=number, language=language, reason=reason.strip(), recorded_at=at
    )
