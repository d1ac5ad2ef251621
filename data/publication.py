"""
Publishing what was scheduled, at its instant.

Whoever runs this may run it twice, or in two processes at once: the writer lets one of them publish, and the other
finds that it is done. What should have been published while nobody ran it is published as soon as somebody does, and
bears that instant.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from data.database import reading
from data.operations.proposal_steps import PublishProposal, publish_proposal
from data.queries.proposals import find_proposal, scheduled_proposals
from data.writer import change
from models.actor import OPERATOR
from models.clock import utc_now
from models.exceptions import ProposalStandsError
from models.proposal import ProposalState

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What was done at an instant, and when there is more to do."""

    published: tuple[int, ...] = ()
    #: What the record refused. Why is kept with each.
    failed: tuple[int, ...] = ()
    #: What could not even be tried. It is tried again.
    left: tuple[int, ...] = ()
    next_at: datetime | None = None


def publish_due(now: datetime | None = None) -> Publication:
    """
    Publish what is due, in the order of its instants.

    :param now: the instant; each is published at its own, where it is not given
    """
    with reading() as session:
        scheduled = scheduled_proposals(session)
    looked_at = now or utc_now()
    done: dict[ProposalState | None, list[int]] = {}
    for number in [number for number, at in scheduled if at <= looked_at]:
        done.setdefault(_publish(number, now), []).append(number)
    return Publication(
        published=tuple(done.get(ProposalState.PUBLISHED, ())),
        failed=tuple(done.get(ProposalState.FAILED, ())),
        left=tuple(done.get(None, ())),
        next_at=next((at for _, at in scheduled if at > looked_at), None),
    )


def _publish(proposal_id: int, now: datetime | None) -> ProposalState | None:
    """Return how a proposal stands once it was tried; nothing if it could not be."""
    try:
        change(publish_proposal, PublishProposal(proposal_id=proposal_id), OPERATOR, now=now)
    except ProposalStandsError as error:
        _LOG.info("Proposal %d was settled by somebody else: %s.", proposal_id, error.facts[1])
        return ProposalState.DUE
    except Exception:  # noqa: BLE001 - whatever is wrong with one of them, the others are published.
        _LOG.exception("Proposal %d could not be published.", proposal_id)
        return None
    with reading() as session:
        found = find_proposal(session, proposal_id, now=now or utc_now())
    return found.state if found else None
