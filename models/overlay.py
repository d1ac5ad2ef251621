"""
Overlays: the stricter rules of a province, a city or a sector, laid over a procedure.

Nothing is replaced. Numbers are added to those that are there, so that the strictest decides and all are cited; what
is optional may become required, and what may be shortened may become fixed; never the reverse. What an overlay says
that would not make anything stricter is a mistake in it, which ``models/overlay_faults.py`` finds.
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeVar, cast

from pydantic import Field

from models.procedure import DocumentRequirement, Obligation, ProcessStage, ProcessTemplate, Publicity, Requirement
from models.procedure_terms import Article, Basis, Happening, Key, Part, Shortening, Source, Terms, Words

_Keyed = TypeVar("_Keyed", bound=Part)


class StagePatch(Part):
    """What an overlay adds to a stage of the procedure."""

    stage: Key
    after: tuple[Key, ...] = ()
    #: Only ever true: an overlay makes no stage optional.
    required: Literal[True] | None = None
    min_duration: Terms = ()
    shorten: Shortening | None = None
    gate_in: tuple[Happening, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    publicity: tuple[Publicity, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    new_round_basis: tuple[Article, ...] = ()
    legal_basis: tuple[Article, ...] = ()


class Overlay(Part):
    """The rules of a place or a sector, over those of a procedure."""

    id: Key
    version: str = Field(min_length=1)
    #: The procedure it is laid over.
    extends: Key
    jurisdiction: str = Field(min_length=2, max_length=20)
    title: Words
    sources: dict[Key, Source]
    legal_basis: Basis
    flags: dict[Key, Words] = Field(default_factory=dict)
    acts: dict[Key, Words] = Field(default_factory=dict)
    #: Stages that the procedure lacks.
    stages: tuple[ProcessStage, ...] = ()
    tighten: tuple[StagePatch, ...] = ()
    #: Further obligations; or a time for one that has none, or a shorter one.
    obligations: tuple[Obligation, ...] = ()


def laid_over(template: ProcessTemplate, overlays: Sequence[Overlay]) -> ProcessTemplate:
    """Return the procedure with overlays laid over it, in any order: the result is the same, but for its citations."""
    for overlay in overlays:
        template = _laid(template, overlay)
    return template


def _laid(template: ProcessTemplate, overlay: Overlay) -> ProcessTemplate:
    patches = {patch.stage: patch for patch in overlay.tighten}
    stages = tuple(_patched(stage, patches[stage.key]) if stage.key in patches else stage for stage in template.stages)
    return _changed(
        template,
        sources=template.sources | overlay.sources,
        legal_basis=_union(template.legal_basis, overlay.legal_basis),
        flags=overlay.flags | template.flags,
        acts=overlay.acts | template.acts,
        stages=_merged(stages, overlay.stages, lambda stage: stage.key, lambda stage, _: stage),
        obligations=_merged(template.obligations, overlay.obligations, lambda one: one.key, _tightened_duty),
        overlays=(*template.overlays, overlay.id),
    )


def _patched(stage: ProcessStage, patch: StagePatch) -> ProcessStage:
    return _changed(
        stage,
        after=_union(stage.after, patch.after),
        required=stage.required or bool(patch.required),
        min_duration=_union(stage.min_duration, patch.min_duration),
        shorten=_tightened_shortening(stage.shorten, patch.shorten),
        gate_in=_union(stage.gate_in, patch.gate_in),
        documents=_merged(stage.documents, patch.documents, lambda one: one.name, _tightened_document),
        publicity=_merged(stage.publicity, patch.publicity, lambda one: one.key, _tightened_publicity),
        requirements=_merged(stage.requirements, patch.requirements, lambda one: one.key, _tightened_requirement),
        new_round_basis=_union(stage.new_round_basis, patch.new_round_basis),
        legal_basis=_union(stage.legal_basis, patch.legal_basis),
    )


def _tightened_shortening(base: Shortening | None, more: Shortening | None) -> Shortening | None:
    if base is None or more is None:
        return base or more
    return _changed(
        base,
        allowed=base.allowed and more.allowed,
        floor=_union(base.floor, more.floor),
        legal_basis=_union(base.legal_basis, more.legal_basis),
    )


def _tightened_duty(base: Any, more: Any) -> Any:
    return _changed(
        base,
        within=_union(base.within, more.within),
        at_least=_union(base.at_least, more.at_least),
        required=base.required or more.required,
        legal_basis=_union(base.legal_basis, more.legal_basis),
    )


def _tightened_document(base: DocumentRequirement, more: DocumentRequirement) -> DocumentRequirement:
    found: DocumentRequirement = _tightened_duty(base, more)
    return _changed(found, may_be_withheld=base.may_be_withheld and more.may_be_withheld)


def _tightened_publicity(base: Publicity, more: Publicity) -> Publicity:
    channels = _union(base.channels, more.channels) if base.needs_all else more.channels
    basis = _union(base.legal_basis, more.legal_basis)
    return _changed(base, channels=channels, needs_all=base.needs_all or more.needs_all, legal_basis=basis)


def _tightened_requirement(base: Requirement, more: Requirement) -> Requirement:
    least = [bound for bound in (base.at_least, more.at_least) if bound is not None]
    most = [bound for bound in (base.at_most, more.at_most) if bound is not None]
    return _changed(
        base,
        at_least=max(least, default=None),
        at_most=min(most, default=None),
        is_odd=base.is_odd or more.is_odd,
        legal_basis=_union(base.legal_basis, more.legal_basis),
    )


def _merged(base: Sequence[_Keyed], more: Sequence[_Keyed], name: Any, tightened: Any) -> tuple[_Keyed, ...]:
    """Return what is there, made stricter where the same is said again, and then what is new."""
    again = {name(one): one for one in more}
    kept = [tightened(one, again.pop(name(one))) if name(one) in again else one for one in base]
    return (*kept, *again.values())


def _union(base: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*base, *(one for one in more if one not in base))


_AnyPart = TypeVar("_AnyPart", bound=Part)


def _changed(part: _AnyPart, **values: Any) -> _AnyPart:
    """Return a part with other values. A copy would take along what the old one remembers."""
    whole = {name: getattr(part, name) for name in type(part).model_fields}
    return cast("_AnyPart", type(part).model_construct(**whole | values))
