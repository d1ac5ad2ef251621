"""Packages: projects that are parts of a larger one."""

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber


class PackageRevision(Record, table=True):
    """One statement of which project another one is a part of."""

    __tablename__ = "package_revision"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("parent_id IS NULL OR parent_id <> project_id", name="not_of_itself"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    number: int = Field(ge=1)
    #: None where it stands by itself again.
    parent_id: str | None = Field(default=None, foreign_key="project.id", index=True)
    reason: str = Field(max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
