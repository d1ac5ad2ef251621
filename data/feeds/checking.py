"""The command ``python -m data check``: every duty of a decision, with state, due day, article and evidence."""

import argparse
import json
from collections.abc import Iterator, Sequence

from data.database import reading
from data.feeds.asked import instant_in
from data.feeds.duty_json import AT_FAULT, as_duties
from data.queries.duties import Duties, duties_at, duties_of
from models.clock import utc_now
from models.duty_item import Item, ItemState
from models.exceptions import NotFoundError
from models.procedure import ProcessTemplate

#: As wide as the longest state, and what follows it.
_INDENT = " " * (max(len(state.value) for state in ItemState) + 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what ``check`` takes."""
    parser.add_argument("decision", metavar="DECISION", help="its number: 2026-0041")
    parser.add_argument("--at", metavar="INSTANT", help="as of then: 2026-11-24T10:00+08:00, or the end of a day")
    parser.add_argument("--json", action="store_true")


def run(asked: argparse.Namespace) -> int:
    """
    Print the duties of a decision, and return 1 if something is overdue or missing.

    :raises NotFoundError: if there is no such decision, or was none then
    :raises InvalidValueError: if the instant cannot be read
    """
    at = instant_in(asked.at) if asked.at else None
    now = utc_now()
    with reading() as session:
        found = duties_at(session, asked.decision, at) if at else duties_of(session, asked.decision, now)
    if found is None:
        raise NotFoundError("decision", asked.decision)
    if asked.json:
        _say(json.dumps(as_duties(found, decision_id=asked.decision, as_of=at or now), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, asked.decision):
            _say(line)
    return 1 if found.evaluation.of_state(*AT_FAULT) else 0


def _lines(duties: Duties, decision_id: str) -> Iterator[str]:
    found, template = duties.evaluation, duties.template
    overlays = "".join(f" + {overlay}" for overlay in template.overlays)
    yield f"Decision {decision_id} by {template.id} {template.version}{overlays}: {template.title.en}"
    for item in found.items:
        yield _line(item)
        if item.articles:
            yield _INDENT + _cited(template, item.articles)
        if item.waiver:
            yield f"{_INDENT}reason: {item.waiver.reason}"
    for one in found.contradictions:
        yield f"contradiction  {one.what} on {one.on} before {one.before} {one.before_on or '(not yet)'}"
    waived = sum(1 for item in found.due if item.state is ItemState.WAIVED)
    faults = len(found.due) - found.met - waived
    yield f"Of {len(found.due)} demands due by now, {found.met} are met, {waived} waived, {faults} overdue or missing."


def _cited(template: ProcessTemplate, articles: Sequence[str]) -> str:
    """Return the articles, each law named once."""
    provisions: dict[str, list[str]] = {}
    for article in articles:
        key, _, provision = article.partition(" ")
        said = [template.sources[key].provision.en.format(provision)] if provision else []
        provisions.setdefault(key, []).extend(said)
    return "; ".join(", ".join((template.sources[key].title.en, *said)) for key, said in provisions.items())


def _line(item: Item) -> str:
    parts = [f"{item.state.value:<{len(_INDENT) - 1}} {item.key}"]
    if item.title:
        parts.append(f"({item.title.en})")
    if item.why:
        parts.append(f"[{item.why.value}{f' {item.days} days' if item.days is not None else ''}]")
    elif item.days is not None:
        parts.append(f"[{item.days} days]")
    if item.due:
        parts.append(f"due {item.due.last_day}{' (provisional)' if item.due.is_provisional else ''}")
    if item.evidence:
        parts.append(f"by {item.evidence.kind} {item.evidence.id}".rstrip() + f" of {item.evidence.day}")
    return " ".join(parts)


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the command talks to people
