"""The process of a decision as the rail shows it: the stages of its own procedure, those side by side that are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.clock import local_date
from models.docket_evaluation import DocketEvaluation
from models.docket_view import Evidence
from models.duty_item import Item, ItemKind, ItemState, Planned
from models.procedure import ProcessStage, ProcessTemplate
from models.procedure_terms import Words
from models.stage import StageRevision


class StepState(StrEnum):
    """Where a step stands."""

    TO_COME = "to_come"
    NOW = "now"
    DONE = "done"
    #: Left out, with a published reason.
    SKIPPED = "skipped"
    #: The last day said has passed.
    OVERDUE = "overdue"
    #: A later step was finished without it.
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class RailStep:
    """One stage of one decision."""

    key: str
    title: Words
    state: StepState
    planned: Planned | None
    #: What shows that it began, and that it is done.
    begun: Evidence | None
    done: Evidence | None
    #: What is to be read of it: the part of the page, where there is one.
    shows: str
    is_window: bool
    #: Each round of comments, where there were several.
    rounds: tuple[Item, ...]
    #: What must have happened before it is finished and has not; of a step that was finished, what was missing.
    gates: tuple[Item, ...]
    #: How many of its duties are overdue or missing.
    late: int
    reason: str
    is_current: bool = False

    @property
    def is_shifted(self) -> bool:
        """Whether other dates are given now than at first."""
        said = self.planned
        return said is not None and (said.first_starts_on, said.first_ends_on) != (said.starts_on, said.ends_on)

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to come."""
        return self.state in (StepState.TO_COME, StepState.NOW, StepState.OVERDUE)


#: Steps that run at the same time stand in one column.
Column = tuple[RailStep, ...]
#: By what shows that a stage is done: on which part of the page that is read.
_SHOWS: Mapping[str, str] = {
    "draft_published": "draft",
    "opinion_signed": "opinions",
    "decided": "result",
    "outcome_published": "result",
    "evaluated": "result",
}
_LATE = (ItemState.OVERDUE, ItemState.MISSING)


def rail(evaluation: DocketEvaluation, said: Mapping[str, Sequence[StageRevision]]) -> list[Column]:
    """
    Return the steps of a decision in columns. Stages that do not apply to it are left out.

    :param said: what was said of each stage, for the reasons
    """
    items = {item.key: item for item in evaluation.items}
    steps = {
        stage.key: _step(evaluation, stage, items[f"stage:{stage.key}"], said.get(stage.key, ()))
        for stage in evaluation.template.stages
        if items[f"stage:{stage.key}"].state is not ItemState.NOT_APPLICABLE
    }
    current = _current(list(steps.values()))
    if current is not None:
        steps[current] = replace(steps[current], is_current=True)
    return [tuple(steps[key] for key in column) for column in _columns(evaluation.template, list(steps))]


def _step(evaluation: DocketEvaluation, stage: ProcessStage, item: Item, said: Sequence[StageRevision]) -> RailStep:
    own = [one for one in evaluation.items if one.stage == stage.key and one is not item]
    rounds = tuple(one for one in own if one.kind is ItemKind.WINDOW and one.evidence)
    gates = (one for one in own if one.kind is ItemKind.GATE and one.state in (ItemState.NOT_YET, *_LATE))
    return RailStep(
        key=stage.key,
        title=stage.title,
        state=_state(item, local_date(evaluation.instant, evaluation.template.day_rule.zone)),
        planned=item.planned,
        begun=item.counts_from,
        done=item.evidence,
        shows="comments" if stage.is_window and rounds else _SHOWS.get(stage.done_by or "", ""),
        is_window=stage.is_window,
        rounds=rounds,
        gates=tuple(gates),
        late=sum(1 for one in own if one.state in _LATE and one.kind is not ItemKind.GATE),
        reason=next((one.reason for one in reversed(said) if one.reason), ""),
    )


def _state(item: Item, today: date) -> StepState:
    if item.state is not ItemState.NOT_YET:
        return _STATES[item.state]
    has_begun = item.counts_from is not None or (item.planned is not None and item.planned.starts_on <= today)
    return StepState.NOW if has_begun else StepState.TO_COME


def _current(steps: Sequence[RailStep]) -> str | None:
    """Return the step that the decision is at: people come first where several run at once."""
    for state in (StepState.NOW, StepState.OVERDUE):
        found = [step for step in steps if step.state is state]
        if found:
            return next((step.key for step in found if step.is_window), found[0].key)
    return None


def _columns(template: ProcessTemplate, keys: Sequence[str]) -> list[list[str]]:
    columns: list[list[str]] = []
    for key in keys:
        beside = next((column for column in columns if any(_is_parallel(template, key, one) for one in column)), None)
        if beside is None:
            columns.append([key])
        else:
            beside.append(key)
    return columns


def _is_parallel(template: ProcessTemplate, one: str, other: str) -> bool:
    return other in template.by_key[one].parallel_with or one in template.by_key[other].parallel_with


_STATES: Mapping[ItemState, StepState] = {
    ItemState.MET: StepState.DONE,
    ItemState.WAIVED: StepState.SKIPPED,
    ItemState.OVERDUE: StepState.OVERDUE,
    ItemState.MISSING: StepState.MISSING,
}
