"""
Questions of the public to an expert, and the answers that are published for all to read. Decree 713, Articles 14, 32.

A question belongs to one opinion. Its words stand apart from the fact that it was asked, as those of a comment do, so
that personal data can one day be erased while the proof of everything else still holds.
"""

from datetime import date

from pydantic import AwareDatetime
from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.decision import Language
from models.exceptions import InvalidValueError
from models.text import cleaned

#: A question is one question: a page or two.
LONGEST_QUESTION = 5_000
LONGEST_ANSWER = 20_000


class ExpertQuestion(Record, table=True):
    """The fact that somebody asked an expert something about an opinion."""

    __tablename__ = "expert_question"
    __table_args__ = (
        UniqueConstraint("opinion_id", "number"),
        Index("ix_expert_question_decision_id_id", "decision_id", "id"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    opinion_id: int = Field(foreign_key="expert_opinion.id")
    #: The place among the questions on the opinion, from 1.
    number: int = Field(ge=1)
    language: Language = Field(sa_type=codelist(Language))
    #: What becomes of the code on the receipt when it is hashed. The code itself is kept by nobody but the author.
    receipt_digest: str = Field(unique=True, min_length=64, max_length=64)
    recorded_at: AwareDatetime = Field(sa_type=Instant)


class QuestionText(Record, table=True):
    """The words of a question, and who signed them."""

    __tablename__ = "question_text"
    append_only = True

    question_id: int = Field(primary_key=True, foreign_key="expert_question.id", sa_type=RowNumber)
    body: str = Field(min_length=1, max_length=LONGEST_QUESTION, sa_type=Text)
    #: As signed. Only a masked form is ever shown.
    name: str = Field(default="", max_length=100)
    #: Never public.
    contact: str = Field(default="", max_length=200)


class ExpertAnswer(Record, table=True):
    """What the expert answers, as signed. A later answer stands beside an earlier one, and holds."""

    __tablename__ = "expert_answer"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        Index("ix_expert_answer_decision_id_id", "decision_id", "id"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    question_id: int = Field(foreign_key="expert_question.id")
    number: int = Field(ge=1)
    body: str = Field(min_length=1, max_length=LONGEST_ANSWER, sa_type=Text)
    language: Language = Field(sa_type=codelist(Language))
    #: Who signed it: the department publishes what the expert says, and does not speak in the expert's place.
    signed_by: str = Field(min_length=1, max_length=100)
    signed_on: date
    #: The signed sheet, where it is published.
    document_id: int | None = Field(default=None, foreign_key="document.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def question_body(text: str) -> str:
    """
    Return the words of a question as they are kept.

    :raises InvalidValueError: if nothing is left, or more than :data:`LONGEST_QUESTION` characters
    """
    body = cleaned(text)
    if not body:
        raise InvalidValueError("question", "empty")
    if len(body) > LONGEST_QUESTION:
        raise InvalidValueError("question", len(body))
    return body
