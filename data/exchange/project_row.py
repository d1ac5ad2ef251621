"""What a row of a file says of a project: the command by which it is taken into the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from data.exchange.promises import IMPORTED, Promise
from data.exchange.standard import StandardProject
from models.decision import Language
from models.money import BudgetKind
from models.project import ApprovalRoute, Cadence, Phase, Sector


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What a row says the project costs, in the smallest unit of the currency."""

    amount: int
    currency: str
    kind: BudgetKind
    #: The day of the import where the row does not say.
    approved_on: date | None = None


class Progress(NamedTuple):
    """How far a row says the project is, in basis points."""

    #: Since the beginning.
    built: int | None = None
    #: Of the plan of the year.
    annual: int | None = None


@dataclass(frozen=True, kw_only=True)
class PhaseMarks:
    """Which milestones of a file tell the phase of its projects, as no column does. By their titles."""

    #: Works have begun when one of them is reached.
    begins: tuple[str, ...] = ()
    #: The last of the file, where none is named as the one that completes a project.
    last: str = ""
    #: The phase where none of them is reached.
    assumed: Phase


@dataclass(frozen=True, kw_only=True)
class TakeRow:
    """What a row says of a project. Nothing where it does not say: then what was said before still holds."""

    #: The name of the file, as reasons tell it.
    file: str
    department_id: str
    #: By scheme. A project that has any of them is recognised.
    identifiers: Mapping[str, str]
    language: Language
    #: Empty where the row adds to a project that is known.
    title: str
    description: str | None = None
    purpose: str | None = None
    phase: Phase | None = None
    #: What tells the phase, where no column of the file says it.
    marks: PhaseMarks | None = None
    sector: Sector | None = None
    region: str | None = None
    #: Where a new project stands of which the row does not say it.
    default_phase: Phase
    default_sector: Sector
    geometry: Mapping[str, Any] | None = None
    budget: Amount | None = None
    #: What it costs by now, where the row says both.
    budget_now: Amount | None = None
    progress: Progress | None = None
    promises: Sequence[Promise] = ()
    #: Why its dates moved, in the words of the file.
    delay_reason: str = ""
    #: The day whose state of affairs the file tells.
    as_of: date | None = None
    approval_route: ApprovalRoute | None = None
    cadence: Cadence | None = None
    #: What a project of OC4IDS says beyond this.
    standard: StandardProject | None = None
    #: How the place was made to be in WGS 84, where it was not.
    placed: str = ""


def reason_of(command: TakeRow) -> str:
    """Return why something is said: because the file says it."""
    return f"{IMPORTED}{command.file}"
