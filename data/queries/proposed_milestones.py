"""Of which milestones something is proposed and not yet published: so that nobody says the same twice."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from data.queries.proposal_states import has_ended, is_agreed
from data.queries.proposed_statements import made_within, milestone_in
from models.ledger import EntryType
from models.milestone import Precision, RevisionKind
from models.promised_day import PromisedDay
from models.proposal import Proposal, ProposalState

#: What moves a milestone, and what says that its date still holds.
_SAID = (EntryType.MILESTONE_CHANGED, EntryType.MILESTONE_REACHED, EntryType.MILESTONE_CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class ProposedOfMilestone:
    """What a proposal says of a milestone."""

    proposal_id: int
    #: Waiting for a second person, or scheduled.
    state: ProposalState
    publish_at: datetime | None
    #: What it would say, and which day; nothing new where what is said now is confirmed.
    kind: RevisionKind
    promised: PromisedDay
    is_confirmed: bool


def proposed_milestones(session: Session, department_id: str) -> Mapping[int, Sequence[ProposedOfMilestone]]:
    """
    Return what is proposed of milestones by their numbers, the oldest first. One statement for a department.

    A later proposal may overtake an earlier one: this is a hint, not a lock.
    """
    rows = session.exec(
        select(Proposal.id, Proposal.publish_at, Proposal.says, is_agreed().label("is_agreed"))
        .where(Proposal.department_id == department_id, ~has_ended())
        .order_by(col(Proposal.id))
    )
    found: dict[int, dict[int, ProposedOfMilestone]] = defaultdict(dict)
    for number, publish_at, says, agreed in rows:
        state = ProposalState.SCHEDULED if agreed else ProposalState.WAITING
        told = json.loads(says)
        made = made_within(told)
        for one in told:
            milestone = milestone_in(one["about"])
            if one["type"] in _SAID and milestone is not None and not made.has(one):
                # Of two statements about one milestone in a proposal, the second is what holds.
                found[milestone][number] = _proposed(number, state, publish_at, one)
    return {milestone: list(proposed.values()) for milestone, proposed in found.items()}


def _proposed(
    number: int, state: ProposalState, publish_at: datetime | None, one: Mapping[str, Any]
) -> ProposedOfMilestone:
    facts = one["facts"]
    return ProposedOfMilestone(
        proposal_id=number,
        state=state,
        publish_at=publish_at,
        kind=RevisionKind(facts["kind"]),
        promised=PromisedDay(date.fromisoformat(facts["due_date"]), Precision(facts.get("precision", Precision.DAY))),
        is_confirmed=one["type"] == EntryType.MILESTONE_CONFIRMED,
    )
