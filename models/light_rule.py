"""
The thresholds of the traffic lights, as one value that a page can print.

A rule is never changed, but followed by another of the next version; a light says by which it was computed.
"""

from dataclasses import dataclass
from fractions import Fraction

from models.project import Cadence

RULE_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class LightRule:
    """By how much is much."""

    version: int = RULE_VERSION
    #: Stale: no word for so many times the days between reports.
    stale_cadences: Fraction = Fraction(3, 2)
    monthly: int = 31
    quarterly: int = 92
    #: Red: later than the first date by more than the larger of days, and a share of the planned duration.
    red_days: int = 90
    red_share: Fraction = Fraction(15, 100)
    #: Yellow: the same, sooner.
    yellow_days: int = 30
    yellow_share: Fraction = Fraction(5, 100)
    #: Yellow: a critical milestone is due within so many days while one before it is not reached.
    due_within: int = 60
    #: Yellow: money ahead of works by more than so many basis points.
    spend_ahead: int = 2000
    #: Yellow: the date of one critical milestone was moved so often within so many days.
    moves: int = 2
    moves_within: int = 183

    def longest_silence(self, cadence: Cadence | None) -> int:
        """Return after how many days without a word a project is stale; who promises no cadence reports quarterly."""
        return int(self.stale_cadences * (self.monthly if cadence is Cadence.MONTHLY else self.quarterly))

    def limit(self, days: int, share: Fraction, planned: int | None) -> int:
        """Return the days above which a slip counts: the larger of the two; the days alone if no duration was said."""
        return max(days, int(share * planned)) if planned else days


#: The rule in force.
RULE = LightRule()
