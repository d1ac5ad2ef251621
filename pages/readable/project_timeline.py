"""The milestones of a project as rows: the table says them, and the chart above it draws the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.queries.comments import CommentSummary
from data.queries.milestone_standing import MilestoneStanding
from data.queries.project_page import MilestoneRecord, ProjectPage
from models.milestone import MilestoneRevision, ReasonCode, RevisionKind
from models.promise_state import PromiseState, pause_clock
from models.promised_day import Slip
from pages.components.timeline import TimelineRow, TimelineWords
from pages.formats import format_day, format_days, format_promised
from pages.readable.milestone_amendments import Amended, amended
from pages.readable.project_promise import SaidRow, notice_shortly, said_rows, slip_words
from pages.words import word

_STANDINGS = {
    PromiseState.SCHEDULED: "expected",
    PromiseState.ACHIEVED: "reached",
    PromiseState.PAUSED: "paused",
    PromiseState.CANCELLED: "cancelled",
    PromiseState.OVERDUE: "overdue",
    PromiseState.UNREPORTED: "unreported",
}


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """A milestone: what was promised first, what is said now, how often that changed, and why."""

    id: int
    title: str
    promised: str
    said: str
    #: ``expected``, ``reached``, ``overdue``, ``unreported``, ``paused`` or ``cancelled``.
    standing: str
    #: By how many days its date has passed; nothing where it has not.
    overdue_days: int
    slip: Slip | None
    #: Whether it was reached, and its date was published only afterwards: then there is no promise to hold it against.
    is_told_afterwards: bool
    #: Against the first date, and against the latest, in words.
    slip_first: str
    slip_latest: str
    #: Against the baseline that was approved since, in words; nothing where the first one stands.
    slip_baseline: str
    moves: int
    notice: str
    reason_code: ReasonCode | None
    reason: str
    history: list[SaidRow]
    #: What it was said to be, and is since.
    amended: list[Amended]
    #: The adopted point that moved it.
    point: CommentSummary | None
    #: What happens while it is paused, when it is expected to go on, and by when it is to be spoken of again.
    next_steps: str
    resume_on: date | None
    update_due: date | None
    update_overdue: bool


def milestone_rows(page: ProjectPage, language: str) -> list[MilestoneRow]:
    """Return the milestones as rows, in the order they are given."""
    return [_row(one, page, language) for one in page.milestones]


def row_words(row: MilestoneRow, language: str) -> str:
    """Return a row as a sentence, for those who hear the chart or point at it."""
    standing = "overdue" if row.standing == "unreported" else row.standing
    if row.is_told_afterwards:
        return word("project.row.told_afterwards", language, title=row.title, said=row.said)
    return word(
        f"project.row.{standing}", language, title=row.title, promised=row.promised, said=row.said, slip=row.slip_first
    )


def _row(one: MilestoneRecord, page: ProjectPage, language: str) -> MilestoneRow:
    history, latest = one.promise.history, one.promise.history.latest
    explained = _explained(one.revisions)
    standing = _STANDINGS[one.standing.state]
    first = None if one.standing.is_told_afterwards else history.first.promised
    slip = one.standing.slip_first if first else None
    clock = pause_clock(history, page.on)
    moved_by = next((said.point_id for said in reversed(one.revisions) if said.point_id is not None), None)
    return MilestoneRow(
        id=one.promise.id,
        title=one.promise.title,
        promised=format_promised(first, language) if first else word("projects.not_promised", language),
        said=format_promised(latest.promised, language),
        standing=standing,
        overdue_days=(page.on - latest.day).days if standing in ("overdue", "unreported") else 0,
        slip=slip,
        is_told_afterwards=one.standing.is_told_afterwards,
        slip_first=slip_words(slip, language) if slip else "",
        slip_latest=_against_latest(one.standing.slip_latest, language),
        slip_baseline=_against_baseline(one.standing, language),
        moves=one.standing.moves,
        notice=notice_shortly(one.standing.notice, language),
        reason_code=explained.reason_code if explained else None,
        reason=explained.reason if explained else "",
        history=said_rows(one, language),
        amended=amended(one.milestone, page.rows.amendments, language),
        point=page.points.get(moved_by or 0),
        next_steps=one.revisions[-1].next_steps if clock else "",
        resume_on=history.latest.resume_on if clock else None,
        update_due=clock.update_due if clock else None,
        update_overdue=clock.is_overdue if clock else False,
    )


def _explained(said: Sequence[MilestoneRevision]) -> MilestoneRevision | None:
    """Return the statement that gave a reason last. That something came on the very day said needs none."""
    pairs = list(zip(said, [None, *said[:-1]], strict=True))
    return next((one for one, before in reversed(pairs) if one.reason and not _is_as_said(one, before)), None)


def _is_as_said(one: MilestoneRevision, before: MilestoneRevision | None) -> bool:
    return one.kind is RevisionKind.ACHIEVED and before is not None and one.promised == before.promised


def _against_latest(slip: Slip | None, language: str) -> str:
    if slip is None or slip.days == 0:
        return word("project.slip.latest_none", language)
    key = "project.slip.latest_later" if slip.days > 0 else "project.slip.latest_earlier"
    return word(key, language, days=format_days(slip.days, language))


def _against_baseline(standing: MilestoneStanding, language: str) -> str:
    slip, baseline = standing.slip_baseline, standing.rebaselined
    if slip is None or baseline is None:
        return ""
    key = f"project.slip.baseline_{'later' if slip.days > 0 else 'earlier' if slip.days < 0 else 'none'}"
    return word(key, language, days=format_days(slip.days, language), day=format_promised(baseline, language))


def chart_rows(page: ProjectPage, language: str) -> list[TimelineRow]:
    """Return the same rows as the chart draws them."""
    return [
        TimelineRow(
            title=row.title,
            promised_on=one.promise.history.first.due_date,
            promised_precision=one.promise.history.first.precision,
            said_on=one.promise.history.latest.due_date,
            said_precision=one.promise.history.latest.precision,
            standing="overdue" if row.standing == "unreported" else row.standing,
            words=row_words(row, language),
        )
        for row, one in zip(milestone_rows(page, language), page.milestones, strict=True)
    ]


def chart_words(*, today: date, is_past: bool = False, language: str) -> TimelineWords:
    """Return what is written on the chart besides titles."""
    marks = ("promised", "expected", "overdue", "reached", "paused", "cancelled")
    return TimelineWords(
        marks={mark: word(f"project.mark.{mark}", language) for mark in marks},
        today=word(f"project.{'as_of_day' if is_past else 'today'}", language, day=format_day(today)),
    )


def chart_alt(rows: Sequence[TimelineRow], *, today: date, language: str) -> str:
    """Return what the chart shows, for those who do not see it."""
    said = word("project.alt_between", language).join(row.words for row in rows)
    return word("project.chart", language, rows=said, today=format_day(today))
