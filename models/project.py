"""
Major projects, in the terms of OC4IDS.

https://standard.open-contracting.org/infrastructure/latest/en/
"""

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.decision import Language


class Phase(StrEnum):
    """The OC4IDS ``projectStatus`` codelist."""

    IDENTIFICATION = "identification"
    PREPARATION = "preparation"
    IMPLEMENTATION = "implementation"
    COMPLETION = "completion"
    MAINTENANCE = "maintenance"
    DECOMMISSIONING = "decommissioning"
    DECOMMISSIONED = "decommissioned"
    CANCELLED = "cancelled"


class Sector(StrEnum):
    """What a project builds: codes of the OC4IDS ``projectSector`` codelist that a city uses."""

    EDUCATION = "education"
    HEALTH = "health"
    ENERGY = "energy"
    COMMUNICATIONS = "communications"
    WATER = "waterAndWaste"
    GOVERNANCE = "governance"
    ECONOMY = "economy"
    CULTURE = "cultureSportsAndRecreation"
    TRANSPORT = "transport"
    HOUSING = "socialHousing"
    ENVIRONMENT = "naturalResources"
    OTHER = "other"


class ApprovalRoute(StrEnum):
    """How a project is approved. 政府投资条例, Article 9; 企业投资项目核准和备案管理条例, Article 3."""

    #: 审批, of what the government invests in itself.
    APPROVAL = "approval"
    #: 核准, of what enterprises build that bears on safety or the common good.
    VERIFICATION = "verification"
    #: 备案, of everything else.
    FILING = "filing"


class Cadence(StrEnum):
    """How often a department reports of a project."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Project(Record, table=True):
    """A project. What it is is said in its revisions."""

    append_only = True

    #: The letter P and a number: ``P-1006``.
    id: str = Field(primary_key=True, schema_extra={"pattern": r"^P-\d{4,}$"}, max_length=20)
    recorded_at: AwareDatetime = Field(sa_type=Instant)

    @property
    def subject(self) -> str:
        """How the ledger names it."""
        return project_subject(self.id)


class ProjectRevision(Record, table=True):
    """One statement of what a project is."""

    __tablename__ = "project_revision"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    number: int = Field(default=1, ge=1)
    department_id: str = Field(foreign_key="department.id", index=True)
    language: Language = Field(sa_type=codelist(Language))
    title: str = Field(min_length=1, max_length=300)
    description: str = Field(default="", max_length=20_000)
    #: What it is for.
    purpose: str = Field(default="", max_length=5000)
    phase: Phase = Field(sa_type=codelist(Phase))
    sector: Sector = Field(default=Sector.OTHER, sa_type=codelist(Sector))
    #: The district, by name.
    region: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None
    approval_route: ApprovalRoute | None = Field(default=None, sa_type=codelist(ApprovalRoute))
    cadence: Cadence | None = Field(default=None, sa_type=codelist(Cadence))
    #: The state of affairs of which day is told.
    data_date: date | None = None


class ProjectIdentifier(Record, table=True):
    """The name of a project in somebody else's list (OC4IDS ``identifiers``)."""

    __tablename__ = "project_identifier"
    append_only = True

    scheme: str = Field(primary_key=True, min_length=1, max_length=100)
    value: str = Field(primary_key=True, min_length=1, max_length=200)
    project_id: str = Field(foreign_key="project.id", index=True)


class LocationRevision(Record, table=True):
    """One statement of where a project is: a GeoJSON geometry (RFC 7946), in WGS 84, longitude first."""

    __tablename__ = "location_revision"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90", name="on_earth"),
        CheckConstraint("number = 1 OR length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    project_id: str = Field(foreign_key="project.id")
    number: int = Field(default=1, ge=1)
    geometry: dict[str, Any] = Field(sa_type=JSON)
    #: A point in or on the geometry, in degrees.
    longitude: float
    latitude: float
    reason: str = Field(default="", max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


class ProjectDecision(Record, table=True):
    """That a project carries a decision out."""

    __tablename__ = "project_decision"
    append_only = True

    decision_id: str = Field(primary_key=True, foreign_key="decision.id")
    project_id: str = Field(primary_key=True, foreign_key="project.id", index=True)
    recorded_at: AwareDatetime = Field(sa_type=Instant)


def project_subject(project_id: str) -> str:
    """Return how the ledger names a project."""
    return f"prj/{project_id}"
