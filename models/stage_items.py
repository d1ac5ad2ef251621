"""Where each stage stands, how long it lasted, what must have happened before it, and what it must come up to."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from models.day_rule import due_date
from models.docket_facts import NoticeFact, StageFact, WaiverFact
from models.docket_figures import figure
from models.docket_view import Evidence, View
from models.duty_item import Item, ItemKind, ItemState, Planned, Why
from models.procedure import ProcessStage, Publicity, Requirement
from models.stage import StageKind
from models.timed_duties import applying, articles_of, excused, is_overtaken, waived


def stage_item(view: View, stage: ProcessStage) -> Item:
    """Return where a stage stands."""
    said = [fact for fact in view.docket.stages if fact.stage == stage.key]
    item = Item(
        key=f"stage:{stage.key}",
        kind=ItemKind.STAGE,
        stage=stage.key,
        title=stage.title,
        state=ItemState.NOT_YET,
        articles=stage.legal_basis,
        planned=_planned(said),
    )
    done = view.past(f"stage:{stage.key}:finished")
    if done:
        return item.but(state=ItemState.MET, evidence=done)
    if not stage.applies(view.flags):
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    if said and said[-1].kind is StageKind.SKIPPED:
        return item.but(state=ItemState.WAIVED, why=Why.LEFT_OUT, waiver=left_out(said[-1]))
    started = view.past(f"stage:{stage.key}:started")
    if not stage.required and not said and started is None:
        return waived(view, item.but(state=ItemState.NOT_APPLICABLE, why=Why.OPTIONAL))
    return waived(view, _unfinished(view, stage, item.but(counts_from=started)))


def left_out(fact: StageFact) -> WaiverFact:
    """Return the statement that a stage is left out, as the waiver it is."""
    return WaiverFact(
        id=fact.id, of=f"stage:{fact.stage}", reason=fact.reason, by=fact.by, recorded_at=fact.recorded_at
    )


def duration_item(view: View, stage: ProcessStage) -> Item:
    """Return whether a stage lasted as long as it must: from the day it began, to the day it was finished."""
    item = Item(
        key=f"duration:{stage.key}",
        kind=ItemKind.DURATION,
        stage=stage.key,
        title=stage.title,
        state=ItemState.NOT_YET,
        articles=articles_of(view, (), stage.min_duration),
    )
    if not stage.applies(view.flags):
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    started = view.past(f"stage:{stage.key}:started")
    finished = view.past(f"stage:{stage.key}:finished")
    if started is None:
        # How long it lasted cannot be seen where the record does not say when it began.
        unseen = item.but(state=ItemState.MISSING, why=Why.NOT_STATED, evidence=finished)
        return waived(view, unseen if finished else item.but(why=Why.NOT_TRIGGERED))
    rule = view.template.day_rule.rule
    found = [due_date(started.day, term.span, rule, view.calendar) for term in applying(view, stage.min_duration)]
    due = max(found, key=lambda due: due.last_day, default=None)
    item = item.but(due=due, counts_from=started, evidence=finished)
    if finished is None or due is None:
        return waived(view, item)
    days = (due.last_day - finished.day).days
    if days <= 0:
        return item.but(state=ItemState.MET)
    return excused(view, stage, item.but(state=ItemState.MISSING, why=Why.TOO_SHORT, days=days))


def publicity_item(view: View, stage: ProcessStage, publicity: Publicity) -> Item:
    """Return whether something was displayed where it must be, by when it must be."""
    item = Item(
        key=f"publicity:{stage.key}:{publicity.key}",
        kind=ItemKind.PUBLICITY,
        stage=stage.key,
        title=publicity.title,
        state=ItemState.NOT_YET,
        articles=publicity.legal_basis,
    )
    if not (stage.applies(view.flags) and publicity.applies(view.flags)):
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    seen = {
        fact.channel: fact
        for fact in reversed(view.docket.notices)
        if fact.of in (publicity.key, stage.key) and fact.from_on <= view.today
    }
    missing = tuple(channel for channel in publicity.channels if channel not in seen)
    is_enough = not missing if publicity.needs_all else len(missing) < len(publicity.channels)
    event = view.find(publicity.by)
    if is_enough:
        return _seen(item, publicity, seen, event)
    state = ItemState.MISSING if event and view.has_happened(event) else ItemState.NOT_YET
    if event is None and not stage.required:
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.OPTIONAL)
    return waived(view, item.but(state=state, why=Why.CHANNEL_MISSING, channels_missing=missing))


def _seen(item: Item, publicity: Publicity, seen: Mapping[str, NoticeFact], event: Evidence | None) -> Item:
    """Return a display as met: by the first channel, or where all are needed by the last."""
    notices = sorted((seen[one] for one in publicity.channels if one in seen), key=lambda fact: fact.from_on)
    fact = notices[-1] if publicity.needs_all else notices[0]
    evidence = Evidence("notice", fact.id, fact.from_on, fact.recorded_at)
    item = item.but(state=ItemState.MET, evidence=evidence)
    late = (fact.from_on - event.day).days if event else 0
    return item.but(why=Why.LATE, days=late) if late > 0 else item


def requirement_item(view: View, stage: ProcessStage, requirement: Requirement) -> Item:
    """Return whether a figure lies within its bounds. What the record does not state is not enough."""
    item = Item(
        key=f"requirement:{stage.key}:{requirement.key}",
        kind=ItemKind.REQUIREMENT,
        stage=stage.key,
        title=requirement.title,
        state=ItemState.NOT_YET,
        articles=requirement.legal_basis,
        figure=figure(view, requirement.figure),
    )
    if not (stage.applies(view.flags) and requirement.applies(view.flags)):
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    has_happened = view.past(requirement.by) is not None
    if item.figure is not None and _is_within(item.figure, requirement):
        return item.but(state=ItemState.MET)
    if not has_happened and not stage.required and item.figure is None:
        return item.but(state=ItemState.NOT_APPLICABLE, why=Why.OPTIONAL)
    why = Why.NOT_STATED if item.figure is None else Why.OUT_OF_BOUNDS
    return waived(view, item.but(state=ItemState.MISSING if has_happened else ItemState.NOT_YET, why=why))


def gate_items(view: View, stage: ProcessStage, items: Mapping[str, Item]) -> Iterator[Item]:
    """Return whether what must come before a stage is finished came before it."""
    finished = view.past(f"stage:{stage.key}:finished")
    for happening in stage.gate_in:
        item = Item(
            key=f"gate:{stage.key}:{happening}",
            kind=ItemKind.GATE,
            stage=stage.key,
            title=stage.title,
            state=ItemState.NOT_YET,
            articles=stage.legal_basis,
        )
        guarded = _guarded(view, happening, items)
        if not stage.applies(view.flags):
            yield item.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
        elif guarded and guarded.state in (ItemState.WAIVED, ItemState.NOT_APPLICABLE):
            yield item.but(state=guarded.state, why=guarded.why, waiver=guarded.waiver)
        else:
            yield waived(view, _passed(item, view.past(happening), finished))


def _passed(item: Item, evidence: Evidence | None, finished: Evidence | None) -> Item:
    item = item.but(evidence=evidence)
    if finished is None:
        return item.but(state=ItemState.MET if evidence else ItemState.NOT_YET)
    if evidence is None:
        return item.but(state=ItemState.MISSING, why=Why.OVERTAKEN)
    if evidence.day > finished.day:
        return item.but(state=ItemState.MISSING, why=Why.LATE, days=(evidence.day - finished.day).days)
    return item.but(state=ItemState.MET)


def _guarded(view: View, happening: str, items: Mapping[str, Item]) -> Item | None:
    """Return the item that stands for the happening a gate waits for, if one does."""
    kind, _, of = happening.partition(":")
    name, _, key = of.partition(":")
    if kind == "stage":
        return items.get(f"stage:{name}")
    if kind != "document":
        return None
    found = [
        items[f"document:{stage.key}:{document.name}"]
        for stage in view.template.stages
        for document in stage.documents
        if document.type.value == name and key in ("", document.key)
    ]
    return next((item for item in found if item.state is not ItemState.NOT_APPLICABLE), next(iter(found), None))


def _unfinished(view: View, stage: ProcessStage, item: Item) -> Item:
    if stage.required and is_overtaken(view, stage):
        return item.but(state=ItemState.MISSING, why=Why.OVERTAKEN)
    if item.planned and view.today > item.planned.ends_on:
        return item.but(state=ItemState.OVERDUE, days=(view.today - item.planned.ends_on).days)
    return item


def _planned(said: list[StageFact]) -> Planned | None:
    if not said:
        return None
    dates: list[tuple[date, date]] = [(fact.starts_on, fact.ends_on) for fact in said]
    moves = sum(1 for fact in said if fact.kind is StageKind.MOVED)
    return Planned(*dates[0], *dates[-1], moves)


def _is_within(value: Fraction, requirement: Requirement) -> bool:
    return (
        (requirement.at_least is None or value >= requirement.at_least)
        and (requirement.at_most is None or value <= requirement.at_most)
        and (not requirement.is_odd or (value.denominator == 1 and value.numerator % 2 == 1))
    )
