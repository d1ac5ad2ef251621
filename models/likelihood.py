"""
How likely a date is, and on what evidence: as much as the number of cases allows to say, and no more.

The ladder: fewer than 5 promises like it whose first date has passed, and they are only counted. From 5, the share
kept and its range (Wilson, 90 %). From 8, the day by which half of them would be reached (Kaplan, Meier). From 20, the
day by which four of five would. Days are of those that had taken as long as this one has by now: for what is late
already, the chance is not nought, but what it was for others so late.

A percentage never comes without its n and its range. "It cannot be said" is a result, with its reason. So it is where
nothing was said of most of them since their date: what was computed of those would measure their silence.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from models.reference_class import (
    EVERYTHING,
    MEDIAN_FROM,
    QUANTILE_FROM,
    SHARE_FROM,
    ClassKey,
    PastPromise,
    ReferenceClass,
    ReferenceClasses,
)
from models.survival import Curve, Share, wilson

#: Of what is published, by which rule it was computed.
RULE_VERSION = 2
HALF, MOST = 0.5, 0.8
#: How many must have taken as long as this one has by now, to say the one day and the other.
#: In simulations, days that rest on so many held in 49 to 51 % and in 78 to 80 % of cases.
MEDIAN_AT_RISK, QUANTILE_AT_RISK = 5, 8


class Rung(StrEnum):
    """How far up the ladder of evidence a likelihood stands: what is the most that it says."""

    NOTHING = "nothing"
    COUNTS = "counts"
    SHARE = "share"
    MEDIAN = "median"
    QUANTILE = "quantile"


class Scale(StrEnum):
    """In what the time of a class is measured."""

    #: In multiples of what was first promised.
    RATIO = "ratio"
    #: In days after the first date, where its beginning is not known.
    DAYS = "days"


class CannotSay(StrEnum):
    """Why no more is said."""

    #: It was reached, or given up.
    ENDED = "ended"
    #: There is no promise like it whose first date has passed.
    NO_CASES = "no_cases"
    #: There are some, but too few for the next rung.
    TOO_FEW = "too_few"
    #: There are enough, but of most of them nothing was said since their date.
    MOSTLY_SILENT = "mostly_silent"
    #: There are enough, but too few that took as long as this one has by now.
    TOO_FEW_AS_LATE = "too_few_as_late"
    #: The date said now has passed: there is no chance of keeping it.
    DATE_PASSED = "date_passed"
    #: The date said now lies beyond anything observed.
    BEYOND_EXPERIENCE = "beyond_experience"


@dataclass(frozen=True)
class ExpectedDay:
    """A day by which a share of cases would be reached."""

    day: date
    #: Whether it is only known to be no earlier: too many cases are unfinished to say when.
    is_lower_bound: bool


@dataclass(frozen=True, kw_only=True)
class Likelihood:
    """What can be said of when a milestone will be reached: a computation, and no promise of a department."""

    rung: Rung
    #: The class: how much alike, and what its promises share.
    key: ClassKey = EVERYTHING
    #: Other promises of the class whose first date has passed, and how many of them were reached by it.
    n: int = 0
    on_time: int = 0
    #: Of how many of those nothing was said since their first date: they count as late, and may only be untold.
    silent: int = 0
    #: How many of the class were given up; they are not among the n.
    cancelled: int = 0
    scale: Scale = Scale.RATIO
    #: How many had taken longer than this one has by now: on so many rest the days below.
    at_risk: int = 0
    #: The share of the class that was reached by its first date.
    share: Share | None = None
    #: The chance of the date said now, given that it has not been reached yet.
    chance: Share | None = None
    #: The days by which half, and four of five, of those at risk would be reached.
    median: ExpectedDay | None = None
    most: ExpectedDay | None = None
    why: tuple[CannotSay, ...] = ()

    @property
    def late(self) -> int:
        """How many of the n were not reached by their first date."""
        return self.n - self.on_time


def likelihood(classes: ReferenceClasses, promise: PastPromise, *, due: date) -> Likelihood:
    """Return how likely the date is that is said now, and when it will be, as of the day of the classes."""
    if not promise.is_open:
        return Likelihood(rung=Rung.NOTHING, why=(CannotSay.ENDED,))
    reference, n = classes.for_promise(promise)
    # Where it is itself among those counted, it is no evidence of its own date.
    counted = _counted(reference, n, silent=reference.silent - (promise.is_silent if n < reference.n else 0))
    if n < SHARE_FROM:
        return counted
    if 2 * counted.silent > n:
        has_passed = (CannotSay.DATE_PASSED,) if due < classes.today else ()
        return replace(counted, why=(CannotSay.MOSTLY_SILENT, *has_passed))
    clock, curve = _measure(reference, promise)
    with_share = replace(counted, rung=Rung.SHARE, share=wilson(reference.on_time, n), scale=clock.scale)
    return _dated(with_share, curve, clock, classes.today, due)


def _counted(reference: ReferenceClass, n: int, *, silent: int) -> Likelihood:
    too_few = CannotSay.TOO_FEW if n else CannotSay.NO_CASES
    return Likelihood(
        rung=Rung.COUNTS if n else Rung.NOTHING,
        key=reference.key,
        n=n,
        on_time=reference.on_time,
        silent=silent,
        cancelled=reference.cancelled,
        why=(too_few,) if n < MEDIAN_FROM else (),
    )


@dataclass(frozen=True)
class _Clock:
    """How days become the time of a class, and back."""

    scale: Scale
    zero: date
    unit: int

    def time(self, day: date) -> float:
        return (day - self.zero).days / self.unit

    def day(self, time: float) -> date:
        # What is computed in multiples may miss a whole day by a hair's breadth.
        return date.fromordinal(min(self.zero.toordinal() + ceil(time * self.unit - 1e-6), date.max.toordinal()))


def _measure(reference: ReferenceClass, promise: PastPromise) -> tuple[_Clock, Curve]:
    """Return the clock and the curve: in multiples if the promise and enough of its class have a beginning."""
    ratios = reference.ratios
    if promise.start is not None and promise.planned is not None and len(ratios.observed) >= MEDIAN_FROM:
        return _Clock(Scale.RATIO, promise.start, promise.planned), ratios
    return _Clock(Scale.DAYS, promise.first_date, 1), reference.days


def _dated(said: Likelihood, curve: Curve, clock: _Clock, today: date, due: date) -> Likelihood:
    """Add days and a chance, as far as enough of the class had taken as long as this one has."""
    elapsed = clock.time(today)
    at_risk = curve.at_risk(elapsed)
    if said.n < MEDIAN_FROM or at_risk < MEDIAN_AT_RISK:
        return replace(said, at_risk=at_risk, why=said.why or (CannotSay.TOO_FEW_AS_LATE,))
    chance, why = _chance(curve, clock, elapsed, today, due)
    has_most = said.n >= QUANTILE_FROM and at_risk >= QUANTILE_AT_RISK
    return replace(
        said,
        rung=Rung.QUANTILE if has_most else Rung.MEDIAN,
        at_risk=at_risk,
        chance=chance,
        median=_expected(curve, clock, elapsed, HALF, today),
        most=_expected(curve, clock, elapsed, MOST, today) if has_most else None,
        why=why,
    )


def _chance(
    curve: Curve, clock: _Clock, elapsed: float, today: date, due: date
) -> tuple[Share | None, tuple[CannotSay, ...]]:
    if due < today:
        return None, (CannotSay.DATE_PASSED,)
    chance = curve.chance(clock.time(due), after=elapsed)
    return chance, () if chance else (CannotSay.BEYOND_EXPERIENCE,)


def _expected(curve: Curve, clock: _Clock, elapsed: float, share: float, today: date) -> ExpectedDay:
    time = curve.quantile(share, after=elapsed)
    day = clock.day(curve.longest if time is None else time)
    return ExpectedDay(max(day, today + timedelta(days=1)), time is None)
