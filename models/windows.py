"""
The times in which comments are taken, held against the minimum, the notice, and the drafts.

The minimum is counted from the day on which the period opens. A notice that was up late extends the period by the
same days. A document that came while the period ran was there for a share of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import groupby

from models.clock import end_of_day, local_date
from models.day_rule import DayRule, DueDate, due_date
from models.docket_facts import PeriodFact, WaiverFact
from models.docket_view import Evidence, View
from models.duty_item import Item, ItemKind, ItemState, Why
from models.happenings import periods_of
from models.procedure import CountingRule, ProcessStage, ProcessTemplate
from models.procedure_terms import Term
from models.timed_duties import applying, articles_of, availability_of, excused, is_overtaken, waived, waiver_of
from models.working_days import Calendar

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Availability:
    """For what share of a comment period a document could be read."""

    stage: str
    round: int
    document_id: str
    type: str
    available_at: datetime
    share: Fraction


@dataclass(frozen=True)
class _Round:
    """One comment period: every statement about it, in order."""

    stage: ProcessStage
    number: int
    said: tuple[PeriodFact, ...]

    @property
    def key(self) -> str:
        return f"window:{self.stage.key}" + (f":{self.number}" if self.number > 1 else "")

    @property
    def now(self) -> PeriodFact:
        return self.said[-1]


def window_items(view: View, stage: ProcessStage) -> Iterator[Item]:
    """Return an item for each round of comments of a stage; one that waits if there was none."""
    rounds = rounds_of(view, stage)
    if not rounds:
        yield waived(view, _without_round(view, stage))
    for one in rounds:
        yield _round_item(view, one)
    yield from _new_rounds(view, stage, rounds)


def availability(view: View, stage: ProcessStage) -> Iterator[Availability]:
    """Return for what share of each comment period each document that it needs could be read."""
    needed = [one for one in applying(view, stage.documents) if one.before and one.before.startswith("period_opened")]
    for one in rounds_of(view, stage):
        opens_at, closes_at = one.now.opens_at, one.now.closes_at
        for document in (fact for requirement in needed for fact in availability_of(view, requirement)):
            there = max(closes_at - max(opens_at, document.recorded_at), timedelta())
            whole = closes_at - opens_at
            share = Fraction(there // _INSTANT, whole // _INSTANT) if whole else Fraction(0)
            yield Availability(stage.key, one.number, document.id, document.type, document.recorded_at, share)


def reasons_of(view: View, stage: ProcessStage) -> Iterator[WaiverFact]:
    """Return each reason that was published with a period for being short, as the waiver it is."""
    for one in rounds_of(view, stage):
        yield from _reasons(view, one)


def _reasons(view: View, one: _Round) -> Iterator[WaiverFact]:
    earlier = None
    for fact in one.said:
        # By the longest of all minimums, whatever flags are up: what was published stays published.
        minimum = _longest(view, one.stage.min_duration, fact.opens_at, fact.zone)
        # The reason of an extension says why there is more time, not why there was so little.
        gives_less = earlier is None or fact.closes_at < earlier.closes_at
        if gives_less and minimum is not None and fact.closes_at < minimum.instant and fact.reason.strip():
            yield WaiverFact(id=fact.id, of=one.key, reason=fact.reason, by=fact.by, recorded_at=fact.recorded_at)
        earlier = fact


def rounds_of(view: View, stage: ProcessStage) -> list[_Round]:
    """Return the comment periods of a stage, in order."""
    ordered = sorted(periods_of(view, stage.key), key=lambda fact: (fact.round, fact.id))
    return [
        _Round(stage, number, tuple(sorted(facts, key=lambda fact: fact.recorded_at)))
        for number, facts in ((number, tuple(group)) for number, group in groupby(ordered, lambda fact: fact.round))
    ]


def minimum_of(view: View, stage: ProcessStage, opens_at: datetime, zone: str) -> DueDate | None:
    """Return the last day of the shortest period that every rule allows; none where no rule sets one."""
    return shortest(view.template, view.calendar, view.flags, stage, opens_at, zone)


def shortest(
    template: ProcessTemplate,
    calendar: Calendar,
    flags: frozenset[str],
    stage: ProcessStage,
    opens_at: datetime,
    zone: str,
) -> DueDate | None:
    """Return :func:`minimum_of` where nothing is known of the decision but its procedure and its flags."""
    terms = [term for term in stage.min_duration if term.applies(flags)]
    return _longest_of(template.day_rule, calendar, terms, opens_at, zone)


def _longest(
    view: View, terms: Sequence[Term], opens_at: datetime, zone: str, *, first_day_counts: bool | None = None
) -> DueDate | None:
    return _longest_of(view.template.day_rule, view.calendar, terms, opens_at, zone, first_day_counts=first_day_counts)


def _longest_of(
    counting: CountingRule,
    calendar: Calendar,
    terms: Sequence[Term],
    opens_at: datetime,
    zone: str,
    *,
    first_day_counts: bool | None = None,
) -> DueDate | None:
    found = []
    for term in terms:
        span = term.span if first_day_counts is None else replace(term.span, first_day_counts=first_day_counts)
        rule = DayRule(counting.first_day_counts, counting.rolls_over, zone)
        found.append(due_date(local_date(opens_at, zone), span, rule, calendar))
    return max(found, key=lambda due: due.last_day, default=None)


def _without_round(view: View, stage: ProcessStage) -> Item:
    item = Item(
        key=f"window:{stage.key}",
        kind=ItemKind.WINDOW,
        stage=stage.key,
        title=stage.title,
        state=ItemState.NOT_YET,
        why=Why.NOT_TRIGGERED,
        articles=articles_of(view, stage.legal_basis, stage.min_duration),
    )
    if not stage.applies(view.flags):
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    if not stage.required:
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.OPTIONAL)
    return item.but(state=ItemState.MISSING, why=Why.OVERTAKEN) if is_overtaken(view, stage) else item


def _round_item(view: View, one: _Round) -> Item:
    now = one.now
    last_day = local_date(now.closes_at - _INSTANT, now.zone)
    item = Item(
        key=one.key,
        kind=ItemKind.WINDOW,
        stage=one.stage.key,
        title=one.stage.title,
        state=ItemState.MET if view.instant >= now.closes_at else ItemState.NOT_YET,
        due=minimum_of(view, one.stage, now.opens_at, now.zone),
        evidence=Evidence("period", now.id, last_day, now.recorded_at, now.closes_at),
        articles=articles_of(view, one.stage.legal_basis, one.stage.min_duration),
        waiver=waiver_of(view, one.key) or next(_reasons(view, one), None),
    )
    item = _held_against_minimum(view, one, item)
    return _held_against_notice(view, one, item)


def _held_against_minimum(view: View, one: _Round, item: Item) -> Item:
    if item.due is None or one.now.closes_at >= item.due.instant:
        return item
    terms = applying(view, one.stage.min_duration)
    days = (item.due.last_day - local_date(one.now.closes_at - _INSTANT, one.now.zone)).days
    practised = _longest(view, terms, one.now.opens_at, one.now.zone, first_day_counts=True)
    by_first_day = practised is not None and one.now.closes_at >= practised.instant
    why = Why.SHORT_BY_FIRST_DAY if by_first_day else Why.TOO_SHORT
    short = item.but(state=ItemState.MISSING, why=why, days=days)
    floors = applying(view, one.stage.shorten.floor) if one.stage.shorten else []
    floor = _longest(view, floors, one.now.opens_at, one.now.zone)
    return excused(view, one.stage, short, is_below_floor=floor is not None and one.now.closes_at < floor.instant)


def _held_against_notice(view: View, one: _Round, item: Item) -> Item:
    """Return a period whose notice came late as one that should close as many days later than first announced."""
    notices = [fact.from_on for fact in view.docket.notices if fact.of == one.stage.key and fact.round == one.number]
    opened = local_date(one.now.opens_at, one.now.zone)
    late = (min(notices) - opened).days if notices else 0
    if late <= 0:
        return item
    announced = local_date(one.said[0].closes_at - _INSTANT, one.now.zone)
    should_close = end_of_day(announced + timedelta(days=late), one.now.zone)
    item = item.but(should_close=should_close)
    if one.now.closes_at >= should_close or item.state in (ItemState.MISSING, ItemState.WAIVED):
        return item
    state = ItemState.WAIVED if waiver_of(view, one.key) else ItemState.MISSING
    return item.but(state=state, why=Why.NOTICE_LATE, days=late)


def _new_rounds(view: View, stage: ProcessStage, rounds: Sequence[_Round]) -> Iterator[Item]:
    """Return an item for each draft that differs materially from what people were asked about."""
    if not rounds or stage.key != view.template.first_window:
        return
    changed = [
        fact
        for fact in view.docket.drafts
        if fact.is_materially_changed and fact.recorded_at > rounds[0].said[0].opens_at
    ]
    for fact in changed:
        after = next((one.now for one in rounds if one.now.opens_at >= fact.recorded_at), None)
        opened = after and Evidence("period", after.id, view.day_of(after.opens_at), after.recorded_at, after.opens_at)
        done = opened if opened and view.has_happened(opened) else None
        overtaken = bool(stage.new_round_basis) and is_overtaken(view, stage)
        open_state = ItemState.MISSING if overtaken else ItemState.NOT_YET
        item = Item(
            key=f"round:{stage.key}:{fact.id}",
            kind=ItemKind.ROUND,
            stage=stage.key,
            title=stage.title,
            state=ItemState.MET if done else open_state,
            why=None if done else Why.CHANGED_DRAFT,
            evidence=done,
            counts_from=view.recorded("draft", fact.id, fact.recorded_at),
            articles=stage.new_round_basis,
        )
        yield waived(view, item)
