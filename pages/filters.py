"""Filters of lists, as they stand in addresses: whatever cannot be understood is not asked for."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from data.queries.catalogue import CatalogueFilter, CatalogueStanding
from data.queries.decisions import DecisionFilter
from models.decision import DecisionState, Topic

C = TypeVar("C", bound=StrEnum)
_YEAR = re.compile(r"[0-9]{4}")


def code_in(codes: type[C], text: str | None) -> C | None:
    """Return the code of that name; nothing if there is none."""
    return codes(text) if text in {code.value for code in codes} else None


def decision_filter(query: Mapping[str, str]) -> DecisionFilter:
    """Return which decisions an address asks for."""
    return DecisionFilter(
        state=code_in(DecisionState, query.get("state")),
        department_id=query.get("department") or None,
        topic=code_in(Topic, query.get("topic")),
        words=query.get("words", ""),
    )


def catalogue_filter(query: Mapping[str, str]) -> CatalogueFilter:
    """Return which entries of the catalogue an address asks for."""
    year = query.get("year", "")
    return CatalogueFilter(
        year=int(year) if _YEAR.fullmatch(year) else None,
        department_id=query.get("department") or None,
        standing=code_in(CatalogueStanding, query.get("standing")),
    )
