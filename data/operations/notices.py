"""Publishing evidence that something was displayed."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from data.operations.numbering import next_number
from data.operations.procedures import template_of
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.decision import decision_subject
from models.duty_keys import names_a_display
from models.exceptions import FutureEventError, InvalidValueError, NotFoundError, OrderError
from models.ledger import EntryType
from models.notice import Notice, NoticeChannel
from models.text import one_line


@dataclass(frozen=True, kw_only=True)
class PublishNotice:
    """What was displayed where, from when to when, and who saw to it."""

    decision_id: str
    #: The stage whose comment period it announces, or the key of a rule of publicity: ``decision_notice``.
    of: str
    round: int = 1
    channel: NoticeChannel
    link: str = ""
    #: What shows it, where it is no link.
    evidence: str = ""
    from_on: date
    to_on: date | None = None
    confirmed_by: str


def publish_notice(command: PublishNotice, uow: UnitOfWork) -> Kept:
    """
    Publish evidence that something was displayed.

    :raises NotFoundError: if the procedure of the decision asks for no such display
    :raises FutureEventError: if it is said to begin on a day to come
    :raises OrderError: if it would end before it begins
    :raises InvalidValueError: if there is neither a link nor anything else that shows it, or nobody confirms it
    """
    demand_on_decision(Act.PUBLISH_NOTICE, uow, command.decision_id)
    if not names_a_display(template_of(uow, command.decision_id), command.of):
        raise NotFoundError("display", command.of)
    if command.from_on > local_date(uow.now):
        raise FutureEventError(command.from_on)
    if command.to_on is not None and command.to_on < command.from_on:
        raise OrderError(command.from_on, command.to_on)
    link, evidence = one_line(command.link), one_line(command.evidence)
    if link and urlsplit(link).scheme not in ("http", "https"):
        raise InvalidValueError("link", link)
    if not link and not evidence:
        raise InvalidValueError("evidence", "missing")
    notice = Notice(
        decision_id=command.decision_id,
        number=next_number(uow, Notice, decision_id=command.decision_id),
        of=command.of,
        round=command.round,
        channel=command.channel,
        link=link,
        evidence=evidence,
        from_on=command.from_on,
        to_on=command.to_on,
        confirmed_by=one_line(command.confirmed_by),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(notice)
    _record(notice, uow)
    return Kept(subject=decision_subject(command.decision_id), key=notice.of, number=notice.number)


def _record(notice: Notice, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.NOTICE_PUBLISHED,
        subject=decision_subject(notice.decision_id),
        about=f"notice/{notice.number}",
        pub={
            "of": notice.of,
            "round": notice.round,
            "channel": str(notice.channel),
            "from_on": str(notice.from_on),
            "to_on": str(notice.to_on) if notice.to_on else None,
            "link": notice.link,
        },
        public={"evidence": notice.evidence, "confirmed_by": notice.confirmed_by},
    )
