"""What becomes of a proposal: a second person agrees or does not, it is withdrawn, or its instant comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from data.ledger.append import demand_recordable
from data.operations.commands import run
from data.operations.proposable import read
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.exceptions import InvalidValueError, NotFoundError, RecordError
from models.ledger import EntryType
from models.proposal import (
    Proposal,
    ProposalState,
    ProposalStep,
    ProposalStepKind,
    agreement_on,
    demand_second,
    demand_stands,
    proposal_subject,
)
from models.revision import demand_reason
from models.text import cleaned

_ENTRIES = {
    ProposalStepKind.APPROVED: EntryType.CHANGE_APPROVED,
    ProposalStepKind.REFUSED: EntryType.CHANGE_REFUSED,
    ProposalStepKind.WITHDRAWN: EntryType.CHANGE_WITHDRAWN,
    ProposalStepKind.PUBLISHED: EntryType.CHANGE_PUBLISHED,
    ProposalStepKind.FAILED: EntryType.CHANGE_FAILED,
}


@dataclass(frozen=True, kw_only=True)
class ApproveProposal:
    """That a second person agrees."""

    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class RefuseProposal:
    """That a second person does not agree, and why."""

    proposal_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal:
    """That the department no longer wants it published."""

    proposal_id: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishProposal:
    """That the instant of a proposal has come."""

    proposal_id: int


def approve_proposal(command: ApproveProposal, uow: UnitOfWork) -> Kept:
    """
    Agree to a proposal, as the second person. What waits for no instant is published at once.

    :raises OwnProposalError: if the actor proposed it
    :raises ProposalStandsError: if somebody else was first
    """
    proposal, steps = find_proposal_to_change(command.proposal_id, Act.APPROVE_PROPOSAL, uow)
    demand_stands(proposal, steps, uow.now, ProposalState.WAITING)
    demand_second(proposal, uow.actor)
    steps = [_step(ProposalStepKind.APPROVED, proposal, uow)]
    if proposal.publish_at is None or proposal.publish_at <= uow.now:
        _publish(proposal, steps, uow)
    return _kept(proposal)


def refuse_proposal(command: RefuseProposal, uow: UnitOfWork) -> Kept:
    """
    Refuse a proposal, as the second person.

    :raises OwnProposalError: if the actor proposed it: what is one's own is withdrawn
    :raises ProposalStandsError: if somebody else was first
    :raises ReasonMissingError: if nothing says why
    """
    proposal, steps = find_proposal_to_change(command.proposal_id, Act.APPROVE_PROPOSAL, uow)
    demand_stands(proposal, steps, uow.now, ProposalState.WAITING, ProposalState.SCHEDULED)
    demand_second(proposal, uow.actor)
    _step(ProposalStepKind.REFUSED, proposal, uow, reason=demand_reason("proposal", cleaned(command.reason)))
    return _kept(proposal)


def withdraw_proposal(command: WithdrawProposal, uow: UnitOfWork) -> Kept:
    """
    Withdraw a proposal before it is published.

    :raises ProposalStandsError: if it has been published, or came to another end
    """
    proposal, steps = find_proposal_to_change(command.proposal_id, Act.WITHDRAW_PROPOSAL, uow)
    demand_stands(proposal, steps, uow.now, ProposalState.WAITING, ProposalState.SCHEDULED)
    _step(ProposalStepKind.WITHDRAWN, proposal, uow, reason=cleaned(command.reason))
    return _kept(proposal)


def publish_proposal(command: PublishProposal, uow: UnitOfWork) -> Kept:
    """
    Publish a proposal whose instant has come; or keep why the record refuses it.

    :raises ProposalStandsError: if it is not due, or somebody else was first
    """
    proposal, steps = find_proposal_to_change(command.proposal_id, Act.PUBLISH_PROPOSAL, uow)
    demand_stands(proposal, steps, uow.now, ProposalState.DUE)
    _publish(proposal, steps, uow)
    return _kept(proposal)


def find_proposal_to_change(proposal_id: int, act: Act, uow: UnitOfWork) -> tuple[Proposal, Sequence[ProposalStep]]:
    """
    Return a proposal to which the actor may do this, and what became of it.

    :raises NotFoundError: if there is none of that number
    :raises NotAllowedError: if the permission table does not say that the actor may
    """
    proposal = uow.session.get(Proposal, proposal_id)
    if proposal is None:
        raise NotFoundError("proposal", proposal_id)
    demand(act, uow.actor, department_id=proposal.department_id)
    of_proposal = select(ProposalStep).where(ProposalStep.proposal_id == proposal_id)
    return proposal, uow.session.exec(of_proposal.order_by(col(ProposalStep.id))).all()


def _publish(proposal: Proposal, steps: Sequence[ProposalStep], uow: UnitOfWork) -> None:
    inner = uow.inside(proposal.proposer, agreement_on(proposal, steps))
    try:
        with uow.session.begin_nested():
            run(read(proposal.commands), inner)
            demand_recordable(inner.entries)
    except (RecordError, IntegrityError) as error:
        refused = error if isinstance(error, RecordError) else InvalidValueError("entry", "integrity")
        _step(ProposalStepKind.FAILED, proposal, uow, error=refused)
        return
    uow.take(inner)
    _step(ProposalStepKind.PUBLISHED, proposal, uow)


def _step(
    kind: ProposalStepKind,
    proposal: Proposal,
    uow: UnitOfWork,
    *,
    reason: str = "",
    error: RecordError | None = None,
) -> ProposalStep:
    step = ProposalStep(
        proposal_id=proposal.id,
        kind=kind,
        reason=reason,
        error=type(error).__name__ if error else "",
        facts=[fact if isinstance(fact, int | None) else str(fact) for fact in error.facts] if error else [],
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(step)
    # Once it is published, anybody may open what was sealed when it was proposed.
    opened = {"sealed": proposal.sealed} if kind is ProposalStepKind.PUBLISHED else None
    record_proposal(_ENTRIES[kind], proposal, uow, {}, public=opened, private={"reason": reason})
    return step


def record_proposal(
    entry_type: EntryType,
    proposal: Proposal,
    uow: UnitOfWork,
    pub: dict[str, Any],
    *,
    public: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> None:
    """Write to the ledger what becomes of a proposal."""
    subject = proposal_subject(proposal.id)
    about = f"proposal/{proposal.id}"
    uow.record(entry_type, subject=subject, about=about, pub=pub, public=public, private=private)


def _kept(proposal: Proposal) -> Kept:
    return Kept(subject=proposal_subject(proposal.id), key=str(proposal.id))
