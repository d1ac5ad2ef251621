"""Filters of lists, as they stand in addresses: whatever cannot be understood is not asked for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from data.queries.decisions import DecisionFilter
from data.queries.projects import ProjectFilter, ProjectState
from models.decision import DecisionState, Topic
from models.project import Phase, Sector

C = TypeVar("C", bound=StrEnum)


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


def project_filter(query: Mapping[str, str]) -> ProjectFilter:
    """Return which projects an address asks for."""
    return ProjectFilter(
        state=code_in(ProjectState, query.get("state")),
        department_id=query.get("department") or None,
        sector=code_in(Sector, query.get("sector")),
        phase=code_in(Phase, query.get("phase")),
        region=query.get("region", ""),
        words=query.get("words", ""),
    )
