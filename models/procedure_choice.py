"""By which procedure a decision runs: a template, the overlays on it, and the flags that make rules apply."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Protocol

from pydantic import AwareDatetime
from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber
from models.clock import zone
from models.docket_facts import FlagFact
from models.exceptions import InvalidValueError
from models.procedure import CountingRule, ProcessTemplate

#: By which a decision is judged for which nothing was chosen.
USUAL_PROCEDURE = "cn-713"


class ProcedureRevision(Record, table=True):
    """One statement about the procedure of a decision."""

    __tablename__ = "procedure_revision"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    #: Which template, and which overlays in the order in which they lie over it.
    template: str = Field(min_length=1, max_length=60)
    overlays: list[str] = Field(default_factory=list, sa_type=JSON)
    #: What is the case, of what the template asks: that the matter is technical, or urgent.
    flags: list[str] = Field(default_factory=list, sa_type=JSON)
    #: In which zone days end; that of the template where it is empty.
    zone: str = Field(default="", max_length=60)
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def demand_flags(template: ProcessTemplate, flags: Collection[str]) -> None:
    """
    Let only such flags be raised as the procedure asks about.

    :raises InvalidValueError: if it does not ask about one
    """
    for flag in flags:
        if flag not in template.flags:
            raise InvalidValueError("flags", flag)


def in_zone(template: ProcessTemplate, zone_name: str) -> ProcessTemplate:
    """
    Return the procedure with its days ending in another zone: a federal rule applied on another coast.

    :raises InvalidValueError: if there is no such zone
    """
    if not zone_name or zone_name == template.day_rule.zone:
        return template
    zone(zone_name)
    # Made anew rather than copied: a copy would keep the switches that were worked out for the other zone.
    counting = CountingRule(**template.day_rule.model_dump() | {"zone": zone_name})
    return template.model_copy(update={"day_rule": counting})


class Chosen(Protocol):
    """What was said of a procedure, as far as its flags are concerned."""

    @property
    def flags(self) -> list[str]: ...
    @property
    def recorded_at(self) -> datetime: ...


def flag_facts(said: Collection[Chosen]) -> Iterator[FlagFact]:
    """Yield when each flag was raised, and when it was taken down, given all statements in order."""
    before: frozenset[str] = frozenset()
    for one in said:
        raised = frozenset(one.flags)
        for flag in sorted(raised - before):
            yield FlagFact(flag=flag, recorded_at=one.recorded_at)
        for flag in sorted(before - raised):
            yield FlagFact(flag=flag, is_raised=False, recorded_at=one.recorded_at)
        before = raised
