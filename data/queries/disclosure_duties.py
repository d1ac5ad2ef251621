"""What the projects of a department have to publish: items of the catalogue that exist, and whose time runs."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.disclosures import disclosure_rules
from data.templates.calendars import calendar_of
from models.decision import Language
from models.disclosure_item import Disclosure, DisclosureItem, DisclosureKind, disclosure
from models.present import ProjectPresent

#: 国办发〔2017〕94号 counts the working days of the People's Republic.
_CALENDAR = "cn"


@dataclass(frozen=True, kw_only=True)
class DisclosureDuty:
    """An item that is due or overdue, and of which project."""

    project_id: str
    project_title: str
    language: Language
    item: Disclosure
    #: The last day on which it is in time.
    deadline: date


def disclosure_duties(session: Session, department_id: str, *, today: date) -> list[DisclosureDuty]:
    """Return what a department has said to exist and not yet published, the soonest first. Two statements."""
    rules, calendar = disclosure_rules(session), calendar_of(_CALENDAR)
    later = aliased(DisclosureItem)
    superseded = select(later.id).where(
        col(later.project_id) == col(DisclosureItem.project_id),
        col(later.rule_key) == col(DisclosureItem.rule_key),
        col(later.number) > col(DisclosureItem.number),
    )
    rows = session.exec(
        select(DisclosureItem, ProjectPresent)
        .join(ProjectPresent, col(ProjectPresent.project_id) == col(DisclosureItem.project_id))
        .where(
            ProjectPresent.department_id == department_id,
            DisclosureItem.kind == DisclosureKind.FORMED,
            ~superseded.exists(),
        )
    ).all()
    found = [
        DisclosureDuty(
            project_id=project.project_id,
            project_title=project.title,
            language=project.language,
            item=item,
            deadline=item.deadline,
        )
        for said, project in rows
        if said.rule_key in rules
        and (item := disclosure(rules[said.rule_key], said, calendar, today)).deadline is not None
    ]
    return sorted(found, key=lambda duty: (duty.deadline, duty.project_id, duty.item.rule.key))
