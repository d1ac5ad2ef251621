"""What a decision owes, as JSON: the same for the API and for the command line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from data.feeds.written import day, instant
from data.queries.duties import Duties
from data.templates.command import due_as_json
from models.docket_facts import WaiverFact
from models.docket_view import Evidence
from models.duty_item import Item, ItemState
from models.procedure import ProcessTemplate

#: What is late, or lacks: whoever checks a decision is told by the exit code that there is something of it.
AT_FAULT = (ItemState.OVERDUE, ItemState.MISSING)


def as_duties(duties: Duties, *, decision_id: str, as_of: datetime) -> dict[str, Any]:
    """Return everything the procedure of a decision demands, and where it stands."""
    found, template = duties.evaluation, duties.template
    return {
        "decision": decision_id,
        "as_of": instant(as_of),
        "procedure": {
            "template": template.id,
            "version": template.version,
            "overlays": list(template.overlays),
            "title": template.title.model_dump(),
            "zone": template.day_rule.zone,
        },
        "met": found.met,
        "due": len(found.due),
        "items": [_item(item, template) for item in found.items],
        "contradictions": [
            {
                "kind": one.kind.value,
                "what": one.what,
                "on": day(one.on),
                "before": one.before,
                "before_on": day(one.before_on),
            }
            for one in found.contradictions
        ],
        "waivers": [_waiver(one) for one in found.waivers],
        "availability": [
            {
                "stage": one.stage,
                "round": one.round,
                "document": one.document_id,
                "type": one.type,
                "available_at": instant(one.available_at),
                "share": str(one.share),
            }
            for one in found.availability
        ],
        "days_from_closing_to_decision": found.gap_from_closing,
        "days_from_analysis_to_decision": found.gap_from_analysis,
        "days_since_closing": found.days_since_closing,
        "days_of_notice": found.notice_days,
        "days_open": found.days_open,
        "points": found.points,
        "points_answered": found.points_answered,
    }


def _item(item: Item, template: ProcessTemplate) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": item.kind.value,
        "stage": item.stage,
        "title": item.title.model_dump() if item.title else None,
        "state": item.state.value,
        "why": item.why.value if item.why else None,
        "due": due_as_json(item.due) if item.due else None,
        "days": item.days,
        "evidence": _evidence(item.evidence),
        "counts_from": _evidence(item.counts_from),
        "articles": _articles(item.articles, template),
        "waiver": _waiver(item.waiver) if item.waiver else None,
        # Thirds are exact as they are, and as nothing else.
        "figure": None if item.figure is None else str(item.figure),
        "planned": None
        if item.planned is None
        else {
            "first_starts_on": day(item.planned.first_starts_on),
            "first_ends_on": day(item.planned.first_ends_on),
            "starts_on": day(item.planned.starts_on),
            "ends_on": day(item.planned.ends_on),
            "moves": item.planned.moves,
        },
        "should_close": instant(item.should_close),
        "channels_missing": list(item.channels_missing),
    }


def _articles(articles: Iterable[str], template: ProcessTemplate) -> list[dict[str, str]]:
    return [{"id": article, **template.cite(article).model_dump()} for article in articles]


def _evidence(found: Evidence | None) -> dict[str, Any] | None:
    if found is None:
        return None
    said = {"kind": found.kind, "id": found.id, "day": day(found.day), "recorded_at": instant(found.recorded_at)}
    return said | ({"ground": found.ground} if found.ground else {})


def _waiver(waiver: WaiverFact) -> dict[str, Any]:
    return {
        "id": waiver.id,
        "of": waiver.of,
        "reason": waiver.reason,
        "ground": waiver.ground,
        "by": waiver.by,
        "recorded_at": instant(waiver.recorded_at),
    }
