"""Whether comments on a decision are taken: read once for all that come in together."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from data.operations.standing import latest_run, standing_at
from data.unit_of_work import UnitOfWork
from models.access import Act, demand
from models.decision import DecisionRevision, decision_subject
from models.draft import Clause, DraftVersion
from models.exceptions import NotFoundError, NotOpenError
from models.outcome import Outcome


class Reception(NamedTuple):
    """What is to be known of a decision to receive comments on it."""

    decision_id: str
    department_id: str
    is_decided: bool
    #: The latest comment period; nothing before the first.
    period_id: int | None
    round: int
    runs: tuple[datetime, datetime] | None

    def demand(self, act: Act, uow: UnitOfWork) -> None:
        """
        Let the actor do this.

        :raises NotAllowedError: if the permission table does not say that the actor may
        """
        standing = standing_at(uow.now, is_decided=self.is_decided, runs=self.runs)
        demand(act, uow.actor, standing=standing, department_id=self.department_id)

    def admit(self, arrived_at: datetime) -> int:
        """
        Let a comment in that arrived then, and return its comment period.

        :raises NotFoundError: if there is no comment period
        :raises NotOpenError: if it was not running at that instant: it includes its opening and excludes its closing
        """
        if self.period_id is None or self.runs is None:
            raise NotFoundError("period", self.decision_id)
        opens_at, closes_at = self.runs
        if not opens_at <= arrived_at < closes_at:
            raise NotOpenError(opens_at, closes_at, arrived_at)
        return self.period_id


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


def _read(session: Session, decision_id: str) -> Reception:
    decided = select(Outcome.id).where(Outcome.decision_id == decision_id).exists()
    said = session.exec(
        select(DecisionRevision.department_id, decided)
        .where(DecisionRevision.decision_id == decision_id)
        .order_by(col(DecisionRevision.number).desc())
        .limit(1)
    ).first()
    if said is None:
        raise NotFoundError("decision", decision_id)
    department_id, is_decided = said
    run = latest_run(session, decision_id)
    if run is None:
        return Reception(decision_id, department_id, is_decided, None, 0, None)
    return Reception(decision_id, department_id, is_decided, run.period_id, run.round, (run.opens_at, run.closes_at))


def _read_clause(session: Session, decision_id: str, clause_id: int) -> str:
    key = session.exec(
        select(Clause.key).join(DraftVersion).where(Clause.id == clause_id, DraftVersion.decision_id == decision_id)
    ).first()
    if key is None:
        raise NotFoundError("clause", clause_id)
    return key
