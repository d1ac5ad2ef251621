"""What a contradiction in the record of projects is: facts, with their sources, and no judgement."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.project_facts import Amount


class ProjectContradictionKind(StrEnum):
    """What does not fit. Of the sources, the first is the one that should not be if the others are."""

    #: A larger share of the money is spent than of the works is done. Sources: spent, the budget, works.
    SPEND_AHEAD = "spend_ahead"
    #: What was done, or spent, since the beginning became less, and no report corrects the other.
    VALUE_FALLS = "value_falls"
    ACHIEVED_BEFORE_PREDECESSOR = "achieved_before_predecessor"
    #: A stage was reached before one that the law puts first.
    STAGE_ORDER = "stage_order"
    #: The works are said to be wholly done, and are not accepted.
    DONE_WITHOUT_ACCEPTANCE = "done_without_acceptance"
    #: It costs more than was approved, and no document approves it.
    OVER_ESTIMATE = "over_estimate"
    #: A statement is dated before the one that it follows.
    DATED_BEFORE_PREDECESSOR = "dated_before_predecessor"
    #: Many milestones of a department were moved on one day.
    BURST = "burst"
    PHOTO_REUSED = "photo_reused"
    REPORT_COPIED = "report_copied"
    COORDINATES_SWAPPED = "coordinates_swapped"
    COORDINATES_OUT_OF_RANGE = "coordinates_out_of_range"


class SourceKind(StrEnum):
    """Where a fact is to be found, and what its value is."""

    #: Works in basis points, money, or the project whose report it is.
    REPORT = "report"
    #: Money.
    BUDGET = "budget"
    #: The day on which it was reached; none if it was not.
    MILESTONE = "milestone"
    #: The number of the statement within its milestone.
    REVISION = "revision"
    #: The project that shows it.
    PHOTO = "photo"
    #: Longitude and latitude, as the record has them.
    LOCATION = "location"
    #: How many milestones it moved.
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Source:
    """One fact: of which kind, which one, what it says, and when."""

    kind: SourceKind
    id: str
    value: int | str | date | Amount | None = None
    on: date | None = None


@dataclass(frozen=True)
class ProjectContradiction:
    """Facts of the record that cannot all be right, or need explaining."""

    kind: ProjectContradictionKind
    #: The project; nothing where it is a department's.
    project: str
    sources: tuple[Source, ...]
