"""
Procedures as data: what a jurisdiction demands of a decision, stage by stage, with the article of every number.

A template is read from a file, and is a value. Nothing in it is code: a new jurisdiction is a new file. What it speaks
of (a comment period opened, an outcome published) are the happenings of ``models/happenings.py``; what it counts
(experts, answers) are the figures of ``models/docket_figures.py``.
"""

from functools import cached_property

from pydantic import Field, ValidationInfo, field_validator

from models.day_rule import DayRule
from models.document import DocumentType
from models.procedure_terms import (
    Article,
    Basis,
    Bound,
    Conditional,
    Happening,
    Key,
    Part,
    Shortening,
    Source,
    Term,
    Terms,
    Words,
)


class Duty(Conditional):
    """
    Something to be done: within a time after a happening, or at least a time before one.

    ``after`` without ``within`` is "promptly": no number, and so no date is ever invented.
    """

    after: Happening | None = None
    within: Terms = ()
    before: Happening | None = None
    at_least: Terms = ()
    #: Whether it must be done at all; an optional one is shown once it is.
    required: bool = True
    legal_basis: tuple[Article, ...] = ()

    @field_validator("within")
    @classmethod
    def _counts_from_something(cls, terms: tuple[Term, ...], info: ValidationInfo) -> tuple[Term, ...]:
        if terms and not info.data.get("after"):
            raise ValueError("a time within which something is done needs `after`, said above it")
        return terms

    @field_validator("at_least")
    @classmethod
    def _counts_back_from_something(cls, terms: tuple[Term, ...], info: ValidationInfo) -> tuple[Term, ...]:
        if terms and not info.data.get("before"):
            raise ValueError("a time before something needs `before`, said above it")
        return terms

    @field_validator("before")
    @classmethod
    def _has_one_anchor(cls, before: str | None, info: ValidationInfo) -> str | None:
        if before and info.data.get("after"):
            raise ValueError("a duty is counted after a happening or before one, not both")
        return before


class Obligation(Duty):
    """A duty of its own: what must be found in the record for it to be met."""

    key: Key
    title: Words
    do: Happening
    is_public: bool = True
    legal_basis: Basis


class DocumentRequirement(Duty):
    """A document that a stage needs. Without a time of its own it is needed when the stage is finished."""

    type: DocumentType
    #: Tells apart two of one type.
    key: Key | None = None
    title: Words | None = None
    #: Whether it may be withheld on a ground.
    may_be_withheld: bool = False

    @property
    def name(self) -> str:
        """How the document is named among those of its stage."""
        return self.key or self.type.value


class Publicity(Conditional):
    """Where something must be displayed, as evidenced by what was seen there."""

    key: Key
    title: Words
    #: When it must be up.
    by: Happening
    channels: tuple[Key, ...] = Field(min_length=1)
    #: Whether every channel is needed, or any one of them.
    needs_all: bool = False
    legal_basis: Basis


class Requirement(Conditional):
    """A figure of the docket that must lie within bounds when something happens: at least five experts."""

    key: Key
    title: Words
    figure: Happening
    at_least: Bound | None = None
    at_most: Bound | None = None
    is_odd: bool = False
    by: Happening
    legal_basis: Basis


class ProcessStage(Conditional):
    """One step of a procedure."""

    key: Key
    title: Words
    #: The stages that come first. Without any, it can start at once.
    after: tuple[Key, ...] = ()
    parallel_with: tuple[Key, ...] = ()
    required: bool = True
    #: Whether comments are taken in it: its time is then that of the comment periods, and may come in rounds.
    is_window: bool = False
    repeatable: bool = False
    #: What in the record shows that it has begun, and that it is done, where no statement about the stage does.
    begun_by: Happening | None = None
    done_by: Happening | None = None
    min_duration: Terms = ()
    shorten: Shortening | None = None
    #: What must have happened before it may be finished.
    gate_in: tuple[Happening, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    publicity: tuple[Publicity, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    #: Article that asks for a new round when the draft is materially changed.
    new_round_basis: tuple[Article, ...] = ()
    actors: tuple[Words, ...] = ()
    legal_basis: tuple[Article, ...] = ()


class CountingRule(Part):
    """How the procedure counts days, and by which article, where one says."""

    first_day_counts: bool
    rolls_over: bool
    calendar: Key
    zone: str
    legal_basis: tuple[Article, ...] = ()

    @cached_property
    def rule(self) -> DayRule:
        """The switches."""
        return DayRule(self.first_day_counts, self.rolls_over, self.zone)


class ProcessTemplate(Part):
    """The procedure of a jurisdiction."""

    id: Key
    version: str = Field(min_length=1)
    jurisdiction: str = Field(min_length=2, max_length=20)
    title: Words
    sources: dict[Key, Source]
    legal_basis: Basis
    day_rule: CountingRule
    flags: dict[Key, Words] = Field(default_factory=dict)
    #: What a docket of this procedure can do that the record has no table for.
    acts: dict[Key, Words] = Field(default_factory=dict)
    stages: tuple[ProcessStage, ...] = Field(min_length=1)
    obligations: tuple[Obligation, ...] = ()
    #: The overlays that were laid over it.
    overlays: tuple[Key, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, ProcessStage]:
        """Every stage by its key."""
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def followers(self) -> dict[str, frozenset[str]]:
        """For every stage, all that come after it."""
        return {key: frozenset(other for other in self.by_key if key in self._before(other)) for key in self.by_key}

    @cached_property
    def first_window(self) -> str | None:
        """The stage in which comments are taken where a comment period does not say."""
        return next((stage.key for stage in self.stages if stage.is_window), None)

    @cached_property
    def windows_before_decision(self) -> frozenset[str]:
        """The stages in which comments are taken while the matter is undecided."""
        deciding = [stage.key for stage in self.stages if stage.done_by == "decided"]
        later = frozenset(key for decided in deciding for key in self.followers[decided])
        return frozenset(stage.key for stage in self.stages if stage.is_window) - later

    def cite(self, article: str) -> Words:
        """Return how an article is cited for people."""
        key, _, provision = article.partition(" ")
        source = self.sources[key]
        if not provision:
            return source.title
        return Words(
            zh=f"{source.title.zh}{source.provision.zh.format(provision)}",
            en=f"{source.title.en}, {source.provision.en.format(provision)}",
        )

    def _before(self, key: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.by_key[key].after)
        while waiting:
            earlier = waiting.pop()
            if earlier in self.by_key and earlier not in found:
                found.add(earlier)
                waiting += self.by_key[earlier].after
        return found
