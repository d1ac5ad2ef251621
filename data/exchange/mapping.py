"""
Which column means what: guessed from a file, corrected by people, saved, and used again for the next file of its kind.

A mapping is a frozen dataclass and plain JSON: :func:`to_json` and :func:`from_json`. An empty name stands for "no
column says this".
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ConfigDict, TypeAdapter, ValidationError

from data.exchange.dates import DateOrder
from data.exchange.sources import Source
from models.exceptions import UnreadableFileError
from models.milestone import MilestoneType
from models.money import BudgetKind
from models.project import Phase, Sector

#: The fields of a mapping that name one column each.
FIELDS = (
    "identifier",
    "title",
    "description",
    "purpose",
    "phase",
    "sector",
    "region",
    "department",
    "longitude",
    "latitude",
    "geometry",
    "budget",
    "budget_now",
    "currency_column",
    "approved",
    "delay_reason",
    "progress",
    "annual_progress",
)


@dataclass(frozen=True, kw_only=True)
class MilestoneColumns:
    """A milestone, and the columns that say its dates."""

    title: str
    #: The column of the day that is promised or expected.
    planned: str = ""
    #: The column of the day on which it was reached.
    actual: str = ""
    #: The column that holds either: a day that has come is the day it was reached, a day to come is expected.
    either: str = ""
    type: MilestoneType = MilestoneType.DELIVERY
    #: Whether the project is done when it is reached.
    completes: bool = False
    #: Whether works have begun when it is reached. It tells the phase, where no column does.
    begins: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that say its dates."""
        return tuple(column for column in (self.planned, self.actual, self.either) if column)


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """Which column means what, and what holds where no column says it."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    #: What tells one project from another, within its scheme. Where there is none, title, description and region do.
    identifier: str = ""
    title: str = ""
    description: str = ""
    purpose: str = ""
    phase: str = ""
    sector: str = ""
    region: str = ""
    #: Who the file says is responsible. Kept in the description: a file is imported for one department.
    department: str = ""
    longitude: str = ""
    latitude: str = ""
    #: A geometry: GeoJSON, or WKT, longitude first.
    geometry: str = ""
    budget: str = ""
    #: What it costs by now, where the column of the budget holds what it was to cost at first.
    budget_now: str = ""
    currency_column: str = ""
    #: The day on which the amount was approved.
    approved: str = ""
    #: Why its dates moved.
    delay_reason: str = ""
    #: How much is built since the beginning, in per cent; and how much of the plan of the year is done.
    progress: str = ""
    annual_progress: str = ""
    milestones: tuple[MilestoneColumns, ...] = ()
    #: Further columns whose words are added to the description, each under its heading.
    described: tuple[str, ...] = ()

    #: The currency of amounts that name none (ISO 4217). Never guessed.
    currency: str = ""
    #: What the amounts count in: 10,000 for 万元.
    budget_unit: int = 1
    #: At which step they were set.
    budget_kind: BudgetKind = BudgetKind.ESTIMATE
    #: How ambiguous dates are to be read. Never guessed.
    date_order: DateOrder | None = None
    #: In which system the coordinates are, where it is not WGS 84: ``gcj02``. Never guessed; the file may say it.
    crs: str = ""
    #: The phase of projects of which none is said and nothing is reached, and the sector.
    default_phase: Phase = Phase.IDENTIFICATION
    default_sector: Sector = Sector.OTHER
    #: What this file's own words mean.
    phases: dict[str, Phase] = field(default_factory=dict)
    sectors: dict[str, Sector] = field(default_factory=dict)

    def columns(self) -> Iterable[str]:
        """Yield the columns that it names."""
        yield from (name for field_name in FIELDS if (name := getattr(self, field_name)))
        for milestone in self.milestones:
            yield from milestone.columns
        yield from self.described


_ADAPTER = TypeAdapter(ColumnMapping)


def to_json(mapping: ColumnMapping) -> str:
    """Return a mapping as JSON, to be saved."""
    return _ADAPTER.dump_json(mapping, indent=2).decode() + "\n"


def from_json(text: str | bytes) -> ColumnMapping:
    """
    Return the mapping that was saved.

    :raises UnreadableFileError: ``bad_mapping`` if it is not one
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableFileError("bad_mapping", f"{where} {first['msg']}".strip()) from error


def demand_mapped(mapping: ColumnMapping, source: Source) -> ColumnMapping:
    """
    Return the mapping, if the file has the columns that it names.

    :raises UnreadableFileError: ``missing_column``
    """
    missing = sorted(set(mapping.columns()) - set(source.columns))
    if missing:
        raise UnreadableFileError("missing_column", ", ".join(missing))
    return mapping
