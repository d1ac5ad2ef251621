"""
The stages of a decision: planned, moved, begun and finished, with every move and its reason kept.

Which stages there are is said by the procedure that was chosen for the decision. Where none was, they are those of
Decree 713.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.clock import local_date
from models.exceptions import FutureEventError, NotFoundError, OrderError
from models.procedure import ProcessTemplate
from models.revision import demand_reason


class Stage(StrEnum):
    """The stages of Decree 713, Articles 10 to 36, in their usual order: those where no procedure was chosen."""

    INITIATION = "initiation"
    DRAFTING = "drafting"
    PARTICIPATION = "participation"
    EXPERT_REVIEW = "expert_review"
    RISK_ASSESSMENT = "risk_assessment"
    LEGALITY_REVIEW = "legality_review"
    COLLECTIVE_DECISION = "collective_decision"
    PUBLICATION = "publication"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"


class StageKind(StrEnum):
    """What a statement about a stage says."""

    #: The dates first given. Number 1, and only number 1.
    BASELINE = "baseline"
    #: The dates differ from those given before.
    MOVED = "moved"
    STARTED = "started"
    FINISHED = "finished"
    #: The stage is left out.
    SKIPPED = "skipped"


class StageState(StrEnum):
    """Where a stage stands. Computed."""

    TO_COME = "to_come"
    NOW = "now"
    DONE = "done"
    SKIPPED = "skipped"
    #: The last day given has passed, and the stage is not finished.
    OVERDUE = "overdue"


class StageRevision(Record, table=True):
    """One statement about one stage of one decision."""

    __tablename__ = "stage_revision"
    __table_args__ = (
        UniqueConstraint("decision_id", "stage", "number"),
        CheckConstraint("(number = 1) = (kind = 'baseline')", name="baseline_is_first"),
        CheckConstraint("kind NOT IN ('moved', 'skipped') OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    #: The key of the stage in the procedure.
    stage: str = Field(min_length=1, max_length=60)
    number: int = Field(ge=1)
    kind: StageKind = Field(sa_type=codelist(StageKind))
    starts_on: date
    ends_on: date
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def stages_of(chosen: ProcessTemplate | None) -> tuple[str, ...]:
    """Return the keys of the stages of a decision in their order, given the procedure that was chosen, if one was."""
    return tuple(stage.value for stage in Stage) if chosen is None else tuple(chosen.by_key)


def demand_stage(chosen: ProcessTemplate | None, stage: str) -> None:
    """
    Let only such stages be spoken of as the decision has.

    :raises NotFoundError: if its procedure has no such stage
    """
    if stage not in stages_of(chosen):
        raise NotFoundError("stage", stage)


def in_order(
    said: Mapping[str, Sequence[StageRevision]], chosen: ProcessTemplate | None
) -> dict[str, Sequence[StageRevision]]:
    """Return what was said of each stage in the order of the procedure; last, stages of one that was left since."""
    known = [stage for stage in stages_of(chosen) if stage in said]
    return {stage: said[stage] for stage in dict.fromkeys((*known, *said))}


def next_stage_revision(
    said: Sequence[StageRevision],
    *,
    decision_id: str,
    stage: str,
    kind: StageKind,
    starts_on: date,
    ends_on: date,
    reason: str,
    at: datetime,
) -> StageRevision:
    """
    Return what is now said about a stage, after what has been said.

    :raises OrderError: if the stage would end before it starts
    :raises FutureEventError: if it is said to have begun or finished on a day to come
    :raises ReasonMissingError: if a date moves, or the stage is left out, without a reason
    """
    if ends_on < starts_on:
        raise OrderError(starts_on, ends_on)
    if not said:
        kind = StageKind.BASELINE
    elif kind is StageKind.BASELINE:
        kind = StageKind.MOVED
    today = local_date(at)
    if (kind is StageKind.STARTED and starts_on > today) or (kind is StageKind.FINISHED and ends_on > today):
        raise FutureEventError(starts_on if kind is StageKind.STARTED else ends_on)
    if kind in (StageKind.MOVED, StageKind.SKIPPED):
        reason = demand_reason("stage", reason)
    return StageRevision(
        decision_id=decision_id,
        stage=str(stage),
        number=len(said) + 1,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        recorded_at=at,
    )


def stage_state(said: Sequence[StageRevision], today: date) -> StageState:
    """Return where a stage stands on that day, given everything said about it."""
    latest = said[-1]
    if latest.kind is StageKind.SKIPPED:
        return StageState.SKIPPED
    if latest.kind is StageKind.FINISHED:
        return StageState.DONE
    if today > latest.ends_on:
        return StageState.OVERDUE
    return StageState.NOW if latest.kind is StageKind.STARTED or today >= latest.starts_on else StageState.TO_COME
