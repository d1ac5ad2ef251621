"""What a machine asks for, understood strictly: a filter that were ignored would pass for one that was obeyed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from data.queries.comments import CommentFilter
from data.queries.decisions import DecisionFilter
from models.clock import end_of_day, local_date
from models.comment import Stance
from models.decision import DecisionState, Topic
from models.exceptions import InvalidValueError
from models.verdict import VerdictCode

C = TypeVar("C", bound=StrEnum)

#: How many rows a page has, unless it is asked for fewer or more.
USUAL_SIZE = 50
LARGEST_SIZE = 200
_LONGEST_VALUE = 200
_DECISION = re.compile(r"\d{4}-\d{4,15}")
_PROJECT = re.compile(r"P-\d{4,15}")
_DEPARTMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: Numbers of rows fit in 64 bits.
_NUMBER = re.compile(r"\d{1,18}")
_INSTANT = timedelta(microseconds=1)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, by whom it does not matter, at which instant it does."""

    #: Where people find the record: ``https://record.example.gov``.
    site: str
    path: str
    query: Mapping[str, str]
    #: What the path names: ``id``.
    named: Mapping[str, str]
    now: datetime

    @property
    def today(self) -> date:
        """The day on the calendar of the jurisdiction."""
        return local_date(self.now)

    @property
    def address(self) -> str:
        """The address that was asked for."""
        return self.site + self.path + (f"?{urlencode(self.query)}" if self.query else "")

    def page_at(self, **changed: str) -> str:
        """Return the address of another page of the same list."""
        return f"{self.site}{self.path}?{urlencode({**self.query, **changed})}"


def demand_known(query: Mapping[str, str], *names: str) -> None:
    """
    Refuse what is not understood.

    :raises InvalidValueError: if the address has another parameter, or a value that cannot be one
    """
    for name, value in query.items():
        if name not in names:
            raise InvalidValueError("parameter", name)
        if len(value) > _LONGEST_VALUE or _CONTROL.search(value):
            raise InvalidValueError(name, value[:_LONGEST_VALUE])


def code_in(codes: type[C], query: Mapping[str, str], name: str) -> C | None:
    """
    Return the code that is asked for; nothing if none is.

    :raises InvalidValueError: if there is no such code
    """
    value = query.get(name, "")
    if value and value not in {code.value for code in codes}:
        raise InvalidValueError(name, value, [code.value for code in codes])
    return codes(value) if value else None


def decision_in(query: Mapping[str, str], name: str = "decision") -> str | None:
    """Return the number of a decision."""
    return _matching(_DECISION, query, name)


def project_in(query: Mapping[str, str], name: str = "project") -> str | None:
    """Return the number of a project."""
    return _matching(_PROJECT, query, name)


def department_in(query: Mapping[str, str]) -> str | None:
    """Return the code of a department."""
    return _matching(_DEPARTMENT, query, "department")


def number_in(query: Mapping[str, str], name: str) -> int | None:
    """Return a whole number."""
    value = _matching(_NUMBER, query, name)
    return int(value) if value else None


def instant_in(told: str) -> datetime:
    """
    Return the instant that was meant; for a day, the last of it on the calendar of the jurisdiction.

    :raises InvalidValueError: if it is none, or does not say in which zone
    """
    try:
        # In an address, "+" stands for a space.
        found = datetime.fromisoformat(told.replace(" ", "+") if "T" in told else told)
        if found.tzinfo is None:
            return end_of_day(date.fromisoformat(told)) - _INSTANT
        # Beyond these years no zone can be told.
        found.astimezone().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidValueError("at", told) from error
    return found


def size_in(query: Mapping[str, str]) -> int:
    """
    Return how many rows a page shall have.

    :raises InvalidValueError: if not from 1 to :data:`LARGEST_SIZE`
    """
    size = number_in(query, "size")
    if size is None:
        return USUAL_SIZE
    if not 1 <= size <= LARGEST_SIZE:
        raise InvalidValueError("size", query["size"])
    return size


def decision_filter(query: Mapping[str, str]) -> DecisionFilter:
    """Return which decisions are asked for."""
    return DecisionFilter(
        state=code_in(DecisionState, query, "state"),
        department_id=department_in(query),
        topic=code_in(Topic, query, "topic"),
        words=query.get("words", ""),
    )


def comment_filter(query: Mapping[str, str]) -> CommentFilter:
    """Return which comments on a decision are asked for."""
    return CommentFilter(
        clause_key=query.get("clause"),
        stance=code_in(Stance, query, "stance"),
        state=code_in(VerdictCode, query, "state"),
    )


def _matching(form: re.Pattern[str], query: Mapping[str, str], name: str) -> str | None:
    value = query.get(name, "")
    if value and not form.fullmatch(value):
        raise InvalidValueError(name, value)
    return value or None
