"""Everything that was said of a project and later changed, newest first, each with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from data.queries.projects import ProjectView
from models.milestone import Milestone, MilestoneRevision, ReasonCode, RevisionKind
from models.money import BudgetVersion
from models.project import LocationRevision, ProjectRevision
from pages.formats import format_day, format_money
from pages.words import word

#: What is said in a few words is shown before and after; long texts are only said to have changed.
_SHORT = ("title", "phase", "sector", "region")
_LONG = ("purpose", "description")
_CODED = ("phase", "sector")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One statement: when it was recorded, about what, what it says, and why."""

    recorded_at: datetime
    #: ``text``, ``milestone``, ``location`` or ``budget``.
    kind: str
    sign: str
    about: str
    says: str
    reason_code: ReasonCode | None = None
    reason: str = ""


def history(view: ProjectView, *, language: str) -> list[Change]:
    """Return every statement about a project, newest first."""
    changes = [
        *_texts(view.revisions, language),
        *(change for milestone in view.milestones for change in _dates(milestone, language)),
        *_places(view.locations, language),
        *_budgets(view.budgets, language),
    ]
    return sorted(changes, key=lambda change: change.recorded_at, reverse=True)


def _texts(revisions: Sequence[ProjectRevision], language: str) -> Iterator[Change]:
    yield Change(
        recorded_at=revisions[0].recorded_at,
        kind="text",
        sign="○",
        about="",
        says=word("project.change.published", language, title=revisions[0].title),
    )
    for before, after in pairwise(revisions):
        yield Change(
            recorded_at=after.recorded_at,
            kind="text",
            sign="○",
            about="",
            says=_difference(before, after, language),
            reason=after.reason,
        )


def _difference(before: ProjectRevision, after: ProjectRevision, language: str) -> str:
    parts = [
        word(
            "project.change.from_to",
            language,
            what=word(f"project.change.{name}", language),
            before=_value(before, name, language),
            after=_value(after, name, language),
        )
        for name in _SHORT
        if getattr(before, name) != getattr(after, name)
    ]
    parts += [
        word("project.change.rewritten", language, what=word(f"project.change.{name}", language))
        for name in _LONG
        if getattr(before, name) != getattr(after, name)
    ]
    return word("project.change.between", language).join(parts) or word("project.change.same", language)


def _value(revision: ProjectRevision, name: str, language: str) -> str:
    value = str(getattr(revision, name))
    if name in _CODED:
        return word(f"codes.{name}.{value}", language)
    return value or word("site.not_stated", language)


def _dates(milestone: Milestone, language: str) -> Iterator[Change]:
    for number, said in enumerate(milestone.revisions):
        before = milestone.revisions[max(0, number - 1)]
        yield Change(
            recorded_at=said.recorded_at,
            kind="milestone",
            sign=word(f"codes.revision_sign.{said.kind}", language),
            about=milestone.title,
            says=word(
                f"project.change.{_form(before, said)}",
                language,
                kind=word(f"codes.revision_kind.{said.kind}", language),
                before=format_day(before.due_date, before.precision),
                day=format_day(said.due_date, said.precision),
            ),
            reason_code=said.reason_code,
            reason=said.reason,
        )


def _form(before: MilestoneRevision, said: MilestoneRevision) -> str:
    if said.due_date == before.due_date:
        return "date"
    return "date_reached" if said.kind is RevisionKind.ACHIEVED else "date_moved"


def _places(locations: Sequence[LocationRevision], language: str) -> Iterator[Change]:
    for said in locations:
        form = word(f"project.form.{said.geometry['type']}", language)
        place = word("project.place", language, latitude=f"{said.latitude:.5f}", longitude=f"{said.longitude:.5f}")
        says = word("project.change.place", language, form=form, place=place)
        yield Change(recorded_at=said.recorded_at, kind="location", sign="○", about="", says=says, reason=said.reason)


def _budgets(budgets: Sequence[BudgetVersion], language: str) -> Iterator[Change]:
    for said in budgets:
        kind = word(f"codes.budget_kind.{said.kind}", language)
        amount = format_money(said.amount, said.currency, language)
        says = word("project.change.budget", language, kind=kind, amount=amount)
        yield Change(recorded_at=said.recorded_at, kind="budget", sign="○", about="", says=says, reason=said.reason)
