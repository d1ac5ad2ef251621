"""What was promised, when, and how it moved: the history of a promise as a chart, in figures, and in words."""

from dataclasses import dataclass
from datetime import date

from data.queries.project_page import MilestoneRecord
from models.milestone_codes import RevisionKind
from models.promise_history import PromiseHistory, Said
from models.promised_day import PromisedDay, Slip
from pages.components.drawing import data_address
from pages.components.promise_chart import NARROW, WIDE, PromiseWords, SaidPoint, promise_chart
from pages.formats import format_day, format_days, format_promised
from pages.words import word

_MARKS = {
    RevisionKind.BASELINE: "promised",
    RevisionKind.ACHIEVED: "reached",
    RevisionKind.PAUSED: "paused",
    RevisionKind.CANCELLED: "cancelled",
}
#: Creep is told from here on; less is noise.
_SOME_CREEP = 0.05


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture in two widths: for a page and for a phone."""

    wide: str
    narrow: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class SaidRow:
    """One statement of a history, with what it changed."""

    said: Said
    day: str
    #: By how many days it was put off; negative where it came nearer; none where it moved nothing.
    days: int | None
    #: Days left until the old date when it was said.
    notice: int | None
    reason: str


def slip_words(slip: Slip, language: str) -> str:
    """Return how late something is against the first date, in words; a range where the dates are not exact."""
    if slip.days == 0 and slip.is_exact:
        return word("project.slip.none", language)
    key = "project.slip.later" if slip.days > 0 else "project.slip.earlier" if slip.days < 0 else "project.slip.none"
    text = word(key, language, days=format_days(slip.days, language))
    if slip.is_exact:
        return text
    return word("project.slip.rough", language, slip=text, least=_signed(slip.least), most=_signed(slip.most))


def said_rows(record: MilestoneRecord, language: str) -> list[SaidRow]:
    """Return the statements of a milestone, first to last, each with what it moved and at what notice."""
    moves = {move.after.number: move for move in record.promise.history.moves}
    reasons = {one.number: one.reason for one in record.revisions}
    return [
        SaidRow(
            said=one,
            day=format_promised(one.promised, language),
            days=moves[one.number].days if one.number in moves else None,
            notice=moves[one.number].notice if one.number in moves else None,
            reason=reasons.get(one.number, ""),
        )
        for one in record.promise.history.said
    ]


def promise_picture(record: MilestoneRecord, *, on: date, is_past: bool, language: str) -> Picture:
    """
    Return the chart of a milestone's history, with what it shows in words.

    :param on: today, or the past day as of which it is shown
    """
    history = record.promise.history
    slip = history.slip_against_first(on)
    moved = (history.latest.day - history.first.day).days
    written = PromiseWords(
        today=word(f"project.{'as_of_day' if is_past else 'today'}", language, day=format_day(on)),
        slip=_signed_days(moved, language) if slip and moved and not history.is_cancelled else "",
        due=word("project.promise.due_line", language),
    )
    points = [_point(one, language) for one in history.said]
    charts = [
        promise_chart(points, history.confirmed, today=on, written=written, width=width) for width in (WIDE, NARROW)
    ]
    wide, narrow = map(data_address, charts)
    return Picture(wide=wide, narrow=narrow, alt=_alt(record, language))


def creep_words(rate: float | None, language: str) -> str:
    """Return how fast the end recedes, in words."""
    if rate is None:
        return word("project.creep.unknown", language)
    if rate >= 1:
        return word("project.creep.diverges", language, rate=f"{rate:.1f}")
    if rate >= _SOME_CREEP:
        return word("project.creep.recedes", language, rate=f"{rate:.1f}")
    return word(
        "project.creep.nearer" if rate <= -_SOME_CREEP else "project.creep.holds", language, rate=f"{-rate:.1f}"
    )


def notice_words(history: PromiseHistory, language: str) -> str:
    """Return how long before it was missed a date was put off, in words."""
    late = [move for move in history.moves if move.days > 0]
    if not late or history.median_notice is None:
        return word("project.notice.none", language)
    notice = round(history.median_notice)
    return word(
        "project.notice.median" if notice >= 0 else "project.notice.after",
        language,
        days=format_days(notice, language),
        count=len(late),
        short=_times("short", sum(1 for move in late if move.is_short_notice), language),
        after=_times("after", sum(1 for move in late if move.is_after_the_date), language),
    )


def notice_shortly(notice: float | None, language: str) -> str:
    """Return the median of days of notice in a few words; nothing where nothing was put off."""
    if notice is None:
        return ""
    key = "project.notice.before" if notice >= 0 else "project.notice.only_after"
    return word(key, language, days=format_days(round(notice), language))


def _times(what: str, count: int, language: str) -> str:
    return word(f"project.notice.in_{what}", language, count=count) if count else ""


def _point(one: Said, language: str) -> SaidPoint:
    promised = one.promised
    return SaidPoint(
        said_on=one.said_on,
        day=promised.day,
        low=promised.earliest,
        high=promised.latest,
        mark=_MARKS.get(one.kind, "expected"),
        # What is between which days is drawn.
        words=format_promised(PromisedDay(promised.said, promised.precision), language),
    )


def _alt(record: MilestoneRecord, language: str) -> str:
    said = [
        word(
            "project.promise.alt_said",
            language,
            on=format_day(one.said_on),
            day=format_promised(one.promised, language),
            kind=word(f"codes.revision_kind.{one.kind}", language),
        )
        for one in record.promise.history.said
    ]
    told = word("project.alt_between", language).join(said)
    return word("project.promise.alt", language, title=record.promise.title, said=told)


def _signed(days: int) -> str:
    return f"{days:+d}".replace("-", "−")


def _signed_days(days: int, language: str) -> str:
    return ("+" if days > 0 else "−") + format_days(days, language)
