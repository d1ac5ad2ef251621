"""Opening, extending and closing the time in which comments are taken."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from data.operations.procedures import template_of
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import JURISDICTION
from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import decision_subject
from models.duty_keys import names_a_window
from models.exceptions import NotFoundError
from models.ledger import EntryType
from models.revision import demand_latest


@dataclass(frozen=True, kw_only=True)
class OpenPeriod:
    """That comments are taken, until the end of a day."""

    decision_id: str
    last_day: date
    #: At once, unless it says when.
    opens_at: datetime | None = None
    zone: str = JURISDICTION
    #: In which stage of the procedure, where more than one takes comments.
    stage: str = ""
    #: Why it is shorter than usual, where it is.
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtendPeriod:
    """That comments are taken longer."""

    decision_id: str
    last_day: date
    reason: str
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClosePeriod:
    """That no more comments are taken, from now on."""

    decision_id: str
    reason: str
    seen: int | None = None


def open_period(command: OpenPeriod, uow: UnitOfWork) -> Kept:
    """
    Open a comment period.

    :raises OrderError: if it would close before it opens
    :raises ReasonMissingError: if it is shorter than usual and nothing says why
    :raises NotFoundError: if the procedure of the decision takes no comments in such a stage
    """
    demand_on_decision(Act.OPEN_PERIOD, uow, command.decision_id)
    if command.stage and not names_a_window(template_of(uow, command.decision_id), command.stage):
        raise NotFoundError("stage", command.stage)
    latest = latest_period(uow, command.decision_id)
    period = CommentPeriod.open(
        decision_id=command.decision_id,
        round_number=latest.round + 1 if latest else 1,
        opens_at=command.opens_at or uow.now,
        last_day=command.last_day,
        zone_name=command.zone,
        stage=command.stage,
        reason=command.reason,
        at=uow.now,
    )
    return _publish(EntryType.WINDOW_OPENED, period, uow)


def extend_period(command: ExtendPeriod, uow: UnitOfWork) -> Kept:
    """
    Give more time.

    :raises OrderError: if the new closing is not later than the present one
    :raises ReasonMissingError: if nothing says why
    :raises ConflictError: if somebody else moved the closing since
    """
    demand_on_decision(Act.EXTEND_PERIOD, uow, command.decision_id)
    period = _demand_period(uow, command.decision_id)
    demand_latest("period", seen=command.seen, latest=period.latest, says=period.latest.closes_at.isoformat())
    period.extend(last_day=command.last_day, reason=command.reason, at=uow.now)
    return _publish(EntryType.WINDOW_EXTENDED, period, uow)


def close_period(command: ClosePeriod, uow: UnitOfWork) -> Kept:
    """
    Close a comment period before its time.

    :raises ReasonMissingError: if nothing says why
    :raises ConflictError: if somebody else moved the closing since
    """
    demand_on_decision(Act.CLOSE_PERIOD, uow, command.decision_id)
    period = _demand_period(uow, command.decision_id)
    demand_latest("period", seen=command.seen, latest=period.latest, says=period.latest.closes_at.isoformat())
    period.close_early(reason=command.reason, at=uow.now)
    return _publish(EntryType.WINDOW_CLOSED, period, uow)


def latest_period(uow: UnitOfWork, decision_id: str) -> CommentPeriod | None:
    """Return the latest comment period of a decision, with everything said about it."""
    return uow.session.exec(
        select(CommentPeriod)
        .where(CommentPeriod.decision_id == decision_id)
        .order_by(col(CommentPeriod.round).desc())
        .limit(1)
    ).first()


def _demand_period(uow: UnitOfWork, decision_id: str) -> CommentPeriod:
    period = latest_period(uow, decision_id)
    if period is None:
        raise NotFoundError("period", decision_id)
    return period


def _publish(entry_type: EntryType, period: CommentPeriod, uow: UnitOfWork) -> Kept:
    said: PeriodRevision = period.latest
    said.recorded_by = uow.actor.account_id
    uow.keep(period)
    uow.record(
        entry_type,
        subject=decision_subject(period.decision_id),
        about=f"period/{period.round}/{said.number}",
        pub={
            "round": period.round,
            "zone": period.zone,
            "stage": period.stage,
            "opens_at": said.opens_at.isoformat(),
            "closes_at": said.closes_at.isoformat(),
            "reason": said.reason,
        },
    )
    return Kept(subject=decision_subject(period.decision_id), key=str(period.round), number=said.number)
