"""The steps of a decision's process, as the rail shows them: what was planned, what moved and why, what there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.queries.decisions import DecisionView
from models.stage import Stage, StageKind, StageRevision, StageState, stage_state


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage of one decision."""

    stage: Stage
    state: StageState
    #: Everything said of it, first to last.
    said: Sequence[StageRevision]
    #: The one step that the decision is at.
    is_current: bool = False

    @property
    def planned(self) -> tuple[date, date]:
        """The dates first given."""
        return self.said[0].starts_on, self.said[0].ends_on

    @property
    def expected(self) -> tuple[date, date]:
        """The dates given last."""
        return self.said[-1].starts_on, self.said[-1].ends_on

    @property
    def is_shifted(self) -> bool:
        """Whether other dates are given now than at first."""
        return self.expected != self.planned

    @property
    def begun_on(self) -> date | None:
        """When it was begun, if somebody said so."""
        started = [said.starts_on for said in self.said if said.kind in (StageKind.STARTED, StageKind.FINISHED)]
        return started[-1] if started else None

    @property
    def finished_on(self) -> date | None:
        """When it was finished."""
        return self.said[-1].ends_on if self.said[-1].kind is StageKind.FINISHED else None

    @property
    def reason(self) -> str:
        """Why it moved or was left out, as said last."""
        return next((said.reason for said in reversed(self.said) if said.reason), "")


def steps_of(view: DecisionView, today: date) -> list[Step]:
    """Return the steps of a decision in their usual order."""
    states = {stage: stage_state(view.stages[stage], today) for stage in Stage if stage in view.stages}
    current = _current(states)
    return [
        Step(stage=stage, state=state, said=view.stages[stage], is_current=stage is current)
        for stage, state in states.items()
    ]


def steps_to_come(steps: Sequence[Step]) -> list[Step]:
    """Return the steps that are not done yet, without the one that the decision is at."""
    ended = (StageState.DONE, StageState.SKIPPED)
    return [step for step in steps if step.state not in ended and not step.is_current]


def _current(states: dict[Stage, StageState]) -> Stage | None:
    """Return the step that the decision is at: people come first where several run at once."""
    for state in (StageState.NOW, StageState.OVERDUE):
        found = [stage for stage, at in states.items() if at is state]
        if found:
            return Stage.PARTICIPATION if Stage.PARTICIPATION in found else found[0]
    return None
