"""
Proposing what is to be published later, or by two.

What is proposed is tried out at once and taken back, so that whoever proposes learns what the record would refuse
while they can still change it. It is tried as of the instant at which it is to be published.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.operations.commands import against_now, run, tried
from data.operations.proposable import read, without_files, written
from data.operations.proposal_steps import find_proposal_to_change, record_proposal
from data.operations.standing import needs_second_person
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.disclosure import digest_of, disclosure_of
from models.exceptions import InvalidValueError, SecondPersonError
from models.ledger import EntryType
from models.proposal import Proposal, ProposalState, demand_instant, demand_stands, proposal_subject
from models.text import cleaned


@dataclass(frozen=True, kw_only=True)
class ProposeChange:
    """What is to be published, all of it together or nothing."""

    #: Commands of the operations in :mod:`data.operations.proposable`, in order.
    commands: tuple[Any, ...]
    #: When; as soon as it may be, where nothing is said.
    publish_at: datetime | None = None
    #: What the second person is told.
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposeAgain:
    """What a proposal said that was refused, withdrawn or could not be published: against what is said now."""

    proposal_id: int
    publish_at: datetime | None = None
    note: str = ""


def propose_change(command: ProposeChange, uow: UnitOfWork) -> Kept:
    """
    Propose what is to be published once a second person agrees, or at an instant to come.

    :raises InvalidValueError: if there is nothing to wait for, or the instant has passed
    :raises RecordError: if the record would refuse it
    """
    # What a system may do by its token is asked of each command: to propose it is no more.
    proposer = uow.actor.unlimited
    department_id = str(proposer.department_id)
    demand(Act.PROPOSE_CHANGE, proposer, department_id=proposer.department_id)
    needs_one = needs_second_person(department_id, uow)
    publish_at = demand_instant(command.publish_at, uow.now)
    if not command.commands:
        raise InvalidValueError("commands", "missing")
    if publish_at is None and not needs_one:
        raise InvalidValueError("publish_at", "missing")
    said = tried(command.commands, publish_at or uow.now, uow)
    commands = written(command.commands)
    proposal = Proposal(
        department_id=department_id,
        role=proposer.role,
        needs_second_person=needs_one,
        publish_at=publish_at,
        note=cleaned(command.note),
        commands=commands,
        says=json.dumps(said, ensure_ascii=False),
        sealed=disclosure_of("commands", without_files(commands)),
        recorded_at=uow.now,
        recorded_by=proposer.account_id,
    )
    uow.keep(proposal)
    record_proposal(EntryType.CHANGE_PROPOSED, proposal, uow, {"sha256": digest_of(proposal.sealed)})
    return Kept(subject=proposal_subject(proposal.id), key=str(proposal.id))


def publish_or_propose(command: ProposeChange, uow: UnitOfWork) -> Kept:
    """
    Publish at once where the department lets one person do so, and no instant is given; otherwise propose.

    The result is that of the first command; it is about a proposal (``prp/17``) if that is what was made.

    :raises RecordError: if the record refuses it
    """
    if command.publish_at is None:
        inner = uow.inside(uow.actor)
        with suppress(SecondPersonError):
            with uow.session.begin_nested():
                kept = run(command.commands, inner)
            uow.take(inner)
            return kept[0]
    return propose_change(command, uow)


def propose_again(command: ProposeAgain, uow: UnitOfWork) -> Kept:
    """
    Propose anew what came to nothing; or publish it at once, where one person may.

    :raises ProposalStandsError: if it has not come to an end, or was published
    :raises RecordError: if the record refuses it still
    """
    proposal, steps = find_proposal_to_change(command.proposal_id, Act.PROPOSE_CHANGE, uow)
    ended = (ProposalState.REFUSED, ProposalState.WITHDRAWN, ProposalState.FAILED)
    demand_stands(proposal, steps, uow.now, *ended)
    at = command.publish_at or uow.now
    commands = tuple(against_now(read(proposal.commands), at, uow))
    return publish_or_propose(ProposeChange(commands=commands, publish_at=command.publish_at, note=command.note), uow)
