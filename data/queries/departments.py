"""Departments, as pages and feeds show them."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.queries.remembered import remembered
from data.versions import DEPARTMENTS
from models.department import DepartmentRevision


@dataclass(frozen=True, kw_only=True)
class DepartmentName:
    """What a department is called now."""

    id: str
    name_zh: str
    name_en: str
    contact: str
    #: Whether a second person must agree to what is published of its projects.
    needs_second_person: bool
    number: int

    def name(self, language: str) -> str:
        """Return the name in that language."""
        return self.name_zh if language == "zh" else self.name_en


def departments(session: Session) -> dict[str, DepartmentName]:
    """Return every department, by its code."""
    return dict(remembered(session, DEPARTMENTS, "names", lambda: _named(session)))


def _named(session: Session) -> dict[str, DepartmentName]:
    latest = (
        select(DepartmentRevision.department_id, func.max(DepartmentRevision.number).label("number"))
        .group_by(DepartmentRevision.department_id)
        .subquery()
    )
    said = session.exec(
        select(DepartmentRevision)
        .join(
            latest,
            (col(DepartmentRevision.department_id) == latest.c.department_id)
            & (col(DepartmentRevision.number) == latest.c.number),
        )
        .order_by(col(DepartmentRevision.department_id))
    )
    return {
        row.department_id: DepartmentName(
            id=row.department_id,
            name_zh=row.name_zh,
            name_en=row.name_en,
            contact=row.contact,
            needs_second_person=row.needs_second_person,
            number=row.number,
        )
        for row in said
    }
