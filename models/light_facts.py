"""What the light of a project is computed from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.milestone_codes import MilestoneCode
from models.project import Cadence
from models.project_facts import BudgetFact, MilestoneFact, ReportFact


@dataclass(frozen=True, kw_only=True)
class LightFacts:
    """A project, as far as its light depends on it. Everything comes in the order in which it was said."""

    milestones: tuple[MilestoneFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    budgets: tuple[BudgetFact, ...] = ()
    #: How often the department promises to report.
    cadence: Cadence | None = None
    #: The last day on which anything was said that is not among the above.
    confirmed_on: date | None = None

    @cached_property
    def completion(self) -> MilestoneFact | None:
        """The milestone that completes it; the last one promised where none is said to."""
        completing = [one for one in self.milestones if one.completes] or self.milestones
        return max(completing, key=lambda one: (one.history.first.day, one.id), default=None)

    @cached_property
    def critical(self) -> tuple[MilestoneFact, ...]:
        """The milestones that its end hangs on, and its end."""
        return tuple(one for one in self.milestones if one.is_critical or one is self.completion)

    @property
    def planned_days(self) -> int | None:
        """How long it was first promised to take; none if no beginning was said."""
        starts = [one.history.first.day for one in self.milestones if one.code is MilestoneCode.START]
        if self.completion is None or not starts:
            return None
        return (self.completion.history.first.day - min(starts)).days

    @property
    def last_word(self) -> date | None:
        """The last day on which anything was said of it."""
        said = [one.history.last_spoken_of for one in self.milestones] + [one.said_on for one in self.reports]
        if self.confirmed_on is not None:
            said.append(self.confirmed_on)
        return max(said, default=None)
