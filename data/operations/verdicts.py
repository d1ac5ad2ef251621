"""Answering points."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from data.operations.numbering import latest_of
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.comment import Point
from models.decision import decision_subject
from models.draft import Clause, DraftVersion
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.revision import demand_latest
from models.verdict import Verdict, VerdictCode, answered


@dataclass(frozen=True, kw_only=True)
class GiveVerdict:
    """What becomes of a point, and why."""

    point_id: int
    code: VerdictCode
    reason: str
    until: date | None = None
    forwarded_to: str = ""
    same_as_id: int | None = None
    #: The clause that changed because of it.
    clause_id: int | None = None
    #: The number of the latest answer, as its author saw it; 0 for none.
    seen: int | None = None


def give_verdict(command: GiveVerdict, uow: UnitOfWork) -> Kept:
    """
    Answer a point. An earlier answer stays to be read.

    :raises NotFoundError: if there is no such point, or no such clause or point to refer to
    :raises ReasonMissingError: if nothing says why
    :raises InvalidValueError: if what the code needs is missing: a date, a name, the other point
    :raises ConflictError: if somebody else answered since
    """
    point = uow.session.get(Point, command.point_id)
    if point is None:
        raise NotFoundError("point", command.point_id)
    demand_on_decision(Act.GIVE_VERDICT, uow, point.decision_id)
    latest = latest_of(uow.session, Verdict, point_id=point.id)
    if latest is not None:
        demand_latest("verdict", seen=command.seen, latest=latest, says=f"{latest.code}: {latest.reason}")
    _demand_same_decision(command, point, uow)
    verdict = answered(
        point_id=point.id,
        number=latest.number + 1 if latest else 1,
        code=command.code,
        reason=command.reason,
        until=command.until,
        forwarded_to=command.forwarded_to,
        same_as_id=command.same_as_id,
        clause_id=command.clause_id,
        at=uow.now,
    )
    verdict.recorded_by = uow.actor.account_id
    uow.counted.append((point.decision_id, point.clause_key or "", str(point.stance), str(point.state or ""), -1))
    uow.counted.append((point.decision_id, point.clause_key or "", str(point.stance), str(command.code), 1))
    point.state = command.code
    uow.keep(verdict, point)
    _record(verdict, point, uow)
    return Kept(subject=decision_subject(point.decision_id), key=str(point.comment_id), number=verdict.number)


def _record(verdict: Verdict, point: Point, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.COMMENT_DISPOSITION,
        subject=decision_subject(point.decision_id),
        about=f"comment/{point.comment_id}",
        pub={
            "point": point.number,
            "number": verdict.number,
            "code": str(verdict.code),
            "until": str(verdict.until) if verdict.until else None,
            "clause": verdict.clause_id,
        },
        public={"reason": verdict.reason, "forwarded_to": verdict.forwarded_to},
    )


def _demand_same_decision(command: GiveVerdict, point: Point, uow: UnitOfWork) -> None:
    if command.same_as_id is not None:
        other = uow.session.get(Point, command.same_as_id)
        if other is None or other.decision_id != point.decision_id:
            raise NotFoundError("point", command.same_as_id)
        if other.id == point.id or other.state is VerdictCode.SAME_AS:
            raise InvalidValueError("same_as_id", command.same_as_id)
    if command.clause_id is not None:
        of_decision = select(Clause.id).join(DraftVersion).where(DraftVersion.decision_id == point.decision_id)
        if uow.session.exec(of_decision.where(Clause.id == command.clause_id)).first() is None:
            raise NotFoundError("clause", command.clause_id)
