"""Opening, extending and closing the time in which comments are taken."""

from dataclasses import dataclass
from datetime import date, datetime

from data.operations.procedures import latest_choice, template_of
from data.operations.standing import said_of, windows_of
from data.templates.minimum import least_until
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, Standing, demand
from models.clock import JURISDICTION
from models.comment_period import CommentPeriod, PeriodRevision, period_shown
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
    #: Why it is shorter than the procedure asks for, where it is.
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtendPeriod:
    """That comments are taken longer."""

    decision_id: str
    last_day: date
    reason: str
    #: Which period, where several run or are to come; the one that closes first, unless said.
    round: int | None = None
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClosePeriod:
    """That no more comments are taken, from now on."""

    decision_id: str
    reason: str
    #: Which period, where several run or are to come; the one that closes first, unless said.
    round: int | None = None
    seen: int | None = None


def open_period(command: OpenPeriod, uow: UnitOfWork) -> Kept:
    """
    Open a comment period: beside that of another stage, or after the decision, where the procedure has it so.

    :raises OrderError: if it would close before it opens
    :raises ReasonMissingError: if it is shorter than the minimum of the procedure and nothing says why
    :raises NotFoundError: if the procedure of the decision takes no comments in such a stage
    """
    decision_id, stage = command.decision_id, command.stage
    windows = windows_of(uow.session, decision_id)
    _demand(Act.OPEN_PERIOD, windows.standing(stage, uow.now), decision_id, uow)
    if stage and not names_a_window(template_of(uow, decision_id), stage):
        raise NotFoundError("stage", stage)
    opens_at = command.opens_at or uow.now
    period = CommentPeriod.open(
        decision_id=decision_id,
        round_number=max((run.round for run in windows.periods), default=0) + 1,
        opens_at=opens_at,
        last_day=command.last_day,
        zone_name=command.zone,
        stage=stage,
        least_until=_least_until(uow, decision_id, stage, opens_at, command.zone),
        reason=command.reason,
        at=uow.now,
    )
    # Asked again, now that it is known when it would run: between periods side by side there is no gap.
    _demand(Act.OPEN_PERIOD, windows.standing(stage, uow.now, period.latest), decision_id, uow)
    return _publish(EntryType.WINDOW_OPENED, period, uow)


def extend_period(command: ExtendPeriod, uow: UnitOfWork) -> Kept:
    """
    Give more time.

    :raises OrderError: if the new closing is not later than the present one
    :raises ReasonMissingError: if nothing says why
    :raises NotFoundError: if there is no such period
    :raises ConflictError: if somebody else moved the closing since
    """
    period = _demand_period(Act.EXTEND_PERIOD, command, uow)
    period.extend(last_day=command.last_day, reason=command.reason, at=uow.now)
    return _publish(EntryType.WINDOW_EXTENDED, period, uow)


def close_period(command: ClosePeriod, uow: UnitOfWork) -> Kept:
    """
    Close a comment period before its time.

    :raises ReasonMissingError: if nothing says why
    :raises NotFoundError: if there is no such period
    :raises ConflictError: if somebody else moved the closing since
    """
    period = _demand_period(Act.CLOSE_PERIOD, command, uow)
    least_until = _least_until(uow, command.decision_id, period.stage, period.latest.opens_at, period.zone)
    period.close_early(least_until=least_until, reason=command.reason, at=uow.now)
    return _publish(EntryType.WINDOW_CLOSED, period, uow)


def _demand_period(act: Act, command: ExtendPeriod | ClosePeriod, uow: UnitOfWork) -> CommentPeriod:
    """Let the actor move the closing of the period that is meant, and return it."""
    windows = windows_of(uow.session, command.decision_id)
    among = [run for run in windows.periods if command.round in (None, run.round)]
    # Where it does not matter any more, the last one says so.
    run = period_shown([run for run in among if not windows.is_over(run.stage)] or among, uow.now)
    _demand(act, windows.standing_of(run, uow.now), command.decision_id, uow)
    period = uow.session.get(CommentPeriod, run.period_id) if run else None
    if period is None:
        raise NotFoundError("period", command.decision_id)
    demand_latest("period", seen=command.seen, latest=period.latest, says=period.latest.closes_at.isoformat())
    return period


def _demand(act: Act, standing: Standing, decision_id: str, uow: UnitOfWork) -> None:
    demand(act, uow.actor, standing=standing, department_id=said_of(uow.session, decision_id).department_id)


def _least_until(uow: UnitOfWork, decision_id: str, stage: str, opens_at: datetime, zone: str) -> datetime | None:
    return least_until(latest_choice(uow, decision_id), stage, opens_at, zone)


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
