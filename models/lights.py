"""
The light of a project: computed by a published rule, and set by nobody.

What a department or an independent reviewer thinks of a project may stand beside its light; it does not enter here.
Silence is a light of its own: what is stale is never green, so that a project gains nothing by saying nothing.
"""

from dataclasses import dataclass
from datetime import date

from models import light_reasons as reason
from models.light_facts import LightFacts
from models.light_reasons import Light, LightReason, Reason
from models.light_rule import RULE, LightRule
from models.promise_state import IsWorking

# Of several that hold, the first is shown; the reasons of the others stay beneath it.
_ORDER = {
    each: place
    for place, each in enumerate(
        (Light.CANCELLED, Light.DONE, Light.STALE, Light.PAUSED, Light.RED, Light.YELLOW, Light.GREEN)
    )
}


@dataclass(frozen=True)
class LightResult:
    """A light, by which rule, and everything that speaks for it or would speak for one behind it."""

    light: Light
    rule_version: int
    reasons: tuple[Reason, ...]


def light(facts: LightFacts, today: date, is_working: IsWorking, rule: LightRule = RULE) -> LightResult:
    """Return the light of a project today, with the reasons, the weightiest first."""
    found = sorted(_reasons(facts, today, is_working, rule), key=lambda one: _ORDER[one.light])
    return LightResult(found[0].light, rule.version, tuple(found))


def _reasons(facts: LightFacts, today: date, is_working: IsWorking, rule: LightRule) -> list[Reason]:
    end = facts.completion
    if end is not None and end.history.is_ended:
        return [reason.ended(end, today)]
    found = [
        *reason.stale(facts, today, is_working, rule),
        *reason.paused(facts),
        *reason.late(facts, today, rule),
        *reason.over_estimate(facts),
        *reason.critical_overdue(facts, today),
        *reason.predecessor_unmet(facts, today, rule),
        *reason.spend_ahead(facts, rule),
        *reason.often_moved(facts, today, rule),
    ]
    limit = rule.limit(rule.yellow_days, rule.yellow_share, facts.planned_days)
    return found or [Reason(LightReason.AS_PROMISED, Light.GREEN, reason.days_late(facts, today), limit)]
