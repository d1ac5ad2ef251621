"""Comment periods: half-open intervals of time in a zone, with every change of the closing instant kept."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Relationship

from models.base import Instant, Record, RowNumber, codelist
from models.clock import JURISDICTION, end_of_day, local_date, start_of_day, zone
from models.exceptions import NotOpenError, OrderError
from models.revision import demand_reason

#: Where no procedure was chosen. Decree 713, Article 15: generally not less than 30 days; shorter only for urgency and
#: the like, and explained.
USUAL_DAYS = 30


class PeriodKind(StrEnum):
    """What a statement about a comment period says."""

    OPENED = "opened"
    EXTENDED = "extended"
    CLOSED_EARLY = "closed_early"


class PeriodRevision(Record, table=True):
    """One statement about when a comment period runs."""

    __tablename__ = "comment_period_revision"
    __table_args__ = (
        UniqueConstraint("period_id", "number"),
        CheckConstraint("(number = 1) = (kind = 'opened')", name="opened_is_first"),
        CheckConstraint("kind = 'opened' OR length(trim(reason)) > 0", name="reason_given"),
        CheckConstraint("opens_at <= closes_at", name="opens_before_it_closes"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    period_id: int = Field(default=None, foreign_key="comment_period.id")
    number: int = Field(ge=1)
    kind: PeriodKind = Field(sa_type=codelist(PeriodKind))
    opens_at: AwareDatetime = Field(sa_type=Instant)
    #: Exclusive: a comment that arrives at this very instant is late.
    closes_at: AwareDatetime = Field(sa_type=Instant)
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None

    period: "CommentPeriod" = Relationship(back_populates="revisions")


class CommentPeriod(Record, table=True):
    """A time in which comments are taken. Rounds are counted from 1."""

    __tablename__ = "comment_period"
    __table_args__ = (UniqueConstraint("decision_id", "round"),)
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    decision_id: str = Field(foreign_key="decision.id")
    round: int = Field(ge=1)
    #: The zone in which its days are counted and its closing is announced.
    zone: str = Field(default=JURISDICTION, max_length=60)
    #: In which stage of the procedure; where it has one that takes comments, it need not be said.
    stage: str = Field(default="", max_length=60)

    revisions: list[PeriodRevision] = Relationship(
        back_populates="period",
        sa_relationship_kwargs={"order_by": "PeriodRevision.number", "lazy": "selectin"},
    )

    @classmethod
    def open(
        cls,
        *,
        decision_id: str,
        round_number: int,
        opens_at: datetime,
        last_day: date,
        zone_name: str,
        stage: str = "",
        least_until: datetime | None,
        reason: str,
        at: datetime,
    ) -> "CommentPeriod":
        """
        Return a period that runs from ``opens_at`` to the end of ``last_day`` in its zone.

        :param least_until: until when it must run at least, exclusive; none where no rule sets a minimum
        :raises OrderError: if it would close before it opens
        :raises ReasonMissingError: if it is shorter than the minimum and nothing says why
        """
        zone(zone_name)
        closes_at = end_of_day(last_day, zone_name)
        if closes_at <= max(opens_at, at):
            raise OrderError(opens_at, closes_at)
        period = cls(decision_id=decision_id, round=round_number, zone=zone_name, stage=stage)
        if is_short(closes_at, least_until):
            reason = demand_reason("short_period", reason)
        period._append(kind=PeriodKind.OPENED, opens_at=opens_at, closes_at=closes_at, reason=reason, at=at)
        return period

    def extend(self, *, last_day: date, reason: str, at: datetime) -> PeriodRevision:
        """
        Give more time.

        :raises OrderError: if the new closing is not later than the present one
        :raises ReasonMissingError: if nothing says why
        """
        closes_at = end_of_day(last_day, self.zone)
        if closes_at <= self.latest.closes_at:
            raise OrderError(self.latest.closes_at, closes_at)
        reason = demand_reason("extension", reason)
        return self._append(
            kind=PeriodKind.EXTENDED, opens_at=self.latest.opens_at, closes_at=closes_at, reason=reason, at=at
        )

    def close_early(self, *, least_until: datetime | None = None, reason: str, at: datetime) -> PeriodRevision:
        """
        Close now. People relied on the published day, so there is a reason even where the minimum is kept.

        :raises ReasonMissingError: if nothing says why
        """
        reason = demand_reason("short_period" if is_short(at, least_until) else "early_closing", reason)
        return self._append(
            kind=PeriodKind.CLOSED_EARLY, opens_at=self.latest.opens_at, closes_at=at, reason=reason, at=at
        )

    def admit(self, arrived_at: datetime) -> None:
        """
        Let a comment in that arrived then.

        :raises NotOpenError: if the period was not running at that instant
        """
        if not self.is_open(arrived_at):
            raise NotOpenError(self.latest.opens_at, self.latest.closes_at, arrived_at)

    def is_open(self, instant: datetime) -> bool:
        """Whether the period is running: it includes its opening and excludes its closing."""
        return self.latest.opens_at <= instant < self.latest.closes_at

    @property
    def latest(self) -> PeriodRevision:
        """When it runs, as said now."""
        return self.revisions[-1]

    def _append(
        self, *, kind: PeriodKind, opens_at: datetime, closes_at: datetime, reason: str, at: datetime
    ) -> PeriodRevision:
        revision = PeriodRevision(
            number=len(self.revisions) + 1,
            kind=kind,
            opens_at=opens_at,
            closes_at=closes_at,
            reason=reason.strip(),
            recorded_at=at,
        )
        self.revisions.append(revision)
        return revision


class Runs(Protocol):
    """Something that runs for a time: it includes its opening and excludes its closing."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


R = TypeVar("R", bound=Runs)


def is_short(closes_at: datetime, least_until: datetime | None) -> bool:
    """Whether a period closes before the minimum that a rule sets; never, where none does."""
    return least_until is not None and closes_at < least_until


def usual_end(opens_at: datetime, zone_name: str) -> datetime:
    """Return until when a period usually runs at least, exclusive, counted in whole civil days of its zone."""
    return start_of_day(local_date(opens_at, zone_name) + timedelta(days=USUAL_DAYS), zone_name)


def period_shown(periods: Collection[R], now: datetime) -> R | None:
    """Return the open period that closes first; where none is, the next to open, or else the last to have closed."""
    running = [one for one in periods if one.opens_at <= now < one.closes_at]
    if running:
        return min(running, key=lambda one: one.closes_at)
    coming = [one for one in periods if now < one.opens_at]
    if coming:
        return min(coming, key=lambda one: one.opens_at)
    return max(periods, key=lambda one: one.closes_at, default=None)


def last_together(periods: Collection[R]) -> Sequence[R]:
    """
    Return the period that closes last, and before it those that run side by side with it, without a gap between.

    Comments are taken as long as any of them runs, whatever time it is when that is asked.
    """
    found: list[R] = []
    for one in sorted(periods, key=lambda one: one.closes_at, reverse=True):
        if found and one.closes_at < min(other.opens_at for other in found):
            break
        found.insert(0, one)
    return found
