"""The milestones of a project as rows: the table says them, and the chart above it draws the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.milestone import (
    Milestone,
    MilestoneRevision,
    Precision,
    ReasonCode,
    RevisionKind,
    moves,
    slippage,
)
from pages.components.timeline import TimelineRow, TimelineWords
from pages.formats import format_day, format_days
from pages.words import word

#: What is expected, whichever statement said so last.
_EXPECTED = (RevisionKind.BASELINE, RevisionKind.REFORECAST, RevisionKind.RESUMED, RevisionKind.CORRECTION)


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """A milestone: what was promised first, what is said now, how often that changed, and why."""

    title: str
    promised_on: date
    promised_precision: Precision
    #: The date expected now, or on which it was reached.
    said_on: date
    said_precision: Precision
    #: ``expected``, ``reached``, ``paused`` or ``cancelled``.
    standing: str
    #: How late it is against what was first promised, in days; negative where it is early.
    slip_days: int
    #: Whether one of the two dates is not said to the day.
    is_rough: bool
    #: Whether the date has passed, and it is neither reached nor paused nor given up.
    is_overdue: bool
    moves: int
    reason_code: ReasonCode | None
    reason: str


def milestone_rows(milestones: Sequence[Milestone], *, today: date) -> list[MilestoneRow]:
    """Return the milestones as rows, in the order they are given."""
    return [_row(milestone, today) for milestone in milestones]


def standing_of(latest: MilestoneRevision) -> str:
    """Return how a milestone stands by the last thing said about it."""
    if latest.kind in _EXPECTED:
        return "expected"
    return "reached" if latest.kind is RevisionKind.ACHIEVED else str(latest.kind)


def slip_words(days: int, *, is_rough: bool, language: str) -> str:
    """Return how late something is, in words."""
    if days == 0:
        return word("project.slip.none", language)
    key = "project.slip.later" if days > 0 else "project.slip.earlier"
    words = word(key, language, days=format_days(days, language))
    return word("project.about", language, what=words) if is_rough else words


def said_roughly(milestone: Milestone) -> bool:
    """Whether what was promised first, or what is said now, is not said to the day."""
    return any(said.precision is not Precision.DAY for said in (milestone.baseline, milestone.latest))


def row_words(row: MilestoneRow, language: str) -> str:
    """Return a row as a sentence, for those who hear the chart or point at it."""
    return word(
        f"project.row.{'overdue' if row.is_overdue else row.standing}",
        language,
        title=row.title,
        promised=format_day(row.promised_on, row.promised_precision),
        said=format_day(row.said_on, row.said_precision),
        slip=slip_words(row.slip_days, is_rough=row.is_rough, language=language),
    )


def _row(milestone: Milestone, today: date) -> MilestoneRow:
    said, first, latest = milestone.revisions, milestone.baseline, milestone.latest
    explained = next((revision for revision in reversed(said) if revision.reason), None)
    standing = standing_of(latest)
    return MilestoneRow(
        title=milestone.title,
        promised_on=first.due_date,
        promised_precision=first.precision,
        said_on=latest.due_date,
        said_precision=latest.precision,
        standing=standing,
        slip_days=slippage(said, today).days,
        is_rough=said_roughly(milestone),
        is_overdue=standing == "expected" and latest.due_date < today,
        moves=moves(said),
        reason_code=explained.reason_code if explained else None,
        reason=explained.reason if explained else "",
    )


def chart_rows(milestones: Sequence[Milestone], *, today: date, language: str) -> list[TimelineRow]:
    """Return the same rows as the chart draws them."""
    return [
        TimelineRow(
            title=row.title,
            promised_on=row.promised_on,
            promised_precision=row.promised_precision,
            said_on=row.said_on,
            said_precision=row.said_precision,
            standing="overdue" if row.is_overdue else row.standing,
            words=row_words(row, language),
        )
        for row in milestone_rows(milestones, today=today)
    ]


def chart_words(*, today: date, language: str) -> TimelineWords:
    """Return what is written on the chart besides titles."""
    marks = ("promised", "expected", "overdue", "reached", "paused", "cancelled")
    return TimelineWords(
        marks={mark: word(f"project.mark.{mark}", language) for mark in marks},
        today=word("project.today", language, day=format_day(today)),
    )


def chart_alt(rows: Sequence[TimelineRow], *, today: date, language: str) -> str:
    """Return what the chart shows, for those who do not see it."""
    said = word("project.alt_between", language).join(row.words for row in rows)
    return word("project.chart", language, rows=said, today=format_day(today))
