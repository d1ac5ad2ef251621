"""How far, and how often, the date of a milestone moved."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from models.milestone_codes import RevisionKind
from models.milestone_revision import Statement, is_ended


def slippage(statements: Sequence[Statement], today: date) -> timedelta:
    """
    Return how late a milestone is against what was first promised; negative where it is early.

    A milestone that is not reached slips at least until today, whatever its department says.
    """
    latest = statements[-1]
    expected = latest.due_date if is_ended(latest) else max(latest.due_date, today)
    return expected - statements[0].due_date


def moves(statements: Sequence[Statement]) -> int:
    """Return how often the expected date was changed after it was first promised."""
    return sum(
        1
        for before, after in pairwise(statements)
        if after.kind is not RevisionKind.ACHIEVED and after.due_date != before.due_date
    )
