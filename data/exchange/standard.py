"""
What a project of OC4IDS says beyond what fits into the cells of a row: plain values, each ready to be said again.

Nothing here is written. :mod:`data.exchange.standard_reader` fills it from a file, and
:mod:`data.exchange.standard_take` takes it into the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.exchange.standard_history import StandardMilestone
from models.contract import ContractNature, ProcurementMethod
from models.decision import Language
from models.disclosure_item import DisclosureKind
from models.document import DisclosureClass, DocumentType
from models.money import BudgetKind
from models.rating import RatingLetter
from models.withheld_item import WithheldField


@dataclass(frozen=True, kw_only=True)
class StandardBudget:
    """One statement of what the project costs."""

    kind: BudgetKind
    amount: int
    currency: str
    approved_on: date
    reason: str
    document: str
    document_number: str


@dataclass(frozen=True, kw_only=True)
class StandardReport:
    """A report of progress."""

    period_start: date
    period_end: date
    physical: int | None = None
    spent: int | None = None
    currency: str | None = None
    body: str = ""
    planned_physical: int | None = None
    planned_spent: int | None = None
    annual_share: int | None = None
    is_correction: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a contract, or a change of it, says of money and time."""

    amount: int | None
    currency: str | None
    starts_on: date | None
    ends_on: date | None
    signed_on: date
    document: str


@dataclass(frozen=True, kw_only=True)
class StandardModification:
    """A change of a contract."""

    description: str
    rationale: str
    terms: Terms


@dataclass(frozen=True, kw_only=True)
class StandardContract:
    """A contract, and what was changed of it."""

    nature: ContractNature
    title: str
    supplier: str
    method: ProcurementMethod | None
    bidders: int | None
    terms: Terms
    modifications: Sequence[StandardModification]


@dataclass(frozen=True, kw_only=True)
class StandardDocument:
    """A document: held back, not yet due, or to be found elsewhere."""

    name: str
    type: DocumentType
    title: str
    alt: str
    disclosure: DisclosureClass
    ground: str = ""
    review_on: date | None = None
    #: What the file says of a document that lies elsewhere.
    told: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class StandardWithheld:
    """One statement of whether something is held back."""

    field: WithheldField
    holds: bool = True
    ground: str
    held_by: str
    until: date | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StandardRating:
    """What somebody independent says of the project."""

    body: str
    letter: RatingLetter
    rated_on: date
    document: str
    link: str
    statement: str


@dataclass(frozen=True, kw_only=True)
class StandardTitle:
    """A name that the project had, from and until a day."""

    title: str
    language: Language | None
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class StandardDisclosure:
    """One statement of where the project stands with an item that is to be published."""

    rule: str
    kind: DisclosureKind
    formed_on: date | None
    published_on: date | None
    document: str
    link: str
    ground: str
    review_on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class StandardProject:
    """What a project of OC4IDS says beyond the cells of a row."""

    milestones: Sequence[StandardMilestone] = ()
    budgets: Sequence[StandardBudget] = ()
    reports: Sequence[StandardReport] = ()
    contracts: Sequence[StandardContract] = ()
    documents: Sequence[StandardDocument] = ()
    withheld: Sequence[StandardWithheld] = ()
    disclosures: Sequence[StandardDisclosure] = ()
    ratings: Sequence[StandardRating] = ()
    #: The names that it had before the one it has, first to last.
    titles: Sequence[StandardTitle] = ()
    #: How the project is known of which it is a part.
    parent: str = ""


def listed(told: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list of a file; none where there is no list."""
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []


def mapped(told: Any) -> Mapping[str, Any]:
    """Return an object of a file; an empty one where there is none."""
    return told if isinstance(told, Mapping) else {}
