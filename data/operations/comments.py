"""Receiving comments."""

from dataclasses import dataclass
from datetime import datetime

from data.operations.reception import Reception, clause_key_of, reception_of
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.comment import Channel, Comment, CommentText, Point, Stance, comment_body, received
from models.decision import Language, decision_subject
from models.exceptions import FutureEventError, InvalidValueError, NotAllowedError
from models.ledger import EntryType
from models.text import one_line


@dataclass(frozen=True, kw_only=True)
class SubmitComment:
    """What somebody has to say about a draft, or about one clause of it."""

    decision_id: str
    clause_id: int | None = None
    #: In which stage's comment period, where several run; in the one that closes first, unless said.
    stage: str = ""
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
    reception = reception_of(uow, command.decision_id)
    try:
        reception.demand(Act.SUBMIT_COMMENT, uow)
    except NotAllowedError:
        # Whoever may comment is told that it is too late or too early, not that it is forbidden.
        reception.say_when(uow.now)
        raise
    return _receive(command, reception, Channel.WEB, uow.now, uow)


def enter_comment(command: EnterComment, uow: UnitOfWork) -> Kept:
    """
    Enter a comment that came on paper, by telephone, in a hearing or by e-mail.

    :raises FutureEventError: if it is said to have come on a day to come
    :raises NotOpenError: if it came outside the comment period
    """
    reception = reception_of(uow, command.decision_id)
    reception.demand(Act.ENTER_COMMENT, uow)
    if command.received_at > uow.now:
        raise FutureEventError(command.received_at)
    return _receive(command, reception, command.channel, command.received_at, uow)


def _receive(
    command: SubmitComment, reception: Reception, channel: Channel, received_at: datetime, uow: UnitOfWork
) -> Kept:
    run = reception.admit(received_at, command.stage)
    body, name, contact = comment_body(command.body), one_line(command.name), one_line(command.contact)
    decision_id, clause_id, stance = command.decision_id, command.clause_id, command.stance
    clause_key = None if clause_id is None else clause_key_of(uow, decision_id, clause_id)
    comment_id = uow.insert(
        Comment,
        received(
            decision_id=decision_id,
            period_id=run.period_id,
            clause_id=clause_id,
            clause_key=clause_key,
            channel=channel,
            stance=stance,
            language=command.language,
            client_token=uow.token,
            at=received_at,
            recorded_by=uow.actor.account_id if channel is not Channel.WEB else None,
        ),
    )
    uow.insert(CommentText, CommentText.row(comment_id=comment_id, body=body, name=name, contact=contact))
    point = Point.row(comment_id=comment_id, decision_id=decision_id, clause_key=clause_key, stance=stance)
    point_id = uow.insert(Point, point)
    uow.make_findable(Kind.COMMENT, comment_id, body)
    uow.counted.append((decision_id, clause_key or "", str(stance), "", 1))
    uow.record(
        EntryType.COMMENT_RECEIVED,
        subject=decision_subject(decision_id),
        about=f"comment/{comment_id}",
        pub={"round": run.round, "clause": clause_key, "stance": str(stance), "channel": str(channel)},
        public={"body": body},
        private={"name": name, "contact": contact},
    )
    return Kept(subject=decision_subject(decision_id), key=str(comment_id), number=point_id)
