"""What does not fit together in the record of a project: each contradiction in words, with its sources and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.queries.project_page import ProjectPage
from models.project_contradiction import ProjectContradiction, ProjectContradictionKind, Source, SourceKind
from models.project_facts import Amount
from pages.formats import format_day, format_money, format_percent
from pages.words import word

#: In which part of a project's page a source stands.
_PARTS: Mapping[SourceKind, str] = {
    SourceKind.REPORT: "progress",
    SourceKind.BUDGET: "money",
    SourceKind.MILESTONE: "timeline",
    SourceKind.REVISION: "history",
    SourceKind.PHOTO: "progress",
    SourceKind.LOCATION: "map",
    SourceKind.DEPARTMENT: "history",
}
#: Sources whose value is a project, which may be another one.
_OF_PROJECTS = (
    (ProjectContradictionKind.PHOTO_REUSED, SourceKind.PHOTO),
    (ProjectContradictionKind.REPORT_COPIED, SourceKind.REPORT),
)


@dataclass(frozen=True, kw_only=True)
class CheckSource:
    """What one source says, and where it stands."""

    words: str
    #: The part of the page of which project.
    project: str
    part: str
    #: Instead, the department that is the source.
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """A contradiction, and where the facts stand."""

    title: str
    sources: list[CheckSource]


def checks(page: ProjectPage, language: str) -> list[Check]:
    """Return what contradicts itself, or does not fit beside other projects."""
    told = _Told(page, language)
    return [
        Check(
            title=word(f"project.check.{one.kind}", language),
            sources=[told.source(one, each) for each in one.sources],
        )
        for one in page.contradictions
    ]


@dataclass(frozen=True)
class _Told:
    """What is needed to put sources into words."""

    page: ProjectPage
    language: str

    def source(self, one: ProjectContradiction, source: Source) -> CheckSource:
        """Return a source in words."""
        is_of_project = (one.kind, source.kind) in _OF_PROJECTS and isinstance(source.value, str)
        words = word(
            f"project.source.{self._key(one, source)}",
            self.language,
            title=self._title(source),
            day=format_day(source.on) if source.on else "",
            value=self._value(source),
        )
        project = str(source.value) if is_of_project else self.page.id
        department = source.id if source.kind is SourceKind.DEPARTMENT else ""
        return CheckSource(words=words, project=project, part=_PARTS[source.kind], department=department)

    def _key(self, one: ProjectContradiction, source: Source) -> str:
        match source.kind:
            case SourceKind.MILESTONE if source.value is None:
                return "milestone_open" if source.id else "milestone_missing"
            case SourceKind.REPORT if isinstance(source.value, Amount):
                return "report_money"
            case SourceKind.REPORT if isinstance(source.value, str):
                return "report_words"
            case SourceKind.LOCATION if not source.id:
                return "location_bounds"
            case SourceKind.DEPARTMENT if source.on is None:
                return "department_usual"
            case SourceKind.BUDGET if one.kind is ProjectContradictionKind.OVER_ESTIMATE and source is one.sources[0]:
                return "budget_over"
            case _:
                return str(source.kind)

    def _title(self, source: Source) -> str:
        match source.kind:
            case SourceKind.BUDGET:
                kind = next((one.kind for one in self.page.rows.budgets if str(one.id) == source.id), None)
                return word(f"codes.budget_kind.{kind}", self.language) if kind else ""
            case _:
                titles = (one.promise.title for one in self.page.milestones if str(one.promise.id) == source.id)
                return next(titles, source.id)

    def _value(self, source: Source) -> str:
        value = source.value
        if isinstance(value, Amount):
            return format_money(value.units, value.currency, self.language)
        if isinstance(value, date):
            return format_day(value)
        if source.kind is SourceKind.REPORT and isinstance(value, int):
            return format_percent(value)
        return "" if value is None else str(value)
