"""The catalogue of decisions of a year: what is planned is published before it starts. Decree 713, Article 3."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.decision import Language, Topic

FIRST_YEAR, LAST_YEAR = 1900, 9999


class CatalogueState(StrEnum):
    """Where an entry of the catalogue stands."""

    PLANNED = "planned"
    #: A decision has come of it, which is named.
    STARTED = "started"
    #: It will not be decided this year.
    DROPPED = "dropped"


class CatalogueEntry(Record, table=True):
    """A matter that is to be decided. What it is about is said in its revisions."""

    __tablename__ = "catalogue_entry"
    __table_args__ = (UniqueConstraint("year", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    #: The place among the entries of its year, from 1.
    number: int = Field(ge=1)
    recorded_at: AwareDatetime = Field(sa_type=Instant)


class CatalogueRevision(Record, table=True):
    """One statement about an entry."""

    __tablename__ = "catalogue_revision"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("(state = 'started') = (decision_id IS NOT NULL)", name="started_is_named"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    entry_id: int = Field(foreign_key="catalogue_entry.id")
    number: int = Field(ge=1)
    #: The department that will answer for it.
    department_id: str = Field(foreign_key="department.id")
    language: Language = Field(sa_type=codelist(Language))
    topic: Topic = Field(sa_type=codelist(Topic))
    title: str = Field(min_length=1, max_length=300)
    summary: str = Field(default="", max_length=5000, sa_type=Text)
    #: By when it is expected to be decided.
    planned_on: date | None = None
    state: CatalogueState = Field(default=CatalogueState.PLANNED, sa_type=codelist(CatalogueState))
    decision_id: str | None = Field(default=None, foreign_key="decision.id", index=True)
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def catalogue_subject(year: int, number: int) -> str:
    """Return how the ledger names an entry: ``cat/2026-3``."""
    return f"cat/{year}-{number}"
