"""Publishing the text of a draft, version by version."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from data.operations.numbering import latest_of
from data.operations.standing import demand_on_decision
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.decision import Language, decision_subject
from models.draft import Clause, DraftVersion, clauses_of, version
from models.ledger import EntryType
from models.revision import demand_latest, demand_reason
from models.text import cleaned


@dataclass(frozen=True, kw_only=True)
class PublishDraft:
    """A version of the text that is to be decided."""

    decision_id: str
    language: Language
    text: str
    #: What differs from the version before, and why.
    reason: str = ""
    #: Whether it differs so much that people would say something else about it, and must be asked again.
    is_materially_changed: bool = False
    #: The number of the version that was worked on; 0 for none.
    seen: int | None = None


def publish_draft(command: PublishDraft, uow: UnitOfWork) -> Kept:
    """
    Publish a version of a draft, divided into clauses.

    :raises InvalidValueError: if there is no text, or too much of it
    :raises ReasonMissingError: if it is not the first version and nothing says what differs
    :raises ConflictError: if somebody else published a version since
    """
    demand_on_decision(Act.PUBLISH_DRAFT, uow, command.decision_id)
    latest = latest_of(uow.session, DraftVersion, decision_id=command.decision_id)
    before: list[Clause] = []
    if latest is not None:
        demand_latest("draft", seen=command.seen, latest=latest, says=latest.reason)
        demand_reason("draft", command.reason)
        of_latest = select(Clause).where(Clause.draft_version_id == latest.id).order_by(col(Clause.position))
        before = list(uow.session.exec(of_latest))
    number = latest.number + 1 if latest else 1
    draft = version(
        decision_id=command.decision_id, number=number, language=command.language, reason=command.reason, at=uow.now
    )
    draft.is_materially_changed = command.is_materially_changed and number > 1
    draft.recorded_by = uow.actor.account_id
    clauses = clauses_of(cleaned(command.text), before=before, version_number=number)
    uow.keep(draft)
    for clause in clauses:
        clause.draft_version_id = draft.id
    uow.keep(*clauses)
    for clause in clauses:
        uow.make_findable(Kind.CLAUSE, clause.id, clause.label, clause.heading, clause.body)
    _record(draft, clauses, cleaned(command.text), uow)
    return Kept(subject=decision_subject(command.decision_id), key=command.decision_id, number=number)


def _record(draft: DraftVersion, clauses: Sequence[Clause], text: str, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.DRAFT_PUBLISHED if draft.number == 1 else EntryType.DRAFT_AMENDED,
        subject=decision_subject(draft.decision_id),
        about=f"draft/{draft.number}",
        pub={
            "number": draft.number,
            "clauses": len(clauses),
            "language": str(draft.language),
            "reason": draft.reason,
            "materially_changed": draft.is_materially_changed,
        },
        public={"text": text},
    )
