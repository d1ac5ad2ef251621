"""
Milestones as OC4IDS has them: one date each, and in ``forecasts`` every statement that was ever made about them.

A milestone is known within its project by its place among those that were promised, which never changes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from data.exchange.standard_terms import MILESTONE_CODES, MILESTONE_DATE, public_input_elsewhere
from data.feeds.stated import stated
from data.feeds.written import day, instant, midnight
from models.clock import local_date
from models.milestone import Milestone, MilestoneRevision, ReasonCode, RevisionKind
from models.promised_day import last_day

#: Who can do something about a cause: the terms of 国办发〔2017〕94号, class 5, in codes.
_PARTIES = {
    **dict.fromkeys((ReasonCode.CONTRACTOR, ReasonCode.SAFETY, ReasonCode.SUPPLY), "contractor"),
    **dict.fromkeys((ReasonCode.WEATHER, ReasonCode.SITE), "nature"),
    **dict.fromkeys(
        (
            ReasonCode.LAND,
            ReasonCode.UTILITIES,
            ReasonCode.DESIGN,
            ReasonCode.SCOPE,
            ReasonCode.PROCUREMENT,
            ReasonCode.COORDINATION,
            ReasonCode.DATA_CORRECTION,
        ),
        "owner",
    ),
    ReasonCode.PERMITS: "approver",
    ReasonCode.POLICY: "policy",
    ReasonCode.FUNDING: "finance",
    ReasonCode.PUBLIC_INPUT: "public",
}
_ENDS = (RevisionKind.ACHIEVED, RevisionKind.CANCELLED)


def in_order(milestones: Sequence[Milestone]) -> dict[int, str]:
    """Return how the milestones of a project are known within it, by their numbers in the record."""
    return {one: str(place) for place, one in enumerate(sorted(one.id for one in milestones), 1)}


def as_milestone(milestone: Milestone, name: str, today: date) -> dict[str, Any]:
    """Return a milestone as it stands."""
    latest = milestone.latest
    # What is reached keeps as its due date what was last expected.
    expected = [said.due_date for said in milestone.revisions if said.kind is not RevisionKind.ACHIEVED][-1]
    code = MILESTONE_CODES.get(milestone.code, milestone.code) if milestone.code else None
    return stated(
        {
            "id": name,
            "title": milestone.title,
            "type": milestone.type,
            "code": code or ("completion" if milestone.completes else None),
            "dueDate": midnight(expected),
            "dateMet": midnight(latest.due_date) if latest.kind is RevisionKind.ACHIEVED else None,
            "dateModified": instant(latest.recorded_at),
            "status": _status(latest, today),
        }
    )


def milestone_history(
    milestone: Milestone, name: str, documents: Mapping[int, str], waits_for: Sequence[str] = ()
) -> dict[str, Any]:
    """
    Return everything that was said about a milestone; observation 1 is the baseline.

    :param documents: how the documents of the project are known, by their numbers
    :param waits_for: the milestones of the project that come first
    """
    first = {
        "completes": milestone.completes,
        "critical": milestone.is_critical,
        "code": milestone.code,
        "after": list(waits_for),
    }
    return {
        "id": f"{MILESTONE_DATE}{name}",
        "title": milestone.title,
        "observations": list(_observations(milestone, name, documents, first)),
    }


def said_on(said: MilestoneRevision) -> date:
    """Return the day on which a statement became public, as histories of promises have it."""
    return said.data_date if said.data_date and said.recorded_by is None else local_date(said.recorded_at)


def _observations(
    milestone: Milestone, name: str, documents: Mapping[int, str], first: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    before: MilestoneRevision | None = None
    digest = ""
    for said in milestone.revisions:
        told = _observation(said, name, documents)
        dimensions = told["dimensions"]
        if before is None:
            dimensions |= {key: value for key, value in first.items() if value}
        elif said.kind not in _ENDS and said.due_date != before.due_date:
            dimensions["noticeDays"] = (last_day(before.due_date, before.precision) - said_on(said)).days
        # Each digest is over the statement and the digest before: who keeps the last one can tell whether any changed.
        digest = hashlib.sha256((digest + _canonical(told)).encode()).hexdigest()
        dimensions |= {"hash": digest, "recorded": instant(said.recorded_at)}
        before = said if said.kind is not RevisionKind.ACHIEVED else before
        yield told


def _observation(said: MilestoneRevision, name: str, documents: Mapping[int, str]) -> dict[str, Any]:
    code, reason, point = said.reason_code, said.reason, str(said.point_id or "")
    elsewhere = public_input_elsewhere(reason) if code is ReasonCode.OTHER else None
    if elsewhere:
        code, (point, reason) = ReasonCode.PUBLIC_INPUT, elsewhere
    dimensions = stated(
        {
            "milestone": name,
            "kind": said.kind,
            "precision": said.precision,
            "saidOn": day(said_on(said)),
            "reasonCode": code,
            "causeParty": _PARTIES.get(code) if code else None,
            "corrects": said.corrects or (said.number - 1 if said.kind is RevisionKind.CORRECTION else None),
            "document": documents.get(said.document_id) if said.document_id else None,
            "point": point,
            "nextSteps": said.next_steps,
            "resumeOn": day(said.resume_on),
        }
    )
    return stated(
        {
            "id": f"{name}.{said.number}",
            "period": stated(
                {
                    "startDate": midnight(said.date_low) if said.date_low else None,
                    "endDate": midnight(said.due_date),
                    "maxExtentDate": midnight(said.date_high) if said.date_high else None,
                }
            ),
            "measure": said.due_date.isoformat(),
            "dimensions": dimensions,
            "notes": reason,
        }
    )


def _canonical(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _status(latest: MilestoneRevision, today: date) -> str:
    """Return a code of ``milestoneStatus``. A date that has passed without being reached is not met."""
    if latest.kind is RevisionKind.ACHIEVED:
        return "met"
    has_passed = last_day(latest.due_date, latest.precision) < today
    return "notMet" if latest.kind is RevisionKind.CANCELLED or has_passed else "scheduled"
