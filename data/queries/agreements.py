"""Which statements about a project were proposed before they were published, as the ledger tells it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal
from sqlmodel import col

from data.queries.united import Part
from models.ledger import LedgerEntry
from models.proposal import Agreement

#: What the body of an entry holds where it was proposed; in words of people its quotation marks would be escaped.
_PROPOSED = '%"proposed_at":"%'


def agreed_part() -> Part:
    """Return the entries about a project that were proposed: a part of what is read of it at once."""
    return Part(
        LedgerEntry,
        and_(
            col(LedgerEntry.subject) == literal("prj/") + bindparam("project"),
            col(LedgerEntry.about).startswith("milestone/"),
            col(LedgerEntry.body).like(_PROPOSED),
        ),
        without=frozenset({"idx", "leaf_hash", "type", "subject", "sseq"}),
    )


def agreements(entries: Sequence[Any]) -> Mapping[str, Agreement]:
    """Return under which proposal each statement was published, by what it is about: ``milestone/17/2``."""
    actors = {entry.about: json.loads(entry.body)["actor"] for entry in entries}
    return {
        about: Agreement(
            proposal_id=int(actor["proposal"]),
            proposed_at=datetime.fromisoformat(actor["proposed_at"]),
            approved_at=_instant(actor.get("approved_at")),
        )
        for about, actor in actors.items()
    }


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
