"""A change of the record in words: what happened, to what, from what to what, and why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data.feeds.written import as_said, closing, instant
from data.queries.changes import Change
from data.words import in_both
from models.ledger import EntryType
from models.milestone_codes import Precision
from models.procedure_act import GeneralAct
from models.promised_day import PromisedDay

_MILESTONES = (EntryType.MILESTONE_PLANNED, EntryType.MILESTONE_CHANGED, EntryType.MILESTONE_REACHED)
_STAGES = (EntryType.STAGE_PLANNED, EntryType.STAGE_CHANGED)
_PERIODS = (EntryType.WINDOW_OPENED, EntryType.WINDOW_EXTENDED, EntryType.WINDOW_CLOSED)
_DRAFTS = (EntryType.DRAFT_PUBLISHED, EntryType.DRAFT_AMENDED)
_DOCUMENTS = (EntryType.DOCUMENT_PUBLISHED, EntryType.DOCUMENT_AMENDED)
#: How much of a long text is worth a reader's list.
_LONGEST = 2000
#: How much of a question stands in a title.
_QUOTED = 80


def _code(subject: str, code: str) -> str:
    return in_both(f"codes.{subject}.{code}")


def title_of(change: Change) -> str:
    """Return one line: ``节点改期 · Milestone moved: 通水 2027-03-04 → 2027-06-30``."""
    detail = _detail(change)
    return f"{_event(change)}: {detail}" if detail else _event(change)


def summary_of(change: Change) -> str:
    """Return the matter, why it changed, and whether two people published it."""
    lines = [change.title, _why(change), _by_two(change)]
    return "\n".join(line for line in lines if line)[:_LONGEST]


def _event(change: Change) -> str:
    if change.about.startswith("location/"):
        return in_both("codes.entry.location")
    if change.type is EntryType.MILESTONE_CHANGED:
        return in_both(f"feeds.milestone.{change.facts['kind']}")
    return in_both(f"codes.entry.{change.type}")


def _detail(change: Change) -> str:
    facts = change.facts
    if change.type in _MILESTONES:
        before, after = (_said(facts, name) for name in ("before", "due_date"))
        dates = f"{before} → {after}" if before and before != after else after
        return f"{facts['title']} {dates}"
    if change.type in _STAGES:
        kind = f", {_code('stage_kind', facts['kind'])}" if facts["kind"] != "baseline" else ""
        return f"{_stage(change)}{kind}, {facts['starts_on']} / {facts['ends_on']}"
    if change.type in _PERIODS:
        return f"{change.title} {closing(datetime.fromisoformat(facts['closes_at']), facts['zone'])}"
    if change.type in _DRAFTS:
        return f"{change.title} ({facts['number']})"
    if change.type in _DOCUMENTS:
        return f"{facts['title']} ({_code('disclosure', facts['disclosure'])})"
    return _other_detail(change)


def _said(facts: Mapping[str, Any], name: str) -> str:
    """Return a day no more exactly than it was said; entries of older versions do not tell how exactly that was."""
    if not facts.get(name):
        return ""
    of = "precision" if name == "due_date" else f"{name}_precision"
    precision = Precision(facts.get(of, Precision.DAY))
    low, high = (facts.get(bound) if name == "due_date" else None for bound in ("date_low", "date_high"))
    days = (date.fromisoformat(day) if day else None for day in (low, high))
    return as_said(PromisedDay(date.fromisoformat(facts[name]), precision, *days))


def _stage(change: Change) -> str:
    """Return what the stage was called by its procedure; by Decree 713, where none had been chosen."""
    facts = change.facts
    return f"{facts['title_zh']} · {facts['title_en']}" if "title_zh" in facts else _code("stage", facts["stage"])


def _other_detail(change: Change) -> str:
    facts = change.facts
    match change.type:
        case EntryType.DECISION_PUBLISHED:
            return f"{change.title} ({_code('outcome', facts['code'])})"
        case EntryType.COMMENT_DISPOSITION:
            return f"{change.title} #{change.about.partition('/')[2]} ({_code('verdict', facts['code'])})"
        case EntryType.EXPERT_OPINION:
            return " ".join(
                filter(None, (change.title, change.words.get("name"), f"({_code('opinion_stance', facts['stance'])})"))
            )
        case EntryType.DEPARTMENT_PUBLISHED | EntryType.DEPARTMENT_AMENDED:
            return f"{facts['name_zh']} · {facts['name_en']}"
        case EntryType.PROJECT_LINKED:
            return f"{facts['project']} / {facts['decision']}"
        case EntryType.MILESTONE_AMENDED:
            return " → ".join(filter(None, (facts.get("before"), facts["title"])))
        case EntryType.PROGRESS_REPORTED:
            return f"{change.title} {facts['period_start']} / {facts['period_end']}"
        case _:
            return _detail_of_promise(change)


def _detail_of_promise(change: Change) -> str:
    facts = change.facts
    match change.type:
        case EntryType.MILESTONE_CONFIRMED:
            return f"{facts['title']} {_said(facts, 'due_date')}"
        case EntryType.MILESTONE_LINKED:
            return f"{change.title}: {facts['title']}"
        case EntryType.RATING_PUBLISHED:
            return f"{change.title} ({facts['body']}, {_code('rating', facts['letter'])}, {facts['rated_on']})"
        case EntryType.VALUE_WITHHELD:
            return f"{change.title} ({_code('withheld_field', facts['field'])})"
        case EntryType.DISCLOSURE_STATED:
            return f"{change.title}: {facts['title']} ({_code('disclosure_kind', facts['kind'])})"
        case EntryType.CONTRACT_PUBLISHED | EntryType.CONTRACT_MODIFIED if "title" in facts:
            return f"{change.title}: {facts['title']}"
        case _:
            return _detail_of_procedure(change)


def _detail_of_procedure(change: Change) -> str:
    facts = change.facts
    match change.type:
        case EntryType.CATALOGUE_PUBLISHED | EntryType.CATALOGUE_AMENDED:
            return f"{facts['title']} ({_code('catalogue_state', facts['state'])})"
        case EntryType.NOTICE_PUBLISHED:
            return f"{change.title} ({_code('notice_channel', facts['channel'])}, {facts['from_on']})"
        case EntryType.HEARING_STEP:
            return f"{change.title} ({_code('hearing_step', facts['step'])}, {facts['held_on']})"
        case EntryType.ACT_RECORDED if facts["act"] in set(GeneralAct):
            return f"{change.title} ({_code('act', facts['act'])}, {facts['held_on']})"
        case EntryType.OPINION_ADOPTED:
            return f"{change.title} ({_code('adoption', facts['code'])})"
        case EntryType.QUESTION_ASKED | EntryType.QUESTION_ANSWERED:
            return f"{change.title}: {change.words.get('body', '')[:_QUOTED]}"
        case EntryType.EFFECT_PROMISED:
            return f"{change.title} ({facts['indicator']} {facts['target']} {facts['unit']}, {facts['by_on']})"
        case EntryType.EFFECT_MEASURED:
            return f"{change.title} ({facts['indicator']} {facts['value']} {facts['unit']}, {facts['measured_on']})"
        case _:
            return change.title


def _why(change: Change) -> str:
    code, reason = change.facts.get("reason_code"), change.facts.get("reason") or change.words.get("reason") or ""
    code_words = _code("reason_code", code) if code else ""
    return ": ".join(part for part in (code_words, str(reason)) if part)


def _by_two(change: Change) -> str:
    if change.proposed_at is None:
        return ""
    if change.approved_at is None:
        return in_both("feeds.scheduled", proposed=instant(change.proposed_at))
    return in_both("feeds.by_two", proposed=instant(change.proposed_at), approved=instant(change.approved_at))
