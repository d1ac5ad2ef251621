"""The record as tables: what the columns of each are called, and the cells of its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from data.feeds.csv_text import quoted, safe
from data.feeds.oc4ids_metrics import value
from data.queries.projects import ProjectSummary
from models.text import masked_name

COMMENTS = (
    "point",
    "comment",
    "decision",
    "clause_key",
    "clause",
    "channel",
    "stance",
    "language",
    "received_at",
    "name",
    "text",
    "state",
    "answer",
    "answered_at",
)
PROJECTS = (
    "project",
    "title",
    "language",
    "department",
    "phase",
    "sector",
    "region",
    "state",
    "promised_on",
    "expected_on",
    "reached_on",
    "slip_days",
    "moves",
    "milestones",
    "milestones_reached",
    "next_due",
    "next_milestone",
    "budget",
    "currency",
    "longitude",
    "latitude",
    "updated_at",
)
_NO_ANSWER = ("", None)
#: One row for each statement: number 1 is what was first promised, the highest number holds.
MILESTONES = (
    "project",
    "project_title",
    "milestone",
    "title",
    "type",
    "number",
    "kind",
    "date",
    "precision",
    "reason_code",
    "reason",
    "recorded_at",
)


def comments(rows: Iterable[Sequence[Any]], answers: Mapping[int, tuple[str, Any]]) -> Iterator[str]:
    """
    Return lines, one for each point of a comment, names masked.

    There are a million of them, so they are put together here: codes and numbers need no quotes, words have them.
    """
    for point, comment, decision, key, label, heading, channel, stance, language, at, name, body, state in rows:
        answered = ",,"
        if state:
            answer, answered_at = answers.get(point, _NO_ANSWER)
            answered = f"{state},{quoted(answer)},{_instant(answered_at) if answered_at else ''}"
        clause = f"{key},{quoted(label or heading)}" if key else ","
        yield (
            f"{point},{comment},{decision},{clause},{channel},{stance},{language},"
            f"{_instant(at)},{_masked(name) if name else ''},{quoted(body)},{answered}\r\n"
        )


@lru_cache(maxsize=10_000)
def _masked(name: str) -> str:
    return quoted(masked_name(name))


def projects(summaries: Iterable[ProjectSummary]) -> Iterator[tuple[Any, ...]]:
    """Return projects, in a few cells each. What nobody stated is an empty cell, never a zero."""
    for one in summaries:
        money = value(one.budget, one.currency) if one.budget is not None and one.currency else None
        yield (
            one.id,
            safe(one.title),
            one.language.value,
            one.department_id,
            one.phase.value,
            one.sector.value,
            safe(one.region),
            one.state.value,
            one.promised_on,
            one.expected_on,
            one.reached_on,
            one.slip_days,
            one.moves,
            one.milestones,
            one.milestones_reached,
            one.next_due,
            safe(one.next_title),
            money["amount"] if money else None,
            one.currency,
            one.longitude,
            one.latitude,
            _instant(one.updated_at),
        )


def milestones(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Return every statement about every milestone."""
    for _, project, project_title, milestone, title, kind_of, number, kind, on, precision, code, reason, at in rows:
        yield (
            project,
            safe(project_title),
            milestone,
            safe(title),
            kind_of,
            number,
            kind,
            on,
            precision,
            code,
            safe(reason),
            _instant(at),
        )


def _instant(kept: Any) -> str:
    """Return an instant to the second, from what a database keeps: a text in SQLite, a ``datetime`` in PostgreSQL."""
    return str(kept)[:19].replace(" ", "T") + "Z"
