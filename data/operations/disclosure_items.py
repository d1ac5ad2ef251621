"""Saying where a project stands with what is to be published of it."""

from dataclasses import dataclass
from datetime import date

from data.operations.disclosure_rules import holding_rule
from data.operations.documents import demand_project_document
from data.operations.facts import stated
from data.operations.numbering import latest_of
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.disclosure_item import DisclosureItem, DisclosureKind
from models.exceptions import FutureEventError, NotFoundError, OrderError
from models.ledger import EntryType
from models.project import project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class StateDisclosure:
    """What a department says of an item of the catalogue, for one of its projects."""

    project_id: str
    #: The key of the item.
    rule: str
    kind: DisclosureKind
    #: Since when the information exists.
    formed_on: date | None = None
    #: When it was published, and where it can be read: a document of the project, or an address.
    published_on: date | None = None
    document_id: int | None = None
    link: str = ""
    #: On what ground it is withheld, and when that is looked at again.
    ground: str = ""
    review_on: date | None = None
    #: Why it is not applicable, or why something is said that differs from what was said before.
    reason: str = ""
    seen: int | None = None
    #: Whether it repeats a file from elsewhere, of which a ground may be over by now.
    is_as_told: bool = False


def state_disclosure(command: StateDisclosure, uow: UnitOfWork) -> Kept:
    """
    Say where an item stands. What was said before stays to be read.

    :raises NotFoundError: if there is no such item, or no such document
    :raises InvalidValueError: if something is missing that its kind needs
    :raises FutureEventError: if it is said to have been formed or published on a day to come
    :raises OrderError: if it was published before it was formed, or the ground is looked at before today
    :raises ReasonMissingError: if a statement that settled it is taken back and nothing says why
    :raises ConflictError: if somebody else said something since
    """
    demand_on_project(Act.STATE_DISCLOSURE, uow, command.project_id)
    rule = holding_rule(command.rule, uow)
    if rule is None or rule.is_retired:
        raise NotFoundError("disclosure_rule", command.rule)
    _demand_dates(command, local_date(uow.now))
    demand_project_document(command.document_id, command.project_id, uow)
    latest = latest_of(uow.session, DisclosureItem, project_id=command.project_id, rule_key=command.rule)
    reason = cleaned(command.reason)
    if latest is not None:
        demand_latest("disclosure", seen=command.seen, latest=latest, says=str(latest.kind))
        if latest.kind is not DisclosureKind.FORMED:
            demand_reason("disclosure", reason)
    item = DisclosureItem(
        project_id=command.project_id,
        rule_key=rule.key,
        number=latest.number + 1 if latest else 1,
        kind=command.kind,
        formed_on=command.formed_on,
        published_on=command.published_on,
        document_id=command.document_id,
        link=one_line(command.link),
        ground=one_line(command.ground),
        review_on=command.review_on,
        reason=reason,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(item)
    _record(item, rule.title_zh, uow)
    return Kept(subject=project_subject(command.project_id), key=rule.key, number=item.number)


def _record(item: DisclosureItem, title: str, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.DISCLOSURE_STATED,
        subject=project_subject(item.project_id),
        about=f"disclosure/{item.rule_key}/{item.number}",
        pub={
            "item": item.rule_key,
            "title": title,
            "kind": str(item.kind),
            **stated(
                formed_on=item.formed_on,
                published_on=item.published_on,
                document=item.document_id,
                link=item.link,
                ground=item.ground,
                review_on=item.review_on,
            ),
            "reason": item.reason,
        },
    )


def _demand_dates(command: StateDisclosure, today: date) -> None:
    for day in (command.formed_on, command.published_on):
        if day is not None and day > today:
            raise FutureEventError(day)
    if command.formed_on and command.published_on and command.published_on < command.formed_on:
        raise OrderError(command.formed_on, command.published_on)
    is_held = command.kind is DisclosureKind.WITHHELD and not command.is_as_told
    if is_held and command.review_on is not None and command.review_on < today:
        raise OrderError(today, command.review_on)
