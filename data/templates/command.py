"""The commands ``python -m data clock`` and ``python -m data templates``: what they ask for, and what they say."""

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.templates.calendars import CALENDARS, calendar_of
from data.templates.reading import FOLDER, Shelf, read_shelf
from models.clock import zone
from models.day_rule import DayRule, DueDate, Span, Step, StepReason, Unit, due_date
from models.working_days import DayKind

#: What ``--unit`` takes.
_UNITS: Mapping[str, Unit] = MappingProxyType(
    {"day": Unit.DAY, "working": Unit.WORKING_DAY, "week": Unit.WEEK, "month": Unit.MONTH}
)
_ZONES: Mapping[str, str] = MappingProxyType(
    {
        "cn": "Asia/Shanghai",
        "us": "America/New_York",
        "eu": "Europe/Brussels",
        "uk": "Europe/London",
        "jp": "Asia/Tokyo",
        "de": "Europe/Berlin",
    }
)
_WORDS: Mapping[DayKind, str] = MappingProxyType(
    {
        DayKind.WORKING: "",
        DayKind.WEEKEND: "weekend",
        DayKind.HOLIDAY: "holiday",
        DayKind.MAKE_UP: "make-up workday",
    }
)
_REASONS: Mapping[StepReason, str] = MappingProxyType(
    {
        StepReason.COUNTED: "",
        StepReason.FIRST_DAY: "the first day is not counted",
        StepReason.NOT_WORKING: "not counted",
        StepReason.PASSED_OVER: "passed over",
        StepReason.ROLLED_TO: "the first working day after",
    }
)


def add_clock_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what ``clock`` takes."""
    parser.add_argument("--calendar", default="cn", metavar="CODE", help=f"{', '.join(CALENDARS)}; a part as de-by")
    parser.add_argument("--calendar-file", type=Path, metavar="FILE", help="CSV that overrides it: date, kind, name")
    parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--count", type=int, required=True, metavar="N")
    parser.add_argument("--unit", choices=sorted(_UNITS), default="day")
    parser.add_argument("--count-first-day", action="store_true", help="count the day itself, as practice often does")
    parser.add_argument("--no-roll-over", action="store_true", help="let a period end on a weekend or holiday")
    parser.add_argument("--zone", help="where the last day ends; the calendar's own unless said")
    parser.add_argument("--json", action="store_true")


def run_clock(asked: argparse.Namespace) -> int:
    """
    Count, and print the arithmetic day by day.

    :raises NotFoundError: if there is no such calendar
    :raises InvalidValueError: if there is no such zone, or the count is out of all measure
    """
    calendar = calendar_of(asked.calendar, asked.calendar_file)
    zone_name = asked.zone or _ZONES.get(asked.calendar.partition("-")[0], "UTC")
    rule = DayRule(asked.count_first_day, not asked.no_roll_over, zone_name)
    due = due_date(asked.start, Span(asked.count, _UNITS[asked.unit]), rule, calendar)
    if asked.json:
        said = {"calendar": calendar.code, "source": calendar.source, "zone": zone_name, **due_as_json(due)}
        _say(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    _say(f"Calendar {calendar.code}: {calendar.source}")
    for step in due.steps:
        _say(_line(step))
    local = due.instant.astimezone(zone(zone_name)).isoformat()
    _say(f"Last day {due.last_day}. It ends, exclusive, at {local} {zone_name} ({due.instant:%Y-%m-%dT%H:%M:%SZ}).")
    if due.is_provisional:
        _say(f"Provisional: holidays are published until {calendar.known_until}, and unknown later.")
    return 0


def due_as_json(due: DueDate) -> dict[str, Any]:
    """Return a due date with its arithmetic, for machines."""
    return {
        "last_day": due.last_day.isoformat(),
        "ends_at": f"{due.instant:%Y-%m-%dT%H:%M:%SZ}",
        "provisional": due.is_provisional,
        "steps": [
            {
                "day": step.day.isoformat(),
                "ordinal": step.ordinal,
                "reason": step.reason.value,
                "kind": step.kind.value,
                **({"name": step.name} if step.name else {}),
            }
            for step in due.steps
        ],
    }


def add_template_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what ``templates`` takes."""
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where procedures/ and overlays/ are; ours")
    parser.add_argument("--json", action="store_true")


def run_templates(asked: argparse.Namespace) -> int:
    """List the procedures and their overlays, say what is wrong with any, and return 1 if something is."""
    found = read_shelf(asked.folder)
    if asked.json:
        _say(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found):
            _say(line)
    return 1 if found.faults or not found.templates else 0


def _as_json(found: Shelf) -> dict[str, Any]:
    return {
        "templates": [
            {
                "id": template.id,
                "version": template.version,
                "jurisdiction": template.jurisdiction,
                "title": template.title.model_dump(),
                "stages": [stage.key for stage in template.stages],
                "obligations": [obligation.key for obligation in template.obligations],
                "overlays": [overlay.id for overlay in found.overlays_of(template.id)],
            }
            for template in found.templates.values()
        ],
        "faults": [
            {"file": one.file, "line": one.line, "field": one.field, "code": one.code, "detail": one.detail}
            for one in found.faults
        ],
    }


def _lines(found: Shelf) -> Iterator[str]:
    for template in found.templates.values():
        counts = f"{len(template.stages)} stages, {len(template.obligations)} obligations"
        yield f"{template.id} {template.version}  {template.title.zh} / {template.title.en}  ({counts})"
        for overlay in found.overlays_of(template.id):
            yield f"  + {overlay.id} {overlay.version}  {overlay.title.zh} / {overlay.title.en}"
    if found.faults:
        yield from map(str, found.faults)
    else:
        yield f"{len(found.templates)} procedures and {len(found.overlays)} overlays, every number with its article."


def _line(step: Step) -> str:
    number = "-" if step.ordinal is None else str(step.ordinal)
    kind = step.name or _WORDS[step.kind]
    remarks = ", ".join(remark for remark in (kind, _REASONS[step.reason]) if remark)
    return f"{step.day} {step.day:%a} {number:>4}  {remarks}".rstrip()


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the command talks to people
