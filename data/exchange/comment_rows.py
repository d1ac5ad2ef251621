"""Rows of a file of comments."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from data.exchange.cells import CellFault, folded, is_blank, text_of
from data.exchange.dates import day_of
from data.exchange.report import Reported, told
from data.exchange.sources import Row, Source
from models.clock import end_of_day, start_of_day, zone
from models.comment import LONGEST_COMMENT
from models.decision import Language
from models.text import cleaned, one_line

_HEADINGS: dict[str, tuple[str, ...]] = {
    "text": ("comment body", "comment text", "comment", "text", "body", "意见内容", "意见", "评论", "留言", "内容"),
    "identifier": ("comment id", "id", "编号", "序号"),
    "parent": ("parent id", "parentid", "parent", "reply to"),
    "instant": ("timestamp", "received at", "created at", "datetime", "提交时间", "时间"),
    "day": ("date", "日期"),
    "clock": ("time",),
    "name": ("name", "author", "姓名", "署名"),
    "contact": ("contact", "email", "e mail", "phone", "联系方式", "电话", "邮箱"),
}
_NO_PARENT = ("", "-1", "0")
_CLOCK = re.compile(r"(?:0 days )?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?")
_SECONDS, _MILLISECONDS = 10, 13
_LONGEST_NAME, _LONGEST_CONTACT = 100, 200
#: What an identifier is where there is none, and the words are looked at instead.
_BY_WORDS = "sha256:"


@dataclass(frozen=True, kw_only=True)
class CommentColumns:
    """Which column of a file of comments means what."""

    text: str = ""
    identifier: str = ""
    parent: str = ""
    #: An instant: ISO 8601, or seconds or milliseconds since 1970.
    instant: str = ""
    #: A day, and the time of day.
    day: str = ""
    clock: str = ""
    name: str = ""
    contact: str = ""

    def named(self) -> list[str]:
        """Return the columns that it names."""
        return [name for field in fields(self) if (name := getattr(self, field.name))]


@dataclass(frozen=True, kw_only=True)
class Period:
    """The time in which comments were taken, and the zone of its days."""

    opens_at: datetime
    closes_at: datetime
    zone: str


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    """What a row says, or what is wrong with it."""

    number: int
    #: What tells the comment from others of its list.
    identity: str
    body: str
    language: Language
    name: str
    contact: str
    received_at: datetime
    fault: Reported | None = None
    notes: tuple[Reported, ...] = ()


def guess_columns(source: Source) -> CommentColumns:
    """Return what the columns seem to mean; the text is empty if no column seems to hold comments."""
    by_name = {folded(column): column for column in reversed(source.columns)}
    found = {
        field: next((by_name[name] for name in names if name in by_name), "") for field, names in _HEADINGS.items()
    }
    return CommentColumns(**found)


def read_comments(
    source: Source, columns: CommentColumns, period: Period, received_at: datetime | None
) -> Iterator[CommentRow]:
    """Yield what each row says. Equal comments without identifiers are counted, since each was sent."""
    known = {text_of(row.cells.get(columns.identifier)) for row in source.rows()} if columns.parent else set()
    seen: Counter[bytes] = Counter()
    for row in source.rows():
        identifier = text_of(row.cells.get(columns.identifier)) if columns.identifier else ""
        words = text_of(row.cells.get(columns.text))
        identity = identifier or _BY_WORDS + sha256(f"{_when(row, columns)}\n{words}".encode()).hexdigest()
        digest = sha256(identity.encode()).digest()[:12]
        seen[digest] += 1
        if not identifier:
            identity = f"{identity}:{seen[digest]}"
        fault = _fault(row, columns, words)
        if fault is None and identifier and seen[digest] > 1:
            fault = told(row.number, columns.identifier, identifier, "duplicate_identifier")
        came_at = received_at
        if fault is None:
            came_at, fault = _came_at(row, columns, period, received_at)
        yield CommentRow(
            number=row.number,
            identity=identity,
            body=words,
            language=_language(words),
            name=one_line(text_of(row.cells.get(columns.name)))[:_LONGEST_NAME],
            contact=one_line(text_of(row.cells.get(columns.contact)))[:_LONGEST_CONTACT],
            received_at=came_at or period.opens_at,
            fault=fault,
            notes=tuple(_notes(row, columns, known)),
        )


def _fault(row: Row, columns: CommentColumns, words: str) -> Reported | None:
    if row.fault:
        return told(row.number, "", "", row.fault)
    body = cleaned(words)
    if not body:
        return told(row.number, columns.text, words, "missing_text")
    return told(row.number, columns.text, words, "too_long") if len(body) > LONGEST_COMMENT else None


def _came_at(
    row: Row, columns: CommentColumns, period: Period, received_at: datetime | None
) -> tuple[datetime | None, Reported | None]:
    column, value = columns.instant or columns.day, _when(row, columns)
    try:
        came_at = received_at or _instant(row.cells, columns, period)
    except CellFault as fault:
        return None, told(row.number, column, value, fault.reason)
    if came_at is None:
        return None, told(row.number, column, value, "missing_date")
    if not period.opens_at <= came_at < period.closes_at:
        return None, told(row.number, column, value or came_at.isoformat(), "outside_period")
    return came_at, None


def _when(row: Row, columns: CommentColumns) -> str:
    return " ".join(
        text for column in (columns.instant, columns.day, columns.clock) if (text := text_of(row.cells.get(column)))
    )


def _instant(cells: Mapping[str, Any], columns: CommentColumns, period: Period) -> datetime | None:
    told_at = cells.get(columns.instant)
    if not is_blank(told_at):
        text = text_of(told_at)
        if text.isdigit() and len(text) in (_SECONDS, _MILLISECONDS):
            return datetime.fromtimestamp(int(text) / (1000 if len(text) == _MILLISECONDS else 1), UTC)
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            return _some_time_on(day_of(told_at).day, period)
        has_time = len(text) > len("2026-01-01")
        aware = read if read.tzinfo else read.replace(tzinfo=zone(period.zone))
        return aware if has_time else _some_time_on(read.date(), period)
    if is_blank(cells.get(columns.day)):
        return None
    day = day_of(cells[columns.day]).day
    clock = _CLOCK.fullmatch(text_of(cells.get(columns.clock)))
    if clock is None:
        return _some_time_on(day, period)
    hour, minute, second = (int(part or 0) for part in clock.groups())
    return datetime.combine(day, time(), zone(period.zone)) + timedelta(hours=hour, minutes=minute, seconds=second)


def _some_time_on(day: date, period: Period) -> datetime:
    """Return the first instant of a day; of its part within the period, where it has one."""
    start = start_of_day(day, period.zone)
    return period.opens_at if start < period.opens_at < end_of_day(day, period.zone) else start


def _notes(row: Row, columns: CommentColumns, known: set[str]) -> Iterator[Reported]:
    parent = text_of(row.cells.get(columns.parent)) if columns.parent else ""
    if parent not in _NO_PARENT:
        # The record keeps what was said, not whom it answers.
        yield told(row.number, columns.parent, parent, "reply" if parent in known else "orphan_reply")


def _language(words: str) -> Language:
    return Language.CHINESE if any("\u3400" <= character <= "\u9fff" for character in words) else Language.ENGLISH
