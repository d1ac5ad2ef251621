"""
What has happened in a docket, by the names that templates use, with the evidence for each.

======================================  ===================================================================
``announced``                           the decision was announced
``draft_published``                     the first version of the draft
``period_opened``, ``period_closed``    the first comment period before the decision opened, the last one closed;
                                        with ``:stage``, those of one stage
``answers_begun``, ``answers_complete`` the first answer was published; the last point was answered
``analysis_complete``                   an act says so, or every point is answered
``opinion_signed``                      the first expert signed
``decided``, ``outcome_published``      on the day of the decision; when the record showed it
``changes_published``                   an outcome that says what differs from the draft
``effective``, ``dropped``              it takes effect; it does not go ahead
``evaluated``                           its effects were measured
``document:type``                       the document, public or withheld on a ground
``publicity:key``                       a display, from its first day
``hearing:step``                        a step of the hearing
``stage:key:started``, ``:finished``    what is said of the stage, or what shows it
``act:key``                             an act that the template names
======================================  ===================================================================
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from models.docket_facts import DocumentFact, PeriodFact
from models.docket_view import Evidence, Finder, View
from models.document import DisclosureClass
from models.stage import StageKind

_INSTANT = timedelta(microseconds=1)


def _announced(view: View, _: str) -> Evidence | None:
    found = view.recorded("decision", view.docket.decision_id, view.docket.announced_at)
    return found if view.has_happened(found) else None


def _draft_published(view: View, _: str) -> Evidence | None:
    return next((view.recorded("draft", fact.id, fact.recorded_at) for fact in view.docket.drafts), None)


def periods_of(view: View, stage: str) -> list[PeriodFact]:
    """Return what was said of the comment periods of a stage; of all before the decision, without one."""
    stages = {stage} if stage else view.template.windows_before_decision
    return [fact for fact in view.docket.periods if (fact.stage or view.template.first_window) in stages]


def _period_opened(view: View, stage: str) -> Evidence | None:
    found = periods_of(view, stage)
    if not found:
        return None
    first = min(found, key=lambda fact: (fact.round, fact.opens_at))
    return Evidence("period", first.id, view.day_of(first.opens_at), first.recorded_at, first.opens_at)


def _period_closed(view: View, stage: str) -> Evidence | None:
    latest = {fact.id: fact for fact in periods_of(view, stage)}
    if not latest:
        return None
    last = max(latest.values(), key=lambda fact: fact.closes_at)
    # It closes at an exclusive instant: the last day is the one before, and what follows is counted from that.
    return Evidence("period", last.id, view.day_of(last.closes_at - _INSTANT), last.recorded_at, last.closes_at)


def _answers_begun(view: View, _: str) -> Evidence | None:
    found = next((fact.first_answer_at for fact in view.docket.tallies if fact.first_answer_at), None)
    return None if found is None else view.recorded("answers", "", found)


def _answers_complete(view: View, _: str) -> Evidence | None:
    latest = view.docket.tallies[-1] if view.docket.tallies else None
    if latest is None or latest.answered < latest.points:
        return None
    return view.recorded("answers", "", latest.complete_at or latest.recorded_at)


def _analysis_complete(view: View, _: str) -> Evidence | None:
    stated = view.find("act:analysis_complete")
    before = view.template.windows_before_decision
    if stated or any((fact.stage or view.template.first_window) not in before for fact in view.docket.periods):
        # Answers are counted together: what came after the decision says nothing of what was weighed before it.
        return stated
    return view.find("answers_complete")


def _opinion_signed(view: View, _: str) -> Evidence | None:
    found = min(view.docket.opinions, key=lambda fact: fact.signed_on, default=None)
    return None if found is None else Evidence("opinion", found.id, found.signed_on, found.recorded_at)


def _decided(view: View, _: str) -> Evidence | None:
    fact = view.docket.outcomes[0] if view.docket.outcomes else None
    return None if fact is None else Evidence("outcome", fact.id, fact.decided_on, fact.recorded_at)


def _outcome_published(view: View, _: str) -> Evidence | None:
    fact = view.docket.outcomes[0] if view.docket.outcomes else None
    return None if fact is None else view.recorded("outcome", fact.id, fact.recorded_at)


def _changes_published(view: View, _: str) -> Evidence | None:
    found = next((fact for fact in view.docket.outcomes if fact.states_changes), None)
    return None if found is None else view.recorded("outcome", found.id, found.recorded_at)


def _effective(view: View, _: str) -> Evidence | None:
    fact = view.docket.outcomes[-1] if view.docket.outcomes else None
    if fact is None or fact.effective_on is None:
        return None
    return Evidence("outcome", fact.id, fact.effective_on, fact.recorded_at)


def _dropped(view: View, _: str) -> Evidence | None:
    fact = view.docket.outcomes[-1] if view.docket.outcomes else None
    return None if fact is None or not fact.code.drops else view.recorded("outcome", fact.id, fact.recorded_at)


def _evaluated(view: View, _: str) -> Evidence | None:
    fact = view.docket.evaluations[0] if view.docket.evaluations else None
    return None if fact is None else Evidence("evaluation", fact.id, fact.evaluated_on, fact.recorded_at)


def answers(fact: DocumentFact, kind: str, key: str = "") -> bool:
    """Whether a document is of a type; and of a key, if one is asked for and the document says its own."""
    return fact.type == kind and (not key or fact.key in ("", key))


def _document(view: View, of: str) -> Evidence | None:
    """Return the first statement by which the latest form of a document of that type, or key, is known."""
    kind, _, key = of.partition(":")
    facts = [fact for fact in view.docket.documents if answers(fact, kind, key)]
    latest = {fact.id: fact for fact in facts}
    for fact in facts:
        now = latest[fact.id]
        if fact.disclosure is now.disclosure is not DisclosureClass.NOT_YET_DUE:
            found = view.recorded("document", fact.id, fact.recorded_at)
            return Evidence(found.kind, found.id, found.day, found.recorded_at, found.at, now.ground)
    return None


def _publicity(view: View, key: str) -> Evidence | None:
    found = min((fact for fact in view.docket.notices if fact.of == key), key=lambda fact: fact.from_on, default=None)
    return None if found is None else Evidence("notice", found.id, found.from_on, found.recorded_at)


def _hearing(view: View, step: str) -> Evidence | None:
    # The last statement of a step is the one that holds: a hearing may be put off.
    found = next((fact for fact in reversed(view.docket.hearings) if fact.step == step), None)
    return None if found is None else Evidence("hearing", found.id, found.on, found.recorded_at)


def _act(view: View, act: str) -> Evidence | None:
    found = next((fact for fact in view.docket.acts if fact.act == act), None)
    return None if found is None else Evidence("act", found.id, found.on, found.recorded_at)


def _stage(view: View, of: str) -> Evidence | None:
    key, _, moment = of.partition(":")
    stage = view.template.by_key[key]
    said = [fact for fact in view.docket.stages if fact.stage == key]
    is_start = moment == "started"
    shown_by = stage.begun_by if is_start else stage.done_by
    kinds = {StageKind.STARTED, StageKind.FINISHED} if is_start else {StageKind.FINISHED}
    found = next((fact for fact in reversed(said) if fact.kind in kinds), None)
    if found is None:
        return view.find(shown_by) if shown_by else None
    return Evidence("stage", found.id, found.starts_on if is_start else found.ends_on, found.recorded_at)


#: How each happening is found.
FINDERS: Mapping[str, Finder] = MappingProxyType(
    {
        "announced": _announced,
        "draft_published": _draft_published,
        "period_opened": _period_opened,
        "period_closed": _period_closed,
        "answers_begun": _answers_begun,
        "answers_complete": _answers_complete,
        "analysis_complete": _analysis_complete,
        "opinion_signed": _opinion_signed,
        "decided": _decided,
        "outcome_published": _outcome_published,
        "changes_published": _changes_published,
        "effective": _effective,
        "dropped": _dropped,
        "evaluated": _evaluated,
        "document": _document,
        "publicity": _publicity,
        "hearing": _hearing,
        "act": _act,
        "stage": _stage,
    }
)
