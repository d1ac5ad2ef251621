"""What was promised of projects and what became of it, as rules of lights, likelihoods and contradictions take it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from models.contract import ContractNature
from models.decision import Language
from models.light_facts import LightFacts
from models.milestone import MilestoneType
from models.project import ApprovalRoute, Cadence, Phase, Sector
from models.project_contradictions import ProjectFacts
from models.project_facts import Amount, BudgetFact, MilestoneFact, ReportFact
from models.promise_history import PromiseHistory


@dataclass(frozen=True, kw_only=True)
class SaidOfProject:
    """What is said of a project, in a few words."""

    title: str
    language: Language
    department_id: str
    phase: Phase
    sector: Sector
    region: str
    cadence: Cadence | None
    approval_route: ApprovalRoute | None
    #: The day on which it was said.
    said_on: date


@dataclass(frozen=True, kw_only=True)
class MilestonePromise:
    """A milestone by its name, and what the rules take of it."""

    title: str
    type: MilestoneType
    fact: MilestoneFact
    #: The day on which each statement of its history was recorded here.
    recorded_on: tuple[date, ...]
    #: When anything was last recorded of it.
    changed_at: datetime

    @property
    def id(self) -> int:
        """Its number."""
        return self.fact.id

    @property
    def history(self) -> PromiseHistory:
        """Everything that was said of it."""
        return self.fact.history


@dataclass(frozen=True, kw_only=True)
class ContractFact:
    """A contract, as it holds after everything that was changed of it."""

    id: int
    title: str
    nature: ContractNature
    #: None where nobody says.
    amount: Amount | None
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class ProjectPromises:
    """A project with everything that the rules need to know of it, as of a day."""

    project_id: str
    said: SaidOfProject
    #: By the day first promised.
    milestones: tuple[MilestonePromise, ...]
    #: First to last, as the following.
    reports: tuple[ReportFact, ...]
    budgets: tuple[BudgetFact, ...]
    contracts: tuple[ContractFact, ...]
    #: How far it was to be by which day, in basis points, as reports say.
    plan: tuple[tuple[date, int], ...]
    #: Longitude and latitude, in degrees; nothing where it has no place.
    place: tuple[float, float] | None
    #: When the last of this was recorded.
    changed_at: datetime

    @cached_property
    def light_facts(self) -> LightFacts:
        """What its light is computed from."""
        return LightFacts(
            milestones=tuple(one.fact for one in self.milestones),
            reports=self.reports,
            budgets=self.budgets,
            cadence=self.said.cadence,
            # Who speaks of the project at all, or of its cost, has not fallen silent.
            confirmed_on=max([self.said.said_on, *(one.said_on for one in self.budgets)]),
        )

    @property
    def facts(self) -> ProjectFacts:
        """What contradictions are found in."""
        milestones = tuple(one.fact for one in self.milestones)
        return ProjectFacts(project=self.project_id, milestones=milestones, reports=self.reports, budgets=self.budgets)

    @property
    def completion(self) -> MilestonePromise | None:
        """The milestone that completes it, as its light has it."""
        end = self.light_facts.completion
        return None if end is None else next(one for one in self.milestones if one.fact is end)

    @property
    def spent(self) -> Amount | None:
        """What was spent by the last report that says so."""
        return next((one.spent for one in reversed(self.reports) if one.spent), None)
