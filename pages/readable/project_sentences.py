"""
A project in four sentences, computed from its record: promised, moved, next, done.

Nothing here is anybody's opinion. What is silent or missing is said to be, and is never shown as good.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.queries.projects import ProjectState, ProjectView
from models.clock import local_date
from models.milestone import Milestone, MilestoneRevision, RevisionKind, is_ended, slippage
from models.money import ProgressReport
from pages.formats import format_day, format_days, format_money, format_percent
from pages.readable.project_timeline import said_roughly, slip_words, standing_of
from pages.words import word

#: A quarter is the slowest rhythm in which departments report, and half of one is patience.
SILENT_AFTER = timedelta(days=137)
#: Reasons are told in full beneath.
_LONGEST_REASON = 160
_WHOLE = 10_000
_DATE = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)", re.ASCII)


@dataclass(frozen=True)
class Sentence:
    """A sentence, and its tone: a sign before it, and third a colour."""

    text: str
    #: ``late``, ``reached``, ``waiting``, or nothing.
    tone: str = ""

    @property
    def pieces(self) -> list[str]:
        """The text in pieces, of which every second is a date: a line is not broken within one."""
        return _DATE.split(self.text)


def sentences(view: ProjectView, *, today: date, language: str) -> list[Sentence]:
    """Return the four sentences, in their order."""
    return [
        _promised(view, today, language),
        _moved(view, language),
        _next(view, today, language),
        _done(view, today, language),
    ]


def completion_of(milestones: Sequence[Milestone]) -> Milestone | None:
    """Return the milestone with which a project is done; the last one promised where none is said to be it."""
    completing = [milestone for milestone in milestones if milestone.completes] or list(milestones)
    return max(completing, key=lambda milestone: (milestone.baseline.due_date, milestone.id), default=None)


def _promised(view: ProjectView, today: date, language: str) -> Sentence:
    completion = completion_of(view.milestones)
    if completion is None:
        return Sentence(word("project.promised.nothing", language), "late")
    first, latest = completion.baseline, completion.latest
    days = slippage(completion.revisions, today).days
    standing = standing_of(latest)
    if standing == "expected":
        standing = "passed" if latest.due_date < today else "same" if days == 0 else "expected"
    text = word(
        f"project.promised.{standing}",
        language,
        title=completion.title,
        promised=format_day(first.due_date, first.precision),
        said=format_day(latest.due_date, latest.precision),
        slip=slip_words(days, is_rough=said_roughly(completion), language=language),
        day=format_day(local_date(latest.recorded_at)),
        reason=_short(latest.reason),
    )
    tones = {"reached": "reached", "paused": "waiting", "cancelled": "waiting"}
    return Sentence(text, tones.get(standing, "late" if days > 0 else ""))


def _moved(view: ProjectView, language: str) -> Sentence:
    moved = [
        (after, before, milestone)
        for milestone in view.milestones
        for before, after in zip(milestone.revisions, milestone.revisions[1:], strict=False)
        if after.kind is not RevisionKind.ACHIEVED and after.due_date != before.due_date
    ]
    if not moved:
        return Sentence(word("project.moved.never" if view.milestones else "project.moved.nothing", language))
    after, before, milestone = max(moved, key=lambda move: (move[0].recorded_at, move[0].id))
    text = word(
        "project.moved.often",
        language,
        count=view.summary.moves,
        moves=view.summary.moves,
        day=format_day(local_date(after.recorded_at)),
        title=milestone.title,
        before=format_day(before.due_date, before.precision),
        after=format_day(after.due_date, after.precision),
        code=word(f"codes.reason_code.{after.reason_code}", language) if after.reason_code else "",
        reason=_short(after.reason),
    )
    return Sentence(text)


def _next(view: ProjectView, today: date, language: str) -> Sentence:
    waiting = [milestone for milestone in view.milestones if not is_ended(milestone.latest)]
    going_on = [milestone for milestone in waiting if milestone.latest.kind is not RevisionKind.PAUSED]
    if view.summary.state is ProjectState.CANCELLED:
        return Sentence(word("project.next.cancelled", language), "waiting")
    if not view.milestones:
        return Sentence(word("project.next.nothing", language), "late")
    if not waiting:
        return Sentence(word("project.next.finished", language, count=len(view.milestones)), "reached")
    if not going_on:
        return _paused(waiting, language)
    first = min(going_on, key=lambda milestone: (milestone.latest.due_date, milestone.id))
    latest = first.latest
    overdue = sum(1 for milestone in going_on if milestone.latest.due_date < today)
    text = word(
        f"project.next.{_due(latest, view.reports, today)}",
        language,
        title=first.title,
        due=format_day(latest.due_date, latest.precision),
        days=format_days((latest.due_date - today).days, language),
    )
    if overdue > 1:
        text += word("project.next.more", language, count=overdue - 1)
    return Sentence(text, "late" if overdue else "")


def _due(latest: MilestoneRevision, reports: Sequence[ProgressReport], today: date) -> str:
    """Return whether something is to come, due today, overdue, or overdue without a word said since."""
    if latest.due_date >= today:
        return "today" if latest.due_date == today else "to_come"
    said = [report.recorded_at for report in reports] + [latest.recorded_at]
    return "overdue" if local_date(max(said)) > latest.due_date else "unreported"


def _paused(waiting: Sequence[Milestone], language: str) -> Sentence:
    latest = max((milestone.latest for milestone in waiting), key=lambda said: said.recorded_at)
    day = format_day(local_date(latest.recorded_at))
    return Sentence(word("project.next.paused", language, day=day, reason=_short(latest.reason)), "waiting")


def _done(view: ProjectView, today: date, language: str) -> Sentence:
    is_ended_project = view.summary.state in (ProjectState.REACHED, ProjectState.CANCELLED)
    last_said = view.reports[-1].recorded_at if view.reports else view.revisions[0].recorded_at
    silence = today - local_date(last_said)
    is_silent = silence > SILENT_AFTER and not is_ended_project
    days = format_days(silence.days, language)
    if not view.reports:
        key = "project.done.nothing" if silence.days else "project.done.nothing_yet"
        return Sentence(word(key, language, days=days), "late" if is_silent else "")
    parts = [_built(view.reports, language), _spent(view, language)]
    key = "project.done.silent" if is_silent else "project.done.last"
    parts.append(word(key, language, day=format_day(local_date(last_said)), days=days))
    return Sentence(word("project.done.between", language).join(parts), "late" if is_silent else "")


def _built(reports: Sequence[ProgressReport], language: str) -> str:
    report = next((report for report in reversed(reports) if report.physical is not None), None)
    if report is None or report.physical is None:
        return word("project.done.built_not_stated", language)
    day = format_day(report.period_end)
    return word("project.done.built", language, share=format_percent(report.physical), day=day)


def _spent(view: ProjectView, language: str) -> str:
    report = next((report for report in reversed(view.reports) if report.spent is not None), None)
    budget = view.budgets[-1] if view.budgets else None
    if report is None or report.spent is None or report.currency is None:
        return word("project.done.spent_not_stated", language)
    spent = format_money(report.spent, report.currency, language)
    if budget is None:
        return word("project.done.spent_no_budget", language, spent=spent)
    values = {"spent": spent, "budget": format_money(budget.amount, budget.currency, language)}
    if budget.currency != report.currency or budget.amount == 0:
        return word("project.done.spent_other_currency", language, **values)
    share = format_percent(round(report.spent * _WHOLE / budget.amount / 10) * 10)
    return word("project.done.spent", language, share=share, **values)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON].rstrip() + "…"
