"""Deriving every hash of the ledger anew, from the first entry on."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import rfc8785
from sqlalchemy import func
from sqlmodel import Session, col, select

from models.disclosure import digest_of
from models.ledger import TILE_WIDTH, LedgerDisclosure, LedgerEntry, LedgerHead, LedgerSubject, LedgerTile
from models.merkle import appended, leaf_hash, root, subtree_root

_CHUNK = 2_000


@dataclass
class Verification:
    """What was found: how much was looked at, the root that follows from it, and everything that does not hold."""

    entries: int = 0
    disclosures: int = 0
    root: str = ""
    faults: list[str] = field(default_factory=list)


def verify(session: Session, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Verification:
    """
    Return what follows from the entries, and where the record says otherwise.

    Checked are: the place and the canonical form of each entry, its leaf hash, the gapless row of each subject, times
    that never fall, every tile, the head, and that every disclosure belongs to a digest of its entry.
    """
    found = Verification()
    head = session.exec(select(LedgerHead)).first() or LedgerHead()
    frontier: list[bytes] = []
    tile: list[bytes] = []
    levels: dict[int, list[bytes]] = {}
    subjects: dict[str, tuple[int, int]] = {}
    last_time = ""
    for entry, digests in _entries(session):
        _check_entry(found, entry, digests, subjects, last_time)
        last_time = json.loads(entry.body)["time"]
        leaf = leaf_hash(entry.body.encode())
        frontier = appended(frontier, found.entries, leaf)
        found.entries += 1
        tile.append(leaf)
        if len(tile) == TILE_WIDTH:
            _check_tile(session, found, 0, found.entries // TILE_WIDTH - 1, tile, levels)
            tile = []
        if found.entries % _CHUNK == 0:
            progress(found.entries, head.size)
    found.root = root(frontier).hex()
    if head.size != found.entries:
        found.faults.append(f"head: says {head.size} entries, there are {found.entries}")
    if head.frontier != b"".join(frontier):
        found.faults.append("head: its frontier does not follow from the entries")
    _check_subjects(session, found, subjects)
    _check_disclosures(session, found)
    progress(found.entries, head.size)
    return found


def _entries(session: Session) -> Iterator[tuple[LedgerEntry, set[str]]]:
    after = -1
    while True:
        rows = session.exec(
            select(LedgerEntry).where(LedgerEntry.idx > after).order_by(col(LedgerEntry.idx)).limit(_CHUNK)
        ).all()
        if not rows:
            return
        disclosed: dict[int, set[str]] = {}
        kept = select(LedgerDisclosure.idx, LedgerDisclosure.disclosure).where(
            LedgerDisclosure.idx > after, LedgerDisclosure.idx <= rows[-1].idx
        )
        for idx, disclosure in session.exec(kept):
            disclosed.setdefault(idx, set()).add(digest_of(disclosure))
        for row in rows:
            yield row, disclosed.get(row.idx, set())
        after = rows[-1].idx
        session.expunge_all()


def _check_entry(
    found: Verification, entry: LedgerEntry, digests: set[str], subjects: dict[str, tuple[int, int]], last_time: str
) -> None:
    body = json.loads(entry.body)
    sseq, sprev = subjects.get(entry.subject, (0, None))
    checks = {
        "it is out of place": entry.idx == found.entries,
        "its body is not canonical": rfc8785.dumps(body) == entry.body.encode(),
        "its hash does not follow from its body": leaf_hash(entry.body.encode()) == entry.leaf_hash,
        "its columns differ from its body": (body["type"], body["subject"], body["about"], body["sseq"])
        == (entry.type, entry.subject, entry.about, entry.sseq),
        "the row of its subject has a gap": (body["sseq"], body["sprev"]) == (sseq + 1, sprev),
        "its time is earlier than that of the entry before": body["time"] >= last_time,
        "it discloses what it does not hold": digests <= set(body["_sd"]),
    }
    found.faults += [f"entry {entry.idx}: {what}" for what, holds in checks.items() if not holds]
    found.disclosures += len(digests)
    subjects[entry.subject] = (body["sseq"], entry.idx)


def _check_tile(
    session: Session, found: Verification, level: int, n: int, hashes: list[bytes], levels: dict[int, list[bytes]]
) -> None:
    tile = session.get(LedgerTile, (level, n))
    if tile is None or tile.hashes != b"".join(hashes) or tile.root != subtree_root(hashes):
        found.faults.append(f"tile {level}/{n}: it does not follow from the entries")
    above = levels.setdefault(level + 1, [])
    above.append(subtree_root(hashes))
    if len(above) == TILE_WIDTH:
        levels[level + 1] = []
        _check_tile(session, found, level + 1, n // TILE_WIDTH, above, levels)


def _check_subjects(session: Session, found: Verification, subjects: dict[str, tuple[int, int]]) -> None:
    said = {row.subject: (row.last_sseq, row.last_idx) for row in session.exec(select(LedgerSubject))}
    if said != subjects:
        wrong = sorted(name for name in said.keys() | subjects.keys() if said.get(name) != subjects.get(name))
        found.faults.append(f"subjects: {', '.join(wrong[:5])}")


def _check_disclosures(session: Session, found: Verification) -> None:
    total = session.exec(select(func.count()).select_from(LedgerDisclosure)).one()
    if total != found.disclosures:
        found.faults.append(f"disclosures: {total - found.disclosures} belong to no entry")
