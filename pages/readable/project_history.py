"""Everything that was said of a project and later changed, newest first, each with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from data.queries.project_page import MilestoneRecord, ProjectPage
from data.queries.project_record import ContractView
from models.clock import local_date
from models.milestone import MilestoneRevision, ReasonCode, RevisionKind
from models.money import BudgetVersion, ProgressReport
from models.project import LocationRevision, ProjectRevision
from models.proposal import Agreement
from pages.formats import format_day, format_instant, format_money, format_percent, format_promised
from pages.readable.differences import differences
from pages.readable.milestone_amendments import Amended, all_amended
from pages.words import word

#: What is said in a few words is shown before and after; long texts are only said to have changed.
_SHORT = ("title", "phase", "sector", "region")
_LONG = ("purpose", "description")
_CODED = ("phase", "sector")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One statement: when it was recorded, about what, what it says, and why."""

    recorded_at: datetime
    #: ``text``, ``milestone``, ``location``, ``budget``, ``report`` or ``contract``.
    kind: str
    sign: str
    about: str
    says: str
    reason_code: ReasonCode | None = None
    reason: str = ""
    #: When it was proposed and agreed to; the empty text where one person published it at once.
    agreed: str = ""


def history(page: ProjectPage, language: str, *, since: date | None = None) -> list[Change]:
    """
    Return every statement about a project, newest first.

    :param since: only what was recorded after the end of that day
    """
    rows = page.rows
    changes = [
        *_texts(rows.revisions, language),
        *(change for milestone in page.milestones for change in _dates(milestone, rows.agreements, language)),
        *(_amended(one, language) for one in all_amended(rows, language)),
        *_places(rows.locations, language),
        *_budgets(rows.budgets, language),
        *_reports(rows.reports, language),
        *_contracts(page.contracts, language),
    ]
    if since is not None:
        changes = [change for change in changes if local_date(change.recorded_at) > since]
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
    parts = differences(before, after, _SHORT, _value, words="project.change", language=language)
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


def _amended(one: Amended, language: str) -> Change:
    return Change(
        recorded_at=one.recorded_at,
        kind="milestone",
        sign=word(f"codes.revision_sign.{RevisionKind.CORRECTION}", language),
        about=one.title,
        says=one.says,
        reason=one.reason,
    )


def _dates(milestone: MilestoneRecord, agreements: Mapping[str, Agreement], language: str) -> Iterator[Change]:
    for number, said in enumerate(milestone.revisions):
        before = milestone.revisions[max(0, number - 1)]
        yield Change(
            recorded_at=said.recorded_at,
            kind="milestone",
            sign=word(f"codes.revision_sign.{said.kind}", language),
            about=milestone.promise.title,
            says=word(
                f"project.change.{_form(before, said)}",
                language,
                kind=word(f"codes.revision_kind.{said.kind}", language),
                before=format_promised(before.promised, language),
                day=format_promised(said.promised, language),
            ),
            reason_code=said.reason_code,
            reason=said.reason,
            agreed=_agreed(agreements.get(f"milestone/{said.milestone_id}/{said.number}"), language),
        )


def _agreed(agreement: Agreement | None, language: str) -> str:
    if agreement is None:
        return ""
    proposed = format_instant(agreement.proposed_at, None, language)
    if agreement.approved_at is None:
        return word("feeds.scheduled", language, proposed=proposed)
    approved = format_instant(agreement.approved_at, None, language)
    return word("feeds.by_two", language, proposed=proposed, approved=approved)


def _form(before: MilestoneRevision, said: MilestoneRevision) -> str:
    if said.promised == before.promised:
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


def _reports(reports: Sequence[ProgressReport], language: str) -> Iterator[Change]:
    for said in reports:
        stated = format_percent(said.physical) if said.physical is not None else word("site.not_stated", language)
        key = "unchanged" if said.unchanged else "corrected" if said.is_correction else "report"
        says = word(f"project.change.{key}", language, day=format_day(said.period_end), built=stated)
        yield Change(recorded_at=said.recorded_at, kind="report", sign="○", about="", says=says, reason=said.reason)


def _contracts(contracts: Sequence[ContractView], language: str) -> Iterator[Change]:
    for contract in contracts:
        signed = contract.signed
        says = word("project.change.contract", language, day=format_day(signed.signed_on))
        yield Change(recorded_at=signed.recorded_at, kind="contract", sign="○", about=signed.title, says=says)
        for one in contract.modifications:
            says = word("project.change.contract_changed", language, day=format_day(one.signed_on))
            yield Change(
                recorded_at=one.recorded_at,
                kind="contract",
                sign="◈",
                about=signed.title,
                says=says,
                reason=one.rationale,
            )
