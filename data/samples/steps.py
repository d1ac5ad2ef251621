"""
The steps of the example, as its files tell them: who did what, and when, counted from today.

A file of steps is ``{"about": "...", "steps": [...]}``, and a step

    {"at": "-45d 09:30", "as": "planner@water", "do": "publish_decision", "name": "dikes", "with": {...}}

is an operation, with the fields of its command. Days are counted from today, or given as they are; times are those
of the city. With ``"propose": {"note": "..."}`` it waits for a second person, or for its ``publish_at``. Within the
fields ``"+30d"`` is a day, ``"-3d 17:00"`` an instant, ``"@dikes"`` what a step of that name resulted in, and a text
may be given as a list of its lines. Projects are told more shortly: see :mod:`data.samples.projects`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from data.samples.pictures import picture
from data.samples.projects import steps_of_project
from models.actor import CITIZEN, OPERATOR, Actor, Role
from models.clock import JURISDICTION, zone

_FILES = Path(__file__).parent / "example"
_DAY = re.compile(r"[+-]\d+d")
_INSTANT = re.compile(r"([+-]\d+d) (\d\d:\d\d)")
#: Fields that a file may give line by line.
_TEXTS = ("text", "content", "body")


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that was done."""

    at: datetime
    actor: Actor
    operation: str
    #: The fields of its command; references to other steps are still to be resolved.
    values: Mapping[str, Any]
    #: By which later steps refer to it.
    name: str = ""
    #: The client token, for those that need one. It is told where a receipt is to be known.
    token: str = ""
    #: Where it is proposed rather than done: for which instant, and with which note.
    proposed: Mapping[str, Any] | None = None


def read_steps(today: date) -> list[Step]:
    """Return all steps of the example, in the order in which they were done."""
    steps = [_step(told, today, number) for number, told in enumerate(_told(), 1)]
    return sorted(steps, key=lambda step: step.at)


def _told() -> Iterator[dict[str, Any]]:
    for path in sorted(_FILES.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        yield from content.get("steps", ())
        for project in content.get("projects", ()):
            yield from steps_of_project(project)


def _step(told: Mapping[str, Any], today: date, number: int) -> Step:
    name = told.get("name", "")
    return Step(
        at=_instant(told["at"], today),
        actor=_actor(told.get("as", "")),
        operation=told["do"],
        values={key: _value(key, value, today, told["with"]) for key, value in told["with"].items()},
        name=name,
        token=told.get("token", f"example {name or number}"),
        proposed=_proposed(told["propose"], today) if "propose" in told else None,
    )


def _proposed(told: Mapping[str, str], today: date) -> Mapping[str, Any]:
    return {key: _value(key, value, today, told) for key, value in told.items()}


def _actor(told: str) -> Actor:
    role, _, department = told.partition("@")
    if department:
        return Actor(role=Role(role), department_id=department)
    return OPERATOR if role == "operator" else CITIZEN


def _value(key: str, value: Any, today: date, told: Mapping[str, Any]) -> Any:
    if key == "content" and isinstance(value, dict):
        return picture(**value, name=str(told.get("file_name", "")))
    if key in _TEXTS and isinstance(value, list):
        value = "\n".join(value)
    if key == "content":
        # A file is bytes, whatever the form in which a command has it.
        return value.encode()
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value, today)
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return _instant(value, today)
    return value


def _day(told: str, today: date) -> date:
    return today + timedelta(days=int(told[:-1])) if _DAY.fullmatch(told) else date.fromisoformat(told)


def _instant(told: str, today: date) -> datetime:
    day, clock = told.split(" ")
    return datetime.combine(_day(day, today), time.fromisoformat(clock), zone(JURISDICTION))
