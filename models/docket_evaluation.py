"""
The evaluation of a docket at an instant: where everything stands that its procedure demands.

Pure: the same docket, template, calendar and instant give the same answer, so that any past day can be asked about.
Whoever asks about the present passes the instant through ``models.docket.never_earlier``, lest a clock set back
reopens what had closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from models.clock import days_between, local_date
from models.contradictions import Contradiction, contradictions
from models.docket import Docket, as_known_at, flags_raised
from models.docket_facts import WaiverFact
from models.docket_view import View
from models.duty_item import Item, ItemKind, ItemState, Why
from models.happenings import FINDERS
from models.procedure import ProcessStage, ProcessTemplate
from models.stage import StageKind
from models.stage_items import duration_item, gate_items, left_out, publicity_item, requirement_item, stage_item
from models.timed_duties import document_item, obligation_item, waiver_of
from models.windows import Availability, availability, reasons_of, window_items
from models.working_days import Calendar


@dataclass(frozen=True, kw_only=True)
class DocketEvaluation:
    """Where a docket stands."""

    decision_id: str
    template: ProcessTemplate
    instant: datetime
    items: tuple[Item, ...]
    contradictions: tuple[Contradiction, ...]
    #: Every published reason, whether or not it was needed in the end. None ever leaves this list.
    waivers: tuple[WaiverFact, ...]
    availability: tuple[Availability, ...]
    #: Days from the last closing to the decision; negative if it was decided before.
    gap_from_closing: int | None
    #: Days from the end of the analysis of comments to the decision.
    gap_from_analysis: int | None
    #: Days since the last closing, while nothing is decided.
    days_since_closing: int | None
    #: Days from the first public notice to the first opening.
    notice_days: int | None
    #: Days for which comments are or were taken, over all rounds.
    days_open: int
    points: int
    points_answered: int

    @property
    def due(self) -> tuple[Item, ...]:
        """What applies, and is due by now. Gates repeat what others say, and are left out."""
        return tuple(item for item in self.items if item.is_due and item.kind is not ItemKind.GATE)

    @property
    def met(self) -> int:
        """How many of those are met."""
        return sum(1 for item in self.due if item.state is ItemState.MET)

    @property
    def completeness(self) -> Fraction | None:
        """The share that is met of what applies and is due; none if nothing is."""
        return Fraction(self.met, len(self.due)) if self.due else None

    def item(self, key: str) -> Item:
        """
        Return the item of that key.

        :raises KeyError: if the procedure has none
        """
        return next((item for item in self.items if item.key == key), None) or _no_item(key)

    def of_state(self, *states: ItemState) -> tuple[Item, ...]:
        """Return the items in those states, the one due first in front, those without a date last."""
        found = [item for item in self.items if item.state in states]
        return tuple(sorted(found, key=lambda item: item.due.last_day if item.due else date.max))


def evaluate(docket: Docket, template: ProcessTemplate, calendar: Calendar, instant: datetime) -> DocketEvaluation:
    """Return where a docket stands at an instant, using nothing that was recorded later."""
    view = view_of(docket, template, calendar, instant)
    items = tuple(_items(view))
    tally = view.docket.tallies[-1] if view.docket.tallies else None
    decided, closed, analysed = (view.find(name) for name in ("decided", "period_closed", "analysis_complete"))
    is_closed = closed is not None and view.has_happened(closed)
    return DocketEvaluation(
        decision_id=docket.decision_id,
        template=template,
        instant=instant,
        items=items,
        contradictions=contradictions(view),
        waivers=_waivers(view),
        availability=tuple(
            share for stage in template.stages if stage.is_window for share in availability(view, stage)
        ),
        gap_from_closing=(decided.day - closed.day).days if decided and closed else None,
        gap_from_analysis=(decided.day - analysed.day).days if decided and analysed else None,
        days_since_closing=(view.today - closed.day).days if closed and is_closed and not decided else None,
        notice_days=_notice_days(view),
        days_open=_days_open(view),
        points=tally.points if tally else 0,
        points_answered=tally.answered if tally else 0,
    )


def view_of(docket: Docket, template: ProcessTemplate, calendar: Calendar, instant: datetime) -> View:
    """Return the docket as known at an instant, with the rules it is held against."""
    known = as_known_at(docket, instant)
    today = local_date(instant, template.day_rule.zone)
    return View(known, template, calendar, instant, today, flags_raised(known), FINDERS)


def _items(view: View) -> Iterator[Item]:
    items: dict[str, Item] = {}
    for stage in view.template.stages:
        for item in _of_stage(view, stage):
            items[item.key] = item
    for stage in view.template.stages:
        for item in tuple(gate_items(view, stage, items)):
            items[item.key] = item
    for obligation in view.template.obligations:
        item = obligation_item(view, obligation)
        items[item.key] = item
    is_dropped = view.past("dropped") is not None
    for item in items.values():
        found = item if item.waiver or not view.docket.waivers else item.but(waiver=waiver_of(view, item.key))
        yield _spent(found) if is_dropped else found


def _of_stage(view: View, stage: ProcessStage) -> Iterator[Item]:
    yield stage_item(view, stage)
    if stage.is_window:
        yield from window_items(view, stage)
    elif stage.min_duration:
        yield duration_item(view, stage)
    for publicity in stage.publicity:
        yield publicity_item(view, stage, publicity)
    for document in stage.documents:
        yield document_item(view, stage, document)
    for requirement in stage.requirements:
        yield requirement_item(view, stage, requirement)


def _spent(item: Item) -> Item:
    """Return what is no longer asked of a matter that does not go ahead: all but what already runs."""
    is_open = item.state in (ItemState.NOT_YET, ItemState.OVERDUE, ItemState.MISSING)
    has_begun = item.evidence is not None or item.counts_from is not None or item.figure is not None
    if is_open and (item.why is Why.NOT_TRIGGERED or not has_begun):
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.DROPPED)
    return item


def _waivers(view: View) -> tuple[WaiverFact, ...]:
    """Return every reason that was published: as a waiver, with a period, or for leaving out a stage."""
    skipped = (left_out(fact) for fact in view.docket.stages if fact.kind is StageKind.SKIPPED)
    windows = (stage for stage in view.template.stages if stage.is_window)
    short = (reason for stage in windows for reason in reasons_of(view, stage))
    return tuple(dict.fromkeys((*view.docket.waivers, *skipped, *short)))


def _notice_days(view: View) -> int | None:
    opened = view.find("period_opened")
    if opened is None:
        return None
    first = min((fact.from_on for fact in view.docket.notices), default=opened.day)
    return (opened.day - min(first, view.day_of(view.docket.announced_at))).days


def _days_open(view: View) -> int:
    latest = {fact.id: fact for fact in view.docket.periods}
    return sum(
        max(days_between(fact.opens_at, min(fact.closes_at, max(view.instant, fact.opens_at)), fact.zone), 0)
        for fact in latest.values()
    )


def _no_item(key: str) -> Item:
    raise KeyError(key)
