"""What cannot all be true of one docket: dates that lie before others which they must follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.docket_view import View
from models.stage import StageKind


class ContradictionKind(StrEnum):
    """What does not fit."""

    #: A stage began before one that comes first was finished.
    STAGE_BEFORE_PREDECESSOR = "stage_before_predecessor"
    DECIDED_BEFORE_CLOSING = "decided_before_closing"
    #: Decided before every point was answered, or without.
    DECIDED_BEFORE_ANALYSIS = "decided_before_analysis"
    OPINION_AFTER_DECISION = "opinion_after_decision"
    HEARING_AFTER_DECISION = "hearing_after_decision"
    EFFECTIVE_BEFORE_DECISION = "effective_before_decision"
    EVALUATED_BEFORE_DECISION = "evaluated_before_decision"


@dataclass(frozen=True)
class Contradiction:
    """Two dates, of which the first should not lie before the second."""

    kind: ContradictionKind
    #: What happened too early, and when.
    what: str
    on: date
    #: What should have come first, and when it did; none if it has not.
    before: str
    before_on: date | None


def contradictions(view: View) -> tuple[Contradiction, ...]:
    """Return everything in a docket that contradicts the order of its procedure."""
    return (*_stages(view), *_around_the_decision(view))


def _stages(view: View) -> Iterator[Contradiction]:
    stated = {fact.stage for fact in view.docket.stages if fact.kind is not StageKind.SKIPPED}
    for stage in view.template.stages:
        begun = view.past(f"stage:{stage.key}:started") or view.past(f"stage:{stage.key}:finished")
        for earlier in stage.after if begun else ():
            done = view.find(f"stage:{earlier}:finished")
            # What the record shows by itself is told below, or by the gates: this is about what people said.
            is_said = stage.key in stated or earlier in stated
            if begun and done and begun.day < done.day and is_said and earlier not in stage.parallel_with:
                kind = ContradictionKind.STAGE_BEFORE_PREDECESSOR
                yield Contradiction(kind, f"stage:{stage.key}", begun.day, f"stage:{earlier}", done.day)


def _around_the_decision(view: View) -> Iterator[Contradiction]:
    decided = view.find("decided")
    if decided is None:
        return
    closed, analysed = view.find("period_closed"), view.find("analysis_complete")
    if closed and decided.day <= closed.day:
        kind = ContradictionKind.DECIDED_BEFORE_CLOSING
        yield Contradiction(kind, "decided", decided.day, "period_closed", closed.day)
    if (analysed and decided.day < analysed.day) or (analysed is None and view.docket.tallies):
        kind = ContradictionKind.DECIDED_BEFORE_ANALYSIS
        day = analysed.day if analysed else None
        yield Contradiction(kind, "decided", decided.day, "analysis_complete", day)
    for name, kind in (
        ("effective", ContradictionKind.EFFECTIVE_BEFORE_DECISION),
        ("evaluated", ContradictionKind.EVALUATED_BEFORE_DECISION),
    ):
        found = view.find(name)
        if found and found.day < decided.day:
            yield Contradiction(kind, name, found.day, "decided", decided.day)
    signed = max((fact.signed_on for fact in view.docket.opinions), default=None)
    if signed and signed > decided.day:
        kind = ContradictionKind.OPINION_AFTER_DECISION
        yield Contradiction(kind, "decided", decided.day, "opinion_signed", signed)
    held = view.find("hearing:held")
    if held and held.day > decided.day:
        kind = ContradictionKind.HEARING_AFTER_DECISION
        yield Contradiction(kind, "decided", decided.day, "hearing:held", held.day)
