"""
Milestones as OC4IDS has them: one date each, and in ``forecasts`` every statement that was ever made about them.

A milestone is known within its project by its place among those that were promised, which never changes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from data.exchange.standard_terms import MILESTONE_CODES, MILESTONE_DATE
from data.feeds.stated import stated
from data.feeds.written import day, instant, midnight
from models.day_said import said_on
from models.milestone import Milestone, MilestoneRevision, ReasonCode, RevisionKind
from models.milestone_amendment import MilestoneAmendment
from models.milestone_revision import MilestoneConfirmation
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


def as_milestone(
    milestone: Milestone, name: str, today: date, beside: Iterable[MilestoneConfirmation | MilestoneAmendment] = ()
) -> dict[str, Any]:
    """
    Return a milestone as it stands.

    :param beside: when it was said that its date still holds, and what it is
    """
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
            "dateModified": instant(max([latest.recorded_at, *(one.recorded_at for one in beside)])),
            "status": _status(latest, today),
        }
    )


def milestone_history(
    milestone: Milestone,
    name: str,
    documents: Mapping[int, str],
    points: Mapping[int, str],
    waits_for: Sequence[str] = (),
) -> dict[str, Any]:
    """
    Return everything that was said about a milestone; observation 1 is the baseline.

    :param documents: how the documents of the project are known, by their numbers
    :param points: where the adopted points can be read that moved dates, by their numbers
    :param waits_for: the milestones of the project that come first
    """
    # As it was promised: what it was said to be since must not change a statement of which the digest is known.
    first = {
        "completes": milestone.completes,
        "critical": milestone.first_is_critical,
        "code": milestone.first_code,
        "after": list(waits_for),
    }
    return {
        "id": f"{MILESTONE_DATE}{name}",
        "title": milestone.title,
        "observations": list(_observations(milestone, name, documents, points, first)),
    }


def _observations(
    milestone: Milestone,
    name: str,
    documents: Mapping[int, str],
    points: Mapping[int, str],
    first: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:
    before: MilestoneRevision | None = None
    digest = ""
    for said in milestone.revisions:
        told = _observation(said, name, documents, points)
        dimensions = told["dimensions"]
        if before is None:
            dimensions |= {key: value for key, value in first.items() if value}
        elif said.kind not in _ENDS and said.due_date != before.due_date:
            dimensions["noticeDays"] = (last_day(before.due_date, before.precision) - said_on(said)).days
        # Each digest is over the statement and the digest before: who keeps the last one can tell whether any changed.
        digest = hashlib.sha256((digest + _canonical(_wherever_found(told))).encode()).hexdigest()
        dimensions |= {"hash": digest, "recorded": instant(said.recorded_at)}
        before = said if said.kind is not RevisionKind.ACHIEVED else before
        yield told


def _observation(
    said: MilestoneRevision, name: str, documents: Mapping[int, str], points: Mapping[int, str]
) -> dict[str, Any]:
    code = said.reason_code
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
            "point": points.get(said.point_id) if said.point_id else said.point_elsewhere,
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
            "notes": said.reason,
        }
    )


def _wherever_found(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a statement without the host of the record that it points into: a record may move to another one."""
    dimensions = told["dimensions"]
    if not dimensions.get("point", "").startswith("http"):
        return told
    address = urlsplit(dimensions["point"])
    return {**told, "dimensions": {**dimensions, "point": f"{address.path}#{address.fragment}"}}


def _canonical(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _status(latest: MilestoneRevision, today: date) -> str:
    """Return a code of ``milestoneStatus``. A date that has passed without being reached is not met."""
    if latest.kind is RevisionKind.ACHIEVED:
        return "met"
    has_passed = last_day(latest.due_date, latest.precision) < today
    return "notMet" if latest.kind is RevisionKind.CANCELLED or has_passed else "scheduled"
