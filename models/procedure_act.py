"""Acts of a procedure: what was done within the administration, when, by whom, and with what conclusion."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.docket_facts import ActFact

#: From when the time of the review is counted: Decree 713, Article 26.
SENT_FOR_REVIEW = "legality_review_sent"
RISK_CONTROLLABLE = "risk_controllable"
#: What a catalogue shows of a decision that it names.
IN_CATALOGUE = "in_catalogue"


class GeneralAct(StrEnum):
    """Acts that every procedure can tell of. Those of one procedure are named by its template."""

    #: It was decided that the procedure begins. Decree 713, Article 11.
    START_DECISION = "start_decision"
    #: Departments were consulted; what stayed in dispute is said. Article 13.
    DEPARTMENTS_CONSULTED = "departments_consulted"
    #: Articles 22 to 24.
    RISK_ASSESSED = "risk_assessed"
    #: Articles 25 to 28.
    LEGALITY_REVIEWED = "legality_reviewed"
    #: Article 29.
    FAIR_COMPETITION_REVIEWED = "fair_competition_reviewed"
    #: The comments were sorted and studied to the last. Article 18.
    ANALYSIS_COMPLETE = "analysis_complete"
    #: The meeting that decides. Articles 29 and 30.
    COLLECTIVELY_DECIDED = "collectively_decided"


class Conclusion(StrEnum):
    """What an act came to."""

    #: It was done; there is nothing to conclude.
    DONE = "done"
    PASSED = "passed"
    PASSED_WITH_CHANGES = "passed_with_changes"
    NOT_PASSED = "not_passed"
    #: The risk can be kept under control. Decree 713, Article 24.
    CONTROLLABLE = "controllable"
    NOT_CONTROLLABLE = "not_controllable"


class Told(Protocol):
    """An act, as far as procedures ask."""

    @property
    def number(self) -> int: ...
    @property
    def act(self) -> str: ...
    @property
    def began_on(self) -> date | None: ...
    @property
    def held_on(self) -> date: ...
    @property
    def conclusion(self) -> Conclusion: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def recorded_at(self) -> datetime: ...


class ProcedureAct(Record, table=True):
    """One act, as it was published."""

    __tablename__ = "procedure_act"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("began_on IS NULL OR began_on <= held_on", name="begins_before_it_ends"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    #: A general act, or one by the key that the template gives it.
    act: str = Field(min_length=1, max_length=60)
    #: When it was asked for: the draft was sent for review. The time it took is counted from then.
    began_on: date | None = None
    held_on: date
    conclusion: Conclusion = Field(default=Conclusion.DONE, sa_type=codelist(Conclusion))
    #: What was said, in words for the public.
    statement: str = Field(default="", max_length=5000)
    by_whom: str = Field(min_length=1, max_length=300)
    #: What members of the meeting said against it, where that is public. Article 30.
    dissent: str = Field(default="", max_length=5000)
    #: A figure that goes with it: the words of a summary.
    amount: int | None = Field(default=None, ge=0)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def facts_of(act: Told) -> Iterator[ActFact]:
    """Yield what an act shows: itself, and what procedures ask of it by a name of their own."""
    number = None if act.amount is None else Fraction(act.amount)
    fact = ActFact(id=str(act.number), act=act.act, on=act.held_on, amount=number, recorded_at=act.recorded_at)
    yield fact
    if act.act == GeneralAct.LEGALITY_REVIEWED and act.began_on is not None:
        yield replace(fact, act=SENT_FOR_REVIEW, on=act.began_on, amount=None)
    if act.act == GeneralAct.RISK_ASSESSED and act.conclusion is Conclusion.CONTROLLABLE:
        yield replace(fact, act=RISK_CONTROLLABLE, amount=None)
