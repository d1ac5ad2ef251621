"""
The codes of milestones and of what is said about them. They are published, and never renamed or used again.

Terms follow OC4IDS. https://standard.open-contracting.org/infrastructure/latest/en/
"""

from enum import StrEnum


class MilestoneType(StrEnum):
    """The OC4IDS ``milestoneType`` codelist, as far as projects use it."""

    PREPROCUREMENT = "preProcurement"
    APPROVAL = "approval"
    ENGAGEMENT = "engagement"
    ASSESSMENT = "assessment"
    DELIVERY = "delivery"
    REPORTING = "reporting"
    FINANCING = "financing"


class MilestoneCode(StrEnum):
    """The usual milestones of a project: OC4IDS ``milestones[].code``, and what 国办发〔2017〕94号 has published."""

    #: 立项批复.
    PROJECT_APPROVAL = "project_approval"
    #: 环评批复.
    ENVIRONMENTAL_APPROVAL = "environmental_approval"
    #: 用地批复.
    LAND_APPROVAL = "land_approval"
    #: 初设批复.
    PRELIMINARY_DESIGN = "preliminary_design"
    #: 招标公告.
    TENDER_NOTICE = "tender_notice"
    #: 中标.
    AWARD = "award"
    #: 施工许可.
    CONSTRUCTION_PERMIT = "construction_permit"
    #: 开工.
    START = "start"
    #: 主体完工.
    MAIN_STRUCTURE = "main_structure"
    #: 竣工验收.
    ACCEPTANCE = "acceptance"
    #: 竣工验收备案.
    FILING = "filing"
    #: 交付使用.
    HANDOVER = "handover"
    #: 决算审计.
    FINAL_AUDIT = "final_audit"
    #: 后评价.
    EVALUATION = "evaluation"


class RevisionKind(StrEnum):
    """What a statement about a milestone says."""

    #: The date first promised. Number 1, and only number 1.
    BASELINE = "baseline"
    #: Another date is expected now.
    REFORECAST = "reforecast"
    #: Another plan was approved, in a document that is named. The first baseline is still what is measured against.
    REBASELINE = "rebaseline"
    #: It was reached on that date.
    ACHIEVED = "achieved"
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    #: What was said before was a mistake.
    CORRECTION = "correction"

    @property
    def moves(self) -> bool:
        """Whether it needs a reason."""
        return self not in (RevisionKind.BASELINE, RevisionKind.ACHIEVED, RevisionKind.RESUMED)


class ReasonCode(StrEnum):
    """Why a date moved."""

    LAND = "land"
    UTILITIES = "utilities"
    PERMITS = "permits"
    DESIGN = "design"
    SCOPE = "scope"
    FUNDING = "funding"
    PROCUREMENT = "procurement"
    CONTRACTOR = "contractor"
    SITE = "site"
    WEATHER = "weather"
    SUPPLY = "supply"
    SAFETY = "safety"
    LITIGATION = "litigation"
    POLICY = "policy"
    COORDINATION = "coordination"
    #: An adopted point moved it, which is named: a good delay.
    PUBLIC_INPUT = "publicInput"
    DATA_CORRECTION = "dataCorrection"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
