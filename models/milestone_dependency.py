"""What a milestone waits for: other milestones, which come first."""

from collections.abc import Iterable

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber


class MilestoneDependency(Record, table=True):
    """One statement of whether a milestone waits for another."""

    __tablename__ = "milestone_dependency"
    __table_args__ = (
        UniqueConstraint("milestone_id", "predecessor_id", "number"),
        CheckConstraint("milestone_id <> predecessor_id", name="not_of_itself"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    milestone_id: int = Field(foreign_key="milestone.id")
    predecessor_id: int = Field(foreign_key="milestone.id", index=True)
    number: int = Field(ge=1)
    #: Whether it waits, from now on.
    holds: bool = True
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def holding(statements: Iterable[MilestoneDependency]) -> dict[int, list[int]]:
    """Return what each milestone waits for now. Statements come in the order in which they were made."""
    latest = {(said.milestone_id, said.predecessor_id): said.holds for said in statements}
    found: dict[int, list[int]] = {}
    for (milestone, predecessor), holds in latest.items():
        if holds:
            found.setdefault(milestone, []).append(predecessor)
    return found
