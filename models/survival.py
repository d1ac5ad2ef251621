"""
Two estimators, in a few lines each: Kaplan and Meier for how long things take, Wilson for how sure a share is.

What is not finished yet is not left out: it has taken *at least* so long (it is censored). Leaving it out shows
shares on time of a third where a fifth is true.

Kaplan, Meier: Nonparametric Estimation from Incomplete Observations, JASA 53 (1958). Wilson: Probable Inference,
JASA 22 (1927). The effective number of a survival estimate: Dorey, Korn, Statistics in Medicine 6 (1987).
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.90

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Share:
    """A share of n, and the range in which the true one lies (Wilson, 90 % unless said otherwise)."""

    share: float
    low: float
    high: float
    n: float


# Compared by identity: arrays have no one answer to whether they are equal.
@dataclass(frozen=True, eq=False)
class Curve:
    """How large a share has not ended, at each time at which one did; and Greenwood's sum for its uncertainty."""

    times: Floats
    left: Floats
    greenwood: Floats
    #: Every time observed, ended or not, in order.
    observed: Floats

    @property
    def longest(self) -> float:
        """The longest time observed. Nothing is known beyond it."""
        return float(self.observed[-1])

    def survival(self, time: float) -> float:
        """Return the share that takes longer than a time."""
        return self._at(self.left, time, 1.0)

    def at_risk(self, time: float) -> int:
        """Return how many were observed for longer than a time: on so many rests what comes after it."""
        return len(self.observed) - int(self.observed.searchsorted(time, side="right"))

    def quantile(self, share: float, *, after: float | None = None) -> float | None:
        """
        Return the first time at which a share has ended, of those that took longer than a time where one is given.

        None if too many are unfinished to say so, or if nothing took as long.
        """
        reached = 1.0 if after is None else self.survival(after)
        if reached <= 0:
            return None
        # The sums of a long product are not exact: what is at the level within rounding has reached it.
        below = int(self.left[::-1].searchsorted(reached * (1 - share) + 1e-12, side="right"))
        return float(self.times[-below]) if below else None

    def chance(self, by: float, *, after: float) -> Share | None:
        """
        Return the chance to end by a time, of those that took longer than another.

        None if nothing took as long, or if it lies beyond everything observed while some are unfinished.
        """
        reached, n = self.survival(after), self.at_risk(after)
        is_beyond = by > self.longest and self.survival(by) > 0
        if reached <= 0 or n == 0 or is_beyond:
            return None
        left = self.survival(by) / reached
        variance = self._at(self.greenwood, by, 0.0) - self._at(self.greenwood, after, 0.0)
        effective = float(n)
        if 0 < left < 1 and variance > 0:
            effective = min(effective, (1 - left) / (left * variance))
        return wilson((1 - left) * effective, effective)

    def _at(self, values: Floats, time: float, before: float) -> float:
        place = int(self.times.searchsorted(time, side="right"))
        return float(values[place - 1]) if place else before


def kaplan_meier(durations: Floats, ended: NDArray[np.bool_]) -> Curve:
    """Return the curve of durations, of which those that have not ended have lasted at least so long."""
    observed = np.sort(durations)
    times, deaths = np.unique(durations[ended], return_counts=True)
    at_risk = len(observed) - np.searchsorted(observed, times, side="left")
    left = np.cumprod(1 - deaths / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(deaths / (at_risk * (at_risk - deaths)), dtype=np.float64)
    return Curve(times, left, greenwood, observed)


def wilson(successes: float, n: float, confidence: float = CONFIDENCE) -> Share:
    """
    Return the share of successes, and its range.

    :raises ValueError: if there was nothing to succeed
    """
    if n <= 0 or not 0 <= successes <= n + 1e-9:
        raise ValueError(successes, n)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = min(successes / n, 1.0)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Share(share, max(0.0, centre - half), min(1.0, centre + half), n)
