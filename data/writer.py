"""
The writer: the only one who changes the record of a process.

Changes wait in a queue. One thread takes as many as are there, up to :data:`MOST_IN_A_BATCH`, makes each under a
savepoint, so that one that is refused leaves no trace, writes the ledger once for all of them, and commits. Nobody is
answered before the commit: what was acknowledged survives a loss of power. Under load the batches grow, and the cost
of making things durable is shared (group commit).
"""

import logging
import queue
import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from data.database import Database, database
from data.ledger.append import append, demand_recordable
from data.present import refresh
from data.search import index
from data.submissions import Submissions
from data.tallies import count_points
from data.unit_of_work import Kept, UnitOfWork
from models.actor import Actor
from models.clock import utc_now
from models.exceptions import RecordError, WriterBusyError
from models.ledger import EntryType

_LOG = logging.getLogger(__name__)
MOST_IN_A_BATCH = 64
#: How many changes may wait. Beyond that people are asked to try again, while the record keeps answering.
_MOST_WAITING = 4_096
#: How often a batch is tried again that the database refused for no fault of its own.
_ATTEMPTS = 5
_PATIENCE = 60.0
_TRANSIENT = ("40001", "40P01")

C = TypeVar("C")
Operation = Callable[[C, UnitOfWork], Kept]


@dataclass
class _Job:
    operation: Operation[Any]
    command: Any
    actor: Actor
    token: str
    now: datetime
    answer: Future[Kept] = field(default_factory=Future)


class Writer:
    """A queue of changes, and the thread that makes them."""

    def __init__(self, kept_in: Database) -> None:
        """Start the thread."""
        self._database = kept_in
        self._waiting: queue.Queue[_Job | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(
        self, operation: Operation[C], command: C, actor: Actor, *, token: str = "", now: datetime | None = None
    ) -> Future[Kept]:
        """
        Have a change made, and return what will be its result.

        :raises WriterBusyError: if too many changes are waiting
        """
        job = _Job(operation, command, actor, token, now or utc_now())
        try:
            self._waiting.put(job, timeout=1)
        except queue.Full as error:
            raise WriterBusyError from error
        return job.answer

    def close(self) -> None:
        """Make the changes that wait, then stop."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        goes_on = True
        while goes_on:
            batch = [self._waiting.get()]
            while len(batch) < MOST_IN_A_BATCH and batch[-1] is not None:
                try:
                    batch.append(self._waiting.get_nowait())
                except queue.Empty:
                    break
            goes_on = batch[-1] is not None
            jobs = [job for job in batch if job is not None and job.answer.set_running_or_notify_cancel()]
            if jobs:
                self._answer(jobs)

    def _answer(self, jobs: Sequence[_Job]) -> None:
        try:
            outcomes = self._keep(jobs)
        except Exception as error:  # noqa: BLE001 - whatever it was, everybody who waits is told.
            _LOG.exception("A batch of %d changes was not kept.", len(jobs))
            outcomes = [error] * len(jobs)
        for job, outcome in zip(jobs, outcomes, strict=True):
            if isinstance(outcome, Kept):
                job.answer.set_result(outcome)
            else:
                job.answer.set_exception(outcome)

    def _keep(self, jobs: Sequence[_Job]) -> list[Kept | BaseException]:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with Session(self._database.writing_engine, expire_on_commit=False) as session:
                    outcomes = _make(session, jobs)
                    session.commit()
                    return outcomes
            except DBAPIError as error:
                if attempt == _ATTEMPTS or not _is_transient(error):
                    raise
                _LOG.warning("A batch is tried again: %s", error.orig)
        raise AssertionError  # pragma: no cover - the loop returns or raises.


def _make(session: Session, jobs: Sequence[_Job]) -> list[Kept | BaseException]:
    """Make each change under a savepoint; then write once what all of them add to the ledger and the caches."""
    outcomes: list[Kept | BaseException] = []
    made: list[UnitOfWork] = []
    sent = Submissions(session, jobs)
    known: dict[str, dict[Hashable, Any]] = {}
    for job in jobs:
        uow = UnitOfWork(session, job.actor, job.now, job.token, known=known)
        savepoint = session.begin_nested()
        try:
            kept = sent.before(job)
            is_new = kept is None
            if kept is None:
                uow.open()
                kept = job.operation(job.command, uow)
                uow.close()
                demand_recordable(uow.entries)
            savepoint.commit()
        except (RecordError, IntegrityError) as error:
            _take_back(savepoint, uow, known)
            outcomes.append(error)
        except SQLAlchemyError:
            # The connection is at fault, so nothing of the batch can be kept: all of it is tried again, or refused.
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one operation is no reason to lose the others.
            _LOG.exception("%s failed.", job.operation.__name__)
            _take_back(savepoint, uow, known)
            outcomes.append(error)
        else:
            outcomes.append(kept)
            if is_new:
                made.append(uow)
                sent.note(job, kept)
        session.expunge_all()
    sent.keep()
    entries = [entry for uow in made for entry in uow.entries]
    index(session, [item for uow in made for item in uow.findable])
    count_points(session, [points for uow in made for points in uow.counted])
    append(session, entries)
    refresh(session, {entry.subject for entry in entries if entry.type not in _LEAVE_THE_PRESENT})
    return outcomes


def _take_back(savepoint: SessionTransaction, uow: UnitOfWork, known: dict[str, dict[Hashable, Any]]) -> None:
    """Undo a change that was refused. First back, then forget: until then, its session answers nothing."""
    savepoint.rollback()
    uow.discard()
    known.clear()


#: What happens too often to be worth a refresh, and shows in no list.
_LEAVE_THE_PRESENT = frozenset({EntryType.COMMENT_RECEIVED, EntryType.COMMENT_DISPOSITION})


def _is_transient(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _TRANSIENT or (isinstance(error, OperationalError) and "locked" in str(error.orig))


@cache
def writer() -> Writer:
    """Return the writer of this process."""
    return Writer(database())


def change(operation: Operation[C], command: C, actor: Actor, *, token: str = "", now: datetime | None = None) -> Kept:
    """
    Make a change, and return its result when it is durable.

    :param token: drawn once for each form that is filled in; sent again with the same content, nothing happens twice
    :raises RecordError: if the record refuses it; the exception tells why
    """
    try:
        return writer().submit(operation, command, actor, token=token, now=now).result(_PATIENCE)
    except TimeoutError as error:
        raise WriterBusyError from error
    except IntegrityError as error:
        _LOG.warning("The database refused %s: %s", operation.__name__, error.orig)
        raise RecordError("integrity") from error
