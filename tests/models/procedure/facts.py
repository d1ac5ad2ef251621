"""Dockets for tests, told in civil days: what a test does not speak of is ordinary."""

from dataclasses import fields
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from data.templates.calendars import calendar_of
from data.templates.reading import procedure
from models.clock import end_of_day, start_of_day
from models.docket import Docket
from models.docket_evaluation import evaluate
from models.docket_facts import (
    ActFact,
    DocumentFact,
    DraftFact,
    EvaluationFact,
    FlagFact,
    HearingFact,
    NoticeFact,
    OpinionFact,
    OutcomeFact,
    PeriodFact,
    ProcedureFact,
    StageFact,
    TallyFact,
    WaiverFact,
)
from models.document import DisclosureClass
from models.opinion import OpinionStance
from models.outcome import OutcomeCode
from models.stage import StageKind

CN, US, EU, UK, JP, DE = "cn-713", "us-apa", "eu-better-regulation", "uk-gunning", "jp-apa", "de-baugb"
ZONES = {
    CN: "Asia/Shanghai",
    US: "America/New_York",
    EU: "Europe/Brussels",
    UK: "Europe/London",
    JP: "Asia/Tokyo",
    DE: "Europe/Berlin",
}
ZONE = "Asia/Shanghai"
_LISTS = {
    FlagFact: "flags",
    StageFact: "stages",
    DraftFact: "drafts",
    PeriodFact: "periods",
    NoticeFact: "notices",
    DocumentFact: "documents",
    OpinionFact: "opinions",
    HearingFact: "hearings",
    TallyFact: "tallies",
    OutcomeFact: "outcomes",
    EvaluationFact: "evaluations",
    ActFact: "acts",
    WaiverFact: "waivers",
    ProcedureFact: "procedures",
}


def day(text):
    return date.fromisoformat(text)


def noon(text, zone=ZONE):
    return datetime.combine(day(text), time(12), ZoneInfo(zone))


def docket(*facts, announced="2026-01-05"):
    lists = {name: tuple(fact for fact in facts if type(fact) is kind) for kind, name in _LISTS.items()}
    assert sum(map(len, lists.values())) == len(facts)
    return Docket(decision_id="2026-0001", announced_at=noon(announced), **lists)


def evaluated(procedure_id, overlays, told, on, calendar=None):
    template = procedure(procedure_id, overlays)
    calendar = calendar or calendar_of(template.day_rule.calendar)
    instant = on if isinstance(on, datetime) else noon(on, template.day_rule.zone)
    return evaluate(told, template, calendar, instant)


def flag(name, *, up=True, on="2026-01-05"):
    return FlagFact(flag=name, is_raised=up, recorded_at=noon(on))


def draft(on, *, name="d1", changed=False, options=1):
    return DraftFact(id=name, is_materially_changed=changed, options=options, recorded_at=noon(on))


def period(first, last, *, reason="", said=None, stage="", turn=1, name=None, zone=ZONE):
    return PeriodFact(
        id=name or f"{stage}{turn}",
        stage=stage,
        round=turn,
        opens_at=start_of_day(day(first), zone),
        closes_at=end_of_day(day(last), zone),
        zone=zone,
        reason=reason,
        by="planner",
        recorded_at=noon(said, zone) if said else start_of_day(day(first), zone),
    )


def notice(of, first, *, channel="website", said=None, turn=1):
    return NoticeFact(
        id=f"n-{channel}", of=of, round=turn, channel=channel, from_on=day(first), recorded_at=noon(said or first)
    )


def document(kind, on, *, name=None, key="", withheld="", unready=False):
    disclosure = DisclosureClass.WITHHELD if withheld else DisclosureClass.PUBLIC
    disclosure = DisclosureClass.NOT_YET_DUE if unready else disclosure
    return DocumentFact(
        id=name or f"{kind}{key}", type=kind, key=key, disclosure=disclosure, ground=withheld, recorded_at=noon(on)
    )


def opinion(on, *, name="o1", own=False, stance=OpinionStance.FOR, dissent=False):
    return OpinionFact(
        id=name,
        is_from_own_department=own,
        stance=stance,
        has_dissent=dissent,
        signed_on=day(on),
        recorded_at=noon(on),
    )


def hearing(step, on, *, said=None, **counts):
    return HearingFact(id=f"h-{step}", step=step, on=day(on), recorded_at=noon(said or on), **counts)


def tally(points, answered, on, *, first=None, complete=None, without_reason=0):
    return TallyFact(
        points=points,
        answered=answered,
        without_reason=without_reason,
        first_answer_at=noon(first) if first else None,
        complete_at=noon(complete) if complete else None,
        recorded_at=noon(on),
    )


def outcome(on, *, said=None, effective=None, code=OutcomeCode.ADOPTED, changes=False, name="r1"):
    return OutcomeFact(
        id=name,
        code=code,
        decided_on=day(on),
        effective_on=day(effective) if effective else None,
        states_changes=changes,
        recorded_at=noon(said or on),
    )


def evaluation(on, *, did_assessment=False, name="e1"):
    return EvaluationFact(id=name, evaluated_on=day(on), did_assessment=did_assessment, recorded_at=noon(on))


def act(name, on, *, amount=None, said=None):
    number = None if amount is None else Fraction(amount)
    return ActFact(id=f"a-{name}", act=name, on=day(on), amount=number, recorded_at=noon(said or on))


def stage(key, kind, first, last, *, reason="", said=None):
    return StageFact(
        id=f"s-{key}-{kind}",
        stage=key,
        kind=StageKind(kind),
        starts_on=day(first),
        ends_on=day(last),
        reason=reason,
        recorded_at=noon(said or last),
    )


def waiver(of, reason, on, *, ground="", name="w1"):
    return WaiverFact(id=name, of=of, reason=reason, ground=ground, by="planner", recorded_at=noon(on))


def facts_of(told):
    """Every fact of a docket, whatever it is."""
    return [
        fact for one in fields(told) if isinstance(getattr(told, one.name), tuple) for fact in getattr(told, one.name)
    ]


ONE_SECOND = timedelta(seconds=1)
