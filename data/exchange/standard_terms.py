"""
What this record says in OC4IDS 0.9.5 where the standard leaves it open: written by the export, read by the import.

https://standard.open-contracting.org/infrastructure/0.9.5/en/reference/schema/
"""

import re

from models.document import DocumentType
from models.milestone import MilestoneCode

#: The scheme under which a project is known by its name in the standard.
OC4IDS = "oc4ids"
#: Fields that each record makes anew when it writes: all others are the same again after export, import and export.
GENERATED = frozenset({"uri", "publishedDate", "updated", "dateModified", "recorded"})

#: Metrics: every statement about a milestone (its number follows); what it was to cost; reports; what is published.
MILESTONE_DATE = "milestoneDate."
BUDGET, REPORTS, PHYSICAL, FINANCIAL, ANNUAL, DISCLOSURE = (
    "budget",
    "progressReport",
    "physicalProgress",
    "financialProgress",
    "annualPlanProgress",
    "disclosure",
)
#: That dates still hold; names that it had; what somebody independent says of it; what is held back, and no longer.
CONFIRMATION, FORMER_TITLE, RATING, HELD_BACK = "confirmation", "formerTitle", "independentRating", "withheld"
#: What milestones are said to be, after they had been promised.
AMENDMENT = "milestoneAmendment"
REPORT, WITHHELD, DOCUMENT = "report.", "withheld-", "document-"
#: The milestone of a contracting process that says when the contract was signed.
SIGNED = "signed"
ROUTE_SCHEME, CADENCE_SCHEME = "approvalRoute", "reportingCadence"
#: How a part of a larger project says so.
PART_OF = "partOf"
#: The name of the file that stands for a document that lies elsewhere, and tells where.
ELSEWHERE = "elsewhere.oc4ids.json"

#: What the standard says of a document.
DOCUMENT_FIELDS = frozenset(
    {
        *("id", "documentType", "title", "description", "url", "datePublished", "dateModified"),
        *("format", "language", "pageStart", "pageEnd", "accessDetails", "author"),
    }
)
DOCUMENT_TYPES = {
    DocumentType.COST_BENEFIT: "costBenefitAnalysis",
    DocumentType.RISK_ASSESSMENT: "riskProvisions",
    DocumentType.EVALUATION_REPORT: "projectEvaluation",
    DocumentType.FEASIBILITY_STUDY: "feasibilityStudy",
    DocumentType.ENVIRONMENTAL_IMPACT: "environmentalImpact",
    DocumentType.PROJECT_PLAN: "projectPlan",
    DocumentType.BUDGET_APPROVAL: "budgetApproval",
    DocumentType.PROGRESS_REPORT: "physicalProgressReport",
    DocumentType.ILLUSTRATION: "illustration",
    DocumentType.COMPLETION_CERTIFICATE: "completionCertificate",
}
#: Those of our usual milestones that the standard has a code for; the others keep their own.
MILESTONE_CODES = {
    MilestoneCode.PROJECT_APPROVAL: "projectApproval",
    MilestoneCode.START: "commencement",
    MilestoneCode.ACCEPTANCE: "completion",
    MilestoneCode.HANDOVER: "commissioning",
}
#: Why a document cannot be read, or something is not said.
WITHHELD_UNTIL = "withheld: {ground}; until {until}"
NOT_YET_DUE = "not yet due: {until}"
_WITHHELD_UNTIL = re.compile(r"withheld: (.*); until (\d{4}-\d\d-\d\d)", re.DOTALL)
_NOT_YET_DUE = re.compile(r"not yet due: (\d{4}-\d\d-\d\d)")
_HELD_BY = re.compile(r"(.*); by (.*)", re.DOTALL)


def withheld_until(details: str) -> tuple[str, str] | None:
    """Return on which ground, and until which day, something is withheld; nothing if that is not what is said."""
    found = _WITHHELD_UNTIL.fullmatch(details)
    return (found[1], found[2]) if found else None


def not_yet_due(details: str) -> str | None:
    """Return the day on which a document is due; nothing if that is not what is said."""
    found = _NOT_YET_DUE.fullmatch(details)
    return found[1] if found else None


def held_by(ground: str) -> tuple[str, str]:
    """Return the ground, and who decided so."""
    found = _HELD_BY.fullmatch(ground)
    return (found[1], found[2]) if found else (ground, "")
