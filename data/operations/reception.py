"""Whether comments on a decision are taken: read once for all that come in together."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, select

from data.operations.standing import Run, said_of, windows_of
from data.unit_of_work import UnitOfWork
from models.access import Act, Standing, demand
from models.comment_period import period_shown
from models.comment_windows import Windows, standing_at
from models.decision import decision_subject
from models.draft import Clause, DraftVersion
from models.exceptions import NotFoundError, NotOpenError


class Reception(NamedTuple):
    """What is to be known of a decision to receive comments on it."""

    decision_id: str
    department_id: str
    windows: Windows[Run]

    def demand(self, act: Act, uow: UnitOfWork) -> None:
        """
        Let the actor do this.

        :raises NotAllowedError: if the permission table does not say that the actor may
        """
        taking = self.windows.taking
        over = self.windows.outcome is not None and not taking
        standing = Standing.DECIDED if over else standing_at(uow.now, taking)
        demand(act, uow.actor, standing=standing, department_id=self.department_id)

    def admit(self, arrived_at: datetime, stage: str = "") -> Run:
        """
        Let a comment in that arrived then, and return its comment period: of those that ran, the first to close.

        :param stage: in which stage's period, where several run
        :raises NotFoundError: if there is no comment period
        :raises NotOpenError: if none was running at that instant: each includes its opening and excludes its closing
        """
        key_of = self.windows.key_of
        asked = [run for run in self.windows.taking if not stage or key_of(run.stage) == stage]
        if not asked:
            raise NotFoundError("period", self.decision_id)
        return _open_one(asked, arrived_at)

    def say_when(self, instant: datetime) -> None:
        """
        Say when comments are taken, if they are not at that instant.

        :raises NotOpenError: if no comment period runs then
        """
        if self.windows.periods:
            _open_one(self.windows.periods, instant)


def reception_of(uow: UnitOfWork, decision_id: str) -> Reception:
    """
    Return whether comments on a decision are taken.

    :raises NotFoundError: if there is no such decision
    """
    return uow.know(decision_subject(decision_id), Reception, lambda: _read(uow.session, decision_id))


def clause_key_of(uow: UnitOfWork, decision_id: str, clause_id: int) -> str:
    """
    Return the key of a clause.

    :raises NotFoundError: if no draft of the decision has it
    """
    return uow.know(
        decision_subject(decision_id), clause_id, lambda: _read_clause(uow.session, decision_id, clause_id)
    )


def _open_one(runs: Sequence[Run], instant: datetime) -> Run:
    shown = period_shown(runs, instant)
    if shown is None or not shown.opens_at <= instant < shown.closes_at:
        raise NotOpenError(shown and shown.opens_at, shown and shown.closes_at, instant)
    return shown


def _read(session: Session, decision_id: str) -> Reception:
    said = said_of(session, decision_id)
    return Reception(decision_id, said.department_id, windows_of(session, decision_id))


def _read_clause(session: Session, decision_id: str, clause_id: int) -> str:
    key = session.exec(
        select(Clause.key).join(DraftVersion).where(Clause.id == clause_id, DraftVersion.decision_id == decision_id)
    ).first()
    if key is None:
        raise NotFoundError("clause", clause_id)
    return key
