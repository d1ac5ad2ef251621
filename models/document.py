"""Documents: typed files or notices that belong to a decision or a project, public or withheld on a stated ground."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, model_validator
from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist


class DocumentType(StrEnum):
    """What a document is. OC4IDS ``documentType`` where it has a code; Decree 713's documents otherwise."""

    DRAFT_EXPLANATION = "draft_explanation"
    LEGAL_BASIS = "legal_basis"
    COST_BENEFIT = "cost_benefit"
    RISK_ASSESSMENT = "risk_assessment"
    LEGALITY_OPINION = "legality_opinion"
    EXPERT_REPORT = "expert_report"
    HEARING_RECORD = "hearing_record"
    ADOPTION_STATEMENT = "adoption_statement"
    INTERPRETATION = "interpretation"
    DECISION_TEXT = "decision_text"
    EVALUATION_REPORT = "evaluation_report"
    FEASIBILITY_STUDY = "feasibility_study"
    ENVIRONMENTAL_IMPACT = "environmental_impact"
    PROJECT_PLAN = "project_plan"
    BUDGET_APPROVAL = "budget_approval"
    PROGRESS_REPORT = "progress_report"
    ILLUSTRATION = "illustration"
    COMPLETION_CERTIFICATE = "completion_certificate"
    OTHER = "other"


class DisclosureClass(StrEnum):
    """Whether the public may read a document. Decree 711, Articles 14 to 18."""

    PUBLIC = "public"
    #: Exists, and is held back on a ground, until a date of review.
    WITHHELD = "withheld"
    NOT_YET_DUE = "not_yet_due"


class StoredFile(Record, table=True):
    """The bytes of an uploaded file, as checked by the server."""

    __tablename__ = "stored_file"
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    #: Random, so that a file that is withheld cannot be guessed.
    address: str = Field(unique=True, min_length=32, max_length=32)
    #: Searched: the same picture of two projects contradicts itself.
    sha256: str = Field(min_length=64, max_length=64, index=True)
    size: int = Field(ge=1)
    media_type: str = Field(max_length=100)
    name: str = Field(max_length=200)
    content: bytes = Field(sa_type=LargeBinary)


class Document(Record, table=True):
    """A document. What it is and whether it may be read is said in its revisions."""

    __table_args__ = (CheckConstraint("(decision_id IS NULL) <> (project_id IS NULL)", name="belongs_to_one"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str | None = Field(default=None, foreign_key="decision.id", index=True)
    project_id: str | None = Field(default=None, foreign_key="project.id", index=True)
    recorded_at: AwareDatetime = Field(sa_type=Instant)


class DocumentRevision(Record, table=True):
    """One statement about a document."""

    __tablename__ = "document_revision"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint(
            "disclosure <> 'withheld' OR (length(trim(ground)) > 0 AND review_on IS NOT NULL)",
            name="withheld_is_grounded",
        ),
        CheckConstraint("disclosure = 'public' OR stored_file_id IS NULL", name="only_public_has_a_file"),
        CheckConstraint("pair_key = '' OR taken_on IS NOT NULL", name="paired_is_dated"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    document_id: int = Field(foreign_key="document.id")
    number: int = Field(default=1, ge=1)
    type: DocumentType = Field(sa_type=codelist(DocumentType))
    title: str = Field(min_length=1, max_length=300)
    #: What a picture shows, for those who do not see it.
    alt: str = Field(default="", max_length=500)
    #: Which of several demands for this type it answers: what became of the opinions of experts, or of the public.
    key: str = Field(default="", max_length=60)
    disclosure: DisclosureClass = Field(sa_type=codelist(DisclosureClass))
    #: On what ground it is withheld, with the article.
    ground: str = Field(default="", max_length=500)
    #: When the ground is looked at again; or when a document that is not yet due will be.
    review_on: date | None = None
    stored_file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
    #: When a photograph was taken, and where, in words.
    taken_on: date | None = None
    place: str = Field(default="", max_length=200)
    #: What photographs of one view have in common, so that before and after can stand side by side.
    pair_key: str = Field(default="", max_length=60)

    @model_validator(mode="after")
    def _withheld_is_grounded(self) -> Self:
        if self.disclosure is DisclosureClass.WITHHELD and not (self.ground.strip() and self.review_on):
            raise ValueError("a document that is withheld needs a ground and a date of review")
        if self.disclosure is not DisclosureClass.PUBLIC and self.stored_file_id is not None:
            raise ValueError("only a public document has a file")
        if self.pair_key and self.taken_on is None:
            raise ValueError("a photograph that is one of a pair has a day on which it was taken")
        return self
