"""
Comments, as received, and the points they make.

A comment is never altered and never disappears. Its words stand apart from the fact that it was received, so that
personal data can one day be erased while the proof of everything else still holds.
"""

import base64
import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Index, Text
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.decision import Language
from models.exceptions import InvalidValueError
from models.text import cleaned
from models.verdict import VerdictCode

#: The longest comment: the longest real one we know has 23,553 characters.
LONGEST_COMMENT = 100_000


class Channel(StrEnum):
    """How a comment came in."""

    WEB = "web"
    PAPER = "paper"
    PHONE = "phone"
    HEARING = "hearing"
    EMAIL = "email"


class Stance(StrEnum):
    """What a comment is about the draft, or a clause of it."""

    SUPPORT = "support"
    OBJECT = "object"
    CHANGE = "change"
    QUESTION = "question"
    NEUTRAL = "neutral"


class Comment(Record, table=True):
    """The fact that a comment was received."""

    __table_args__ = (Index("ix_comment_decision_id_id", "decision_id", "id"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    period_id: int = Field(foreign_key="comment_period.id")
    #: The clause it is about; the draft as a whole where there is none.
    clause_id: int | None = Field(default=None, foreign_key="clause.id")
    clause_key: str | None = Field(default=None, max_length=20)
    channel: Channel = Field(sa_type=codelist(Channel))
    stance: Stance = Field(sa_type=codelist(Stance))
    language: Language = Field(sa_type=codelist(Language))
    #: What becomes of the code on the receipt when it is hashed. The code itself is kept by nobody but the author.
    receipt_digest: str = Field(unique=True, min_length=64, max_length=64)
    received_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class CommentText(Record, table=True):
    """The words of a comment, and who signed them."""

    __tablename__ = "comment_text"
    append_only = True

    comment_id: int = Field(primary_key=True, foreign_key="comment.id", sa_type=RowNumber)
    body: str = Field(min_length=1, max_length=LONGEST_COMMENT, sa_type=Text)
    #: As signed. Only a masked form is ever shown.
    name: str = Field(default="", max_length=100)
    #: Never public.
    contact: str = Field(default="", max_length=200)


class Point(Record, table=True):
    """One argument inside a comment. A comment that nobody has split is one point."""

    __table_args__ = (
        Index("ix_point_decision_id_id", "decision_id", "id"),
        Index("ix_point_decision_id_state_id", "decision_id", "state", "id"),
        Index("ix_point_decision_id_clause_key_id", "decision_id", "clause_key", "id"),
        Index("ix_point_comment_id", "comment_id"),
    )

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    comment_id: int = Field(foreign_key="comment.id")
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(default=1, ge=1)
    clause_key: str | None = Field(default=None, max_length=20)
    stance: Stance = Field(sa_type=codelist(Stance))
    #: The present: the code of the latest verdict. A test proves it equal to the verdicts.
    state: VerdictCode | None = Field(default=None, sa_type=codelist(VerdictCode))


class CommentTally(Record, table=True):
    """How many points of a decision have a stance and a state: the present, counted as comments arrive."""

    __tablename__ = "comment_tally"
    tracked = False

    decision_id: str = Field(primary_key=True, foreign_key="decision.id")
    clause_key: str = Field(default="", primary_key=True, max_length=20)
    stance: Stance = Field(primary_key=True, sa_type=codelist(Stance))
    #: The code of the latest verdict; empty for none.
    state: str = Field(default="", primary_key=True, max_length=40)
    count: int = 0


def receipt_code(client_token: str) -> str:
    """
    Return the code on the receipt of what was sent under that token: 26 characters of base 32, 128 bits.

    The token is random and never leaves the author's session, so the code cannot be guessed; being derived from it,
    the same submission sent twice bears the same code.
    """
    digest = hashlib.sha256(b"throughline receipt\n" + client_token.encode()).digest()[:16]
    code = base64.b32encode(digest).decode().rstrip("=")
    return "-".join((code[:7], code[7:13], code[13:19], code[19:]))


def receipt_digest(code: str) -> str:
    """Return what is kept of a receipt's code. Case, spaces and hyphens do not matter; O and I are read as 0 and 1."""
    canonical = "".join(character for character in code.upper() if character.isalnum())
    canonical = canonical.replace("0", "O").replace("1", "I")
    return hashlib.sha256(canonical.encode()).hexdigest()


def comment_body(text: str) -> str:
    """
    Return the words of a comment as they are kept: NFC, one kind of line end, no control characters.

    :raises InvalidValueError: if nothing is left, or more than :data:`LONGEST_COMMENT` characters
    """
    body = cleaned(text)
    if not body:
        raise InvalidValueError("body", "empty")
    if len(body) > LONGEST_COMMENT:
        raise InvalidValueError("body", len(body))
    return body


def received(
    *,
    decision_id: str,
    period_id: int,
    clause_id: int | None,
    clause_key: str | None,
    channel: Channel,
    stance: Stance,
    language: Language,
    client_token: str,
    at: datetime,
    recorded_by: int | None,
) -> dict[str, Any]:
    """Return the fact that a comment was received: the values of a :class:`Comment`."""
    return Comment.row(
        decision_id=decision_id,
        period_id=period_id,
        clause_id=clause_id,
        clause_key=clause_key,
        channel=channel,
        stance=stance,
        language=language,
        receipt_digest=receipt_digest(receipt_code(client_token)),
        received_at=at,
        recorded_by=recorded_by,
    )
