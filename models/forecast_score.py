"""
How true our own likelihoods were: each published one is kept, and scored once what it spoke of has come or has not.

Brier: Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78 (1950). Always saying one
half scores 0.25, and knowing scores 0. Of what was called ten times as likely as something else, ten times as much
should come: that is what the table of reliability shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.survival import Share, wilson

#: With fewer predictions decided, a score says nothing of the method.
SCORED_FROM = 30
BINS = 5


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """One chance that was published: that a milestone is reached by a date."""

    milestone: int
    made_on: date
    #: The date that it spoke of.
    by: date
    chance: float
    #: Whether it was reached by then: :func:`models.published_forecast.came_true`; none while that is open.
    came_true: bool | None = None
    #: Whether it speaks of a project that was invented as an example.
    is_synthetic: bool = False


@dataclass(frozen=True)
class Bin:
    """The predictions of about the same chance, and how many of them came true."""

    low: float
    high: float
    n: int
    mean_chance: float
    observed: Share


@dataclass(frozen=True)
class Score:
    """How true the predictions were that are decided."""

    #: Decided, of projects that exist; or of invented ones, where those are scored.
    n: int
    #: Not decided yet, or never, since what they spoke of was given up.
    open: int
    #: Of projects that were invented.
    synthetic: int
    #: None until enough are decided.
    brier: float | None
    #: What always saying the share that came true would have scored.
    climatology: float | None
    bins: tuple[Bin, ...]


def score(predictions: Iterable[Prediction], *, of_invented: bool = False) -> Score:
    """
    Return the score of all predictions about projects that exist, or of all about invented ones: never of both.

    :param of_invented: whether the record is an example. Its score shows how ours is made, and proves nothing
    """
    predictions = tuple(predictions)
    scored = [one for one in predictions if one.is_synthetic is of_invented]
    decided = [(one.chance, one.came_true) for one in scored if one.came_true is not None]
    counts = (len(decided), len(scored) - len(decided), sum(one.is_synthetic for one in predictions))
    if len(decided) < SCORED_FROM:
        return Score(*counts, None, None, ())
    share = sum(came for _, came in decided) / len(decided)
    brier = sum((chance - came) ** 2 for chance, came in decided) / len(decided)
    return Score(*counts, brier, share * (1 - share), _bins(decided))


def _bins(decided: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found = []
    for number in range(BINS):
        within = [(chance, came) for chance, came in decided if min(int(chance * BINS), BINS - 1) == number]
        if within:
            mean = sum(chance for chance, _ in within) / len(within)
            observed = wilson(sum(came for _, came in within), len(within))
            found.append(Bin(number / BINS, (number + 1) / BINS, len(within), mean, observed))
    return tuple(found)
