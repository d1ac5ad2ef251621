"""What speaks for a light: one function for each, from the facts and the thresholds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.light_facts import LightFacts
from models.light_rule import LightRule
from models.milestone_codes import RevisionKind
from models.project_facts import MilestoneFact, approved_estimate, expected_cost, spent_ahead
from models.promise_state import IsWorking, PromiseState, pause_clock, promise_state


class Light(StrEnum):
    """The lights, by the letters that pages show beside a shape and a word."""

    #: What is known is too old, or too little.
    STALE = "S"
    RED = "R"
    YELLOW = "Y"
    GREEN = "G"
    PAUSED = "P"
    CANCELLED = "C"
    #: Reached, on time or late.
    DONE = "D"


class LightReason(StrEnum):
    """Why a light is what it is, and what was measured for it."""

    CANCELLED = "cancelled"
    #: Days after the first date; none where that was said only when the day had passed.
    DONE = "done"
    NO_BASELINE = "no_baseline"
    #: Days since the last word.
    NOT_CONFIRMED = "not_confirmed"
    #: Days since a date passed that nobody spoke of.
    UNREPORTED = "unreported"
    #: Days since a word on a pause was due.
    PAUSE_NOT_UPDATED = "pause_not_updated"
    PAUSED = "paused"
    #: Days after the first date.
    LATE = "late"
    #: Money; the limit is the approved estimate.
    OVER_ESTIMATE = "over_estimate"
    #: Days since the date of a critical milestone passed.
    CRITICAL_OVERDUE = "critical_overdue"
    #: Days until a critical milestone, before which another is not reached.
    PREDECESSOR_UNMET = "predecessor_unmet"
    #: Basis points by which money is ahead of works.
    SPEND_AHEAD = "spend_ahead"
    #: How often the date of one critical milestone was moved lately.
    OFTEN_MOVED = "often_moved"
    #: Days after the first date, and none of the above.
    AS_PROMISED = "as_promised"


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a light, with the numbers that made it."""

    code: LightReason
    light: Light
    measured: int | None = None
    #: What it may not exceed; none where the fact alone speaks.
    limit: int | None = None
    milestone: int | None = None
    #: Of what is measured, where it is money.
    currency: str | None = None


def ended(completion: MilestoneFact, today: date) -> Reason:
    """Return the reason of a project that is done or given up."""
    slip = completion.history.slip_against_first(today)
    if slip is None:
        return Reason(LightReason.CANCELLED, Light.CANCELLED, milestone=completion.id)
    days = None if completion.history.is_told_afterwards else slip.days
    return Reason(LightReason.DONE, Light.DONE, days, milestone=completion.id)


def stale(facts: LightFacts, today: date, is_working: IsWorking, rule: LightRule) -> Iterator[Reason]:
    """Yield what is too old to be believed: no word in time, no date, a date passed in silence."""
    if facts.completion is None:
        yield Reason(LightReason.NO_BASELINE, Light.STALE)
    silent = (today - facts.last_word).days if facts.last_word else 0
    longest = rule.longest_silence(facts.cadence)
    if silent > longest:
        yield Reason(LightReason.NOT_CONFIRMED, Light.STALE, silent, longest)
    for one in facts.milestones:
        if promise_state(one.history, today, is_working) is PromiseState.UNREPORTED:
            days = (today - one.history.latest.day).days
            yield Reason(LightReason.UNREPORTED, Light.STALE, days, milestone=one.id)
        clock = pause_clock(one.history, today)
        if clock is not None and clock.is_overdue:
            days = (today - clock.update_due).days
            yield Reason(LightReason.PAUSE_NOT_UPDATED, Light.STALE, days, milestone=one.id)


def paused(facts: LightFacts) -> Iterator[Reason]:
    """Yield the pause of the whole: its end is paused."""
    end = facts.completion
    if end is not None and end.history.latest.kind is RevisionKind.PAUSED:
        yield Reason(LightReason.PAUSED, Light.PAUSED, milestone=end.id)


def late(facts: LightFacts, today: date, rule: LightRule) -> Iterator[Reason]:
    """Yield how late the end is against its first date, red or yellow, where it is too late."""
    measured = days_late(facts, today)
    red = rule.limit(rule.red_days, rule.red_share, facts.planned_days)
    yellow = rule.limit(rule.yellow_days, rule.yellow_share, facts.planned_days)
    end = facts.completion.id if facts.completion else None
    if measured > red:
        yield Reason(LightReason.LATE, Light.RED, measured, red, end)
    elif measured > yellow:
        yield Reason(LightReason.LATE, Light.YELLOW, measured, yellow, end)


def days_late(facts: LightFacts, today: date) -> int:
    """Return by how many days the end comes after its first date; negative before it."""
    slip = facts.completion.history.slip_against_first(today) if facts.completion else None
    return slip.days if slip else 0


def over_estimate(facts: LightFacts) -> Iterator[Reason]:
    """Yield what the whole costs, or has cost, beyond the approved estimate (概算)."""
    limit = approved_estimate(facts.budgets)
    if limit is None:
        return
    cost = expected_cost(facts.budgets)
    amounts = [cost.amount] if cost else []
    amounts += [one.spent for one in facts.reports[-1:] if one.spent]
    over = [one.units for one in amounts if one.currency == limit.amount.currency and one.units > limit.amount.units]
    if over:
        yield Reason(
            LightReason.OVER_ESTIMATE, Light.RED, max(over), limit.amount.units, currency=limit.amount.currency
        )


def critical_overdue(facts: LightFacts, today: date) -> Iterator[Reason]:
    """Yield each critical milestone whose date has passed."""
    for one in facts.critical:
        said = one.history.latest
        if said.day < today and not one.history.is_ended and said.kind is not RevisionKind.PAUSED:
            yield Reason(LightReason.CRITICAL_OVERDUE, Light.RED, (today - said.day).days, 0, one.id)


def predecessor_unmet(facts: LightFacts, today: date, rule: LightRule) -> Iterator[Reason]:
    """Yield each critical milestone that is due soon while one that comes before it is not reached."""
    unmet = {one.id for one in facts.milestones if one.history.actual is None and not one.history.is_cancelled}
    for one in facts.critical:
        days = (one.history.latest.day - today).days
        if not one.history.is_ended and 0 <= days <= rule.due_within and not unmet.isdisjoint(one.depends_on):
            yield Reason(LightReason.PREDECESSOR_UNMET, Light.YELLOW, days, rule.due_within, one.id)


def spend_ahead(facts: LightFacts, rule: LightRule) -> Iterator[Reason]:
    """Yield by how much the share of money spent exceeds that of the works done, in the last report with both."""
    budget = approved_estimate(facts.budgets) or expected_cost(facts.budgets)
    said = (spent_ahead(one, budget.amount if budget else None) for one in reversed(facts.reports))
    points = next((one for one in said if one is not None), None)
    if points is not None and points > rule.spend_ahead:
        yield Reason(LightReason.SPEND_AHEAD, Light.YELLOW, points, rule.spend_ahead)


def often_moved(facts: LightFacts, today: date, rule: LightRule) -> Iterator[Reason]:
    """Yield each critical milestone whose date was moved again and again of late."""
    since = today - timedelta(days=rule.moves_within)
    for one in facts.critical:
        moves = sum(1 for move in one.history.moves if move.after.said_on > since)
        if moves >= rule.moves and not one.history.is_ended:
            yield Reason(LightReason.OFTEN_MOVED, Light.YELLOW, moves, rule.moves - 1, one.id)
