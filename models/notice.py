"""Evidence of publicity: that something was displayed, on which channel, from when to when, and who saw to it."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist


class NoticeChannel(StrEnum):
    """Where something is displayed. Decree 713, Articles 15 and 32."""

    GAZETTE = "gazette"
    WEBSITE = "website"
    NEW_MEDIA = "new_media"
    NEWSPAPER = "newspaper"
    RADIO = "radio"
    TELEVISION = "television"
    #: Put up where those concerned pass by.
    POSTED = "posted"
    OTHER = "other"


class Notice(Record, table=True):
    """One display of one thing on one channel."""

    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="begins_before_it_ends"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    #: The stage whose comment period it announces, or the key of a rule of publicity.
    of: str = Field(min_length=1, max_length=60)
    round: int = Field(default=1, ge=1)
    channel: NoticeChannel = Field(sa_type=codelist(NoticeChannel))
    #: Where it can be seen.
    link: str = Field(default="", max_length=2000)
    #: What shows it, where it is no link: the page of the newspaper, a picture.
    evidence: str = Field(default="", max_length=1000)
    from_on: date
    to_on: date | None = None
    confirmed_by: str = Field(min_length=1, max_length=300)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
