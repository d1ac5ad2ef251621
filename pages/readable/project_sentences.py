"""
A project in four sentences, computed from its record: promised, moved, next, done.

Nothing here is anybody's opinion. What is silent or missing is said to be, and is never shown as good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.queries.project_page import MilestoneRecord, ProjectPage
from models.clock import local_date
from models.milestone_codes import RevisionKind
from models.money import ProgressReport
from models.promise_history import Move
from models.promise_state import PromiseState
from models.withheld_item import WithheldField
from pages.formats import format_day, format_days, format_money, format_percent, format_promised
from pages.readable.project_promise import slip_words
from pages.words import word

#: A quarter is the slowest rhythm in which departments report, and half of one is patience.
SILENT_AFTER = timedelta(days=137)
#: Reasons are told in full beneath.
_LONGEST_REASON = 160
_WHOLE = 10_000
#: Why it was paused or cancelled stands in the first sentence.
_TOLD = (RevisionKind.PAUSED, RevisionKind.CANCELLED)
_TONES = {"reached": "reached", "told_afterwards": "waiting", "paused": "waiting", "cancelled": "waiting"}


@dataclass(frozen=True)
class Sentence:
    """A sentence, and its tone: a sign before it, and third a colour."""

    text: str
    #: ``late``, ``reached``, ``waiting``, or nothing.
    tone: str = ""


def sentences(page: ProjectPage, language: str) -> list[Sentence]:
    """Return the four sentences, in their order; of a project without any dates two say everything."""
    if not page.milestones:
        return [Sentence(word("project.promised.no_dates", language), "late"), _done(page, language)]
    return [_promised(page, language), _moved(page, language), _next(page, language), _done(page, language)]


def _promised(page: ProjectPage, language: str) -> Sentence:
    end = page.completion
    if end is None:
        return Sentence(word("project.promised.nothing", language), "late")
    history, today = end.promise.history, page.on
    latest, slip = history.latest, history.slip_against_first(today)
    kind = _kind(end, today)
    days = slip.days if slip else 0
    if kind == "expected" and days == 0:
        kind = "same"
    text = word(
        f"project.promised.{kind}",
        language,
        title=end.promise.title,
        promised=format_promised(history.first.promised, language),
        told=format_day(history.first.said_on),
        said=format_promised(latest.promised, language),
        slip=slip_words(slip, language) if slip else "",
        day=format_day(latest.said_on),
        reason=_short(end.revisions[-1].reason),
    )
    return Sentence(text, _TONES.get(kind, "late" if days > 0 else ""))


def _kind(end: MilestoneRecord, today: date) -> str:
    history = end.promise.history
    if history.actual is not None:
        return "told_afterwards" if history.is_told_afterwards else "reached"
    if history.latest.kind in _TOLD:
        return str(history.latest.kind)
    return "passed" if history.latest.day < today else "expected"


def _moved(page: ProjectPage, language: str) -> Sentence:
    """Say how often the end was moved, by how much, at what notice, and why it was last; of others only how often."""
    end = page.completion
    if end is None:
        return Sentence(word("project.moved.nothing", language))
    moves = end.promise.history.moves
    others = page.standing.moves - len(moves)
    if not moves:
        key = "project.moved.others_only" if others else "project.moved.never"
        return Sentence(word(key, language, count=others))
    text = word(
        "project.moved.times", language, count=len(moves), title=end.promise.title, days=_total(moves, language)
    )
    hidden = [move for move in moves if move.days > 0 and (move.is_short_notice or move.is_after_the_date)]
    if hidden:
        text += word("project.moved.hidden", language, count=len(hidden))
    if moves[-1].after is end.promise.history.latest and end.promise.history.latest.kind in _TOLD:
        text += word("project.stop", language)
    else:
        text += word("project.moved.why", language, **_why(end, moves[-1], language))
    return Sentence(text, "late" if hidden else "")


def _total(moves: Sequence[Move], language: str) -> str:
    total = sum(move.days for move in moves)
    if total == 0:
        return word("project.moved.back", language)
    return word(
        "project.moved.later" if total > 0 else "project.moved.earlier", language, days=format_days(total, language)
    )


def _why(end: MilestoneRecord, move: Move, language: str) -> dict[str, str]:
    revision = next(one for one in end.revisions if one.number == move.after.number)
    code = word(f"codes.reason_code.{revision.reason_code}", language) if revision.reason_code else ""
    return {
        "day": format_day(move.after.said_on),
        "code": code or word("site.not_stated", language),
        "reason": _short(revision.reason),
    }


def _next(page: ProjectPage, language: str) -> Sentence:
    waiting = [one for one in page.milestones if not one.promise.history.is_ended]
    going_on = [one for one in waiting if one.standing.state is not PromiseState.PAUSED]
    end = page.completion
    if end is not None and end.promise.history.is_cancelled:
        return Sentence(word("project.next.cancelled", language), "waiting")
    if end is None:
        return Sentence(word("project.next.nothing", language), "late")
    if not waiting:
        return Sentence(word("project.next.finished", language, count=len(page.milestones)), "reached")
    if not going_on:
        return _paused(waiting, language)
    first = min(going_on, key=lambda one: (one.promise.history.latest.day, one.promise.id))
    latest = first.promise.history.latest
    overdue = sum(1 for one in going_on if one.promise.history.latest.day < page.on)
    text = word(
        f"project.next.{_due(first, page)}",
        language,
        title=first.promise.title,
        due=format_promised(latest.promised, language),
        days=format_days((latest.day - page.on).days, language),
    )
    if overdue > 1:
        text += word("project.next.more", language, count=overdue - 1)
    return Sentence(text, "late" if overdue else "")


def _due(first: MilestoneRecord, page: ProjectPage) -> str:
    """Return whether something is to come, due today, overdue, or overdue without a word said since."""
    day = first.promise.history.latest.day
    if day >= page.on:
        return "today" if day == page.on else "to_come"
    said = [one.said_on for one in page.promises.reports] + [first.promise.history.last_spoken_of]
    return "overdue" if max(said) > day else "unreported"


def _paused(waiting: Sequence[MilestoneRecord], language: str) -> Sentence:
    latest = max((one.revisions[-1] for one in waiting), key=lambda said: said.recorded_at)
    day = format_day(local_date(latest.recorded_at))
    return Sentence(word("project.next.paused", language, day=day, reason=_short(latest.reason)), "waiting")


def _done(page: ProjectPage, language: str) -> Sentence:
    reports = page.rows.reports
    last_said = reports[-1].recorded_at if reports else page.rows.revisions[0].recorded_at
    silence = page.on - local_date(last_said)
    is_silent = silence > SILENT_AFTER and not page.standing.is_ended
    days = format_days(silence.days, language)
    if not reports:
        key = "project.done.nothing" if silence.days else "project.done.nothing_yet"
        return Sentence(word(key, language, days=days), "late" if is_silent else "")
    parts = [_built(page, language), _spent(page, language)]
    key = "project.done.silent" if is_silent else "project.done.last"
    parts.append(word(key, language, day=format_day(local_date(last_said)), days=days))
    return Sentence(word("project.done.between", language).join(parts), "late" if is_silent else "")


def _built(page: ProjectPage, language: str) -> str:
    report = next((report for report in reversed(page.rows.reports) if report.physical is not None), None)
    if report is None or report.physical is None:
        return word(_missing(page, WithheldField.PROGRESS, "built"), language)
    values = {"share": format_percent(report.physical), "day": format_day(report.period_end)}
    if report.planned_physical is not None:
        return word("project.done.built_planned", language, planned=format_percent(report.planned_physical), **values)
    return word("project.done.built", language, **values)


def _spent(page: ProjectPage, language: str) -> str:
    report: ProgressReport | None
    report = next((report for report in reversed(page.rows.reports) if report.spent is not None), None)
    budget = page.rows.budgets[-1] if page.rows.budgets else None
    if report is None or report.spent is None or report.currency is None:
        return word(_missing(page, WithheldField.SPENT, "spent"), language)
    spent = format_money(report.spent, report.currency, language)
    if budget is None:
        return word("project.done.spent_no_budget", language, spent=spent)
    values = {"spent": spent, "budget": format_money(budget.amount, budget.currency, language)}
    if budget.currency != report.currency or budget.amount == 0:
        return word("project.done.spent_other_currency", language, **values)
    share = format_percent(round(report.spent * _WHOLE / budget.amount / 10) * 10)
    return word("project.done.spent", language, share=share, **values)


def _missing(page: ProjectPage, field: WithheldField, what: str) -> str:
    return f"project.done.{what}_withheld" if field in page.withheld else f"project.done.{what}_not_stated"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON].rstrip() + "…"
