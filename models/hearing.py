"""Hearings: notice, registration, selection by a published rule, list, materials, record, handling, feedback."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.draw import SHORTEST_SEED, commitment, drawn
from models.exceptions import InvalidValueError


class HearingStepKind(StrEnum):
    """The steps of a hearing. Decree 713, Articles 16 and 17."""

    #: Time, place and subject are announced.
    NOTICE = "notice"
    #: From when to when anybody may register.
    REGISTRATION = "registration"
    #: By which rule participants are selected; with the commitment to the seed, where they are drawn.
    SELECTION = "selection"
    #: Who takes part; with the seed, where they were drawn.
    LIST = "list"
    MATERIALS = "materials"
    HELD = "held"
    RECORD = "record"
    #: Participants confirmed and signed the record.
    CONFIRMATION = "confirmation"
    #: What became of each point that was made.
    HANDLING = "handling"
    #: All who registered were told, selected or not.
    FEEDBACK = "feedback"


class HearingSide(StrEnum):
    """For whom somebody registers."""

    INTERESTED = "interested"
    PUBLIC = "public"
    ORGANISATION = "organisation"
    EXPERT = "expert"


class RegistrationState(StrEnum):
    """Whether anybody may register. Computed from what was said and the day, never typed in."""

    NOT_ANNOUNCED = "not_announced"
    TO_COME = "to_come"
    OPEN = "open"
    OVER = "over"


class HearingStep(Record, table=True):
    """One step of the hearing on a decision. The last statement of a step is the one that holds."""

    __tablename__ = "hearing_step"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("ends_on IS NULL OR ends_on >= held_on", name="begins_before_it_ends"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    number: int = Field(ge=1)
    step: HearingStepKind = Field(sa_type=codelist(HearingStepKind))
    held_on: date
    #: The last day on which it lasts: of the registration.
    ends_on: date | None = None
    #: Time and place, the rule, the list, how points were handled: in words for the public.
    statement: str = Field(default="", max_length=20_000)
    #: Who takes part, how many of them are interested parties or of the public, and how many came.
    participants: int | None = Field(default=None, ge=0)
    interested: int | None = Field(default=None, ge=0)
    attended: int | None = Field(default=None, ge=0)
    #: How many are drawn.
    places: int | None = Field(default=None, ge=1)
    seed_digest: str = Field(default="", max_length=64)
    seed: str = Field(default="", max_length=200)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class HearingRegistration(Record, table=True):
    """That somebody asked to take part."""

    __tablename__ = "hearing_registration"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    #: By which they are drawn.
    number: int = Field(ge=1)
    side: HearingSide = Field(sa_type=codelist(HearingSide))
    #: As signed. Only a masked form is ever shown.
    name: str = Field(min_length=1, max_length=100)
    #: Never public.
    contact: str = Field(min_length=1, max_length=200)
    #: What becomes of the code on the receipt when it is hashed; nothing for those who were entered without one.
    receipt_digest: str | None = Field(default=None, index=True, unique=True, min_length=64, max_length=64)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def latest_step(steps: Sequence[HearingStep], kind: HearingStepKind) -> HearingStep | None:
    """Return what was last said of a step."""
    return next((step for step in reversed(steps) if step.step is kind), None)


def registration_state(announced: HearingStep | None, today: date) -> RegistrationState:
    """Return whether anybody may register on a day, by what was last announced: both days of it included."""
    if announced is None:
        return RegistrationState.NOT_ANNOUNCED
    if today < announced.held_on:
        return RegistrationState.TO_COME
    return (
        RegistrationState.OVER
        if announced.ends_on is not None and today > announced.ends_on
        else RegistrationState.OPEN
    )


def selected(steps: Sequence[HearingStep], registrations: Iterable[int]) -> tuple[int, ...]:
    """Return the numbers of those who were drawn; none before the seed is opened."""
    rule, listed = (latest_step(steps, kind) for kind in (HearingStepKind.SELECTION, HearingStepKind.LIST))
    if rule is None or listed is None or not listed.seed or rule.places is None:
        return ()
    return drawn(listed.seed, registrations, rule.places)


def demand_draw(steps: Sequence[HearingStep], step: HearingStep) -> None:
    """
    Let a draw be committed to in time, and be opened as it was committed to.

    :raises InvalidValueError: if a commitment comes when registration is over, or a seed is not the one committed to
    """
    registration = latest_step(steps, HearingStepKind.REGISTRATION)
    if step.seed_digest:
        if step.step is not HearingStepKind.SELECTION or step.places is None:
            raise InvalidValueError("seed_digest", "belongs to the rule of selection, with the number of places")
        if registration and registration.ends_on and step.held_on > registration.ends_on:
            raise InvalidValueError("seed_digest", "registration is over")
    if not step.seed:
        return
    rule = latest_step(steps, HearingStepKind.SELECTION)
    if len(step.seed) < SHORTEST_SEED:
        raise InvalidValueError("seed", "too short")
    if registration and registration.ends_on and step.held_on <= registration.ends_on:
        raise InvalidValueError("seed", "registration is not over")
    if rule is None or commitment(step.seed) != rule.seed_digest:
        raise InvalidValueError("seed", "is not the one that was committed to")
