"""The command ``python -m data forecast``: how likely a date is and why, in words; and keeping what was said of it."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.database import reading
from data.feeds.portfolio_asked import day_in
from data.operations.forecasts import PublishForecasts, publish_forecasts
from data.queries.forecasts import chances
from data.queries.record import example_day
from data.queries.standing import Standing
from data.queries.standings import all_standings, standings_at
from data.writer import change
from models.actor import OPERATOR
from models.clock import local_date, start_of_day, utc_now
from models.exceptions import InvalidValueError, NotFoundError
from models.light_reasons import Reason
from models.likelihood import RULE_VERSION, CannotSay, ExpectedDay, Likelihood, Scale
from models.outlook import Outlook
from models.published_forecast import PublishedForecast
from models.reference_class import MEDIAN_FROM, SHARE_FROM, ClassKey, Level
from models.survival import Share

_CLASSES = {
    Level.DEPARTMENT_STAGE_SECTOR: "of the same department ({department}), stage ({stage}) and sector ({sector})",
    Level.STAGE_SECTOR: "of the same stage ({stage}) and sector ({sector})",
    Level.STAGE: "of the same stage ({stage})",
    Level.ALL: "of every kind, since too few are more alike",
}
_WHY = {
    CannotSay.ENDED: "it was reached, or given up.",
    CannotSay.NO_CASES: "there is no other promise like it whose first date has passed.",
    CannotSay.TOO_FEW: f"too few are like it; a share needs {SHARE_FROM}, a date {MEDIAN_FROM}.",
    CannotSay.MOSTLY_SILENT: "of most of them nothing was said since their date; it would measure their silence.",
    CannotSay.TOO_FEW_AS_LATE: "too few of them took as long as this one has by now.",
    CannotSay.DATE_PASSED: "the date said now has passed; it can no longer be kept.",
    CannotSay.BEYOND_EXPERIENCE: "the date said now lies beyond anything observed.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what ``forecast`` takes."""
    parser.add_argument("project", nargs="?", metavar="PROJECT", help="its number: P-1006")
    parser.add_argument("--as-of", metavar="DAY", default="", help="as of the end of a past day: YYYY-MM-DD")
    parser.add_argument("--publish", action="store_true", help="keep what is said of every project now, once a month")


def run(asked: argparse.Namespace) -> int:
    """
    Explain the likelihood of a project in words, or publish those of all.

    :raises NotFoundError: if there is no such project, or was none then
    :raises InvalidValueError: if neither is asked for, or the day cannot be read
    """
    now = utc_now()
    if asked.publish:
        _say(publish(now))
        return 0
    if not asked.project:
        raise InvalidValueError("project", "missing")
    day = day_in({"as_of": asked.as_of}, local_date(now)) or local_date(now)
    with reading() as session:
        found = standings_at(session, [asked.project], day, now=now).get(asked.project)
        if found is None:
            raise NotFoundError("project", asked.project)
        for line in explained(found):
            _say(line)
    return 0


def publish(now: datetime) -> str:
    """Keep what is said of every project that goes on, unless it was this month; return in words what was done."""
    with reading() as session:
        kept = _kept_this_month(session, now)
        if kept is not None:
            return f"Nothing is published: the forecasts of this month were kept on {local_date(kept)}."
        forecasts = tuple(chances(all_standings(session, now).values()))
        is_synthetic = example_day(session) is not None
    if not forecasts:
        return "Nothing is published: of no project that goes on can a chance be stated."
    command = PublishForecasts(forecasts=forecasts, rule_version=str(RULE_VERSION), is_synthetic=is_synthetic)
    change(publish_forecasts, command, OPERATOR, now=now)
    beside = " They are of an example, and scored as of an invented city." if is_synthetic else ""
    return f"{len(forecasts)} forecasts are kept, by rule {RULE_VERSION}.{beside}"


def explained(standing: Standing) -> Iterator[str]:
    """Yield what is said of a project's date and why, line by line."""
    yield f"{standing.project_id} {standing.said.title}, as of {standing.on}"
    yield f"Light {standing.light.light} ({standing.light.light.name.lower()}) by rule {standing.light.rule_version}:"
    yield from (f"  {_reason(reason)}" for reason in standing.light.reasons)
    end, outlook = standing.completion, standing.outlook
    if end is None or outlook is None:
        yield "Nothing was promised: nothing can be said."
        return
    yield f"Its end is {end.title}: first promised for {end.first}, last for {end.latest}; moved {end.moves} times."
    if end.slip_first is not None and end.slip_latest is not None:
        yield f"  {end.slip_first.days} days later than first promised, {end.slip_latest.days} than promised last."
    yield f"What follows is computed by rule {RULE_VERSION}, and no promise of the department."
    yield from _evidence(outlook.by_class)
    if not standing.is_ended:
        yield from _strip(outlook, standing.on)


def _kept_this_month(session: Session, now: datetime) -> datetime | None:
    began = start_of_day(local_date(now).replace(day=1))
    made_at = col(PublishedForecast.made_at)
    return session.exec(select(PublishedForecast.made_at).where(made_at >= began).order_by(made_at.desc())).first()


def _reason(reason: Reason) -> str:
    in_money = f" of the smallest unit of {reason.currency}" if reason.currency else ""
    measured = "" if reason.measured is None else f" {reason.measured}{in_money}"
    limit = "" if reason.limit is None else f" (limit {reason.limit})"
    return f"{reason.light} {reason.code.replace('_', ' ')}{measured}{limit}"


def _evidence(found: Likelihood) -> Iterator[str]:
    if found.why == (CannotSay.ENDED,):
        yield f"Nothing is to be expected any more: {_WHY[CannotSay.ENDED]}"
        return
    yield f"Evidence: promises {_class(found.key)}."
    yield f"  {found.n} others whose first date has passed: {found.on_time} reached by it, {found.late} not."
    if found.silent:
        yield f"  Of {found.silent} of those nothing was said since: they count as late, and may only be untold."
    if found.cancelled:
        yield f"  {found.cancelled} more were given up; they are not among the {found.n}."
    yield f"Rung of evidence: {found.rung}."
    if found.share is not None:
        yield f"  Kept their first date: {_share(found.share)}."
    if found.median is not None:
        scale = "times as long as promised" if found.scale is Scale.RATIO else "days after the first date"
        yield f"  {found.at_risk} of them took longer than this one has by now, measured in {scale}:"
        yield f"  half of those were reached by {_expected(found.median)}."
    if found.most is not None:
        yield f"  Four of five were reached by {_expected(found.most)}."
    if found.chance is not None:
        yield f"Chance of the date said now, as it has not been reached yet: {_share(found.chance)}."
    for why in found.why:
        yield f"Cannot say more: {_WHY[why]}"


def _strip(outlook: Outlook, today: date) -> Iterator[str]:
    beside = " (passed)" if outlook.official < today else ""
    computed = [one for one in outlook.days if one != outlook.official]
    span = f"computed {computed[0]} to {computed[-1]}" if computed else "nothing computed"
    yield f"Official date {outlook.official}{beside}; {span}."
    record = outlook.by_record
    if record is not None:
        told = record.record
        median = f"half by {record.median}" if record.median else "too few to say when"
        counted = f"{told.on_time} of {told.n} came true by the date"
        yield f"Its department's dates {told.lead.value} months ahead: {counted}; {median}."
    if outlook.by_plan is not None:
        yield f"At the pace at which its plan was kept so far (earned schedule): {outlook.by_plan}."


def _class(key: ClassKey) -> str:
    return _CLASSES[key.level].format(department=key.department, stage=key.stage, sector=key.sector)


def _share(share: Share) -> str:
    return f"{share.share:.0%} (range {share.low:.0%} to {share.high:.0%}, n {share.n:.0f})"


def _expected(expected: ExpectedDay) -> str:
    return f"{expected.day} at the earliest" if expected.is_lower_bound else f"{expected.day}"


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the command talks to people
