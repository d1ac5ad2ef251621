"""Where a project stands with what is to be published of it: said by its department, computed from the calendar."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.day_rule import DayRule, Span, Unit, due_date
from models.disclosure_rule import LONGEST_KEY, DisclosureRule
from models.money import WHOLE
from models.project import ApprovalRoute
from models.working_days import Calendar


class DisclosureKind(StrEnum):
    """What a department says of an item."""

    #: The information exists since a day; its time runs.
    FORMED = "formed"
    PUBLISHED = "published"
    #: There is none of it in this project, for a reason.
    NOT_APPLICABLE = "not_applicable"
    #: It is held back, on a ground.
    WITHHELD = "withheld"


class DisclosureState(StrEnum):
    """Where an item stands. Computed, never said."""

    PUBLISHED = "published"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"
    #: Nobody has said whether it exists.
    NOT_STATED = "not_stated"


class DisclosureItem(Record, table=True):
    """One statement about one item of one project."""

    __tablename__ = "disclosure_item"
    __table_args__ = (
        UniqueConstraint("project_id", "rule_key", "number"),
        CheckConstraint("kind NOT IN ('formed', 'published') OR formed_on IS NOT NULL", name="clock_has_a_start"),
        CheckConstraint(
            "kind <> 'published' OR (published_on IS NOT NULL AND (document_id IS NOT NULL OR length(link) > 0))",
            name="published_can_be_read",
        ),
        CheckConstraint("kind <> 'not_applicable' OR length(trim(reason)) > 0", name="not_applicable_is_explained"),
        CheckConstraint(
            "kind <> 'withheld' OR (length(trim(ground)) > 0 AND review_on IS NOT NULL)", name="withheld_is_grounded"
        ),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    rule_key: str = Field(max_length=LONGEST_KEY)
    number: int = Field(ge=1)
    kind: DisclosureKind = Field(sa_type=codelist(DisclosureKind))
    #: Since when the information exists.
    formed_on: date | None = None
    #: When it was published, and where it can be read.
    published_on: date | None = None
    document_id: int | None = Field(default=None, foreign_key="document.id")
    link: str = Field(default="", max_length=2000, schema_extra={"pattern": r"^(https?://\S+)?$"})
    #: On what ground it is withheld, and when that is looked at again.
    ground: str = Field(default="", max_length=500)
    review_on: date | None = None
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Self:
        needs = {
            DisclosureKind.FORMED: bool(self.formed_on),
            DisclosureKind.PUBLISHED: bool(
                self.formed_on and self.published_on and (self.document_id is not None or self.link)
            ),
            DisclosureKind.NOT_APPLICABLE: bool(self.reason.strip()),
            DisclosureKind.WITHHELD: bool(self.ground.strip() and self.review_on),
        }
        if not needs[self.kind]:
            raise ValueError(f"something is missing that must be said of what is {self.kind}")
        return self


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Where an item of a project stands on a day."""

    rule: DisclosureRule
    state: DisclosureState
    #: What was said last; nothing where nobody said anything.
    said: DisclosureItem | None = None
    #: The last day on which it is in time.
    deadline: date | None = None
    #: Whether the deadline lies in a year whose holidays are not published.
    is_provisional: bool = False
    #: How many days after the deadline it was published, or is not yet.
    days_late: int = 0


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How much of what is to be published of a project is."""

    counts: Mapping[DisclosureState, int]

    @property
    def applicable(self) -> int:
        """How many items the project has."""
        return sum(self.counts.values()) - self.counts[DisclosureState.NOT_APPLICABLE]

    @property
    def share(self) -> int | None:
        """How much of them is published, in basis points; nothing where there are none."""
        return self.counts[DisclosureState.PUBLISHED] * WHOLE // self.applicable if self.applicable else None


def disclosure(
    rule: DisclosureRule,
    said: DisclosureItem | None,
    calendar: Calendar,
    today: date,
    *,
    route: ApprovalRoute | None = None,
) -> Disclosure:
    """
    Return where an item stands on a day, by what was said of it last.

    :param route: how the project is approved: an item of another way is not applicable to it
    """
    is_elsewhere = rule.approval_route is not None and route is not None and rule.approval_route is not route
    if said is None:
        state = DisclosureState.NOT_APPLICABLE if is_elsewhere else DisclosureState.NOT_STATED
        return Disclosure(rule=rule, state=state)
    if said.kind in (DisclosureKind.NOT_APPLICABLE, DisclosureKind.WITHHELD) or said.formed_on is None:
        return Disclosure(rule=rule, state=DisclosureState(str(said.kind)), said=said)
    due = due_date(said.formed_on, Span(rule.days, Unit.WORKING_DAY), DayRule(), calendar)
    reached = said.published_on if said.kind is DisclosureKind.PUBLISHED else today
    late = max(0, ((reached or today) - due.last_day).days)
    open_state = DisclosureState.OVERDUE if late else DisclosureState.DUE
    return Disclosure(
        rule=rule,
        state=DisclosureState.PUBLISHED if said.kind is DisclosureKind.PUBLISHED else open_state,
        said=said,
        deadline=due.last_day,
        is_provisional=due.is_provisional,
        days_late=late,
    )


def completeness(items: Iterable[Disclosure]) -> Completeness:
    """Return how much of what is to be published is."""
    counted = Counter(item.state for item in items)
    return Completeness(counts={state: counted[state] for state in DisclosureState})
