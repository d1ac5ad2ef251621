"""
What the procedure still asks for before something is published: shown, with the article, before anything is sent.

Nothing is blocked silently. Whoever publishes all the same says in public why, and that stands on the checklist.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

import streamlit as st

from data.operations.procedures import PublishWaiver, publish_waiver
from data.queries.duties import docket_of, duties_of, procedure_of
from data.templates.calendars import calendar_of
from data.unit_of_work import Kept, UnitOfWork
from models.clock import local_date
from models.docket_evaluation import view_of
from models.docket_view import View
from models.duty_item import Item, ItemKind
from models.outcome import OutcomeCode
from models.procedure import ProcessStage, ProcessTemplate
from models.procedure_terms import Term
from models.timed_duties import applying, articles_of
from models.windows import minimum_of
from pages.context import current_language, reading, say
from pages.formats import format_day, format_days
from pages.forms.decision_matter import Matter
from pages.forms.duty_tabs import tab_of
from pages.forms.procedure_fields import speak_of
from pages.rendering import render

C = TypeVar("C")
_INSTANT = timedelta(microseconds=1)
_DECIDING = ("decided", "outcome_published")


@dataclass(frozen=True, kw_only=True)
class Minimum:
    """Until when comments must be taken at least, and whether a reason can shorten that."""

    last_day: date
    #: As they are cited for people.
    articles: str
    is_fixed: bool
    #: What no reason can shorten it to.
    floor: date | None
    floor_articles: str

    def short_by(self, closes_at: datetime, zone: str) -> int:
        """Return by how many days a period falls short that closes then; 0 for none."""
        return max((self.last_day - local_date(closes_at - _INSTANT, zone)).days, 0)


@dataclass(frozen=True, kw_only=True)
class WithReasons(Generic[C]):
    """Something that is published together with reasons for what the procedure asks and is not there."""

    publication: C
    reasons: tuple[PublishWaiver, ...]


def view_now(matter: Matter) -> View | None:
    """Return what is known of the decision, with the rules it is held against."""
    with reading() as session:
        docket = docket_of(session, matter.id)
    if docket is None:
        return None
    template = procedure_of(docket, matter.now)
    return view_of(docket, template, calendar_of(template.day_rule.calendar), matter.now)


def minimum_from(view: View | None, stage_key: str, opens_at: datetime, zone: str) -> Minimum | None:
    """
    Return the shortest time in which the procedure takes comments; nothing where it sets none.

    :param stage_key: the stage in which they are taken; the first that takes any, where it is empty
    """
    stage = view.template.by_key.get(stage_key or view.template.first_window or "") if view else None
    found = minimum_of(view, stage, opens_at, zone) if view and stage else None
    if view is None or stage is None or found is None:
        return None
    floor_terms = stage.shorten.floor if stage.shorten else ()
    floor = minimum_of(view, stage.model_copy(update={"min_duration": floor_terms}), opens_at, zone)
    return Minimum(
        last_day=found.last_day,
        articles=_cited(view, stage.min_duration),
        is_fixed=stage.shorten is not None and not stage.shorten.allowed,
        floor=floor.last_day if floor else None,
        floor_articles=_cited(view, floor_terms),
    )


def warn_of_short_period(minimum: Minimum, closes_at: datetime, zone: str) -> None:
    """Say by how much a period falls short of which rule, and what can be done."""
    day, short = format_day(minimum.last_day), format_days(minimum.short_by(closes_at, zone), current_language())
    words = [say("procedure.gate.period_short", days=short, day=day, articles=minimum.articles)]
    if minimum.is_fixed:
        words.append(say("procedure.gate.fixed"))
    elif minimum.floor is not None and local_date(closes_at - _INSTANT, zone) < minimum.floor:
        floor = format_day(minimum.floor)
        words.append(say("procedure.gate.floor", day=floor, articles=minimum.floor_articles))
    st.warning("\n\n".join(words))


def unmet_before_result(matter: Matter) -> tuple[Item, ...]:
    """Draw what the procedure still asks for before the result, with the way to settle it, and return it."""
    with reading() as session:
        duties = duties_of(session, matter.id, matter.now)
    if duties is None:
        return ()
    template = duties.template
    asked = _asked_before_result(template)
    items = tuple(item for item in duties.evaluation.items if item.key in asked and not item.is_settled)
    if items:
        st.html(
            render(
                "work_procedure_gate.html",
                current_language(),
                items=items,
                words=speak_of(template),
                tab_of=lambda item: tab_of(item, template),
                id=matter.id,
            )
        )
    return items


def needs_reasons(items: Sequence[Item], code: OutcomeCode) -> bool:
    """Whether a result goes against what the procedure asks for. A matter that is dropped needs nothing more."""
    return bool(items) and not code.drops


def reasons_for(items: Sequence[Item], decision_id: str, reason: str, ground: str) -> tuple[PublishWaiver, ...]:
    """Return the same reason for each."""
    return tuple(PublishWaiver(decision_id=decision_id, of=item.key, reason=reason, ground=ground) for item in items)


def with_reasons(operation: Callable[[C, UnitOfWork], Kept]) -> Callable[[WithReasons[C], UnitOfWork], Kept]:
    """Return the operation as one that publishes reasons first: all of it is kept, or nothing."""

    def publish(command: WithReasons[C], uow: UnitOfWork) -> Kept:
        for reason in command.reasons:
            publish_waiver(reason, uow)
        return operation(command.publication, uow)

    return publish


def _asked_before_result(template: ProcessTemplate) -> set[str]:
    """Return the keys of gates and documents of the stages that the result finishes, and of what comes before it."""
    deciding = [stage for stage in template.stages if stage.done_by in _DECIDING]
    keys = {f"{ItemKind.GATE}:{stage.key}:{name}" for stage in deciding for name in stage.gate_in}
    keys |= {key for stage in deciding for key in _documents(stage)}
    return keys | {f"{ItemKind.OBLIGATION}:{one.key}" for one in template.obligations if one.before in _DECIDING}


def _documents(stage: ProcessStage) -> list[str]:
    return [f"{ItemKind.DOCUMENT}:{stage.key}:{one.name}" for one in stage.documents if one.required and not one.after]


def _cited(view: View, terms: Sequence[Term]) -> str:
    return speak_of(view.template).cite(articles_of(view, (), applying(view, terms)))
