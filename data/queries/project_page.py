"""One project as its page shows it: how it stands on a day, and everything that was known of it then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from data.queries.beside_others import beside_others
from data.queries.comments import CommentSummary, find_point
from data.queries.disclosures import ProjectDisclosures, disclosure_rules
from data.queries.documents import DocumentSummary
from data.queries.milestone_standing import MilestoneStanding, milestone_standing
from data.queries.project_facts import promises_of
from data.queries.project_record import ContractView
from data.queries.project_rows import ProjectRows, project_rows
from data.queries.promised import MilestonePromise, ProjectPromises
from data.queries.standing import Standing, standing
from data.queries.standings import all_standings
from data.templates.calendars import calendar_of
from models.clock import local_date
from models.disclosure_item import completeness, disclosure
from models.document import DisclosureClass, DocumentType
from models.milestone import Milestone, MilestoneRevision, ReasonCode
from models.package import PackageRevision
from models.project import ProjectRevision
from models.project_contradiction import ProjectContradiction
from models.withheld_item import WithheldField, WithheldItem

_CALENDAR = "cn"


@dataclass(frozen=True, kw_only=True)
class MilestoneRecord:
    """A milestone: what was said of it word by word, what rules make of it, and how it stands."""

    milestone: Milestone
    revisions: Sequence[MilestoneRevision]
    promise: MilestonePromise
    standing: MilestoneStanding


@dataclass(frozen=True, kw_only=True)
class ProjectPage:
    """A project as of a day."""

    on: date
    rows: ProjectRows
    promises: ProjectPromises
    standing: Standing
    #: What contradicts itself in it, and what only shows beside other projects.
    contradictions: tuple[ProjectContradiction, ...]
    disclosures: ProjectDisclosures
    #: The adopted points that moved a date, by their numbers.
    points: Mapping[int, CommentSummary]
    #: What the projects are called that it is a part of, or that are parts of it, by their numbers.
    titles: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its number."""
        return self.rows.id

    @property
    def said(self) -> ProjectRevision:
        """What is said of it."""
        return self.rows.revisions[-1]

    @cached_property
    def milestones(self) -> list[MilestoneRecord]:
        """Its milestones, by the day first promised."""
        by_id = {one.id: one for one in self.rows.milestones}
        return [
            MilestoneRecord(
                milestone=by_id[one.id],
                revisions=self.rows.said[one.id],
                promise=one,
                standing=milestone_standing(one, self.on),
            )
            for one in self.promises.milestones
        ]

    @property
    def completion(self) -> MilestoneRecord | None:
        """The milestone with which it is done; the last one promised where none is said to be it."""
        end = self.promises.completion
        return None if end is None else next(one for one in self.milestones if one.promise.id == end.id)

    @cached_property
    def documents(self) -> list[DocumentSummary]:
        """Its documents."""
        return self.rows.latest_documents

    @property
    def photos(self) -> list[DocumentSummary]:
        """The pictures that anybody may see."""
        return [
            document
            for document in self.documents
            if document.type is DocumentType.ILLUSTRATION
            and document.disclosure is DisclosureClass.PUBLIC
            and (document.media_type or "").startswith("image/")
        ]

    @property
    def contracts(self) -> list[ContractView]:
        """Its contracts, as they were signed and changed."""
        return [
            ContractView(
                signed=one, modifications=[each for each in self.rows.modifications if each.contract_id == one.id]
            )
            for one in self.rows.contracts
        ]

    @property
    def withheld(self) -> dict[WithheldField, WithheldItem]:
        """What is held back of it, by what it is."""
        latest = {item.field: item for item in self.rows.withheld}
        return {field: item for field, item in latest.items() if item.holds}

    @property
    def parent(self) -> str | None:
        """The project that it is a part of."""
        said = [one for one in self.rows.packages if one.project_id == self.id]
        return said[-1].parent_id if said else None

    @property
    def parts(self) -> list[str]:
        """The projects that are parts of it."""
        latest: dict[str, PackageRevision] = {one.project_id: one for one in self.rows.packages}
        return sorted(one.project_id for one in latest.values() if one.parent_id == self.id)


def find_project_page(
    session: Session, project_id: str, *, now: datetime, as_of: Sequence[date] = ()
) -> list[ProjectPage | None]:
    """
    Return a project at present, and as of each of these days; nothing where it had not been published.

    Nine statements and one for each day, and two for each adopted point that moved a date; and those by which
    projects are evaluated where they changed.
    """
    rows = project_rows(session, project_id)
    if rows is None:
        return []
    evidence = all_standings(session, now)
    rules = disclosure_rules(session)
    points = _points(session, rows)
    packaged = {one for said in rows.packages for one in (said.project_id, said.parent_id) if one}
    titles = {one: evidence.evaluated[one].standing.said.title for one in packaged if one in evidence.evaluated}
    found: list[ProjectPage | None] = []
    for day in (local_date(now), *as_of):
        known = rows.as_of(day) if as_of and day < local_date(now) else rows
        if known is None:
            found.append(None)
            continue
        promises = promises_of(known)
        weighed = evidence.evidence if day >= local_date(now) else evidence.evidence.as_of(day)
        stands = standing(promises, day, weighed)
        past = day if day < local_date(now) else None
        beside = beside_others(session, evidence, {project_id: stands}, past)
        found.append(
            ProjectPage(
                on=day,
                rows=known,
                promises=promises,
                standing=stands,
                contradictions=(*stands.contradictions, *beside[project_id]),
                disclosures=_disclosures(known, rules, day),
                points=points,
                titles=titles,
            )
        )
    return found


def _points(session: Session, rows: ProjectRows) -> dict[int, CommentSummary]:
    moved = [one for said in rows.said.values() for one in said]
    named = {one.point_id for one in moved if one.reason_code is ReasonCode.PUBLIC_INPUT and one.point_id is not None}
    found = {one: find_point(session, one) for one in sorted(named)}
    return {one: point for one, point in found.items() if point is not None}


def _disclosures(rows: ProjectRows, rules: Mapping[str, object], day: date) -> ProjectDisclosures:
    said = {item.rule_key: item for item in rows.disclosures}
    route, calendar = rows.revisions[-1].approval_route, calendar_of(_CALENDAR)
    items = tuple(
        disclosure(rule, said.get(key), calendar, day, route=route)  # type: ignore[arg-type]  # rules are.
        for key, rule in rules.items()
        if not rule.is_retired or key in said  # type: ignore[attr-defined]  # rules are.
    )
    return ProjectDisclosures(items=items, completeness=completeness(items))
