"""Reading YAML so that every value knows its line. Nothing in a file is run, and none can make itself huge."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml  # type: ignore[import-untyped]  # the package brings no types, and one module uses it

from models.procedure_faults import Place

#: What a value may be. YAML has more, and some of it is code.
_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null"))


@dataclass(frozen=True)
class Marked:
    """What a file says, and in which line it says what."""

    content: Any
    lines: dict[Place, int] = field(default_factory=dict)
    #: What cannot be said in a template at all: ``(place, code, detail)``.
    problems: tuple[tuple[Place, str, str], ...] = ()

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest around it that the file has."""
        while place and place not in self.lines:
            # Where one is said for a list of one, the list is not in the file.
            place = place[:-1]
        return self.lines.get(place, 1)


def read_marked(text: str) -> Marked:
    """Return what a YAML text says, with the line of everything in it."""
    try:
        aliases = [event for event in yaml.parse(text, yaml.SafeLoader) if isinstance(event, yaml.AliasEvent)]
        if aliases:
            line = aliases[0].start_mark.line + 1
            return Marked(None, {(): line}, (((), "alias", "say it again: anchors are not followed"),))
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        return Marked(None, {(): mark.line + 1 if mark else 1}, (((), "unreadable", said),))
    if root is None:
        return Marked(None, {(): 1}, (((), "empty", "the file says nothing"),))
    lines: dict[Place, int] = {(): root.start_mark.line + 1}
    problems: list[tuple[Place, str, str]] = []
    try:
        content = _value(root, (), lines, problems)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return Marked(None, lines, (((), "unreadable", str(error)),))
    return Marked(content, lines, tuple(problems))


def _value(node: Any, place: Place, lines: dict[Place, int], problems: list[tuple[Place, str, str]]) -> Any:
    if node.tag not in _TAGS:
        problems.append((place, "tag", f"{node.tag} is nothing a template can say"))
        return None
    if isinstance(node, yaml.MappingNode):
        found: dict[Any, Any] = {}
        for key, inner, value in _pairs(node, place):
            if key in found:
                problems.append((inner, "double", f"{key} is said twice"))
            lines[inner] = value[0].start_mark.line + 1
            found[key] = _value(value[1], inner, lines, problems)
        return found
    if isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            lines[(*place, number)] = one.start_mark.line + 1
        return [_value(one, (*place, number), lines, problems) for number, one in enumerate(node.value)]
    return yaml.constructor.SafeConstructor().construct_object(node)


def _pairs(node: Any, place: Place) -> Iterator[tuple[str, Place, tuple[Any, Any]]]:
    for key, value in node.value:
        name = str(key.value)
        yield name, (*place, name), (key, value)
