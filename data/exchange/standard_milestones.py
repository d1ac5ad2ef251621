"""Milestones of OC4IDS with everything that was ever said of them, as the metrics of this record tell it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from data.exchange.cells import text_of
from data.exchange.standard import listed, mapped
from data.exchange.standard_history import StandardAmendment, StandardMilestone, Statement
from data.exchange.standard_terms import AMENDMENT, CONFIRMATION, MILESTONE_DATE
from data.exchange.standard_values import StandardReader
from models.milestone import MilestoneCode, MilestoneType, Precision, ReasonCode, RevisionKind
from models.milestone_amendment import LONGEST_TITLE, Description
from models.milestone_rules import SHORTEST_OTHER
from models.text import cleaned, one_line

#: What is said where a date moved and the file says no more than that.
NO_REASON = "as in the file; no reason is given in it"
_CORRECTED = (RevisionKind.CORRECTION,)


def milestones_in(
    reader: StandardReader,
    told: Mapping[str, Any],
    forecasts: Mapping[str, list[Mapping[str, Any]]],
    metrics: Mapping[str, list[Mapping[str, Any]]],
) -> Iterator[StandardMilestone]:
    """Yield the milestones of which a file tells the history; of the others, a row has the dates."""
    confirmed = _confirmed(reader, metrics.get(CONFIRMATION, []))
    amendments = _by_milestone(metrics.get(AMENDMENT, []))
    for one in listed(told.get("milestones")):
        name = text_of(one.get("id"))
        observations = forecasts.get(f"{MILESTONE_DATE}{name}", [])
        statements = tuple(_statements(reader, f"forecasts.{MILESTONE_DATE}{name}", observations))
        if not statements:
            continue
        first, amended = mapped(observations[0].get("dimensions")), amendments.get(name, [])
        promised = _described(reader, first, _first_title(amended) or one.get("title") or name)
        yield StandardMilestone(
            name=name,
            type=reader.code(MilestoneType, one.get("type")) or MilestoneType.DELIVERY,
            completes=first.get("completes") is True,
            promised=promised,
            amendments=tuple(_amendments(reader, promised, amended)),
            statements=statements,
            confirmations=confirmed.get(name, ()),
            after=tuple(map(text_of, first["after"])) if isinstance(first.get("after"), list) else (),
        )


def _confirmed(
    reader: StandardReader, observations: list[Mapping[str, Any]]
) -> dict[str, list[tuple[int, date | None]]]:
    """Return which statements were confirmed on which days, by the names of the milestones."""
    found: dict[str, list[tuple[int, date | None]]] = defaultdict(list)
    for one in observations:
        dimensions, column = mapped(one.get("dimensions")), f"metrics.{CONFIRMATION}"
        number, day = dimensions.get("statement"), reader.day(column, mapped(one.get("period")).get("endDate"))
        if not isinstance(number, int):
            reader.note(column, one, "confirmation_left_out")
            continue
        found[text_of(dimensions.get("milestone"))].append((number, day))
    return found


def _by_milestone(observations: list[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in observations:
        found[text_of(mapped(one.get("dimensions")).get("milestone"))].append(one)
    return found


def _first_title(amended: list[Mapping[str, Any]]) -> Any:
    """Return what a milestone was called when it was promised, where the file tells that it was amended."""
    return next((mapped(one.get("dimensions")).get("before") or one.get("measure") for one in amended), None)


def _described(reader: StandardReader, dimensions: Mapping[str, Any], title: Any) -> Description:
    return Description(
        title=one_line(text_of(title))[:LONGEST_TITLE],
        code=reader.code(MilestoneCode, dimensions.get("code")),
        is_critical=dimensions.get("critical") is True,
    )


def _amendments(
    reader: StandardReader, before: Description, amended: list[Mapping[str, Any]]
) -> Iterator[StandardAmendment]:
    """Yield what a milestone was said to be, first to last. What says nothing new is none."""
    column = f"metrics.{AMENDMENT}"
    for one in amended:
        said = _described(reader, mapped(one.get("dimensions")), one.get("measure"))
        if not said.title or said == before:
            reader.note(column, one, "amendment_left_out")
            continue
        before = said
        yield StandardAmendment(
            said=said,
            said_on=reader.day(column, mapped(one.get("period")).get("endDate")),
            reason=cleaned(text_of(one.get("notes"))) or NO_REASON,
        )


def has_history(name: str, forecasts: Any) -> bool:
    """Whether a file tells everything that was said of a milestone."""
    return any(text_of(one.get("id")) == f"{MILESTONE_DATE}{name}" for one in listed(forecasts))


def _statements(reader: StandardReader, column: str, observations: list[Mapping[str, Any]]) -> Iterator[Statement]:
    """Yield statements in their order. A second baseline, and a statement older than the one before, are told."""
    told_on = None
    for place, one in enumerate(observations):
        said = _statement(reader, column, one)
        if said is None:
            continue
        if place and said.kind is RevisionKind.BASELINE:
            reader.fault(column, said.due_date, "second_baseline")
            continue
        if not place and said.kind is not RevisionKind.BASELINE:
            reader.fault(column, said.kind, "no_baseline")
            return
        if told_on and said.said_on and said.said_on < told_on and said.kind not in _CORRECTED:
            reader.fault(column, f"{said.said_on} < {told_on}", "dated_before_predecessor")
            continue
        told_on = max(filter(None, (told_on, said.said_on)), default=None)
        yield said


def _statement(reader: StandardReader, column: str, one: Mapping[str, Any]) -> Statement | None:
    dimensions, period = mapped(one.get("dimensions")), mapped(one.get("period"))
    kind = reader.code(RevisionKind, dimensions.get("kind"))
    due_date = reader.day(column, one.get("measure") or period.get("endDate"))
    if kind is None or due_date is None:
        reader.note(column, one, "statement_left_out")
        return None
    document = text_of(dimensions.get("document"))
    if kind is RevisionKind.REBASELINE and not document:
        reader.note(column, due_date, "rebaseline_without_document")
        kind = RevisionKind.REFORECAST
    code, reason = _why(reader, kind, dimensions, text_of(one.get("notes")))
    point = text_of(dimensions.get("point")) or f"{column}, {text_of(one.get('id')) or due_date}"
    corrects = dimensions.get("corrects")
    return Statement(
        kind=kind,
        due_date=due_date,
        precision=reader.code(Precision, dimensions.get("precision")) or Precision.DAY,
        date_low=reader.day(column, period.get("startDate")),
        date_high=reader.day(column, period.get("maxExtentDate")),
        said_on=reader.day(column, dimensions.get("saidOn")),
        reason_code=code,
        reason=reason,
        point=point[:2000] if code is ReasonCode.PUBLIC_INPUT else "",
        corrects=corrects if isinstance(corrects, int) else None,
        document=document,
        next_steps=cleaned(text_of(dimensions.get("nextSteps"))),
        resume_on=reader.day(column, dimensions.get("resumeOn")),
    )


def _why(
    reader: StandardReader, kind: RevisionKind, dimensions: Mapping[str, Any], reason: str
) -> tuple[ReasonCode | None, str]:
    """Return the code and the words of a reason, such that the record takes them."""
    code = reader.code(ReasonCode, dimensions.get("reasonCode"))
    if not kind.moves:
        return code, reason
    reason = reason or NO_REASON
    code = code or ReasonCode.OTHER
    if code is ReasonCode.OTHER and len(reason) < SHORTEST_OTHER:
        reason = f"{reason} ({NO_REASON})"
    return code, reason
