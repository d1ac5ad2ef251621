"""What is proposed, in words: each statement beside what is said of the same thing now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.queries.proposals import ProposalStepView, ProposalView
from data.queries.proposed_statements import ProposedStatement
from models.exceptions import ConflictError
from models.ledger import EntryType
from models.milestone import Precision
from models.promised_day import PromisedDay
from models.proposal import ProposalStepKind
from pages.explanations import explain
from pages.formats import format_instant, format_money, format_percent, format_promised
from pages.words import has_word, word

#: What heads a statement, is told as its reason, or is a part of another fact.
_TOLD_ELSEWHERE = frozenset(
    {"title", "before", "reason", "reason_code", "currency", "precision", "before_precision", "project", "number"}
)
_MILESTONES = (EntryType.MILESTONE_CHANGED, EntryType.MILESTONE_REACHED, EntryType.MILESTONE_CONFIRMED)
#: By which list the code of a fact is told; ``kind`` and ``type`` are told by what they are of.
_LISTS = {
    "approval_route": "approval_route",
    "cadence": "cadence",
    "code": "milestone_code",
    "disclosure": "disclosure",
    "field": "withheld_field",
    "method": "procurement_method",
    "nature": "contract_nature",
    "phase": "phase",
    "sector": "sector",
}
_KINDS = {
    EntryType.BUDGET_PUBLISHED: "budget_kind",
    EntryType.DISCLOSURE_STATED: "disclosure_kind",
    EntryType.DOCUMENT_PUBLISHED: "document_type",
    EntryType.DOCUMENT_AMENDED: "document_type",
    EntryType.MILESTONE_PLANNED: "milestone_type",
}
_SHARES = frozenset({"physical_bp", "planned_bp", "annual_bp"})
_AMOUNTS = frozenset({"amount", "spent", "planned_spent"})
_MILLIONTHS = frozenset({"longitude_e6", "latitude_e6"})


@dataclass(frozen=True, kw_only=True)
class StatementWords:
    """A statement as it is read: what it is, of what, which facts differ, and why."""

    event: str
    title: str
    project_id: str
    project: str
    #: The fact, what is said of it now - empty where nothing is - and what would be said.
    rows: tuple[tuple[str, str, str], ...]
    why: str
    is_first: bool
    is_overtaken: bool


def statement_words(one: ProposedStatement, language: str) -> StatementWords:
    """Return a statement in words."""
    names = [name for name in one.facts if name not in _TOLD_ELSEWHERE]
    rows = []
    for name in names:
        before = _value(name, one.before, one.type, language) if one.before else ""
        after = _value(name, one.facts, one.type, language)
        if after != before and (after or before):
            rows.append((_label(name, language), before, after))
    title, project = str(one.facts.get("title", "")), one.title or word("proposals.project_of", language)
    return StatementWords(
        event=_event(one, language),
        # What is said of the project itself needs its name once.
        title="" if title == project else title,
        project_id=one.project_id if one.title else "",
        project=project,
        rows=tuple(rows),
        why=_why(one.facts, language),
        is_first=one.before is None,
        is_overtaken=one.is_overtaken,
    )


def step_words(step: ProposalStepView, proposal: ProposalView, language: str) -> str:
    """Return what became of a proposal, when, and through whom."""
    what = word(f"codes.proposal_step.{step.kind}", language)
    told = {"at": format_instant(step.at, None, language), "what": what}
    is_by_clock = step.kind in (ProposalStepKind.PUBLISHED, ProposalStepKind.FAILED) and not step.by
    if is_by_clock and proposal.publish_at is not None:
        return word("proposals.step_by", language, by=word("proposals.by_clock", language), **told)
    return (
        word("proposals.step_by", language, by=step.by, **told)
        if step.by
        else word("proposals.step", language, **told)
    )


def refused_words(proposal: ProposalView, language: str) -> str:
    """Return why the record did not take a proposal; the empty text where it did."""
    errors = [step.error for step in proposal.steps if step.error is not None]
    if not errors:
        return ""
    if isinstance(errors[-1], ConflictError):
        _, seen, now, says = errors[-1].facts
        return word("proposals.conflict", language, seen=seen, now=now, says=says)
    return explain(errors[-1], language)


def proposer_words(proposal: ProposalView, language: str) -> str:
    """Return who proposed something: a person by name, a system by what it is."""
    return proposal.proposed_by or word("proposals.by_system", language)


def _event(one: ProposedStatement, language: str) -> str:
    if one.about.startswith("location/"):
        return word("codes.entry.location", language)
    if one.type in _MILESTONES and one.type is not EntryType.MILESTONE_CONFIRMED:
        kind = one.facts["kind"]
        return f"{word(f'codes.revision_sign.{kind}', language)} {word(f'codes.revision_kind.{kind}', language)}"
    return word(f"codes.entry.{one.type}", language)


def _label(name: str, language: str) -> str:
    key = f"proposals.fact.{name}"
    return word(key, language) if has_word(key, language) else name


def _why(facts: Mapping[str, Any], language: str) -> str:
    code = facts.get("reason_code")
    parts = (word(f"codes.reason_code.{code}", language) if code else "", str(facts.get("reason") or ""))
    return ": ".join(part for part in parts if part)


def _value(name: str, facts: Mapping[str, Any], kind: EntryType, language: str) -> str:
    value = facts.get(name)
    if value is None or value == "":
        return ""
    if name == "kind" and kind in _MILESTONES:
        # The statement itself is headed by it.
        return ""
    if isinstance(value, bool):
        return word(f"proposals.{str(value).lower()}", language)
    if name == "due_date":
        said, precision = date.fromisoformat(value), Precision(facts.get("precision", Precision.DAY))
        return format_promised(PromisedDay(said=said, precision=precision), language)
    if name in _AMOUNTS:
        return format_money(int(value), str(facts.get("currency") or ""), language)
    if name in _SHARES:
        return format_percent(int(value))
    if name in _MILLIONTHS:
        return f"{int(value) / 1_000_000:.6f}"
    if name in ("document", "document_id"):
        return word("proposals.document", language, number=value)
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    return _coded(name, str(value), kind, language)


def _coded(name: str, value: str, kind: EntryType, language: str) -> str:
    subject = _KINDS.get(kind) if name in ("kind", "type") else _LISTS.get(name)
    key = f"codes.{subject}.{value}"
    return word(key, language) if subject and has_word(key, language) else value
