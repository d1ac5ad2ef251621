"""
The shelf of templates and overlays, read from files once.

A file that is wrong names every fault with its line and field, and is left off the shelf; the rest stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from data.templates.calendars import CALENDARS
from data.templates.marked_yaml import Marked, read_marked
from models.exceptions import InvalidValueError, NotFoundError
from models.overlay import Overlay, laid_over
from models.overlay_faults import overlay_faults
from models.procedure import ProcessTemplate
from models.procedure_faults import Fault, Place, template_faults
from models.procedure_terms import Part

FOLDER = Path(__file__).resolve().parent
_LARGEST = 1_000_000

_Kind = TypeVar("_Kind", bound=Part)


@dataclass(frozen=True)
class TemplateFault:
    """One thing that is wrong with a file."""

    file: str
    line: int
    #: ``stages[2].min_duration.n``; empty for the whole file.
    field: str
    #: ``unknown_field``, ``missing``, ``loosens``, ``cycle`` ...
    code: str
    detail: str

    def __str__(self) -> str:
        """Say where and what, as compilers do."""
        return f"{self.file}:{self.line}: {self.field or 'file'}: {self.detail} [{self.code}]"


@dataclass(frozen=True)
class Shelf:
    """The templates and overlays that are sound, and what is wrong with the others."""

    templates: dict[str, ProcessTemplate]
    overlays: dict[str, Overlay]
    faults: tuple[TemplateFault, ...]

    def template(self, identifier: str, overlays: Sequence[str] = ()) -> ProcessTemplate:
        """
        Return a procedure with overlays laid over it.

        :raises NotFoundError: if there is no such template or overlay
        :raises InvalidValueError: if an overlay belongs over another procedure
        """
        if identifier not in self.templates:
            raise NotFoundError("template", identifier)
        for overlay in overlays:
            if overlay not in self.overlays:
                raise NotFoundError("overlay", overlay)
            if self.overlays[overlay].extends != identifier:
                raise InvalidValueError("overlay", overlay)
        return laid_over(self.templates[identifier], [self.overlays[overlay] for overlay in dict.fromkeys(overlays)])

    def overlays_of(self, identifier: str) -> tuple[Overlay, ...]:
        """Return the overlays that can be laid over a procedure."""
        return tuple(overlay for overlay in self.overlays.values() if overlay.extends == identifier)


@cache
def shelf() -> Shelf:
    """Return what we ship."""
    return read_shelf(FOLDER)


@lru_cache(maxsize=500)
def procedure(identifier: str, overlays: tuple[str, ...] = ()) -> ProcessTemplate:
    """
    Return a procedure that we ship, with overlays laid over it.

    :raises NotFoundError: if there is no such template or overlay
    :raises InvalidValueError: if an overlay belongs over another procedure
    """
    return shelf().template(identifier, overlays)


def read_shelf(folder: Path) -> Shelf:
    """Return what the files in a folder come to: ``procedures/*.yaml``, ``overlays/*.yaml``."""
    templates: dict[str, ProcessTemplate] = {}
    overlays: dict[str, Overlay] = {}
    faults: list[TemplateFault] = []
    for path in sorted((folder / "procedures").glob("*.yaml")):
        template, found = read_template(path)
        faults += found
        if template and not found:
            templates[template.id] = template
    for path in sorted((folder / "overlays").glob("*.yaml")):
        overlay, found = read_overlay(path, templates)
        faults += found
        if overlay and not found:
            overlays[overlay.id] = overlay
    return Shelf(templates, overlays, tuple(faults))


def read_template(path: Path) -> tuple[ProcessTemplate | None, list[TemplateFault]]:
    """Return the template in a file, and what is wrong with it."""
    marked, template, faults = _read(path, ProcessTemplate)
    if template is not None:
        found = template_faults(template) + _name_faults(path, template.id)
        if template.day_rule.calendar not in CALENDARS:
            place: Place = ("day_rule", "calendar")
            found.append(Fault(place, "unknown_calendar", f"no calendar is called {template.day_rule.calendar}"))
        faults += _told(path, marked, found)
    return template, faults


def read_overlay(path: Path, templates: dict[str, ProcessTemplate]) -> tuple[Overlay | None, list[TemplateFault]]:
    """Return the overlay in a file, and what is wrong with it over the procedure it extends."""
    marked, overlay, faults = _read(path, Overlay)
    if overlay is not None:
        base = templates.get(overlay.extends)
        unknown = Fault(("extends",), "unknown_template", f"no sound procedure is called {overlay.extends}")
        found = overlay_faults(base, overlay) if base else [unknown]
        faults += _told(path, marked, found + _name_faults(path, overlay.id))
    return overlay, faults


def _read(path: Path, kind: type[_Kind]) -> tuple[Marked, _Kind | None, list[TemplateFault]]:
    marked = _marked(path)
    faults = _told(path, marked, [Fault(*problem) for problem in marked.problems])
    if marked.content is None:
        return marked, None, faults
    try:
        return marked, kind.model_validate(marked.content), faults
    except ValidationError as error:
        found = [Fault(one["loc"], one["type"], one["msg"]) for one in error.errors(include_url=False)]
        return marked, None, faults + _told(path, marked, found)


def _marked(path: Path) -> Marked:
    content = path.read_bytes()
    if len(content) > _LARGEST:
        return Marked(None, {(): 1}, (((), "too_large", f"a template has at most {_LARGEST} bytes"),))
    try:
        return read_marked(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Marked(None, {(): line}, (((), "not_utf8", "a template is written in UTF-8"),))


def _name_faults(path: Path, identifier: str) -> list[Fault]:
    return [] if path.stem == identifier else [Fault(("id",), "other_name", f"the file is called {path.stem}")]


def _told(path: Path, marked: Marked, faults: Iterable[Fault]) -> list[TemplateFault]:
    told = (
        TemplateFault(
            path.name, marked.line(_in_file(marked, fault.place)), _dotted(fault.place), fault.code, fault.detail
        )
        for fault in faults
    )
    return sorted(told, key=lambda fault: fault.line)


def _in_file(marked: Marked, place: Place) -> Place:
    """Return a place as the file has it: where it says one for a list of one, there is no number."""
    found: Place = ()
    for step in place:
        if (*found, step) in marked.lines:
            found = (*found, step)
        elif step != 0:
            break
    return found


def _dotted(place: Place) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")
