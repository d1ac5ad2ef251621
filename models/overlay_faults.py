"""What in an overlay would loosen the procedure, or leave it as it is while seeming to change it."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from models.day_rule import Unit
from models.overlay import Overlay, StagePatch, laid_over
from models.procedure import DocumentRequirement, Duty, ProcessStage, ProcessTemplate, Publicity, Requirement
from models.procedure_faults import Fault, Place, circle_from, overlay_reference_faults
from models.procedure_terms import Term

#: How long a unit usually is, in days: enough to see which of two numbers was meant to be the stricter.
_USUAL_DAYS = MappingProxyType(
    {Unit.DAY: Fraction(1), Unit.WORKING_DAY: Fraction(7, 5), Unit.WEEK: Fraction(7), Unit.MONTH: Fraction(30)}
)


def overlay_faults(template: ProcessTemplate, overlay: Overlay) -> list[Fault]:
    """Return everything that is wrong with an overlay over its procedure."""
    return [
        *overlay_reference_faults(template, overlay),
        *_source_faults(template, overlay),
        *_stage_faults(template, overlay),
        *_obligation_faults(template, overlay),
        *_circles(template, overlay),
    ]


def _source_faults(template: ProcessTemplate, overlay: Overlay) -> Iterator[Fault]:
    for key, source in overlay.sources.items():
        if template.sources.get(key, source) != source:
            yield Fault(("sources", key), "double", f"the procedure calls another source {key}")


def _stage_faults(template: ProcessTemplate, overlay: Overlay) -> Iterator[Fault]:
    for number, stage in enumerate(overlay.stages):
        if stage.key in template.by_key:
            yield Fault(("stages", number, "key"), "double", f"{stage.key} is there: say under `tighten` what changes")
    for number, patch in enumerate(overlay.tighten):
        if patch.stage in template.by_key:
            yield from _patch_faults(template.by_key[patch.stage], patch, ("tighten", number))


def _patch_faults(stage: ProcessStage, patch: StagePatch, place: Place) -> Iterator[Fault]:
    yield from _shorter(stage.min_duration, patch.min_duration, (*place, "min_duration"))
    if stage.shorten and patch.shorten:
        if patch.shorten.allowed and not stage.shorten.allowed:
            yield Fault((*place, "shorten", "allowed"), "loosens", "the procedure allows no exception")
        yield from _shorter(stage.shorten.floor, patch.shorten.floor, (*place, "shorten", "floor"))
    documents = {one.name: one for one in stage.documents}
    for number, document in enumerate(patch.documents):
        if document.name in documents:
            yield from _document_faults(documents[document.name], document, (*place, "documents", number))
    publicity = {one.key: one for one in stage.publicity}
    for number, one in enumerate(patch.publicity):
        if one.key in publicity:
            yield from _publicity_faults(publicity[one.key], one, (*place, "publicity", number))
    requirements = {one.key: one for one in stage.requirements}
    for number, asked in enumerate(patch.requirements):
        if asked.key in requirements:
            yield from _requirement_faults(requirements[asked.key], asked, (*place, "requirements", number))


def _obligation_faults(template: ProcessTemplate, overlay: Overlay) -> Iterator[Fault]:
    known = {one.key: one for one in template.obligations}
    for number, obligation in enumerate(overlay.obligations):
        base = known.get(obligation.key)
        if base is not None:
            place: Place = ("obligations", number)
            if base.do != obligation.do:
                yield Fault((*place, "do"), "changes", f"the procedure asks for {base.do}")
            yield from _duty_faults(base, obligation, place)


def _duty_faults(base: Duty, more: Duty, place: Place) -> Iterator[Fault]:
    yield from _condition_faults(base, more, place)
    for field in ("after", "before"):
        if getattr(base, field) != getattr(more, field):
            yield Fault((*place, field), "changes", f"the procedure counts from {getattr(base, field) or 'its stage'}")
    if base.required and not more.required:
        yield Fault((*place, "required"), "loosens", "the procedure requires it")
    yield from _later(base.within, more.within, (*place, "within"))
    yield from _shorter(base.at_least, more.at_least, (*place, "at_least"))


def _document_faults(base: DocumentRequirement, more: DocumentRequirement, place: Place) -> Iterator[Fault]:
    yield from _duty_faults(base, more, place)
    if more.may_be_withheld and not base.may_be_withheld:
        yield Fault((*place, "may_be_withheld"), "loosens", "the procedure has it public")


def _publicity_faults(base: Publicity, more: Publicity, place: Place) -> Iterator[Fault]:
    yield from _condition_faults(base, more, place)
    if base.by != more.by:
        yield Fault((*place, "by"), "changes", f"the procedure has it up by {base.by}")
    if base.needs_all and not more.needs_all:
        yield Fault((*place, "needs_all"), "loosens", "the procedure needs every channel")
    elif not base.needs_all and not more.needs_all and not set(more.channels) <= set(base.channels):
        yield Fault((*place, "channels"), "loosens", "any one channel is enough, and more are named")
    elif not base.needs_all and more.needs_all and set(base.channels).isdisjoint(more.channels):
        yield Fault((*place, "channels"), "loosens", "none of the procedure's own channels is among them")


def _requirement_faults(base: Requirement, more: Requirement, place: Place) -> Iterator[Fault]:
    yield from _condition_faults(base, more, place)
    for field in ("figure", "by"):
        if getattr(base, field) != getattr(more, field):
            yield Fault((*place, field), "changes", f"the procedure says {getattr(base, field)}")
    if more.at_least is not None and base.at_least is not None and more.at_least < base.at_least:
        yield Fault((*place, "at_least"), "loosens", f"the procedure asks for {base.at_least}")
    if more.at_most is not None and base.at_most is not None and more.at_most > base.at_most:
        yield Fault((*place, "at_most"), "loosens", f"the procedure allows {base.at_most}")


def _condition_faults(base: Any, more: Any, place: Place) -> Iterator[Fault]:
    """Find a condition that differs: what always applies must not come to apply sometimes."""
    for field in ("applies_if", "unless"):
        if getattr(base, field) != getattr(more, field):
            detail = f"the procedure has {', '.join(getattr(base, field)) or 'no condition'}"
            yield Fault((*place, field), "changes", detail)


def _shorter(base: Iterable[Term], more: Iterable[Term], place: Place) -> Iterator[Fault]:
    longest = max((term for term in base if not _is_conditional(term)), key=_days, default=None)
    for number, term in enumerate(more):
        if longest is not None and _days(term) < _days(longest):
            said = f"{term.n} {term.unit} is less than the {longest.n} {longest.unit} of the procedure"
            yield Fault((*place, number, "n"), "loosens", said)


def _later(base: Iterable[Term], more: Iterable[Term], place: Place) -> Iterator[Fault]:
    soonest = min((term for term in base if not _is_conditional(term)), key=_days, default=None)
    for number, term in enumerate(more):
        if soonest is not None and _days(term) > _days(soonest):
            said = f"{term.n} {term.unit} is later than the {soonest.n} {soonest.unit} of the procedure"
            yield Fault((*place, number, "n"), "loosens", said)


def _is_conditional(term: Term) -> bool:
    return bool(term.applies_if or term.unless)


def _days(term: Term) -> Fraction:
    return term.n * _USUAL_DAYS[term.unit]


def _circles(template: ProcessTemplate, overlay: Overlay) -> Iterator[Fault]:
    whole = laid_over(template, [overlay])
    for number, patch in enumerate(overlay.tighten):
        if patch.after and patch.stage in whole.by_key and patch.stage in whole.followers[patch.stage]:
            yield Fault(("tighten", number, "after"), "cycle", " after ".join(circle_from(whole, patch.stage)))
    for number, stage in enumerate(overlay.stages):
        if stage.key in whole.followers[stage.key]:
            yield Fault(("stages", number, "after"), "cycle", " after ".join(circle_from(whole, stage.key)))
