"""Where proposals stand, asked of many at once."""

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col, select

from models.proposal import Proposal, ProposalState, ProposalStep, ProposalStepKind

_AT_ANY_TIME: ColumnElement[bool] = true()


def is_agreed() -> ColumnElement[bool]:
    """Return whether nobody has still to agree to a proposal."""
    return or_(col(Proposal.needs_second_person).is_(False), _has(ProposalStepKind.APPROVED))


def has_ended() -> ColumnElement[bool]:
    """Return whether a proposal was published, or came to nothing."""
    return (
        select(ProposalStep.id)
        .where(ProposalStep.proposal_id == Proposal.id, ProposalStep.kind != ProposalStepKind.APPROVED)
        .exists()
    )


def stands(state: ProposalState, more: ColumnElement[bool] = _AT_ANY_TIME) -> ColumnElement[bool]:
    """
    Return whether a proposal stands somewhere: what :func:`models.proposal.state_of` says, for many at once.

    What is due stands with what is scheduled, for the seconds until it is published.

    :param more: what holds of the step by which it came there
    """
    match state:
        case ProposalState.WAITING:
            return and_(~is_agreed(), ~has_ended())
        case ProposalState.SCHEDULED | ProposalState.DUE:
            return and_(is_agreed(), ~has_ended())
        case _:
            return _has(ProposalStepKind(state), more)


def _has(kind: ProposalStepKind, more: ColumnElement[bool] = _AT_ANY_TIME) -> ColumnElement[bool]:
    of_kind = select(ProposalStep.id).where(ProposalStep.proposal_id == Proposal.id, ProposalStep.kind == kind, more)
    return of_kind.exists()
