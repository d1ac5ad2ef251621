"""
A synthetic record, of a size at which it can be seen whether the record is fast.

It is the record that the operations would have made: the same rows, the same entries of the ledger, in the order of
time. What happens seldom is made by the operations; what happens a million times is written many rows at a time. Each
slice of time is one change of the writer, kept whole or not at all. A record that was interrupted goes on where it
ends.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import col, select

from data.database import Database
from data.operations.departments import PublishDepartment, publish_department
from data.samples.synthetic_comments import Receiver, answer, receive
from data.samples.synthetic_decisions import make_happen
from data.samples.synthetic_plan import SIZES, DecisionPlan, Plan
from data.samples.synthetic_projects import publish_projects, revise_milestones
from data.samples.synthetic_promises import projects_in, statements_in
from data.samples.synthetic_words import DEPARTMENTS
from data.unit_of_work import Kept, UnitOfWork
from data.writer import Writer
from models.actor import OPERATOR
from models.clock import local_date
from models.decision import Decision
from models.exceptions import RecordError
from models.ledger import EntryType, LedgerEntry, LedgerHead

#: The record is opened so long before anything else happens in it.
_BEFORE = timedelta(days=1)
#: Tables whose numbers are given here, not by the database.
_NUMBERED = ("comment", "milestone", "point")


@dataclass(frozen=True)
class _Asked:
    """What kind of synthetic record it is, as its first entry says."""

    size: str
    seed: int


def synthesize(
    database: Database,
    writer: Writer,
    *,
    size: str,
    seed: int,
    until: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """
    Make a synthetic record, or go on with one that was interrupted.

    :param until: the instant at which it ends; one that was begun keeps its own
    :param progress: told how many slices of its time are made, and of how many
    :raises RecordError: if the record holds anything else
    """
    opened = writer.submit(_open, (_Asked(size, seed), until.replace(microsecond=0)), OPERATOR).result()
    plan = Plan(SIZES[size], seed, datetime.fromisoformat(opened.key))
    maker = _Maker(database, plan)
    first = plan.slice_of(maker.last_time()) + 1
    for number in range(first, plan.slices):
        writer.submit(maker.make, number, OPERATOR, now=plan.at(plan.edges(number)[1])).result()
        progress(number + 1, plan.slices)


def _open(asked: tuple[_Asked, datetime], uow: UnitOfWork) -> Kept:
    """Write the first entry, or find that it is there; the result tells when the record ends."""
    kind, until = asked
    first = uow.session.exec(select(LedgerEntry.body).where(LedgerEntry.idx == 0)).first()
    told = {"size": kind.size, "seed": kind.seed}
    if first is not None:
        said = json.loads(first)["pub"].get("synthetic") or {}
        if {"size": said.get("size"), "seed": said.get("seed")} != told:
            raise RecordError("synthetic", "the record holds something else")
        return Kept(subject="log", key=said["until"])
    plan = Plan(SIZES[kind.size], kind.seed, until)
    uow.now = plan.beginning - _BEFORE
    day = local_date(until).isoformat()
    pub = {"example_day": day, "synthetic": told | {"until": until.isoformat()}}
    uow.record(EntryType.LOG_OPENED, subject="log", about="log", pub=pub)
    for code, name_zh, name_en in DEPARTMENTS:
        publish_department(PublishDepartment(id=code, name_zh=name_zh, name_en=name_en), uow)
    return Kept(subject="log", key=until.isoformat())


class _Maker:
    """Makes slices, one after the other."""

    def __init__(self, database: Database, plan: Plan) -> None:
        self._database = database
        self._plan = plan
        #: The identifiers of the decisions announced so far, in the order of the plan.
        self._keys: list[str] = []
        self._receivers: dict[int, Receiver] = {}

    def last_time(self) -> datetime:
        """Return when the last thing happened that is in the record, and learn what is there."""
        with self._database.reading() as session:
            self._keys = list(session.exec(select(Decision.id).order_by(col(Decision.recorded_at), col(Decision.id))))
            last = session.exec(select(LedgerHead.last_time)).one()
        if last is None:
            raise AssertionError  # pragma: no cover - the first entry is there.
        return last

    def make(self, number: int, uow: UnitOfWork) -> Kept:
        """Make everything that happens in a slice."""
        plan = self._plan
        start, stop = plan.edges(number)
        publish_projects(plan, projects_in(plan, start, stop), uow)
        revise_milestones(plan, statements_in(plan, start, stop), uow)
        self._decide(start, stop, uow)
        uow.entries.sort(key=lambda entry: entry.time)
        if not self._database.is_sqlite:
            self._number_on(uow)
        return Kept(subject="log", number=number)

    def _decide(self, start: int, stop: int, uow: UnitOfWork) -> None:
        plan = self._plan
        steps = sorted(
            (at, decision.number, happens)
            for decision in plan.decisions
            for at, happens in decision.events
            if start <= at < stop
        )
        for at, number, happens in steps:
            decision = plan.decisions[number]
            known = self._keys[number] if number < len(self._keys) else ""
            key = make_happen(plan, decision, happens, at, uow, known)
            if not known:
                # In its place: a slice that the database had tried again announces the same decisions again.
                self._keys[number:] = [key]
        coming: list[tuple[int, DecisionPlan, int]] = []
        for decision in plan.decisions:
            come = plan.comments_in(decision, start, stop)
            if come and decision.number not in self._receivers:
                self._receivers[decision.number] = Receiver(uow.session, self._keys[decision.number])
            coming += [(plan.comment_at(decision, one), decision, one) for one in come]
        receive(plan, sorted(coming, key=lambda one: (one[0], one[1].number, one[2])), self._receivers, uow)
        for decision in plan.decisions:
            answered = plan.verdicts_in(decision, start, stop)
            if answered:
                answer(plan, decision, self._keys[decision.number], answered, uow)

    def _number_on(self, uow: UnitOfWork) -> None:
        """Have PostgreSQL give the numbers that follow those given here."""
        for table in _NUMBERED:
            uow.session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
            )
