"""Departments: who publishes (OC4IDS ``publicAuthority``)."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber


class Department(Record, table=True):
    """A department. What it is called is said in its revisions."""

    append_only = True

    #: A short code of its own choice: ``water``.
    id: str = Field(primary_key=True, min_length=1, max_length=40, schema_extra={"pattern": r"^[a-z0-9][a-z0-9-]*$"})
    recorded_at: AwareDatetime = Field(sa_type=Instant)


class DepartmentRevision(Record, table=True):
    """One statement about a department."""

    __tablename__ = "department_revision"
    __table_args__ = (
        UniqueConstraint("department_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    department_id: str = Field(foreign_key="department.id")
    number: int = Field(default=1, ge=1)
    name_zh: str = Field(min_length=1, max_length=200)
    name_en: str = Field(min_length=1, max_length=200)
    #: How citizens reach it: address, telephone, hours.
    contact: str = Field(default="", max_length=500)
    #: Whether nothing is published of its projects unless a second person of the department agrees.
    needs_second_person: bool = False
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None

    def name(self, language: str) -> str:
        """Return the name in that language."""
        return self.name_zh if language == "zh" else self.name_en

    @classmethod
    def first(
        cls, *, department_id: str, name_zh: str, name_en: str, contact: str, at: datetime
    ) -> "DepartmentRevision":
        """Return what is first said about a department."""
        return cls(department_id=department_id, name_zh=name_zh, name_en=name_en, contact=contact, recorded_at=at)


def department_subject(department_id: str) -> str:
    """Return the matter of a department, as the ledger names it."""
    return f"dpt/{department_id}"
