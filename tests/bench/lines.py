"""One line of the table: what was measured, beside its floor and its budget."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter, thread_time
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure. Ratios above 1 are worse than the floor, whichever way the unit counts."""

    name: str
    ours: float
    unit: str
    #: The same work without us, measured in the same run; nothing where there is no such thing.
    floor: float | None = None
    #: The worst that is allowed; nothing for a figure that only informs.
    budget: float | None = None
    #: Whether more is better: rates.
    more_is_better: bool = False
    #: The most that ``ours`` may be of the floor, unless it is below ``trifle`` anyway.
    most_ratio: float | None = None
    trifle: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor it takes."""
        if not self.floor or not self.ours:
            return None
        return self.floor / self.ours if self.more_is_better else self.ours / self.floor

    @property
    def is_held(self) -> bool:
        """Whether it keeps to its budget and to its ratio."""
        if self.budget is not None and (self.ours < self.budget if self.more_is_better else self.ours > self.budget):
            return False
        return not (self.most_ratio and self.ratio and self.ratio > self.most_ratio and self.ours > self.trifle)

    @property
    def allowed(self) -> str:
        """The budget, in words."""
        parts = []
        if self.budget is not None:
            parts.append(f"{'>=' if self.more_is_better else '<='} {self.budget:g} {self.unit}")
        if self.most_ratio is not None:
            parts.append(f"<= {self.most_ratio:g} x floor" + (f" or {self.trifle:g}" if self.trifle else ""))
        return ", ".join(parts)

    @property
    def verdict(self) -> str:
        """``held``, ``missed``, or nothing where nothing is demanded."""
        if self.budget is None and self.most_ratio is None:
            return ""
        return "held" if self.is_held else "MISSED"

    def printed(self) -> str:
        """Return the line as it is printed."""
        floor = "" if self.floor is None else f"{self.floor:.3g}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        figures = f"{self.ours:>11.4g} {self.unit:<8}{floor:>9}{ratio:>8}"
        return f"{self.name:<50}{figures}  {self.allowed:<34}{self.verdict:<7}{self.note}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return the line for a file."""
        return asdict(self) | {"ratio": self.ratio, "allowed": self.allowed, "verdict": self.verdict}


HEAD = f"{'what':<50}{'ours':>11} {'':<8}{'floor':>9}{'ratio':>8}  {'budget':<34}"


@dataclass(frozen=True)
class Times:
    """How long each of many calls took by the clock, in milliseconds."""

    taken: Sequence[float]
    #: How long the processor worked for each, where that was measured too.
    worked: Sequence[float] = ()

    @property
    def p50(self) -> float:
        """The median."""
        return at(0.5, self.taken)

    @property
    def p95(self) -> float:
        """What 95 of 100 calls kept to."""
        return at(0.95, self.taken)

    @property
    def told(self) -> str:
        """The median, and what the processor worked, for a note."""
        worked = f", processor p50 {at(0.5, self.worked):.2f} p95 {at(0.95, self.worked):.2f}" if self.worked else ""
        return f"p50 {self.p50:.2f}{worked}"


def at(share: float, taken: Sequence[float]) -> float:
    """Return the time that so large a share of the calls did not exceed."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def timed(calls: Sequence[Callable[[], Any]], *, warm_up: int = 5) -> Times:
    """Return how long each call takes, after a few that do not count."""
    for call in calls[:warm_up]:
        call()
    worked, taken = [], []
    for call in calls:
        began, worked_before = perf_counter(), thread_time()
        call()
        worked.append((thread_time() - worked_before) * 1000)
        taken.append((perf_counter() - began) * 1000)
    return Times(taken, worked)
