"""
Projects in the terms of OC4IDS 0.9.5.

https://standard.open-contracting.org/infrastructure/0.9.5/en/reference/schema/

The standard keeps one date for a milestone. What was said before goes to ``forecasts``: one metric for each
milestone, one observation for each statement. Empty fields are left out, and each day has a time and an offset.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from data.exchange.standard_terms import CADENCE_SCHEME, OC4IDS, PART_OF, ROUTE_SCHEME
from data.feeds.oc4ids_contracts import as_contracts, suppliers
from data.feeds.oc4ids_documents import as_decision, as_document, as_likelihoods, as_withheld, known_as
from data.feeds.oc4ids_history import as_milestone, in_order, milestone_history
from data.feeds.oc4ids_metrics import budget_history, planned_progress, progress, value
from data.feeds.oc4ids_said import said_beside
from data.feeds.stated import stated
from data.feeds.written import as_json, instant, midnight
from data.queries.belongings import Belongings
from data.queries.departments import DepartmentName
from data.queries.documents import DocumentSummary
from data.queries.project_view import ProjectView
from models.former_title import former_titles
from models.geometry import right_handed
from models.milestone import MilestoneCode
from models.money import BudgetKind
from models.project import ProjectRevision, Sector

VERSION = "0.9"
#: The part of identifiers that the standard's helpdesk gives to a publisher. This one is nobody's.
PREFIX = "oc4ids-000000"
CLOSING = b"]}"
NOTHING_MORE = Belongings()


def opening(*, site: str, published: datetime, as_of: date | None = None) -> bytes:
    """
    Return a package up to its first project.

    :param published: when the record last changed, as the standard recommends for what is made on demand
    :param as_of: the past day of which it is; nothing for the present
    """
    package = as_json(
        {
            "uri": f"{site}/open/oc4ids.json" + (f"?as_of={as_of}" if as_of else ""),
            "publishedDate": instant(published),
            "version": VERSION,
            "publisher": {"name": "Throughline 全程公开", "uri": f"{site}/"},
            "projects": [],
        }
    )
    return package.removesuffix(CLOSING)


def as_project(
    view: ProjectView,
    documents: Sequence[DocumentSummary],
    names: Mapping[str, DepartmentName],
    *,
    site: str,
    today: date,
    more: Belongings = NOTHING_MORE,
    elsewhere: Mapping[int, bytes] = MappingProxyType({}),
) -> dict[str, Any]:
    """
    Return a project.

    :param more: what belongs to it beside dates and money
    :param elsewhere: what is kept of documents that lie elsewhere, by their numbers
    """
    summary, said = view.summary, view.said
    organization = {"id": summary.department_id, "name": _name(summary.department_id, said.language, names)}
    known = known_as(documents, elsewhere)
    identifiers = {other.scheme: other.value for other in view.identifiers}
    return stated(
        {
            "id": name_of(summary.id, identifiers),
            "updated": instant(summary.updated_at),
            "title": said.title,
            "description": said.description,
            "language": said.language,
            "status": said.phase,
            "sector": [said.sector] if said.sector is not Sector.OTHER else [],
            "purpose": said.purpose,
            "additionalClassifications": _classifications(said),
            "identifiers": [
                {"id": value, "scheme": scheme} for scheme, value in sorted(identifiers.items()) if scheme != OC4IDS
            ],
            "publicAuthority": organization,
            "parties": [{**organization, "roles": ["publicAuthority"]}, *suppliers(more.contracts)],
            "relatedProjects": _package(more),
            # Frozen by the standard: what was first promised.
            "period": stated({"startDate": _start(view), "endDate": _midnight(summary.promised_on)}),
            "completion": _completion(view),
            "locations": _locations(view),
            "budget": _budget(view),
            **_dates(view, known, more, site=site, today=today),
            "contractingProcesses": as_contracts(more.contracts, known, today),
            "documents": [
                *(as_document(one, known[one.id], elsewhere.get(one.id), site) for one in documents),
                *(as_decision(decision, site) for decision in view.decisions),
                *([as_likelihoods(summary.id, site)] if more.has_forecasts else ()),
                *map(as_withheld, more.held_back),
            ],
        }
    )


def name_of(project_id: str, identifiers: Mapping[str, str]) -> str:
    """Return how a project is known in the standard: as whoever published it first says."""
    return identifiers.get(OC4IDS, f"{PREFIX}-{project_id}")


def _name(code: str, language: str, names: Mapping[str, DepartmentName]) -> str:
    return names[code].name(language) if code in names else code


def _midnight(on: date | None) -> str | None:
    return midnight(on) if on else None


def _classifications(said: ProjectRevision) -> list[dict[str, Any]]:
    told = ((ROUTE_SCHEME, said.approval_route), (CADENCE_SCHEME, said.cadence))
    return [{"scheme": scheme, "id": code} for scheme, code in told if code]


def _package(more: Belongings) -> list[dict[str, Any]]:
    if more.parent_id is None:
        return []
    parent = name_of(more.parent_id, more.parent_names)
    return [{"id": "1", "scheme": OC4IDS, "identifier": parent, "relationship": PART_OF}]


def _start(view: ProjectView) -> str | None:
    starts = [one.baseline.due_date for one in view.milestones if one.code is MilestoneCode.START]
    return _midnight(min(starts, default=None))


def _completion(view: ProjectView) -> dict[str, Any]:
    final = next((one for one in reversed(view.budgets) if one.kind is BudgetKind.FINAL_ACCOUNT), None)
    return stated(
        {
            "endDate": _midnight(view.summary.reached_on),
            "finalValue": value(final.amount, final.currency) if final else None,
            "finalValueDetails": final.reason if final else None,
        }
    )


def _locations(view: ProjectView) -> list[dict[str, Any]]:
    region = view.said.region
    geometry = right_handed(view.locations[-1].geometry) if view.locations else None
    place = stated({"geometry": geometry, "address": stated({"region": region})})
    return [{"id": "1", **place}] if place else []


def _budget(view: ProjectView) -> dict[str, Any]:
    if not view.budgets:
        return {}
    latest = view.budgets[-1]
    return {"amount": value(latest.amount, latest.currency), "approvalDate": midnight(latest.approved_on)}


def _dates(
    view: ProjectView, documents: Mapping[int, str], more: Belongings, *, site: str, today: date
) -> dict[str, Any]:
    names = in_order(view.milestones)
    points = {point: f"{site}/decisions/{decision}#point-{point}" for point, decision in more.points.items()}
    milestones = sorted(view.milestones, key=lambda one: one.id)
    first = {
        one.id: [names[other] for other in sorted(more.waits_for.get(one.id, ())) if other in names]
        for one in milestones
    }
    return {
        "milestones": [as_milestone(one, names[one.id], today, more.said_beside_dates(one.id)) for one in milestones],
        "forecasts": [
            *(milestone_history(one, names[one.id], documents, points, first[one.id]) for one in milestones),
            *budget_history(view.budgets, documents),
            *planned_progress(view.reports),
        ],
        "metrics": [
            *progress(view.reports),
            *said_beside(former_titles(view.revisions), milestones, names, more, documents),
        ],
    }
