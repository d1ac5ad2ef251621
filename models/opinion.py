"""Opinions of experts: signed, with how the expert was chosen, what binds them, and dissent kept."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.decision import Language


class SelectionMethod(StrEnum):
    """How an expert was selected. Decree 713, Article 20: professional, representative and neutral."""

    DRAWN = "drawn"
    INVITED = "invited"
    NOMINATED = "nominated"
    COMMISSIONED = "commissioned"


class OpinionStance(StrEnum):
    """What the opinion comes to."""

    FOR = "for"
    FOR_WITH_CHANGES = "for_with_changes"
    AGAINST = "against"
    UNDECIDED = "undecided"


class AdoptionCode(StrEnum):
    """What became of an opinion. Decree 713, Articles 29 and 32."""

    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    NOT_ADOPTED = "not_adopted"


class ExpertOpinion(Record, table=True):
    """One opinion of one expert on one decision."""

    __tablename__ = "expert_opinion"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    name: str = Field(min_length=1, max_length=100)
    affiliation: str = Field(min_length=1, max_length=300)
    selection: SelectionMethod = Field(sa_type=codelist(SelectionMethod))
    #: What ties the expert has to the matter; "none" is a statement too.
    conflict_statement: str = Field(min_length=1, max_length=2000)
    #: Whether the expert belongs to the department that answers for the decision, or to one below it.
    is_from_own_department: bool = False
    stance: OpinionStance = Field(sa_type=codelist(OpinionStance))
    #: Where it departs from what the other experts say.
    dissent: str = Field(default="", max_length=5000)
    body: str = Field(min_length=1, max_length=50_000, sa_type=Text)
    language: Language = Field(sa_type=codelist(Language))
    signed_on: date
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class ExpertPanel(Record, table=True):
    """How the experts of a decision were selected, and how many: said before or with their opinions."""

    __tablename__ = "expert_panel"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    selection: SelectionMethod = Field(sa_type=codelist(SelectionMethod))
    experts: int = Field(ge=1, le=1000)
    #: From which pool, by what rule, with what care for those who differ.
    statement: str = Field(min_length=1, max_length=5000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class OpinionAdoption(Record, table=True):
    """What became of one opinion, and why. A later statement stands beside an earlier one."""

    __tablename__ = "opinion_adoption"
    __table_args__ = (
        UniqueConstraint("opinion_id", "number"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    opinion_id: int = Field(foreign_key="expert_opinion.id")
    number: int = Field(ge=1)
    code: AdoptionCode = Field(sa_type=codelist(AdoptionCode))
    reason: str = Field(max_length=5000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
