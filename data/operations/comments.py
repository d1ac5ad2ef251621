"""Receiving comments."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from data.operations.periods import latest_period
from data.operations.standing import demand_on_decision
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.comment import Channel, CommentText, Point, Stance, comment_body, received
from models.comment_period import CommentPeriod
from models.decision import Language, decision_subject
from models.draft import Clause, DraftVersion
from models.exceptions import FutureEventError, InvalidValueError, NotAllowedError, NotFoundError, NotOpenError
from models.ledger import EntryType
from models.text import one_line


@dataclass(frozen=True, kw_only=True)
class SubmitComment:
    """What somebody has to say about a draft, or about one clause of it."""

    decision_id: str
    clause_id: int | None = None
    stance: Stance
    body: str
    language: Language
    #: As signed; a masked form is published.
    name: str = ""
    #: Never published.
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class EnterComment(SubmitComment):
    """A comment that came in another way, on the day it came."""

    channel: Channel
    received_at: datetime


def submit_comment(command: SubmitComment, uow: UnitOfWork) -> Kept:
    """
    Receive a comment. Its receipt is derived from the client token, and kept by nobody but its author.

    :raises NotOpenError: if it arrives before the comment period opens, or at its closing instant or later
    :raises InvalidValueError: if it has no words or too many, or comes without a token
    """
    if not uow.token:
        raise InvalidValueError("token", "missing")
    period = latest_period(uow, command.decision_id)
    try:
        demand_on_decision(Act.SUBMIT_COMMENT, uow, command.decision_id)
    except NotAllowedError:
        # Whoever may comment is told that it is too late or too early, not that it is forbidden.
        if period is None:
            raise
        period.admit(uow.now)
        raise
    if period is None:
        raise NotFoundError("period", command.decision_id)
    period.admit(uow.now)
    return _receive(command, period, Channel.WEB, uow.now, uow)


def enter_comment(command: EnterComment, uow: UnitOfWork) -> Kept:
    """
    Enter a comment that came on paper, by telephone, in a hearing or by e-mail.

    :raises FutureEventError: if it is said to have come on a day to come
    :raises NotOpenError: if it came outside the comment period
    """
    demand_on_decision(Act.ENTER_COMMENT, uow, command.decision_id)
    if command.received_at > uow.now:
        raise FutureEventError(command.received_at)
    period = latest_period(uow, command.decision_id)
    if period is None:
        raise NotFoundError("period", command.decision_id)
    latest = period.latest
    if not latest.opens_at <= command.received_at < latest.closes_at:
        raise NotOpenError(latest.opens_at, latest.closes_at, command.received_at)
    return _receive(command, period, command.channel, command.received_at, uow)


def _receive(
    command: SubmitComment, period: CommentPeriod, channel: Channel, received_at: datetime, uow: UnitOfWork
) -> Kept:
    body = comment_body(command.body)
    clause = _clause(uow, command)
    comment = received(
        decision_id=command.decision_id,
        period_id=period.id,
        clause_id=clause.id if clause else None,
        clause_key=clause.key if clause else None,
        channel=channel,
        stance=command.stance,
        language=command.language,
        client_token=uow.token,
        at=received_at,
    )
    comment.recorded_by = uow.actor.account_id if channel is not Channel.WEB else None
    uow.keep(comment)
    name, contact = one_line(command.name), one_line(command.contact)
    point = Point(
        comment_id=comment.id,
        decision_id=command.decision_id,
        clause_key=comment.clause_key,
        stance=command.stance,
    )
    uow.keep(CommentText(comment_id=comment.id, body=body, name=name, contact=contact), point)
    uow.make_findable(Kind.COMMENT, comment.id, body)
    uow.counted.append((command.decision_id, comment.clause_key or "", str(command.stance), "", 1))
    uow.record(
        EntryType.COMMENT_RECEIVED,
        subject=decision_subject(command.decision_id),
        about=f"comment/{comment.id}",
        pub={
            "round": period.round,
            "clause": comment.clause_key,
            "stance": str(command.stance),
            "channel": str(channel),
        },
        public={"body": body},
        private={"name": name, "contact": contact},
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(comment.id), number=point.id)


def _clause(uow: UnitOfWork, command: SubmitComment) -> Clause | None:
    if command.clause_id is None:
        return None
    clause = uow.session.exec(
        select(Clause)
        .join(DraftVersion)
        .where(Clause.id == command.clause_id, DraftVersion.decision_id == command.decision_id)
    ).first()
    if clause is None:
        raise NotFoundError("clause", command.clause_id)
    return clause
