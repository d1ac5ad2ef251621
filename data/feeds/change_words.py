"""A change of the record in words: what happened, to what, from what to what, and why."""

from datetime import datetime

from data.feeds.written import closing
from data.queries.changes import Change
from data.words import in_both
from models.ledger import EntryType
from models.procedure_act import GeneralAct

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
    """Return the matter, and why it changed."""
    lines = [change.title, _why(change)]
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
        before, after = facts.get("before"), facts["due_date"]
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
        case EntryType.PROGRESS_REPORTED:
            return f"{change.title} {facts['period_start']} / {facts['period_end']}"
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
