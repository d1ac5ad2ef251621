"""Duties with a time: documents and obligations, counted from a happening or back from one."""

from collections.abc import Iterable
from typing import TypeVar

from models.day_rule import DueDate, due_date, latest_day_before, same_day
from models.docket_facts import DocumentFact, WaiverFact
from models.docket_view import Evidence, View
from models.document import DisclosureClass
from models.duty_item import Item, ItemKind, ItemState, Why
from models.happenings import answers
from models.procedure import DocumentRequirement, Duty, Obligation, ProcessStage
from models.procedure_terms import Conditional, Term

_Part = TypeVar("_Part", bound=Conditional)


def obligation_item(view: View, obligation: Obligation) -> Item:
    """Return where an obligation stands."""
    base = Item(
        key=f"obligation:{obligation.key}",
        kind=ItemKind.OBLIGATION,
        title=obligation.title,
        state=ItemState.NOT_YET,
        articles=articles_of(view, obligation.legal_basis, obligation.within + obligation.at_least),
    )
    return waived(view, _timed(view, base, obligation, obligation.do))


def document_item(view: View, stage: ProcessStage, document: DocumentRequirement) -> Item:
    """Return where a document stands. Without a time of its own, it is needed when its stage is finished."""
    base = Item(
        key=f"document:{stage.key}:{document.name}",
        kind=ItemKind.DOCUMENT,
        stage=stage.key,
        title=document.title,
        state=ItemState.NOT_YET,
        articles=articles_of(view, document.legal_basis or stage.legal_basis, document.within + document.at_least),
    )
    if not stage.applies(view.flags):
        return base.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    name = f"document:{document.type.value}" + (f":{document.key}" if document.key else "")
    is_own = document.after is None and document.before is None
    duty = document.model_copy(update={"before": f"stage:{stage.key}:finished"}) if is_own else document
    item = _timed(view, base, duty, name)
    if is_own and item.state is ItemState.NOT_YET and is_overtaken(view, stage):
        item = item.but(state=ItemState.MISSING, why=Why.OVERTAKEN)
    if not stage.required and not item.evidence and not view.find(f"stage:{stage.key}:started"):
        item = item.but(state=ItemState.NOT_APPLICABLE, why=Why.OPTIONAL)
    return waived(view, _withheld(view, item, document))


def availability_of(view: View, requirement: DocumentRequirement) -> Iterable[DocumentFact]:
    """Return, for each public document of that kind, the statement with which it became public."""
    seen = set()
    for fact in view.docket.documents:
        is_such = answers(fact, requirement.type.value, requirement.key or "")
        if is_such and fact.disclosure is DisclosureClass.PUBLIC and fact.id not in seen:
            seen.add(fact.id)
            yield fact


def is_overtaken(view: View, stage: ProcessStage) -> bool:
    """Whether a stage that comes later has been finished."""
    return any(view.past(f"stage:{key}:finished") for key in view.template.followers[stage.key])


def articles_of(view: View, basis: Iterable[str], terms: Iterable[Term] = ()) -> tuple[str, ...]:
    """Return every article that speaks, each once."""
    found = dict.fromkeys(basis)
    for term in applying(view, terms):
        found.update(dict.fromkeys(term.legal_basis))
    return tuple(found)


def applying(view: View, parts: Iterable[_Part]) -> list[_Part]:
    """Return those that apply to the decision."""
    return [part for part in parts if part.applies(view.flags)]


def waived(view: View, item: Item) -> Item:
    """Return the item with the latest waiver that names it, which settles it if it was not met."""
    waiver = waiver_of(view, item.key)
    if waiver is None:
        return item
    is_open = item.state in (ItemState.NOT_YET, ItemState.OVERDUE, ItemState.MISSING)
    return item.but(waiver=waiver, state=ItemState.WAIVED) if is_open else item.but(waiver=waiver)


def waiver_of(view: View, key: str) -> WaiverFact | None:
    """Return the latest waiver of an item."""
    return next((fact for fact in reversed(view.docket.waivers) if fact.of == key), None)


def excused(view: View, stage: ProcessStage, short: Item, *, is_below_floor: bool = False) -> Item:
    """Return what was too short as waived, if a reason was published and the law lets one count."""
    waiver = short.waiver or waiver_of(view, short.key)
    if waiver is None:
        return short
    shorten = stage.shorten
    articles = short.articles if shorten is None else articles_of(view, short.articles + shorten.legal_basis)
    short = short.but(waiver=waiver, articles=articles)
    if shorten is not None and not shorten.allowed:
        return short.but(why=Why.NO_EXCEPTION)
    if shorten is not None and is_below_floor:
        return short.but(why=Why.BELOW_FLOOR, articles=articles_of(view, articles, shorten.floor))
    return short.but(state=ItemState.WAIVED)


def _timed(view: View, base: Item, duty: Duty, do: str) -> Item:
    if not duty.applies(view.flags):
        return base.but(state=ItemState.NOT_APPLICABLE, why=Why.FLAG)
    done = view.past(do)
    if not duty.required and done is None:
        return base.but(state=ItemState.NOT_APPLICABLE, why=Why.OPTIONAL)
    if duty.after:
        return _after(view, base, duty, done)
    return _before(view, base, duty, done)


def _after(view: View, base: Item, duty: Duty, done: Evidence | None) -> Item:
    trigger = view.find(duty.after or "")
    due = _first_due(view, trigger, duty) if trigger else None
    item = base.but(evidence=done, counts_from=trigger, due=due)
    if done:
        return _met(item, done)
    if trigger is None or not view.has_happened(trigger):
        return item.but(why=Why.NOT_TRIGGERED)
    if due is None:
        return item.but(why=Why.NO_LEGAL_DEADLINE, days=(view.today - trigger.day).days)
    if view.instant < due.instant:
        return item
    return item.but(state=ItemState.OVERDUE, days=(view.today - due.last_day).days)


def _before(view: View, base: Item, duty: Duty, done: Evidence | None) -> Item:
    event = view.find(duty.before or "")
    due = _latest_due(view, event, duty) if event else None
    item = base.but(evidence=done, due=due)
    if done and (event or not duty.at_least):
        item = _met(item, done)
        # A time that was to protect somebody cannot be given back; what only came late is there now.
        is_short = item.why is Why.LATE and bool(applying(view, duty.at_least))
        return item.but(state=ItemState.MISSING, why=Why.TOO_SHORT) if is_short else item
    if event is None or due is None:
        return item.but(why=Why.NOT_TRIGGERED)
    days = (view.today - due.last_day).days
    if view.has_happened(event):
        return item.but(state=ItemState.MISSING, days=days)
    return item.but(state=ItemState.OVERDUE, days=days) if view.instant >= due.instant else item


def _met(item: Item, done: Evidence) -> Item:
    if item.due is not None and done.day > item.due.last_day:
        return item.but(state=ItemState.MET, why=Why.LATE, days=(done.day - item.due.last_day).days)
    return item.but(state=ItemState.MET)


def _first_due(view: View, trigger: Evidence, duty: Duty) -> DueDate | None:
    rule = view.template.day_rule.rule
    terms = applying(view, duty.within)
    found = [due_date(trigger.day, term.span, rule, view.calendar) for term in terms]
    return min(found, key=lambda due: due.last_day, default=None)


def _latest_due(view: View, event: Evidence, duty: Duty) -> DueDate:
    """Return the last day that leaves every time whole before an event: its own day, where none is set."""
    rule = view.template.day_rule.rule
    terms = applying(view, duty.at_least)
    found = [latest_day_before(event.day, term.span, rule, view.calendar) for term in terms]
    return min(found, key=lambda due: due.last_day, default=same_day(event.day, rule, view.calendar))


def _withheld(view: View, item: Item, document: DocumentRequirement) -> Item:
    if item.evidence is None or item.state is not ItemState.MET:
        return item
    latest = next(fact for fact in reversed(view.docket.documents) if fact.id == item.evidence.id)
    if latest.disclosure is not DisclosureClass.WITHHELD:
        return item
    if document.may_be_withheld:
        return item.but(why=Why.WITHHELD)
    return item.but(state=ItemState.MISSING, why=Why.WITHHELD_AGAINST_RULE)
