"""
Where every duty of a decision stands: the facts of the record, held against its procedure at an instant.

What was evaluated is kept in the process, until the decision changes or the clock comes to something that matters to
it: a day ends, a comment period opens or closes, a time runs out. So of thousands only those are evaluated again for
which the answer can be another one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from threading import Lock
from types import MappingProxyType
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from data.queries.docket_facts import dockets
from data.queries.docket_tallies import past_tallies, present_tallies
from data.templates.calendars import calendar_of
from data.templates.reading import procedure
from models.clock import end_of_day, local_date
from models.decision import decision_subject
from models.docket import Docket, never_earlier
from models.docket_evaluation import DocketEvaluation, evaluate
from models.ledger import LedgerEntry, LedgerHead, LedgerSubject
from models.procedure import ProcessTemplate
from models.procedure_choice import USUAL_PROCEDURE, in_zone

_CHUNK = 500
_SUBJECT = decision_subject("")


@dataclass(frozen=True)
class Duties:
    """What a decision owes: the procedure it runs by, and where each of its demands stands."""

    template: ProcessTemplate
    evaluation: DocketEvaluation


@dataclass(frozen=True)
class _Judged:
    """An evaluation, and for how long it holds."""

    #: The hash of the last entry on the decision: no two states of any record have the same.
    last: bytes
    since: datetime
    until: datetime
    duties: Duties

    def holds(self, last: bytes, instant: datetime) -> bool:
        return self.last == last and self.since <= instant < self.until


class _Remembered:
    """What was evaluated of one database."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.judged: dict[str, _Judged] = {}
        #: Of which state of the ledger all are known, from when to when, and what they are.
        self.all: tuple[tuple[int, bytes], datetime, datetime, Mapping[str, Duties]] | None = None


@cache
def _databases() -> WeakKeyDictionary[Engine, _Remembered]:
    return WeakKeyDictionary()


def docket_of(session: Session, decision_id: str) -> Docket | None:
    """Return everything the record knows of a decision, with when it was known. Twelve statements."""
    return dockets(session, [decision_id], past_tallies).get(decision_id)


def duties_of(session: Session, decision_id: str, instant: datetime) -> Duties | None:
    """
    Return what a decision owes at present; nothing if there is none of that number.

    The instant of the evaluation is the one at which it was last made: nothing that it says has changed since.
    """
    _, _, now = _head(session, instant)
    last = _last_entries(session, [decision_id]).get(decision_id)
    if last is None:
        return None
    kept = _remembered(session)
    judged = kept.judged.get(decision_id)
    if judged is None or not judged.holds(last, now):
        judged = _judge(session, kept, {decision_id: last}, now)[decision_id]
    return judged.duties


def duties_at(session: Session, decision_id: str, instant: datetime) -> Duties | None:
    """Return what a decision owed at a past instant, by what was known then; nothing if it was not announced yet."""
    docket = docket_of(session, decision_id)
    if docket is None or docket.announced_at > instant:
        return None
    return _evaluated(docket, instant)


def all_duties(session: Session, instant: datetime) -> Mapping[str, Duties]:
    """
    Return what every decision owes at present, by its number.

    Two statements where something has changed since it was last asked, one where nothing has; and fourteen for every
    five hundred decisions of which the answer can be another one. Whoever gets it shares it with others.
    """
    size, frontier, now = _head(session, instant)
    kept = _remembered(session)
    # Who comes while all are evaluated waits for that, instead of doing the same.
    with kept.lock:
        if kept.all is not None:
            state, since, until, found = kept.all
            if state == (size, frontier) and since <= now < until:
                return found
        found, since, until = _all(session, kept, now)
        kept.all = ((size, frontier), since, until, found)
        return found


def _all(session: Session, kept: _Remembered, now: datetime) -> tuple[Mapping[str, Duties], datetime, datetime]:
    """Return what every decision owes, and from when to when that holds."""
    last, judged = _last_entries(session, None), dict(kept.judged)
    changed = {
        identifier: entry
        for identifier, entry in last.items()
        if identifier not in judged or not judged[identifier].holds(entry, now)
    }
    for some in _chunks(sorted(changed)):
        judged |= _judge(session, kept, {identifier: changed[identifier] for identifier in some}, now)
    judged = {identifier: judged[identifier] for identifier in last}
    found = MappingProxyType({identifier: one.duties for identifier, one in judged.items()})
    since = max((one.since for one in judged.values()), default=now)
    until = min((one.until for one in judged.values()), default=now)
    return found, since, until


def procedure_of(docket: Docket, instant: datetime) -> ProcessTemplate:
    """Return the procedure that a decision ran by at an instant: the usual one, where none was chosen."""
    chosen = next((fact for fact in reversed(docket.procedures) if fact.recorded_at <= instant), None)
    if chosen is None:
        return _procedure(USUAL_PROCEDURE, (), "")
    return _procedure(chosen.template, chosen.overlays, chosen.zone)


@lru_cache(maxsize=500)
def _procedure(template: str, overlays: tuple[str, ...], zone: str) -> ProcessTemplate:
    return in_zone(procedure(template, overlays), zone)


def _evaluated(docket: Docket, instant: datetime) -> Duties:
    template = procedure_of(docket, instant)
    return Duties(template, evaluate(docket, template, calendar_of(template.day_rule.calendar), instant))


def _judge(session: Session, kept: _Remembered, last: Mapping[str, bytes], now: datetime) -> dict[str, _Judged]:
    found: dict[str, _Judged] = {}
    for identifier, docket in dockets(session, list(last), present_tallies).items():
        duties = _evaluated(docket, now)
        until = min(later for later in _turning_points(docket, duties, now) if later > now)
        found[identifier] = _Judged(last[identifier], now, until, duties)
    kept.judged |= found
    return found


def _turning_points(docket: Docket, duties: Duties, now: datetime) -> Iterator[datetime]:
    """Yield the instants from which the evaluation can be another one, though nothing is recorded."""
    zones = {duties.template.day_rule.zone, *(fact.zone for fact in docket.periods)}
    for zone in zones:
        yield end_of_day(local_date(now, zone), zone)
    for fact in docket.periods:
        yield from (fact.opens_at, fact.closes_at)
    for item in duties.evaluation.items:
        if item.due is not None:
            yield item.due.instant


def _head(session: Session, instant: datetime) -> tuple[int, bytes, datetime]:
    """Return the state of the ledger, and the instant at which to evaluate: no clock that fell back reopens things."""
    found = session.connection().execute(select(LedgerHead.size, LedgerHead.frontier, LedgerHead.last_time)).first()
    if found is None or found.last_time is None:
        return 0, b"", instant
    return found.size, found.frontier, never_earlier(instant, found.last_time)


def _last_entries(session: Session, identifiers: Sequence[str] | None) -> dict[str, bytes]:
    """Return the hash of the last entry on each decision."""
    subject = col(LedgerSubject.subject)
    statement = select(subject, LedgerEntry.leaf_hash).join(
        LedgerEntry, col(LedgerEntry.idx) == LedgerSubject.last_idx
    )
    if identifiers is None:
        statement = statement.where(subject.startswith(_SUBJECT))
    else:
        statement = statement.where(subject.in_([decision_subject(identifier) for identifier in identifiers]))
    rows = session.connection().execute(statement)
    return {subject.removeprefix(_SUBJECT): leaf_hash for subject, leaf_hash in rows}


def _remembered(session: Session) -> _Remembered:
    return _databases().setdefault(session.get_bind().engine, _Remembered())


def _chunks(identifiers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (identifiers[start : start + _CHUNK] for start in range(0, len(identifiers), _CHUNK))
