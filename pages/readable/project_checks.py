"""What does not fit together in the record of a project: each contradiction in words, with both of its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.queries.project_page import ProjectPage
from models.project_contradiction import ProjectContradiction, Source, SourceKind
from models.project_facts import Amount
from pages.formats import format_day, format_money, format_percent
from pages.words import word

#: In which part of the page a source stands.
_PARTS: Mapping[SourceKind, str] = {
    SourceKind.REPORT: "progress",
    SourceKind.BUDGET: "money",
    SourceKind.MILESTONE: "timeline",
    SourceKind.REVISION: "history",
    SourceKind.PHOTO: "progress",
    SourceKind.LOCATION: "map",
    SourceKind.DEPARTMENT: "history",
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """A contradiction, and where the facts stand."""

    title: str
    #: What each source says, and the part of the page in which it stands.
    sources: list[tuple[str, str]]


def checks(page: ProjectPage, language: str) -> list[Check]:
    """Return what contradicts itself."""
    titles = {str(one.promise.id): one.promise.title for one in page.milestones}
    return [_check(one, titles, language) for one in page.contradictions]


def _check(one: ProjectContradiction, titles: Mapping[str, str], language: str) -> Check:
    return Check(
        title=word(f"project.check.{one.kind}", language),
        sources=[(_source(each, titles, language), _PARTS[each.kind]) for each in one.sources],
    )


def _source(source: Source, titles: Mapping[str, str], language: str) -> str:
    day = format_day(source.on) if source.on else ""
    value = _value(source, language)
    key = f"project.source.{source.kind}"
    if source.kind is SourceKind.MILESTONE and source.value is None:
        key += "_open"
    if source.kind is SourceKind.REPORT and isinstance(source.value, Amount | str):
        key += "_money" if isinstance(source.value, Amount) else "_words"
    if source.kind is SourceKind.LOCATION and not source.id:
        key += "_bounds"
    return word(key, language, title=titles.get(source.id, source.id), day=day, value=value)


def _value(source: Source, language: str) -> str:
    value = source.value
    if isinstance(value, Amount):
        return format_money(value.units, value.currency, language)
    if isinstance(value, date):
        return format_day(value)
    if source.kind is SourceKind.REPORT and isinstance(value, int):
        return format_percent(value)
    return "" if value is None else str(value)
