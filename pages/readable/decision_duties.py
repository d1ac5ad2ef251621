"""The duties of one decision: the checklist of its procedure, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.queries.departments import DepartmentName
from data.queries.documents import DocumentSummary
from data.templates.reading import shelf
from models.docket_evaluation import DocketEvaluation
from models.document import DisclosureClass
from models.duty_item import Item, ItemKind, ItemState, Why
from models.overlay import Overlay
from models.procedure_terms import Words
from pages.readable import Visit
from pages.readable.duty_words import DutyWords, part_of, stage_of
from pages.rendering import render

#: How much is said in the box of what happens next. The rest is a click away.
_MOST_FOLLOWING = 4
#: Longer arithmetic is told without the days on which nothing happened but that they were counted.
_MOST_STEPS = 400


@dataclass(frozen=True, kw_only=True)
class StagePart:
    """A stage with everything that is demanded in it."""

    #: None for the duties that belong to no stage.
    title: Words | None
    items: tuple[Item, ...]

    @property
    def is_asked(self) -> bool:
        """Whether anything in it applies."""
        return any(item.state is not ItemState.NOT_APPLICABLE for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Late:
    """What is overdue, missing, or owed without a legal deadline."""

    overdue: tuple[Item, ...]
    missing: tuple[Item, ...]
    #: Owed, and no law says by when: counted in days since it is.
    owed: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many are overdue or missing."""
        return len(self.overdue) + len(self.missing)


def late(evaluation: DocketEvaluation) -> Late:
    """Return what was not done in time. Gates repeat what others say, and are left out."""
    found = [item for item in evaluation.of_state(*ItemState) if item.kind is not ItemKind.GATE]
    return Late(
        overdue=tuple(item for item in found if item.state is ItemState.OVERDUE),
        missing=tuple(item for item in found if item.state is ItemState.MISSING),
        owed=tuple(item for item in found if item.why is Why.NO_LEGAL_DEADLINE),
    )


def following(evaluation: DocketEvaluation) -> list[tuple[date | None, Item]]:
    """Return what is to be done next, soonest first, and the stages to come for which no day was said."""
    # Until when comments are taken stands above.
    open_now = {item.stage for item in evaluation.items if item.kind is ItemKind.WINDOW and item.evidence}
    waiting = [
        item
        for item in evaluation.items
        if item.state is ItemState.NOT_YET and item.kind in _TOLD_NEXT
        if item.kind is not ItemKind.STAGE or item.stage not in open_now
    ]
    dated = [(day, item) for item in waiting if (day := _day_of(item)) is not None]
    soonest = sorted(dated, key=lambda pair: pair[0])[:_MOST_FOLLOWING]
    undated = [item for item in waiting if item.kind is ItemKind.STAGE and _day_of(item) is None]
    return [*soonest, *((None, item) for item in undated[: max(0, _MOST_FOLLOWING - len(soonest))])]


def stage_parts(evaluation: DocketEvaluation) -> list[StagePart]:
    """Return the checklist by stages, and at the end what belongs to none."""
    template = evaluation.template
    anchors = {f"obligation:{one.key}": one.after or one.before or one.do for one in template.obligations}
    by_stage: dict[str | None, list[Item]] = {stage.key: [] for stage in template.stages} | {None: []}
    for item in evaluation.items:
        by_stage[stage_of(template, item, anchors.get(item.key))].append(item)
    titles: dict[str | None, Words | None] = {stage.key: stage.title for stage in template.stages} | {None: None}
    return [StagePart(title=titles[key], items=tuple(items)) for key, items in by_stage.items() if items]


def overlays_of(evaluation: DocketEvaluation) -> list[Overlay]:
    """Return the overlays that were laid over the procedure, where they are on the shelf."""
    found = shelf().overlays
    return [found[key] for key in evaluation.template.overlays if key in found]


def duties_html(
    evaluation: DocketEvaluation | None,
    documents: Sequence[DocumentSummary],
    *,
    departments: Mapping[str, DepartmentName],
    decision_id: str,
    content_language: str,
    visit: Visit,
) -> str:
    """
    Return the checklist of a decision as HTML.

    :param documents: those of the decision, for what is withheld and until when
    :param content_language: in which officials wrote
    """
    here = f"/decisions/{decision_id}"
    language = visit.language
    if evaluation is None:
        return render("decision_no_duties.html", language, visit=visit, here=here)
    return render(
        "decision_duties.html",
        language,
        evaluation=evaluation,
        procedure=evaluation.template,
        zone=evaluation.template.day_rule.zone,
        parts=stage_parts(evaluation),
        late=late(evaluation),
        withheld=[one for one in documents if one.disclosure is DisclosureClass.WITHHELD],
        names={f"{one.id}": one for one in documents},
        overlays=overlays_of(evaluation),
        departments=departments,
        words=DutyWords(evaluation.template, language),
        part_of=part_of,
        most_steps=_MOST_STEPS,
        here=here,
        visit=visit,
        tongue=content_language,
    )


def _day_of(item: Item) -> date | None:
    """Return by when a duty is due: by law, or as a stage was planned."""
    if item.due is not None:
        return item.due.last_day
    return item.planned.ends_on if item.planned else None


#: What the box tells. When comments close stands there already.
_TOLD_NEXT = frozenset(
    {ItemKind.STAGE, ItemKind.DOCUMENT, ItemKind.PUBLICITY, ItemKind.OBLIGATION, ItemKind.ROUND, ItemKind.DURATION}
)
