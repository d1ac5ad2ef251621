"""Appending to the ledger, in the same transaction as the changes it records, once for all changes of a batch."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import rfc8785
from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from data.ledger.canonical import canonical
from data.unit_of_work import Entry
from models.base import Record
from models.disclosure import digest_of, disclosure_of
from models.exceptions import InvalidValueError
from models.ledger import (
    FORM,
    LARGEST_BODY,
    TILE_WIDTH,
    LedgerEntry,
    LedgerHead,
    LedgerSubject,
    LedgerTile,
)
from models.merkle import HASH_SIZE, appended, leaf_hash, subtree_root

# Written to the tables themselves: what the ORM would add, for each row, costs as much as the rest of an entry.
_ENTRIES, _DISCLOSURES, _SUBJECTS = (
    Record.metadata.tables[name] for name in ("ledger_entry", "ledger_disclosure", "ledger_subject")
)
_KEEP_ENTRIES, _KEEP_DISCLOSURES = insert(_ENTRIES), insert(_DISCLOSURES)
_KEEP_SUBJECTS = insert(_SUBJECTS).values(subject=bindparam("name"))
_MOVE_SUBJECTS = update(_SUBJECTS).where(_SUBJECTS.c.subject == bindparam("name"))


#: What a body has besides its public facts, in bytes: the matter, the actor, the time, some ten digests.
_FRAME = 1_024


def body_of(entry: Entry, *, sseq: int, sprev: int | None, time: datetime, digests: Sequence[str]) -> bytes:
    """
    Return the canonical JSON of an entry (RFC 8785).

    :raises InvalidValueError: if it is larger than :data:`LARGEST_BODY`
    """
    content: dict[str, Any] = {
        "v": FORM,
        "type": str(entry.type),
        "subject": entry.subject,
        "about": entry.about,
        "sseq": sseq,
        "sprev": sprev,
        "time": time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "actor": dict(entry.actor),
        "pub": dict(entry.pub),
        "_sd_alg": "sha-256",
        "_sd": sorted(digests),
    }
    body = canonical(content)
    if len(body) > LARGEST_BODY:
        raise InvalidValueError("entry", len(body))
    return body


def demand_recordable(entries: Sequence[Entry]) -> None:
    """
    Let only such changes be made as the ledger can say.

    :raises InvalidValueError: if one has too many words in its public facts, or a number that not every reader holds
    """
    for entry in entries:
        try:
            size = len(canonical(dict(entry.pub)))
        except rfc8785.CanonicalizationError as error:
            raise InvalidValueError("entry", "number") from error
        if size > LARGEST_BODY - _FRAME:
            raise InvalidValueError("entry", size)


def append(session: Session, entries: Sequence[Entry]) -> None:
    """
    Append entries, in order.

    The head is locked last, so that two processes wait for each other as shortly as possible, and never in a circle.
    """
    if not entries:
        return
    head = _locked_head(session)
    subjects = _subjects(session, {entry.subject for entry in entries})
    known = frozenset(subjects)
    frontier = [head.frontier[start : start + HASH_SIZE] for start in range(0, len(head.frontier), HASH_SIZE)]
    leaves, disclosures, hashes = [], [], []
    last_time = head.last_time
    for idx, entry in enumerate(entries, head.size):
        time = entry.time.replace(microsecond=0)
        time = max(time, last_time) if last_time else time
        last_time = time
        sseq, sprev = subjects.get(entry.subject, (0, None))
        opened = [(disclosure_of(name, value), audience) for audience, name, value in entry.disclosed]
        closed = [(digest_of(text), text, audience) for text, audience in opened]
        body = body_of(entry, sseq=sseq + 1, sprev=sprev, time=time, digests=[digest for digest, _, _ in closed])
        leaf = leaf_hash(body)
        leaves.append(
            {
                "idx": idx,
                "leaf_hash": leaf,
                "body": body.decode(),
                "type": entry.type,
                "subject": entry.subject,
                "sseq": sseq + 1,
                "about": entry.about,
            }
        )
        disclosures += [
            {"digest": digest, "idx": idx, "disclosure": text, "audience": audience}
            for digest, text, audience in closed
        ]
        subjects[entry.subject] = (sseq + 1, idx)
        frontier = appended(frontier, idx, leaf)
        hashes.append(leaf)
    session.execute(_KEEP_ENTRIES, leaves)
    if disclosures:
        session.execute(_KEEP_DISCLOSURES, disclosures)
    _write_tiles(session, head.size, hashes)
    _write_subjects(session, subjects, known)
    session.execute(
        update(LedgerHead).values(size=head.size + len(entries), frontier=b"".join(frontier), last_time=last_time)
    )
    session.expire(head)


def _locked_head(session: Session) -> LedgerHead:
    """Return the head, locked until the entries are kept; the first one where there is none."""
    head = session.exec(select(LedgerHead).with_for_update()).first()
    if head is None:
        head = LedgerHead()
        session.add(head)
        session.flush()
    return head


def _subjects(session: Session, names: set[str]) -> dict[str, tuple[int, int | None]]:
    found: dict[str, tuple[int, int | None]] = {}
    ordered = sorted(names)
    for start in range(0, len(ordered), 500):
        rows = session.exec(
            select(LedgerSubject.subject, LedgerSubject.last_sseq, LedgerSubject.last_idx).where(
                col(LedgerSubject.subject).in_(ordered[start : start + 500])
            )
        )
        found.update({subject: (sseq, idx) for subject, sseq, idx in rows})
    return found


def _write_subjects(session: Session, subjects: Mapping[str, tuple[int, int | None]], known: frozenset[str]) -> None:
    rows = [{"name": subject, "last_sseq": sseq, "last_idx": idx} for subject, (sseq, idx) in subjects.items()]
    for statement, some in (
        (_KEEP_SUBJECTS, [row for row in rows if row["name"] not in known]),
        (_MOVE_SUBJECTS, [row for row in rows if row["name"] in known]),
    ):
        if some:
            session.execute(statement, some)


def _write_tiles(session: Session, size: int, hashes: Sequence[bytes], level: int = 0) -> None:
    """Write the tiles of a level that became full, and with their roots those of the level above."""
    start = size - size % TILE_WIDTH
    before = _hashes_since(session, level, start, size) if size % TILE_WIDTH else []
    row = [*before, *hashes]
    roots = []
    for offset in range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH):
        full = row[offset : offset + TILE_WIDTH]
        roots.append(subtree_root(full))
        session.execute(
            insert(LedgerTile).values(
                level=level, n=(start + offset) // TILE_WIDTH, hashes=b"".join(full), root=roots[-1]
            )
        )
    if roots:
        _write_tiles(session, start // TILE_WIDTH, roots, level + 1)


def _hashes_since(session: Session, level: int, start: int, end: int) -> list[bytes]:
    if level == 0:
        entries = select(LedgerEntry.leaf_hash).where(LedgerEntry.idx >= start, LedgerEntry.idx < end)
        return list(session.exec(entries.order_by(col(LedgerEntry.idx))))
    tiles = select(LedgerTile.root).where(LedgerTile.level == level - 1, LedgerTile.n >= start, LedgerTile.n < end)
    return list(session.exec(tiles.order_by(col(LedgerTile.n))))
