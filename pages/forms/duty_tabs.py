"""Which form settles a duty: the tab of the page for work on a decision, and what is chosen there."""

from collections.abc import Mapping

from models.duty_item import Item, ItemKind
from models.procedure import DocumentRequirement, ProcessTemplate

#: Where displays, the steps of a hearing and other acts are told of: the tab, and what is recorded there.
_DISPLAYS, _HEARINGS, _ACTS = "steps:displays", "steps:hearing", "steps:acts"
#: By what must be found in the record for a duty to be met.
_HAPPENINGS: Mapping[str, str] = {
    "draft_published": "draft",
    "period_opened": "period",
    "period_closed": "period",
    "answers_begun": "comments",
    "answers_complete": "comments",
    "analysis_complete": "comments",
    "opinion_signed": "experts",
    "decided": "outcome",
    "outcome_published": "outcome",
    "changes_published": "outcome",
    "effective": "outcome",
    "dropped": "outcome",
    "evaluated": "evaluation",
    "document": "documents",
    "publicity": _DISPLAYS,
    "hearing": _HEARINGS,
    "act": _ACTS,
    "stage": "stages",
}
#: By what the name of the figure that is asked for begins with.
_FIGURES: Mapping[str, str] = {
    "hearing": _HEARINGS,
    "answer": "comments",
    "options": "draft",
    "evaluators": "evaluation",
    "act": _ACTS,
}
_KINDS: Mapping[ItemKind, str] = {
    ItemKind.WINDOW: "period",
    ItemKind.ROUND: "period",
}


def tab_of(item: Item, template: ProcessTemplate) -> dict[str, str]:
    """Return the tab on which a duty is settled, as it stands in the address, with what is to be chosen there."""
    stage, name = template.by_key.get(item.stage or ""), item.key.rpartition(":")[2]
    if item.kind is ItemKind.DOCUMENT and stage is not None:
        return _document(next(one for one in stage.documents if one.name == name))
    if item.kind is ItemKind.PUBLICITY:
        return _address(_DISPLAYS) | {"of": name}
    if item.kind in _KINDS:
        return _address(_KINDS[item.kind])
    if item.kind is ItemKind.GATE:
        return _by_happening(item.key.split(":", 2)[2])
    if item.kind is ItemKind.OBLIGATION:
        return _by_happening(next((one.do for one in template.obligations if one.key == name), ""))
    if item.kind is ItemKind.REQUIREMENT and stage is not None:
        figure = next((one.figure for one in stage.requirements if one.key == name), "")
        return _address(_by_figure(figure))
    if stage is not None and stage.done_by and not item.planned:
        return _by_happening(stage.done_by)
    return {"tab": "stages", "stage": item.stage or ""}


def _document(required: DocumentRequirement) -> dict[str, str]:
    return {"tab": "documents", "type": required.type.value} | ({"of": required.key} if required.key else {})


def _by_happening(happening: str) -> dict[str, str]:
    kind, _, of = happening.partition(":")
    found = _address(_HAPPENINGS.get(kind, "stages"))
    first, _, key = of.partition(":")
    match kind:
        case "stage":
            return found | {"stage": first}
        case "act" | "publicity" if first:
            return found | {"of": first}
        case "document" if first:
            return found | {"type": first} | ({"of": key} if key else {})
        case _:
            return found


def _by_figure(figure: str) -> str:
    return next((tab for beginning, tab in _FIGURES.items() if figure.startswith(beginning)), "experts")


def _address(place: str) -> dict[str, str]:
    tab, _, step = place.partition(":")
    return {"tab": tab} | ({"step": step} if step else {})
