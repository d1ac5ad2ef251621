"""
Proposals: what an officer wants to publish, before it is published.

One is made where a second person of the department has to agree, or where something is to be published at an instant
to come. It holds commands, not statements: nothing of it is part of the public record until it is published, and then
by the very operations that would have published it at once. Where it stands is told by its steps and the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from models.actor import Actor, Role
from models.base import Instant, Record, RowNumber, codelist
from models.exceptions import InvalidValueError, OwnProposalError, ProposalStandsError

#: Nobody knows in what state a project will be later than that.
LONGEST_WAIT = timedelta(days=366)
#: A proposal ends once. It may be agreed to before.
_ENDS = text("kind <> 'approved'")


class ProposalStepKind(StrEnum):
    """What became of a proposal. Codes are published, so they are never renamed."""

    #: A second person agreed.
    APPROVED = "approved"
    #: A second person did not, and said why.
    REFUSED = "refused"
    #: The department thought better of it.
    WITHDRAWN = "withdrawn"
    #: All of it was published.
    PUBLISHED = "published"
    #: It was to be published, and the record refused it: nothing of it was.
    FAILED = "failed"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    #: A second person has still to agree.
    WAITING = "waiting"
    #: It is published at its instant.
    SCHEDULED = "scheduled"
    #: Its instant has come.
    DUE = "due"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Under which proposal something is published, and who was asked."""

    proposal_id: int
    proposed_at: datetime
    #: When a second person agreed; nothing where nobody had to.
    approved_at: datetime | None


class Proposal(Record, table=True):
    """What is proposed, by whom, and for when. It is never altered: whoever wants something else proposes anew."""

    __table_args__ = (Index("ix_proposal_department_id_id", "department_id", "id"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    department_id: str = Field(foreign_key="department.id")
    #: In which role it was proposed, and is published.
    role: Role = Field(sa_type=codelist(Role))
    #: Whether a second person has to agree: as the department had it when this was proposed.
    needs_second_person: bool
    #: When it is to be published; as soon as it is agreed to, where nothing is said.
    publish_at: AwareDatetime | None = Field(default=None, sa_type=Instant)
    #: What the second person is told. It is not published.
    note: str = Field(default="", max_length=2000)
    #: The commands, as JSON: ``[{"do": "revise_milestone", "with": {...}}]``.
    commands: str = Field(sa_type=Text)
    #: What the ledger would say of them, as JSON: what a second person reads.
    says: str = Field(sa_type=Text)
    #: The commands as a salted disclosure (RFC 9901), of which the ledger holds the digest from the beginning.
    sealed: str = Field(sa_type=Text)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    #: Who proposed it; nobody where a system did.
    recorded_by: int | None = None

    @property
    def proposer(self) -> Actor:
        """Who acts when it is published."""
        return Actor(role=self.role, department_id=self.department_id, account_id=self.recorded_by)


class ProposalStep(Record, table=True):
    """Something that became of a proposal."""

    __tablename__ = "proposal_step"
    __table_args__ = (
        UniqueConstraint("proposal_id", "kind"),
        Index("uq_proposal_step_ends_once", "proposal_id", unique=True, sqlite_where=_ENDS, postgresql_where=_ENDS),
        CheckConstraint("kind <> 'refused' OR length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("kind <> 'failed' OR length(error) > 0", name="error_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    proposal_id: int = Field(foreign_key="proposal.id", sa_type=RowNumber)
    kind: ProposalStepKind = Field(sa_type=codelist(ProposalStepKind))
    reason: str = Field(default="", max_length=2000)
    #: What the record refused: the name of the exception and its facts, in order.
    error: str = Field(default="", max_length=60)
    facts: list[Any] = Field(default_factory=list, sa_type=JSON)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def proposal_subject(proposal_id: int) -> str:
    """Return the matter of a proposal, as the ledger names it."""
    return f"prp/{proposal_id}"


def proposal_in(subject: str) -> int | None:
    """Return the number of the proposal that a matter is; nothing where it is another matter."""
    kind, _, number = subject.partition("/")
    return int(number) if kind == "prp" else None


def state_of(proposal: Proposal, steps: Sequence[ProposalStep], now: datetime) -> ProposalState:
    """Return where a proposal stands at that instant. It is due from its very instant on."""
    kinds = {step.kind for step in steps}
    ends = kinds - {ProposalStepKind.APPROVED}
    if ends:
        return ProposalState(ends.pop())
    if proposal.needs_second_person and ProposalStepKind.APPROVED not in kinds:
        return ProposalState.WAITING
    is_due = proposal.publish_at is None or proposal.publish_at <= now
    return ProposalState.DUE if is_due else ProposalState.SCHEDULED


def agreement_on(proposal: Proposal, steps: Sequence[ProposalStep]) -> Agreement:
    """Return under what a proposal is published."""
    approved = [step.recorded_at for step in steps if step.kind is ProposalStepKind.APPROVED]
    return Agreement(
        proposal_id=proposal.id,
        proposed_at=proposal.recorded_at,
        approved_at=approved[0] if approved else None,
    )


def demand_stands(
    proposal: Proposal, steps: Sequence[ProposalStep], now: datetime, *states: ProposalState
) -> ProposalState:
    """
    Return where a proposal stands, if it stands for what is to be done.

    :raises ProposalStandsError: if it stands elsewhere: somebody else was first
    """
    state = state_of(proposal, steps, now)
    if state not in states:
        raise ProposalStandsError(proposal.id, state)
    return state


def demand_second(proposal: Proposal, actor: Actor) -> None:
    """
    Let nobody agree to what they proposed themselves, whatever their role has become since.

    :raises OwnProposalError: if the actor proposed it
    """
    if proposal.recorded_by is not None and proposal.recorded_by == actor.account_id:
        raise OwnProposalError(proposal.id)


def demand_instant(publish_at: datetime | None, now: datetime) -> datetime | None:
    """
    Return when something is to be published, if it can be.

    :raises InvalidValueError: if the instant has passed, or is more than a year away
    """
    if publish_at is not None and publish_at <= now:
        raise InvalidValueError("publish_at", "past")
    if publish_at is not None and publish_at > now + LONGEST_WAIT:
        raise InvalidValueError("publish_at", "too_far")
    return publish_at
