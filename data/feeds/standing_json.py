"""How a project stands, as JSON: its light and why, how likely its date is and on what evidence, what contradicts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from data.feeds.written import day, money
from data.queries.milestone_standing import MilestoneStanding
from data.queries.promised import MilestonePromise
from data.queries.standing import Standing
from models.lights import LightResult
from models.likelihood import RULE_VERSION, ExpectedDay, Likelihood
from models.outlook import Outlook
from models.project_contradiction import ProjectContradiction
from models.project_facts import Amount
from models.promised_day import Slip
from models.survival import Share

#: Digits of a share after the point: a tenth of a percent.
_DIGITS = 3


def as_standing(standing: Standing, beside: Iterable[ProjectContradiction] = ()) -> dict[str, Any]:
    """
    Return what is computed of a project, each by its published rule.

    :param beside: what does not fit when it is laid beside other projects
    """
    end = standing.completion
    return {
        "as_of": day(standing.on),
        "light": _light(standing.light),
        "likelihood": None if standing.outlook is None else _outlook(standing.outlook),
        "contradictions": as_contradictions(standing, beside),
        "slip_first": _slip(end.slip_first) if end else None,
        "slip_latest": _slip(end.slip_latest) if end else None,
        "notice_days": end.notice if end else None,
        #: Days by which its end moves away, each day.
        "creep_rate": None if standing.creep is None else round(standing.creep, _DIGITS),
        "spent": money(standing.spent.units, standing.spent.currency) if standing.spent else None,
    }


def as_contradictions(standing: Standing, beside: Iterable[ProjectContradiction] = ()) -> list[dict[str, Any]]:
    """Return what does not fit in a project, and then beside others, each with its sources."""
    return [_contradiction(one) for one in (*standing.contradictions, *beside)]


def as_milestone_standing(standing: MilestoneStanding, promise: MilestonePromise) -> dict[str, Any]:
    """Return the dates of a milestone: what was promised first and last, what came, how it moved, with what notice."""
    history = promise.history
    return {
        "id": standing.id,
        "title": standing.title,
        "type": promise.type,
        "code": promise.fact.code,
        "completes": promise.fact.completes,
        "is_critical": promise.fact.is_critical,
        "kind": history.latest.kind,
        "state": standing.state,
        "statements": len(history.said),
        "first_date": day(history.first.due_date),
        "first_precision": history.first.precision,
        "latest_date": day(history.promise.due_date),
        "latest_precision": history.promise.precision,
        "actual_date": day(standing.actual),
        "slip_first": _slip(standing.slip_first),
        "slip_latest": _slip(standing.slip_latest),
        "rebaseline_date": day(standing.rebaselined.said) if standing.rebaselined else None,
        "slip_rebaseline": _slip(standing.slip_baseline),
        "moves": standing.moves,
        "notice_days": standing.notice,
        "moved_at_short_notice": standing.moved_shortly,
        "moved_after_the_date": standing.moved_after,
        "waits_for": list(promise.fact.depends_on),
    }


def _light(light: LightResult) -> dict[str, Any]:
    return {
        "code": light.light,
        "rule_version": light.rule_version,
        "reasons": [
            {
                "code": reason.code,
                "light": reason.light,
                "measured": reason.measured,
                "limit": reason.limit,
                "milestone": reason.milestone,
                "currency": reason.currency,
            }
            for reason in light.reasons
        ],
    }


def _outlook(outlook: Outlook) -> dict[str, Any]:
    record = outlook.by_record
    return {
        "official_date": day(outlook.official),
        **_likelihood(outlook.by_class),
        "by_record": None
        if record is None
        else {
            "lead_months": int(record.record.lead),
            "n": record.record.n,
            "on_time": record.record.on_time,
            "median": day(record.median),
            "most": day(record.most),
        },
        "by_plan": day(outlook.by_plan),
    }


def _likelihood(found: Likelihood) -> dict[str, Any]:
    return {
        "rule_version": RULE_VERSION,
        "rung": found.rung,
        "class": {
            "level": found.key.level,
            "department": found.key.department or None,
            "stage": found.key.stage or None,
            "sector": found.key.sector or None,
        },
        "n": found.n,
        "on_time": found.on_time,
        "silent": found.silent,
        "cancelled": found.cancelled,
        "scale": found.scale,
        "at_risk": found.at_risk,
        "share": _share(found.share),
        "chance": _share(found.chance),
        "median": _expected(found.median),
        "most": _expected(found.most),
        "cannot_say": list(found.why),
    }


def _share(share: Share | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {
        "share": round(share.share, _DIGITS),
        "low": round(share.low, _DIGITS),
        "high": round(share.high, _DIGITS),
        "n": round(share.n, 1),
    }


def _expected(expected: ExpectedDay | None) -> dict[str, Any] | None:
    return None if expected is None else {"day": day(expected.day), "is_lower_bound": expected.is_lower_bound}


def _slip(slip: Slip | None) -> dict[str, int] | None:
    return None if slip is None else {"days": slip.days, "least": slip.least, "most": slip.most}


def _contradiction(found: ProjectContradiction) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "sources": [
            {"kind": source.kind, "id": source.id, "value": _value(source.value), "on": day(source.on)}
            for source in found.sources
        ],
    }


def _value(value: int | str | date | Amount | None) -> Any:
    if isinstance(value, Amount):
        return money(value.units, value.currency)
    return day(value) if isinstance(value, date) else value
