"""Reading the catalogue of what is to be published of projects from the table that an authority edited."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from data.exchange.cells import text_of
from data.exchange.sources import Row, content_of
from data.exchange.tables import csv_source
from models.disclosure_rule import DisclosureRule
from models.document import DocumentType
from models.exceptions import UnreadableFileError
from models.project import ApprovalRoute

#: The columns of the table that goes out; the last one is the statement that its author saw, nothing for a new item.
COLUMNS = (
    "key",
    "class_number",
    "title_zh",
    "title_en",
    "days",
    "document_type",
    "approval_route",
    "source",
    "retired",
    "number",
)
_NEEDED = {"key", "class_number", "title_zh", "title_en", "days"}
#: The columns that need not be there, and what each says of an item.
_MAY_MISS = {
    "document_type": "document_type",
    "approval_route": "approval_route",
    "source": "source",
    "retired": "is_retired",
}
#: No authority has so many items.
_MOST = 1_000
_YES, _NO = ("yes", "true", "1", "是"), ("", "no", "false", "0", "否")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class RuleFault:
    """Why a row cannot be taken."""

    row: int
    column: str
    value: str


@dataclass(frozen=True, kw_only=True)
class RuleDifference:
    """What a row says of an item, beside what holds; nothing where it is new."""

    row: int
    before: DisclosureRule | None
    after: DisclosureRule


@dataclass(frozen=True, kw_only=True)
class RuleReading:
    """A table as it was read: what it would change, and what is wrong with it."""

    rows: int
    differences: tuple[RuleDifference, ...]
    faults: tuple[RuleFault, ...]


class _NoRuleError(Exception):
    """Raised if a cell is not what its column says: ``(column,)``."""


def read_catalogue(content: bytes, holding: Mapping[str, DisclosureRule], name: str = "") -> RuleReading:
    """
    Read the table, and return what of it differs from what holds. What is not in it stays as it is.

    :raises UnreadableFileError: if it cannot be read at all, a column is missing, or it has too many rows
    """
    source = csv_source(content_of(content, name))
    missing = _NEEDED - set(source.columns)
    if missing:
        raise UnreadableFileError("missing_column", min(missing))
    rows = list(islice(source.rows(), _MOST + 1))
    if len(rows) > _MOST:
        raise UnreadableFileError("too_many_rows", _MOST)
    rules: dict[str, tuple[Row, DisclosureRule]] = {}
    faults = []
    for row in rows:
        try:
            rule = _rule(row, holding, rules)
        except _NoRuleError as error:
            column = str(error)
            faults.append(RuleFault(row=row.number, column=column, value=text_of(row.cells.get(column))[:200]))
        else:
            rules[rule.key] = (row, rule)
    differences = [
        RuleDifference(row=row.number, before=holding.get(key), after=rule)
        for key, (row, rule) in rules.items()
        if rule != holding.get(key)
    ]
    return RuleReading(rows=len(rows), differences=tuple(differences), faults=tuple(faults))


def _rule(row: Row, holding: Mapping[str, DisclosureRule], others: Container[str]) -> DisclosureRule:
    if row.fault or _text(row, "key") in others:
        raise _NoRuleError("key")
    before = holding.get(_text(row, "key"))
    said = DisclosureRule(
        key=_text(row, "key", is_needed=True),
        class_number=_number(row, "class_number"),
        title_zh=_text(row, "title_zh", is_needed=True),
        title_en=_text(row, "title_en", is_needed=True),
        days=_number(row, "days"),
        document_type=_code(row, "document_type", DocumentType),
        approval_route=_code(row, "approval_route", ApprovalRoute),
        source=_text(row, "source"),
        is_retired=_is_retired(row),
        number=_seen(row, before),
    )
    if before is None:
        return said
    # Whoever sends fewer columns says nothing of the others.
    unsaid = {name: getattr(before, name) for column, name in _MAY_MISS.items() if column not in row.cells}
    return replace(said, **unsaid)


def _is_retired(row: Row) -> bool:
    text = _text(row, "retired").casefold()
    if text not in (*_YES, *_NO):
        raise _NoRuleError("retired")
    return text in _YES


def _seen(row: Row, before: DisclosureRule | None) -> int:
    """Return the number of the statement that the author of a row saw."""
    if not _text(row, "number"):
        return before.number if before else 0
    return _number(row, "number")


def _text(row: Row, column: str, *, is_needed: bool = False) -> str:
    # An apostrophe that keeps a spreadsheet from calculating is no part of a cell.
    text = text_of(row.cells.get(column)).removeprefix("'")
    if is_needed and not text:
        raise _NoRuleError(column)
    return text


def _number(row: Row, column: str) -> int:
    text = _text(row, column).removesuffix(".0")
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(_MOST)):
        raise _NoRuleError(column)
    return int(text)


def _code(row: Row, column: str, codes: type[E]) -> E | None:
    text: Any = _text(row, column)
    try:
        return codes(text) if text else None
    except ValueError as error:
        raise _NoRuleError(column) from error
