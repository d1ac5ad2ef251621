"""How likely the date is: what is said of it from four sides, on one strip, each with what it rests on."""

from dataclasses import dataclass
from datetime import date

from data.queries.departments import DepartmentName
from data.queries.standing import Standing
from models.forecast_record import RecordDays
from models.likelihood import CannotSay, ExpectedDay, Likelihood, Rung
from models.outlook import Outlook
from pages.formats import format_day
from pages.readable.likelihood_axis import Axis
from pages.readable.likelihood_words import cannot_words, class_words, sentence, share_words
from pages.words import word

#: Why a class says no more; the other reasons are about the date.
_OF_THE_CLASS = (CannotSay.NO_CASES, CannotSay.TOO_FEW, CannotSay.MOSTLY_SILENT, CannotSay.TOO_FEW_AS_LATE)


@dataclass(frozen=True, kw_only=True)
class StripRow:
    """One side: what it says in words, and where that lies on the strip, in per cent of its length."""

    #: ``official``, ``class``, ``record`` or ``plan``.
    side: str
    title: str
    #: The day it says first, if it says one.
    words: list[str]
    start: float | None = None
    end: float | None = None
    #: Whether the end is only known to be no earlier.
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class Strip:
    """What is said of a date from all sides."""

    rows: list[StripRow]
    #: Where today and the official date lie, in per cent.
    today: float
    official: float
    #: Days at the axis, and where.
    ticks: list[tuple[str, float]]
    #: The most that can be said, in one sentence.
    sentence: str
    tone: str


def strip(standing: Standing, department: DepartmentName, said: str, language: str) -> Strip | None:
    """
    Return the strip; nothing where the project is over, or nothing was promised.

    :param said: the official date in words, no more exactly than it was said
    """
    outlook = standing.outlook
    if outlook is None or standing.is_ended or CannotSay.ENDED in outlook.by_class.why:
        return None
    axis = Axis(outlook, standing.on)
    by_class = outlook.by_class
    rows = [
        StripRow(
            side="official",
            title=word("project.likely.official", language),
            words=[said, *_passed(outlook, standing.on, language)],
            start=axis.at(outlook.official),
        ),
        _class_row(by_class, axis, department, language),
        *_record_row(outlook, axis, department, language),
        *_plan_row(outlook, axis, language),
    ]
    return Strip(
        rows=rows,
        today=axis.at(standing.on),
        official=axis.at(outlook.official),
        ticks=axis.ticks,
        sentence=_sentence(outlook, department, said, language),
        tone="late" if by_class.chance is None or by_class.chance.share < 1 / 2 else "",
    )


def _sentence(outlook: Outlook, department: DepartmentName, said: str, language: str) -> str:
    """Return the most that can be said: where others tell nothing, how true the department's own dates were."""
    told = sentence(outlook.by_class, said, language)
    is_told = outlook.by_class.chance is not None or CannotSay.DATE_PASSED in outlook.by_class.why
    if is_told or outlook.by_record is None:
        return told
    return word(
        "project.likely.instead", language, record=_record_words(outlook.by_record, department, language), cannot=told
    )


def _class_row(said: Likelihood, axis: Axis, department: DepartmentName, language: str) -> StripRow:
    # Only the first class is of one department.
    shared = class_words(said.key, department, language)
    is_silent = CannotSay.MOSTLY_SILENT in said.why
    words: list[str] = []
    if said.share is not None:
        words.append(
            word(
                "project.likely.share",
                language,
                on_time=said.on_time,
                n=said.n,
                shared=shared,
                **share_words(said.share),
            )
        )
    elif said.n and not is_silent:
        words.append(
            word("project.likely.counts", language, on_time=said.on_time, late=said.late, n=said.n, shared=shared)
        )
    if said.silent and not is_silent:
        words.append(word("project.likely.silent", language, count=said.silent))
    if said.median is not None:
        words.append(_dates(said, language))
    words += [cannot_words(one, said, "", language) for one in said.why if one in _OF_THE_CLASS]
    if said.cancelled and said.rung is not Rung.NOTHING:
        words.append(word("project.likely.cancelled", language, count=said.cancelled))
    last = said.most or said.median
    return StripRow(
        side="class",
        title=word("project.likely.by_class", language),
        words=words,
        start=axis.at(said.median.day) if said.median else None,
        end=axis.at(last.day) if last and said.median and last.day > said.median.day else None,
        is_open=bool(last and last.is_lower_bound),
    )


def _dates(said: Likelihood, language: str) -> str:
    parts = [_by("project.likely.half", said.median, language)]
    if said.most is not None:
        parts.append(_by("project.likely.most", said.most, language))
    dates = word("project.likely.between", language).join(parts)
    return word("project.likely.at_risk", language, cases=said.at_risk, dates=dates)


def _by(key: str, expected: ExpectedDay | None, language: str) -> str:
    if expected is None:
        return ""
    if expected.is_lower_bound:
        key += "_open"
    return word(key, language, day=format_day(expected.day))


def _record_row(outlook: Outlook, axis: Axis, department: DepartmentName, language: str) -> list[StripRow]:
    found = outlook.by_record
    if found is None:
        return []
    words = [_record_words(found, department, language)]
    if found.median is not None:
        parts = [word("project.likely.half", language, day=format_day(found.median))]
        if found.most is not None:
            parts.append(word("project.likely.most", language, day=format_day(found.most)))
        words.append(
            word("project.likely.record_days", language, dates=word("project.likely.between", language).join(parts))
        )
    return [
        StripRow(
            side="record",
            title=word("project.likely.by_record", language),
            words=words,
            start=axis.at(found.median) if found.median else None,
            end=axis.at(found.most) if found.most and found.median and found.most > found.median else None,
        )
    ]


def _record_words(found: RecordDays, department: DepartmentName, language: str) -> str:
    record = found.record
    told = {
        "department": department.name(language),
        "lead": int(record.lead),
        "n": record.n,
        "on_time": record.on_time,
    }
    if record.share is None:
        return word("project.likely.record_few", language, **told)
    return word("project.likely.record_share", language, **told, **share_words(record.share))


def _plan_row(outlook: Outlook, axis: Axis, language: str) -> list[StripRow]:
    if outlook.by_plan is None:
        return []
    words = [format_day(outlook.by_plan), word("project.likely.plan_words", language)]
    return [
        StripRow(
            side="plan", title=word("project.likely.by_plan", language), words=words, start=axis.at(outlook.by_plan)
        )
    ]


def _passed(outlook: Outlook, today: date, language: str) -> list[str]:
    return [word("project.likely.passed", language)] if outlook.official < today else []
