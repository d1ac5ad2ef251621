"""What the board counts of one decision: taken from its evaluation, once for each evaluation."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from data.queries.duties import Duties
from models.clock import local_date
from models.docket_evaluation import DocketEvaluation
from models.document import DocumentType
from models.duty_item import Item, ItemKind, ItemState, Why
from models.procedure import ProcessTemplate

_INSTANT = timedelta(microseconds=1)
_LATE = (ItemState.OVERDUE, ItemState.MISSING)
#: How a comment period falls short; that comments were never taken is another matter.
_SHORT = (Why.TOO_SHORT, Why.SHORT_BY_FIRST_DAY, Why.NO_EXCEPTION, Why.BELOW_FLOOR, Why.NOTICE_LATE)
#: What says what became of the comments.
_ANSWERS = (f"document:{DocumentType.ADOPTION_STATEMENT}", "answers_complete", "changes_published")


@dataclass(frozen=True, kw_only=True)
class DutyCounts:
    """How one decision stands."""

    #: Overdue or missing. Gates repeat what others say, and are left out.
    late: tuple[Item, ...]
    #: Days since closing, while comments are without an answer; none while all have one.
    waiting_days: int | None
    #: Days since closing, while nothing is decided.
    silent_days: int | None
    #: Whether some wait, and what was to say what became of them is past its legal deadline.
    is_past_deadline: bool
    #: Whether it is decided, and what became of the comments is not published.
    lacks_reasons: bool
    short_with_reason: tuple[Item, ...]
    short_without_reason: tuple[Item, ...]
    met: int
    due: int


def duty_counts(duties: Duties) -> DutyCounts:
    """Return what is counted of a decision. Evaluations are values, so it is counted once for each."""
    kept = _kept()
    of = duties.evaluation.decision_id
    found = kept.get(of)
    if found is None or found[0] is not duties:
        found = kept[of] = (duties, counted(duties.evaluation))
    return found[1]


@cache
def _kept() -> dict[str, tuple[Duties, DutyCounts]]:
    return {}


def counted(evaluation: DocketEvaluation) -> DutyCounts:
    """Return what is counted of an evaluation."""
    late = tuple(item for item in evaluation.items if item.state in _LATE and item.kind is not ItemKind.GATE)
    short = [item for item in evaluation.items if item.why in _SHORT and item.kind in _TIMES]
    answers = _answering(evaluation.template)
    owed = [item for item in evaluation.items if item.key in answers and (item.is_due or _is_owed(item))]
    waiting = _days_closed(evaluation) if evaluation.points_answered < evaluation.points else None
    return DutyCounts(
        late=late,
        waiting_days=waiting,
        silent_days=evaluation.days_since_closing,
        is_past_deadline=waiting is not None and any(item.state in _LATE for item in owed),
        lacks_reasons=_is_decided(evaluation) and (waiting is not None or any(not item.is_settled for item in owed)),
        short_with_reason=tuple(item for item in short if item.state is ItemState.WAIVED),
        short_without_reason=tuple(item for item in short if item.state is ItemState.MISSING),
        met=evaluation.met,
        due=len(evaluation.due),
    )


#: What lasts a time.
_TIMES = (ItemKind.WINDOW, ItemKind.DURATION)


def _is_owed(item: Item) -> bool:
    return item.why is Why.NO_LEGAL_DEADLINE


def _is_decided(evaluation: DocketEvaluation) -> bool:
    deciding = {f"stage:{stage.key}" for stage in evaluation.template.stages if stage.done_by == "decided"}
    return any(item.key in deciding and item.state is ItemState.MET for item in evaluation.items)


def _days_closed(evaluation: DocketEvaluation) -> int | None:
    """Return the days since comments were last taken; none while they are, or were not."""
    ended = [
        item.evidence.at
        for item in evaluation.items
        if item.kind is ItemKind.WINDOW and item.evidence is not None and item.evidence.at is not None
    ]
    if not ended or max(ended) > evaluation.instant:
        return None
    zone = evaluation.template.day_rule.zone
    return (local_date(evaluation.instant, zone) - local_date(max(ended) - _INSTANT, zone)).days


def _answering(template: ProcessTemplate) -> frozenset[str]:
    """Return the keys of the duties by which it is said what became of the comments."""
    obligations = (f"obligation:{one.key}" for one in template.obligations if one.do.startswith(_ANSWERS))
    documents = (
        f"document:{stage.key}:{one.name}"
        for stage in template.stages
        for one in stage.documents
        if one.type is DocumentType.ADOPTION_STATEMENT
    )
    return frozenset((*obligations, *documents))
