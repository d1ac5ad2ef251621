"""The smallest parts of a procedure: words, sources, articles, conditions, and numbers with where they stand."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from models.day_rule import MOST, Span, Unit

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
#: ``713 15``: the key of a source, and the provision in it, where it has any.
Article = Annotated[str, Field(pattern=r"^[a-z0-9-]+( \S+)*$", max_length=120)]
#: At least one article.
Basis = Annotated[tuple[Article, ...], Field(min_length=1)]
Happening = Annotated[str, Field(pattern=r"^[a-z_]+(:[a-z0-9_-]+){0,2}$", max_length=120)]


def _share(value: Any) -> Any:
    """Read "1/3" as the fraction it is. What is none is refused by the type."""
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


Bound = Annotated[Fraction, BeforeValidator(_share), Field(ge=0)]


class Part(BaseModel):
    """A part of a template: never changed, and with no field that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """What something is called, in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(Part):
    """A law, or whatever else a number is taken from."""

    title: Words
    #: How a provision is cited in it: ``第{}条``, ``Art. {}``.
    provision: Words = Words(zh="第{}条", en="Art. {}")


class Conditional(Part):
    """What applies to some decisions only."""

    #: Applies if any of these flags is raised; always, if there are none.
    applies_if: tuple[Key, ...] = ()
    #: Does not apply if any of these is.
    unless: tuple[Key, ...] = ()

    def applies(self, flags: frozenset[str]) -> bool:
        """Whether it applies to a decision with these flags."""
        if not self.applies_if and not self.unless:
            return True
        return (not self.applies_if or not flags.isdisjoint(self.applies_if)) and flags.isdisjoint(self.unless)


class Term(Conditional):
    """A number of days, weeks or months, with the article that sets it."""

    n: int = Field(ge=1, le=MOST)
    unit: Unit
    first_day_counts: bool | None = None
    legal_basis: Basis

    @cached_property
    def span(self) -> Span:
        """The period as it is counted."""
        return Span(self.n, self.unit, self.first_day_counts)


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


#: One term; more where a template or its overlays set several. The strictest decides, and all are cited.
Terms = Annotated[tuple[Term, ...], BeforeValidator(_one_or_more)]


class Shortening(Part):
    """Whether a period may be shorter than its minimum."""

    allowed: bool = True
    #: What it may never fall short of, whatever the reason.
    floor: Terms = ()
    legal_basis: Basis
