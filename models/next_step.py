"""What to do next for a decision: what is late, then what can be done now, in the order of the procedure."""

from collections.abc import Iterator, Mapping

from models.docket_evaluation import DocketEvaluation
from models.duty_item import Item, ItemKind, ItemState
from models.procedure import ProcessStage, ProcessTemplate

#: In which order what a stage asks for is done: papers and notices first, then what they are for.
_ORDER = (
    ItemKind.DOCUMENT,
    ItemKind.PUBLICITY,
    ItemKind.ROUND,
    ItemKind.WINDOW,
    ItemKind.REQUIREMENT,
    ItemKind.STAGE,
    ItemKind.OBLIGATION,
)
_LATE = (ItemState.OVERDUE, ItemState.MISSING)


def next_steps(evaluation: DocketEvaluation) -> tuple[Item, ...]:
    """
    Return what is to be done now, the most pressing first.

    Left out is what waits for another stage, what only runs its time, and a gate, which repeats what others say.
    A period that falls short and a stage that is only planned are no step either: nothing can be sent to settle them.
    """
    late = evaluation.of_state(*_LATE)
    found = [item for item in (*late, *_possible(evaluation)) if item.kind in _ORDER and not _runs(item)]
    return tuple({item.key: item for item in found}.values())


def _possible(evaluation: DocketEvaluation) -> Iterator[Item]:
    waiting: dict[str, list[Item]] = {}
    stages: dict[str | None, Item] = {}
    for item in evaluation.items:
        if item.kind is ItemKind.STAGE:
            stages[item.stage] = item
        if item.state is ItemState.NOT_YET and item.kind in _ORDER:
            waiting.setdefault(item.stage or "", []).append(item)
    for stage in evaluation.template.stages:
        items = waiting.get(stage.key)
        if items and all(_is_behind(evaluation.template, stages, key) for key in stage.after):
            yield from sorted(_of_stage(stage, items), key=lambda item: _ORDER.index(item.kind))
    yield from (item for item in waiting.get("", ()) if item.due is not None)


def _of_stage(stage: ProcessStage, items: list[Item]) -> Iterator[Item]:
    """Leave out the stage itself while what it consists of is still to be done."""
    parts = [item for item in items if item.kind is not ItemKind.STAGE]
    yield from parts or (item for item in items if stage.required)


def _is_behind(template: ProcessTemplate, stages: Mapping[str | None, Item], key: str) -> bool:
    """Whether nothing has to wait for a stage: it is done, left out, does not apply, or was never required."""
    is_required = key in template.by_key and template.by_key[key].required
    return key not in stages or stages[key].is_settled or not is_required


def _runs(item: Item) -> bool:
    """Whether it is a period that was opened: it needs time, or can no longer be made good."""
    return item.kind is ItemKind.WINDOW and item.evidence is not None
