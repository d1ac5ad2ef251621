"""How a project stands on a day: everything that rules compute of its promises, in one value."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from data.queries.milestone_standing import MilestoneStanding, milestone_standing, working_days
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectSummary
from data.queries.promised import MilestonePromise, ProjectPromises, SaidOfProject
from models.creep import creep
from models.earned_schedule import earned_schedule
from models.evidence import Evidence
from models.light_reasons import Light
from models.lights import LightResult, light
from models.milestone_codes import MilestoneCode
from models.money import WHOLE
from models.outlook import Outlook
from models.project import Phase
from models.project_contradiction import ProjectContradiction
from models.project_contradictions import project_contradictions
from models.project_facts import Amount, expected_cost
from models.promise_history import PromiseHistory
from models.promise_state import PromiseState
from models.promised_day import PromisedDay
from models.reference_class import PastPromise, past_promise

_STATES = {PromiseState.ACHIEVED: ProjectState.REACHED, PromiseState.PAUSED: ProjectState.PAUSED}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a project stands."""

    project_id: str
    #: The day of which this is so.
    on: date
    said: SaidOfProject
    light: LightResult
    #: The milestone that completes it; none if nothing was promised.
    completion: MilestoneStanding | None
    #: By how many days its end moves away each day; none where there is no trend yet.
    creep: float | None
    #: How often any of its dates was moved.
    moves: int
    milestones: int
    milestones_reached: int
    #: The milestone that is expected next, or was before it fell silent.
    next_due: date | None
    #: Its date, as exactly as it was said.
    next_said: PromisedDay | None
    next_title: str
    contradictions: tuple[ProjectContradiction, ...]
    cost: Amount | None
    spent: Amount | None
    #: Longitude and latitude.
    place: tuple[float, float] | None
    changed_at: datetime
    #: When it ends at the pace at which its plan was kept.
    by_plan: date | None
    promise: PastPromise | None = field(repr=False)
    #: Of which every record has one a day.
    evidence: Evidence = field(repr=False, compare=False)

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.light.light in (Light.DONE, Light.CANCELLED)

    @property
    def days_late(self) -> int | None:
        """By how many days its end comes after the first date; none where that cannot be said."""
        end = self.completion
        return end.slip_first.days if end and end.slip_first and not end.is_told_afterwards else None

    @property
    def is_rough(self) -> bool:
        """Whether that depends on dates that were not said exactly."""
        slip = self.completion.slip_first if self.completion else None
        return slip is not None and not slip.is_exact

    @cached_property
    def outlook(self) -> Outlook | None:
        """How likely the date of its end is, and what else is said of it; none where nothing was promised."""
        if self.completion is None or self.promise is None:
            return None
        return self.evidence.outlook(self.promise, due=self.completion.latest, by_plan=self.by_plan)

    @property
    def state(self) -> ProjectState:
        """How it stands in one word, as lists of projects have it."""
        end, slip = self.completion, self.days_late
        if self.said.phase is Phase.CANCELLED or (end is not None and end.state is PromiseState.CANCELLED):
            return ProjectState.CANCELLED
        if end is None:
            return ProjectState.UNKNOWN
        if end.state in _STATES:
            return _STATES[end.state]
        return ProjectState.LATE if slip is not None and slip > 0 else ProjectState.ON_TIME

    @property
    def summary(self) -> ProjectSummary:
        """The same in a few lines, as lists have it."""
        end, place = self.completion, self.place or (None, None)
        return ProjectSummary(
            id=self.project_id,
            title=self.said.title,
            language=self.said.language,
            department_id=self.said.department_id,
            phase=self.said.phase,
            sector=self.said.sector,
            region=self.said.region,
            state=self.state,
            promised_on=end.first if end else None,
            expected_on=(end.actual or end.latest) if end else None,
            reached_on=end.actual if end else None,
            slip_days=self.days_late,
            moves=self.moves,
            milestones=self.milestones,
            milestones_reached=self.milestones_reached,
            next_due=self.next_due,
            next_title=self.next_title,
            budget=self.cost.units if self.cost else None,
            currency=self.cost.currency if self.cost else None,
            longitude=place[0],
            latitude=place[1],
            updated_at=self.changed_at,
        )

    def beside(self, evidence: Evidence) -> "Standing":
        """Return the same, held against other evidence."""
        if evidence is self.evidence:
            return self
        # Of ten thousand, ``replace`` would go through every field again, in twenty times as long.
        found = object.__new__(Standing)
        vars(found).update(vars(self), evidence=evidence)
        vars(found).pop("outlook", None)
        return found


def standing(told: ProjectPromises, today: date, evidence: Evidence) -> Standing:
    """Return how a project stands today."""
    is_working = working_days()
    end, open_ones = told.completion, [one for one in told.milestones if not one.history.is_ended]
    coming = min(open_ones, key=lambda one: (one.history.latest.day, one.id), default=None)
    cost = expected_cost(told.budgets)
    return Standing(
        project_id=told.project_id,
        on=today,
        said=told.said,
        light=light(told.light_facts, today, is_working),
        completion=None if end is None else milestone_standing(end, today, is_working),
        creep=None if end is None else _creep(end.history, today),
        moves=sum(_moves(one.history) for one in told.milestones),
        milestones=len(told.milestones),
        milestones_reached=sum(1 for one in told.milestones if one.history.actual is not None),
        next_due=coming.history.latest.day if coming else None,
        next_said=coming.history.latest.promised if coming else None,
        next_title=coming.title if coming else "",
        contradictions=project_contradictions(told.facts),
        cost=cost.amount if cost else None,
        spent=told.spent,
        place=told.place,
        changed_at=told.changed_at,
        by_plan=_by_plan(told),
        promise=None if end is None else past_promise(end.history, **in_class(told, end)),
        evidence=evidence,
    )


def in_class(told: ProjectPromises, milestone: MilestonePromise) -> dict[str, Any]:
    """Return by what a milestone is like others."""
    return {
        "milestone": milestone.id,
        "department": told.said.department_id,
        "stage": str(milestone.fact.code or ""),
        "sector": str(told.said.sector),
    }


def _moves(history: PromiseHistory) -> int:
    # Most milestones have only their baseline, or were reached after it.
    return len(history.moves) if len(history.said) > 1 else 0


def _creep(history: PromiseHistory, today: date) -> float | None:
    found = creep(history, today)
    return found.rate if found else None


def _by_plan(told: ProjectPromises) -> date | None:
    """
    Return when a project ends at the pace at which it kept its plan; nothing without a plan of its own.

    The plan begins with nothing on the day on which the works were first to begin, or with the first report, and is
    whole on the day first promised for the end.
    """
    done = next((one for one in reversed(told.reports) if one.physical is not None), None)
    if not told.plan or told.completion is None or told.completion.history.is_ended or done is None:
        return None
    starts = [one.history.first.day for one in told.milestones if one.fact.code is MilestoneCode.START]
    start, end = min(starts, default=told.reports[0].period_start), told.completion.history.first.day
    between = [(day, progress) for day, progress in told.plan if start < day < end]
    schedule = earned_schedule([(start, 0), *between, (end, WHOLE)], done.physical or 0, done.period_end)
    return schedule.finish(start) if schedule and schedule.earned > 0 else None
