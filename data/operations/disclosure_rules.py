"""Amending the catalogue of what is to be published of a project."""

from dataclasses import dataclass

from data.operations.facts import stated
from data.operations.numbering import latest_of
from data.templates.disclosure_classes import shipped_rules
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.disclosure_rule import DisclosureRule, DisclosureRuleRevision
from models.document import DocumentType
from models.exceptions import ConflictError
from models.ledger import EntryType
from models.project import ApprovalRoute
from models.revision import demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class AmendDisclosureRule:
    """What is now said of an item of the catalogue; an item with a key that is new is added to it."""

    key: str
    #: The class of 国办发〔2017〕94号, from 1 to 8.
    class_number: int
    title_zh: str
    title_en: str
    #: Within how many working days after it was formed.
    days: int
    document_type: DocumentType | None = None
    #: The only way of approval on which it is due.
    approval_route: ApprovalRoute | None = None
    #: The rule by which it is due, with its article.
    source: str = ""
    is_retired: bool = False
    reason: str
    #: The number of the statement that it follows, as its author saw it; 0 for an item that is new.
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class AmendDisclosureRules:
    """What is now said of several items: all of it holds from now on, or nothing."""

    rules: tuple[AmendDisclosureRule, ...]


def amend_disclosure_rule(command: AmendDisclosureRule, uow: UnitOfWork) -> Kept:
    """
    Say something else of an item. What was said before stays to be read.

    :raises ReasonMissingError: if nothing says why
    :raises ConflictError: if somebody else did since
    :raises InvalidValueError: if there is no such class, or the key is none
    """
    demand(Act.KEEP_DISCLOSURE_RULES, uow.actor)
    latest = holding_rule(command.key, uow)
    if latest is not None and command.seen is not None and command.seen != latest.number:
        raise ConflictError("disclosure_rule", command.seen, latest.number, latest.title_zh)
    revision = DisclosureRuleRevision(
        key=command.key,
        number=latest.number + 1 if latest else 1,
        class_number=command.class_number,
        title_zh=one_line(command.title_zh),
        title_en=one_line(command.title_en),
        days=command.days,
        document_type=command.document_type,
        approval_route=command.approval_route,
        source=one_line(command.source),
        is_retired=command.is_retired,
        reason=demand_reason("disclosure_rule", cleaned(command.reason)),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(revision)
    subject = f"dsc/{revision.key}"
    _record(revision, subject, uow)
    return Kept(subject=subject, key=revision.key, number=revision.number)


def _record(revision: DisclosureRuleRevision, subject: str, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.DISCLOSURE_RULE_AMENDED,
        subject=subject,
        about=f"disclosure/{revision.key}/{revision.number}",
        pub={
            "class": revision.class_number,
            "title_zh": revision.title_zh,
            "title_en": revision.title_en,
            "days": revision.days,
            **stated(
                document_type=revision.document_type,
                approval_route=revision.approval_route,
                source=revision.source,
            ),
            "retired": revision.is_retired,
            "reason": revision.reason,
        },
    )


def amend_disclosure_rules(command: AmendDisclosureRules, uow: UnitOfWork) -> Kept:
    """
    Say something else of several items, in one change.

    :raises RecordError: what :func:`amend_disclosure_rule` raises of one of them
    """
    for rule in command.rules:
        kept = amend_disclosure_rule(rule, uow)
    return Kept(subject=kept.subject, number=len(command.rules))


def holding_rule(key: str, uow: UnitOfWork) -> DisclosureRule | None:
    """Return an item of the catalogue as it holds; nothing if there is none of that key."""
    said = latest_of(uow.session, DisclosureRuleRevision, key=key)
    return said.rule if said else shipped_rules().get(key)
