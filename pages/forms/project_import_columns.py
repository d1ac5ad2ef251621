"""Which column of a file means what: a guess that people correct."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from data.exchange.mapping import FIELDS, ColumnMapping, MilestoneColumns
from data.exchange.previews import Preview
from models.milestone import MilestoneType
from models.money import BudgetKind
from models.project import Phase, Sector
from pages.context import say

#: What amounts count in.
_UNITS = (1, 1_000, 10_000, 1_000_000, 100_000_000)
#: A file has rarely more of them; what it has more is kept as it was guessed.
_MOST_WORDS = 12
_ACROSS = 3
C = TypeVar("C", bound=StrEnum)


def choose_columns(found: Preview) -> ColumnMapping | None:
    """Draw a choice of a column for each field, and return the mapping that was chosen; nothing until it is sent."""
    mapping = found.mapping
    with st.expander(say("import.columns")), st.form("import_columns", enter_to_submit=False):
        st.caption(say("import.columns_help"))
        changed = replace(
            mapping,
            **_columns(found),
            **_assumed(mapping),
            milestones=_milestones(found),
            phases={**mapping.phases, **_words(found, "unknown_phase", Phase, "phase")},
            sectors={**mapping.sectors, **_words(found, "unknown_sector", Sector, "sector")},
        )
        if st.form_submit_button(say("import.look_again"), type="primary"):
            return changed
    return None


def _columns(found: Preview) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    for cell, field in zip(_cells(len(FIELDS)), FIELDS, strict=True):
        with cell:
            chosen[field] = _column(found, say(f"import.field.{field}"), getattr(found.mapping, field), field)
    return chosen


def _assumed(mapping: ColumnMapping) -> dict[str, Any]:
    """Draw what holds where no column says it."""
    grid = st.columns(_ACROSS)
    with grid[0]:
        currency = st.text_input(say("import.field.currency"), value=mapping.currency, max_chars=3)
        unit = st.selectbox(
            say("import.field.budget_unit"),
            sorted({*_UNITS, mapping.budget_unit}),
            index=sorted({*_UNITS, mapping.budget_unit}).index(mapping.budget_unit),
            format_func=lambda number: f"{number:,}",
        )
    with grid[1]:
        phase = _code(say("import.field.default_phase"), list(Phase), mapping.default_phase, "phase")
        kind = _code(say("import.field.budget_kind"), list(BudgetKind), mapping.budget_kind, "budget_kind")
    with grid[2]:
        sector = _code(say("import.field.default_sector"), list(Sector), mapping.default_sector, "sector")
    return {
        "currency": (currency or "").strip().upper(),
        "budget_unit": unit,
        "default_phase": phase,
        "default_sector": sector,
        "budget_kind": kind,
    }


def _milestones(found: Preview) -> tuple[MilestoneColumns, ...]:
    """Draw the milestones of the mapping and one more; one without a name or a column is left out."""
    st.subheader(say("import.milestones"))
    st.caption(say("import.milestones_help"))
    drawn = [_milestone(found, one, place) for place, one in enumerate((*found.mapping.milestones, None))]
    return tuple(one for one in drawn if one is not None)


def _milestone(found: Preview, one: MilestoneColumns | None, place: int) -> MilestoneColumns | None:
    grid = st.columns((2, 2, 2, 2, 1.5))
    with grid[0]:
        title = st.text_input(
            say("work_project.milestone_title"),
            value=one.title if one else "",
            max_chars=300,
            key=f"import_title_{place}",
        )
    said = {}
    for number, name in enumerate(("planned", "actual", "either"), 1):
        with grid[number]:
            said[name] = _column(found, say(f"import.{name}"), getattr(one, name) if one else "", f"{name}_{place}")
    with grid[4]:
        completes = st.checkbox(
            say("import.completes"), value=one.completes if one else False, key=f"import_completes_{place}"
        )
        begins = st.checkbox(say("import.begins"), value=one.begins if one else False, key=f"import_begins_{place}")
    if not (title and title.strip()) or not any(said.values()):
        return None
    type_ = one.type if one else MilestoneType.DELIVERY
    return MilestoneColumns(title=title.strip(), type=type_, completes=completes, begins=begins, **said)


def _words(found: Preview, reason: str, codes: type[C], subject: str) -> dict[str, C]:
    """Draw a choice of a code for each word of the file that means none yet, and return those that were given one."""
    words = sorted({one.value for one in (*found.reported, *found.notes) if one.reason == reason})[:_MOST_WORDS]
    if not words:
        return {}
    st.subheader(say(f"import.words_{subject}"))
    given: dict[str, C] = {}
    for cell, told in zip(_cells(len(words)), words, strict=True):
        with cell:
            st.text(told)
            chosen = st.selectbox(
                say(f"work_project.{subject}"),
                list(codes),
                index=None,
                placeholder=say("work_project.choose"),
                format_func=lambda code: say(f"codes.{subject}.{code}"),
                key=f"import_word_{subject}_{told}",
            )
        if chosen is not None:
            given[told] = chosen
    return given


def _cells(count: int) -> Iterator[Any]:
    """Yield cells row by row, so that their order holds on a narrow screen too."""
    for start in range(0, count, _ACROSS):
        yield from st.columns(_ACROSS)[: count - start]


def _column(found: Preview, label: str, chosen: str, key: str) -> str:
    options = ["", *found.columns]
    # The key names the choice before: a mapping that is guessed anew is drawn anew.
    column: str = st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda name: name or say("import.no_column"),
        key=f"import_{found.file}_{key}_{chosen}",
    )
    return column


def _code(label: str, codes: Sequence[C], chosen: C, subject: str) -> C:
    code: C = st.selectbox(
        label, codes, index=codes.index(chosen), format_func=lambda one: say(f"codes.{subject}.{one}")
    )
    return code
