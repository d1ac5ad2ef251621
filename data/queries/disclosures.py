"""What is to be published of projects, and where each stands with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.templates.calendars import calendar_of
from data.templates.disclosure_classes import shipped_rules
from models.disclosure_item import Completeness, Disclosure, DisclosureItem, completeness, disclosure
from models.disclosure_rule import DisclosureRule, DisclosureRuleRevision, holding_rules
from models.project import ApprovalRoute, ProjectRevision

#: 国办发〔2017〕94号 counts the working days of the People's Republic.
_CALENDAR = "cn"


@dataclass(frozen=True, kw_only=True)
class ProjectDisclosures:
    """Where a project stands with everything that is to be published of it."""

    #: In the order of the classes.
    items: tuple[Disclosure, ...]
    completeness: Completeness


def disclosure_rules(session: Session, *, known_at: datetime | None = None) -> dict[str, DisclosureRule]:
    """
    Return the catalogue as it holds, by key; retired items are in it, too.

    :param known_at: as it held then
    """
    said = select(DisclosureRuleRevision)
    if known_at is not None:
        said = said.where(DisclosureRuleRevision.recorded_at <= known_at)
    return holding_rules(shipped_rules(), session.exec(said))


def disclosures_of(
    session: Session, project_id: str, *, today: date, known_at: datetime | None = None
) -> ProjectDisclosures:
    """
    Return where a project stands with what is to be published of it on a day. Three statements.

    :param known_at: by what had been said by then
    """
    rules = disclosure_rules(session, known_at=known_at)
    said = _said(session, project_id, known_at)
    route = _route(session, project_id, known_at)
    calendar = calendar_of(_CALENDAR)
    items = tuple(
        disclosure(rule, said.get(key), calendar, today, route=route)
        for key, rule in rules.items()
        # What was said of an item before it was retired stays to be read.
        if not rule.is_retired or key in said
    )
    return ProjectDisclosures(items=items, completeness=completeness(items))


def _said(session: Session, project_id: str, known_at: datetime | None) -> Mapping[str, DisclosureItem]:
    statement = select(DisclosureItem).where(DisclosureItem.project_id == project_id)
    if known_at is not None:
        statement = statement.where(DisclosureItem.recorded_at <= known_at)
    return {item.rule_key: item for item in session.exec(statement.order_by(col(DisclosureItem.number)))}


def _route(session: Session, project_id: str, known_at: datetime | None) -> ApprovalRoute | None:
    statement = select(ProjectRevision.approval_route).where(ProjectRevision.project_id == project_id)
    if known_at is not None:
        statement = statement.where(ProjectRevision.recorded_at <= known_at)
    found = session.exec(statement.order_by(col(ProjectRevision.number).desc()).limit(1)).first()
    return ApprovalRoute(found) if found else None
