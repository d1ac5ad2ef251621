"""
What was promised of one milestone, when, and how it moved.

Everything here is derived from dated statements, and so is what was known on any past day: a history *as of* a day has
no statement that was made after it. A correction is a statement too, and holds from the day on which it was made.

Notice is measured as the federal permitting dashboard of the United States demands it (FAST-41, 42 U.S.C. 4370m-2): a
date that will be missed is to be said before it is, with the reason, and not within the last thirty days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median

from models.milestone_codes import Precision, ReasonCode, RevisionKind
from models.promised_day import PromisedDay, Slip, last_day, not_before, slip

#: Days. A move that is announced with less to go is announced at short notice.
SHORT_NOTICE = 30

_BASELINES = (RevisionKind.BASELINE, RevisionKind.REBASELINE)
_FULFILLED = RevisionKind.ACHIEVED


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement about a milestone, as in ``models/milestone_revision.py``."""

    number: int
    kind: RevisionKind
    due_date: date
    #: The day on which it became public, on the calendar of the jurisdiction.
    said_on: date
    precision: Precision = Precision.DAY
    date_low: date | None = None
    date_high: date | None = None
    reason_code: ReasonCode | None = None
    #: When what is paused is expected to go on.
    resume_on: date | None = None

    @cached_property
    def promised(self) -> PromisedDay:
        """The day that it says, as exactly as it says it."""
        return PromisedDay(self.due_date, self.precision, self.date_low, self.date_high)

    @cached_property
    def day(self) -> date:
        """The day that it says, as comparisons take it."""
        return last_day(self.due_date, self.precision)


@dataclass(frozen=True)
class Move:
    """One change of the day that was expected."""

    before: Said
    after: Said

    @property
    def days(self) -> int:
        """How much later it is expected; negative where it is earlier."""
        return (self.after.day - self.before.day).days

    @property
    def reason(self) -> ReasonCode | None:
        """Why it moved; none where a statement from elsewhere gave no reason."""
        if self.after.kind is RevisionKind.RESUMED:
            # To go on needs no reason of its own: that it was paused is what moved the day.
            return self.after.reason_code or self.before.reason_code
        return self.after.reason_code

    @property
    def notice(self) -> int:
        """How many days were left until the old date when the new one was said; negative once it had passed."""
        return (self.before.day - self.after.said_on).days

    @property
    def is_short_notice(self) -> bool:
        """Whether it was said before the old date, but shortly."""
        return 0 <= self.notice < SHORT_NOTICE

    @property
    def is_after_the_date(self) -> bool:
        """Whether it was said only when the old date had passed (逾期后才公布)."""
        return self.notice < 0


@dataclass(frozen=True)
class PromiseHistory:
    """All that was said of one milestone, in the order of its numbers, the baseline first."""

    said: tuple[Said, ...]
    #: The days on which it was confirmed that what was said still holds.
    confirmed: tuple[date, ...] = ()

    @property
    def first(self) -> Said:
        """What was first promised: the baseline, for ever."""
        return self.said[0]

    @property
    def is_told_afterwards(self) -> bool:
        """Whether it was reached, and nothing had been said of it before its day: then nothing was promised."""
        return self.actual is not None and self.first.said_on > self.first.day

    @property
    def baseline(self) -> Said:
        """The baseline that is approved now. It stands beside the first, and never for it."""
        return next(one for one in reversed(self.said) if one.kind in _BASELINES or one is self.first)

    @property
    def latest(self) -> Said:
        """What is said now."""
        return self.said[-1]

    @property
    def promise(self) -> Said:
        """The last day that was promised before it was reached; now, if it is not."""
        return next((one for one in reversed(self.said) if one.kind is not _FULFILLED), self.first)

    @property
    def actual(self) -> date | None:
        """The day on which it was reached."""
        return self.latest.day if self.latest.kind is _FULFILLED else None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up."""
        return self.latest.kind is RevisionKind.CANCELLED

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.is_cancelled or self.latest.kind is _FULFILLED

    @property
    def last_spoken_of(self) -> date:
        """The last day on which anything was said of it, if only that nothing had changed."""
        return max((*(one.said_on for one in self.said), *self.confirmed))

    @property
    def moves(self) -> tuple[Move, ...]:
        """Each change of the expected day. To reach it, or to give it up, moves nothing."""
        still = [one for one in self.said if one.kind not in (_FULFILLED, RevisionKind.CANCELLED)]
        return tuple(Move(before, after) for before, after in pairwise(still) if after.day != before.day)

    @property
    def median_notice(self) -> float | None:
        """The median of days of notice before a date that was put off; none if none was."""
        notices = [move.notice for move in self.moves if move.days > 0]
        return median(notices) if notices else None

    @property
    def points(self) -> tuple[tuple[date, date], ...]:
        """The chart of the history (milestone trend analysis): the day it was said, and the day then promised."""
        return tuple((one.said_on, one.day) for one in self.said)

    def slip_against_first(self, today: date) -> Slip | None:
        """
        Return how late it is against the first date; none if it was given up.

        What is not reached is late until today at least, whatever its department says.
        """
        return self._slip(self.first, today)

    def slip_against_baseline(self, today: date) -> Slip | None:
        """Return how late it is against the baseline that is approved now."""
        return self._slip(self.baseline, today)

    def slip_against_latest(self, today: date) -> Slip | None:
        """Return how late it is against what was promised last."""
        return self._slip(self.promise, today)

    def as_of(self, day: date) -> "PromiseHistory | None":
        """Return what was known at the end of a past day; nothing if nothing had been promised."""
        known = tuple(one for one in self.said if one.said_on <= day)
        if not known or known[0] is not self.first:
            return None
        confirmed = tuple(one for one in self.confirmed if one <= day)
        if (len(known), len(confirmed)) == (len(self.said), len(self.confirmed)):
            return self
        return replace(self, said=known, confirmed=confirmed)

    def latest_on(self, day: date) -> Said | None:
        """Return what had been said last at the end of a past day; nothing if nothing had been promised."""
        if self.first.said_on > day:
            return None
        return next(one for one in reversed(self.said) if one.said_on <= day)

    def between(self, after: date, until: date) -> tuple[Said, ...]:
        """Return what was said after one day and until the end of another: what changed between the two."""
        return tuple(one for one in self.said if after < one.said_on <= until)

    def _slip(self, promise: Said, today: date) -> Slip | None:
        if self.is_cancelled:
            return None
        expected = self.latest.promised
        if promise is self.latest and expected.day >= today:
            return Slip(0, 0, 0)
        return slip(promise.promised, expected if self.actual else not_before(expected, today))


def history(said: Iterable[Said], confirmed: Iterable[date] = ()) -> PromiseHistory:
    """
    Return the history that statements make, in whatever order they come.

    :raises ValueError: if there is none
    """
    in_order = tuple(sorted(said, key=lambda one: one.number))
    if not in_order:
        raise ValueError(in_order)
    return PromiseHistory(in_order, tuple(sorted(confirmed)))
