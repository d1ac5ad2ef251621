"""Ratings by somebody independent, which stand beside the light that is computed and never replace it."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist


class RatingLetter(StrEnum):
    """What the body says: the letters of the lights that a judgement can have."""

    GREEN = "G"
    YELLOW = "Y"
    RED = "R"


class IndependentRating(Record, table=True):
    """What a body that does not build a project says of it."""

    __tablename__ = "independent_rating"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("document_id IS NOT NULL OR length(link) > 0", name="can_be_read"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    number: int = Field(ge=1)
    #: Who rated it.
    body: str = Field(min_length=1, max_length=300)
    letter: RatingLetter = Field(sa_type=codelist(RatingLetter))
    rated_on: date
    #: Where its reasons can be read.
    document_id: int | None = Field(default=None, foreign_key="document.id")
    link: str = Field(default="", max_length=2000, schema_extra={"pattern": r"^(https?://\S+)?$"})
    statement: str = Field(default="", max_length=5000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
