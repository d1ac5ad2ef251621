"""What is wrong with a template although every field of it is well formed: names of nothing, circles, doubles."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from models.clock import zone
from models.docket_figures import FIGURES
from models.document import DocumentType
from models.exceptions import InvalidValueError
from models.happenings import FINDERS
from models.overlay import Overlay, StagePatch, laid_over
from models.procedure import ProcessStage, ProcessTemplate, Requirement
from models.procedure_terms import Conditional, Part

#: Where in a file something is: the path of keys and numbers that leads there.
Place = tuple[str | int, ...]

#: The steps of a hearing, from its announcement to the answer to those who spoke or were not chosen to.
HEARING_STEPS = frozenset(
    ("notice", "registration", "selection", "list", "materials", "held", "record", "confirmation", "feedback")
)
_MOMENTS = frozenset(("started", "finished"))
#: The fields of each part that name happenings, where the type of the part does not say otherwise.
_HAPPENINGS = ("before", "do", "by", "begun_by", "done_by")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    place: Place
    #: ``unknown_flag``, ``cycle``, ``loosens`` ...
    code: str
    detail: str


def template_faults(template: ProcessTemplate) -> list[Fault]:
    """Return everything that is wrong with a template."""
    return [*_common_faults(template, template), *_circles(template), *_zone_faults(template)]


def overlay_reference_faults(template: ProcessTemplate, overlay: Overlay) -> list[Fault]:
    """Return what is wrong with an overlay, its names being looked up in the procedure with it laid over."""
    return list(_common_faults(overlay, laid_over(template, [overlay])))


def parts_of(part: Part, place: Place = ()) -> Iterator[tuple[Place, Part]]:
    """Return a part and every part in it, with the place of each."""
    yield place, part
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from parts_of(value, (*place, name))
        elif isinstance(value, tuple | Mapping):
            pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
            for key, one in pairs:
                if isinstance(one, Part):
                    yield from parts_of(one, (*place, name, key))


def _common_faults(part: Part, whole: ProcessTemplate) -> Iterator[Fault]:
    for place, one in parts_of(part):
        yield from _citation_faults(one, place, whole)
        yield from _flag_faults(one, place, whole)
        yield from _happening_faults(one, place, whole)
        yield from _double_faults(one, place)
        if isinstance(one, ProcessStage | StagePatch):
            yield from _stage_name_faults(one, place, whole)
        if isinstance(one, Requirement):
            yield from _requirement_faults(one, place, whole)


def _citation_faults(part: Part, place: Place, whole: ProcessTemplate) -> Iterator[Fault]:
    for field in ("legal_basis", "new_round_basis"):
        for number, article in enumerate(getattr(part, field, ())):
            source = article.partition(" ")[0]
            if source not in whole.sources:
                yield Fault((*place, field, number), "unknown_source", f"no source is called {source}")


def _flag_faults(part: Part, place: Place, whole: ProcessTemplate) -> Iterator[Fault]:
    if isinstance(part, Conditional):
        for field in ("applies_if", "unless"):
            for number, flag in enumerate(getattr(part, field)):
                if flag not in whole.flags:
                    yield Fault((*place, field, number), "unknown_flag", f"no flag is called {flag}")


def _happening_faults(part: Part, place: Place, whole: ProcessTemplate) -> Iterator[Fault]:
    named = [(field, getattr(part, field, None)) for field in _HAPPENINGS]
    if not isinstance(part, ProcessStage | StagePatch):  # Theirs names stages.
        named.append(("after", getattr(part, "after", None)))
    for field, happening in named:
        if happening and (problem := happening_problem(happening, whole)):
            yield Fault((*place, field), *problem)
    for number, happening in enumerate(getattr(part, "gate_in", ())):
        if problem := happening_problem(happening, whole):
            yield Fault((*place, "gate_in", number), *problem)


def happening_problem(happening: str, whole: ProcessTemplate) -> tuple[str, str] | None:
    """Return the code and the words of what is wrong with the name of a happening; none if it is one."""
    kind, _, of = happening.partition(":")
    first, _, second = of.partition(":")
    if kind not in FINDERS:
        return "unknown_happening", f"nothing is called {happening}"
    known = _NAMED[kind](whole) if kind in _NAMED else None
    if known is None:
        return ("unknown_happening", f"{kind} takes no name after it") if of else None
    if not of and kind in ("period_opened", "period_closed"):
        return None
    if first not in known:
        return f"unknown_{kind.partition('_')[0]}", f"{happening} names no {kind} that there is"
    if kind == "stage" and second not in _MOMENTS:
        return "unknown_happening", f"{happening} must end in :started or :finished"
    return None


#: What may stand after the colon.
_NAMED: Mapping[str, Callable[[ProcessTemplate], AbstractSet[str]]] = MappingProxyType(
    {
        "document": lambda _: frozenset(kind.value for kind in DocumentType),
        "publicity": lambda whole: {one.key for stage in whole.stages for one in stage.publicity} | set(whole.by_key),
        "hearing": lambda _: HEARING_STEPS,
        "act": lambda whole: frozenset(whole.acts) | {"analysis_complete"},
        "stage": lambda whole: frozenset(whole.by_key),
        "period_opened": lambda whole: frozenset(whole.by_key),
        "period_closed": lambda whole: frozenset(whole.by_key),
    }
)


def _double_faults(part: Part, place: Place) -> Iterator[Fault]:
    for field in ("stages", "obligations", "documents", "publicity", "requirements", "tighten"):
        ones = getattr(part, field, ())
        names = [getattr(one, "name", None) or getattr(one, "key", None) or one.stage for one in ones]
        for name, times in Counter(names).items():
            if times > 1:
                yield Fault((*place, field, names.index(name)), "double", f"{name} is there {times} times")


def _stage_name_faults(stage: ProcessStage | StagePatch, place: Place, whole: ProcessTemplate) -> Iterator[Fault]:
    if isinstance(stage, StagePatch) and stage.stage not in whole.by_key:
        yield Fault((*place, "stage"), "unknown_stage", f"no stage is called {stage.stage}")
    for field in ("after", "parallel_with"):
        for number, key in enumerate(getattr(stage, field, ())):
            if key not in whole.by_key:
                yield Fault((*place, field, number), "unknown_stage", f"no stage is called {key}")


def _requirement_faults(requirement: Requirement, place: Place, whole: ProcessTemplate) -> Iterator[Fault]:
    kind, _, of = requirement.figure.partition(":")
    if kind not in FIGURES or (kind == "act" and of not in whole.acts) or (kind != "act" and of):
        yield Fault((*place, "figure"), "unknown_figure", f"no figure is called {requirement.figure}")
    if requirement.at_least is None and requirement.at_most is None and not requirement.is_odd:
        yield Fault(place, "no_bound", "it asks for nothing: at_least, at_most or is_odd")


def _circles(template: ProcessTemplate) -> Iterator[Fault]:
    for number, stage in enumerate(template.stages):
        if stage.key in template.followers[stage.key]:
            path = " after ".join(circle_from(template, stage.key))
            yield Fault(("stages", number, "after"), "cycle", path)


def circle_from(template: ProcessTemplate, key: str) -> list[str]:
    """Return the stages of a circle, from one of them back to it."""
    paths = [[key]]
    for path in paths:
        for earlier in template.by_key[path[-1]].after:
            if earlier == key:
                return [*path, key]
            if earlier in template.by_key and earlier not in path:
                paths.append([*path, earlier])
    return []


def _zone_faults(template: ProcessTemplate) -> Iterator[Fault]:
    try:
        zone(template.day_rule.zone)
    except InvalidValueError:
        yield Fault(("day_rule", "zone"), "unknown_zone", f"no zone is called {template.day_rule.zone}")
