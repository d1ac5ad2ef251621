"""One line of the checklist: what a procedure demands, where that stands, by which record and which article."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from models.day_rule import DueDate
from models.docket_facts import WaiverFact
from models.docket_view import Evidence
from models.procedure_terms import Words


class ItemKind(StrEnum):
    """What sort of demand it is."""

    STAGE = "stage"
    #: The time in which comments are taken: one item a round.
    WINDOW = "window"
    #: The time that a stage must last.
    DURATION = "duration"
    #: A new round, which a materially changed draft asks for.
    ROUND = "round"
    DOCUMENT = "document"
    PUBLICITY = "publicity"
    REQUIREMENT = "requirement"
    #: What must have happened before a stage may be finished. Not counted twice: not part of completeness.
    GATE = "gate"
    OBLIGATION = "obligation"


class ItemState(StrEnum):
    """Where it stands."""

    MET = "met"
    NOT_YET = "not_yet"
    #: Not done, and its last day has passed.
    OVERDUE = "overdue"
    #: What it was needed for has happened without it; or it falls short, and can no longer be made good.
    MISSING = "missing"
    #: Shortened or skipped, with a published reason.
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


class Why(StrEnum):
    """Why it stands there, where the state alone does not say."""

    #: The flags under which it applies are down, or one under which it does not is up.
    FLAG = "flag"
    OPTIONAL = "optional"
    #: The matter does not go ahead.
    DROPPED = "dropped"
    #: What it is counted from has not happened.
    NOT_TRIGGERED = "not_triggered"
    #: It is owed, and no law says by when: ``days`` counts since it is.
    NO_LEGAL_DEADLINE = "no_legal_deadline"
    #: Done, ``days`` late.
    LATE = "late"
    #: ``days`` short of the minimum.
    TOO_SHORT = "too_short"
    #: As above; and it would be long enough if the first day were counted, as practice often does.
    SHORT_BY_FIRST_DAY = "short_by_first_day"
    #: A reason was published, and the law allows none.
    NO_EXCEPTION = "no_exception"
    #: A reason was published, and even with one it may not be as short as this.
    BELOW_FLOOR = "below_floor"
    #: The notice was up ``days`` late, and the period was not extended by as many.
    NOTICE_LATE = "notice_late"
    #: It exists, and is withheld on a ground.
    WITHHELD = "withheld"
    WITHHELD_AGAINST_RULE = "withheld_against_rule"
    #: The figure lies outside the bounds; or the record does not state what would show it.
    OUT_OF_BOUNDS = "out_of_bounds"
    NOT_STATED = "not_stated"
    CHANNEL_MISSING = "channel_missing"
    #: A later stage was finished without it.
    OVERTAKEN = "overtaken"
    #: The record says, with a reason, that it was left out.
    LEFT_OUT = "left_out"
    #: The draft was materially changed, and no round followed.
    CHANGED_DRAFT = "changed_draft"


@dataclass(frozen=True)
class Planned:
    """The dates of a stage: as first said, and as said now."""

    first_starts_on: date
    first_ends_on: date
    starts_on: date
    ends_on: date
    moves: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """One demand and where it stands."""

    #: ``window:participation``, ``document:participation:draft_explanation``: what a waiver names.
    key: str
    kind: ItemKind
    stage: str | None = None
    #: None for a document without a name of its own: the code list of documents has its words.
    title: Words | None = None
    state: ItemState
    why: Why | None = None
    due: DueDate | None = None
    evidence: Evidence | None = None
    #: What the time runs from.
    counts_from: Evidence | None = None
    #: Overdue by, late by, short by, or owed since: so many days.
    days: int | None = None
    #: ``713 15``, as ``ProcessTemplate.cite`` puts into words.
    articles: tuple[str, ...] = ()
    #: The latest waiver that names it, whatever became of it since.
    waiver: WaiverFact | None = None
    #: What a requirement found.
    figure: Fraction | None = None
    planned: Planned | None = None
    #: When a comment period would have to close, its notice having been late.
    should_close: datetime | None = None
    #: Channels on which nothing was seen.
    channels_missing: tuple[str, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether it counts towards completeness by now."""
        return self.state not in (ItemState.NOT_YET, ItemState.NOT_APPLICABLE)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is asked for."""
        return self.state in (ItemState.MET, ItemState.WAIVED, ItemState.NOT_APPLICABLE)

    def but(self, **values: Any) -> "Item":
        """
        Return the item with other values: ``dataclasses.replace``, but for half the time of an evaluation.

        :raises TypeError: if the item has no such field
        """
        if not values.keys() <= self.__dict__.keys():
            raise TypeError(*(values.keys() - self.__dict__.keys()))
        changed = object.__new__(Item)
        changed.__dict__.update(self.__dict__, **values)
        return changed
