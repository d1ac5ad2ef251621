"""What was decided and why; and, later, whether it worked."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist


class OutcomeCode(StrEnum):
    """How a decision ended. Not to go ahead is an outcome too."""

    ADOPTED = "adopted"
    ADOPTED_WITH_CHANGES = "adopted_with_changes"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"

    @property
    def drops(self) -> bool:
        """Whether the matter does not go ahead."""
        return self in (OutcomeCode.NOT_ADOPTED, OutcomeCode.WITHDRAWN)


class Outcome(Record, table=True):
    """The result of a decision."""

    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(default=1, ge=1)
    code: OutcomeCode = Field(sa_type=codelist(OutcomeCode))
    #: Why, in words for the public.
    reason: str = Field(max_length=20_000, sa_type=Text)
    #: What differs from the draft that was commented on, and why.
    changes: str = Field(default="", max_length=20_000, sa_type=Text)
    decided_by: str = Field(min_length=1, max_length=300)
    decided_on: date
    effective_on: date | None = None
    #: The final text, where there is one.
    draft_version_id: int | None = Field(default=None, foreign_key="draft_version.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class Evaluation(Record, table=True):
    """Whether a decision worked: what was expected, and what was measured. Decree 713, Article 36."""

    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    expected: str = Field(min_length=1, max_length=5000)
    measured: str = Field(min_length=1, max_length=5000)
    conclusion: str = Field(min_length=1, max_length=5000)
    evaluator: str = Field(min_length=1, max_length=300)
    #: Whether the evaluator did the main assessment before the decision, which Article 36 does not allow.
    did_assessment: bool = False
    evaluated_on: date
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
