"""Guessing which column means what, from its heading and from what is in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from data.exchange.cells import (
    CellFault,
    amount_of,
    currency_in,
    folded,
    is_blank,
    number_of,
    percent_of,
    phase_of,
    text_of,
    unit_in,
)
from data.exchange.dates import looks_like_date
from data.exchange.mapping import ColumnMapping, MilestoneColumns
from data.exchange.sources import GEOMETRY, MILESTONES, Source
from data.exchange.words import (
    ABOUT_THE_ROW,
    ACTUAL,
    APPROVES,
    BUDGETS,
    BUYS,
    COMPLETES,
    HEADINGS,
    PLANNED,
    SAYS_DATE,
    STARTS,
)
from models.milestone import MilestoneType
from models.money import BudgetKind

#: How many rows are looked at.
_SAMPLE = 2_000
#: Of the cells of a column that are not blank, so many must be what it is taken for.
_MOSTLY, _HALF = 0.8, 0.5
#: So many cells of a column must differ before it is held to tell rows apart.
_DISTINCT = 0.95
_GEOMETRY = re.compile(r"\s*(?:SRID=\d+;)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*Z?\s*\(|\s*\{\s*\"", re.IGNORECASE)


@dataclass(frozen=True)
class _Column:
    name: str
    cells: Sequence[Any]

    def share(self, is_one: Callable[[Any], bool]) -> float:
        """Return how many of the cells are one of those, of 1."""
        return sum(1 for cell in self.cells if is_one(cell)) / len(self.cells) if self.cells else 0.0


def guess_mapping(source: Source) -> ColumnMapping:
    """Return what the columns of a file seem to mean. People see it before anything is written."""
    if source.form == "oc4ids":
        same = ("title", "description", "purpose", "sector", "region", GEOMETRY, "budget", "approved")
        named: dict[str, Any] = {name: name for name in same}
        return ColumnMapping(identifier="id", phase="status", currency_column="currency", **named)
    rows = list(islice(source.rows(), _SAMPLE))
    columns = [
        _Column(name, [cell for row in rows if not is_blank(cell := row.cells.get(name))]) for name in source.columns
    ]
    dated = [column for column in columns if _is_date(column)]
    free = [column for column in columns if column not in dated]
    found: dict[str, Any] = {}
    for field, fits in _FITS.items():
        if name := _find(field, [column for column in free if column.name not in found.values()], fits):
            found[field] = name
    if "budget" not in found and "budget_now" in found:
        found["budget"] = found.pop("budget_now")
    free = [column for column in free if column.name not in found.values()]
    for field in ("phase", "title", "region", "description", "purpose", "sector", "department", "delay_reason"):
        if name := _find(field, free, _is_words if field != "phase" else _is_phase):
            found[field] = name
            free = [column for column in free if column.name != name]
    found.setdefault("phase", next((column.name for column in free if _is_phase(column)), ""))
    if "title" not in found and "description" in found:
        found["title"] = found.pop("description")
        found["description"] = _find("description", free, _is_words)
    found.setdefault("title", found.get("identifier", ""))
    budget = found.get("budget", "")
    return ColumnMapping(
        **found,
        budget_kind=_budget_kind(budget),
        currency=currency_in(budget),
        crs=source.crs,
        budget_unit=unit_in(budget),
        milestones=_milestones(dated),
    )


def _find(field: str, columns: Sequence[_Column], fits: Callable[[_Column], bool]) -> str:
    """Return the first column whose heading is a name of the field; else the first whose heading contains one."""
    headings = {column.name: f" {folded(column.name)} " for column in columns if fits(column)}
    for is_named in (lambda name, heading: heading.strip() == name, _contains):
        for name in HEADINGS[field]:
            for column, heading in headings.items():
                if is_named(name, heading):
                    return column
    return ""


def _contains(name: str, heading: str) -> bool:
    # Chinese has no spaces between words; a single Western letter or two would be found everywhere.
    return f" {name} " in heading if name.isascii() else name in heading


def _is_phase(column: _Column) -> bool:
    return column.share(lambda cell: phase_of(text_of(cell)) is not None) >= _HALF


def _is_words(column: _Column) -> bool:
    return column.share(lambda cell: not isinstance(cell, dict | list | int | float)) > 0


def _tells_apart(column: _Column) -> bool:
    return bool(column.cells) and len({text_of(cell) for cell in column.cells}) >= _DISTINCT * len(column.cells)


def _is_number(column: _Column) -> bool:
    return column.share(_may(number_of)) > 0 or not column.cells


def _is_money(column: _Column) -> bool:
    return column.share(_may(amount_of)) >= _HALF


def _is_share(column: _Column) -> bool:
    return column.share(_may(percent_of)) >= _HALF


def _is_geometry(column: _Column) -> bool:
    if column.name == GEOMETRY:
        return True
    return column.share(lambda cell: isinstance(cell, dict) or bool(_GEOMETRY.match(text_of(cell)))) >= _HALF


def _may(read: Callable[[Any], object]) -> Callable[[Any], bool]:
    def may(cell: Any) -> bool:
        try:
            read(cell)
        except CellFault:
            return False
        return True

    return may


#: What the cells of a column must be like to be taken for that field.
_FITS: dict[str, Callable[[_Column], bool]] = {
    "identifier": _tells_apart,
    "longitude": _is_number,
    "latitude": _is_number,
    "geometry": _is_geometry,
    "budget_now": _is_money,
    "budget": _is_money,
    "annual_progress": _is_share,
    "progress": _is_share,
    "currency_column": lambda column: column.share(lambda cell: bool(currency_in(text_of(cell)))) >= _HALF,
}


def _is_date(column: _Column) -> bool:
    heading = f" {folded(column.name)} "
    if column.name == MILESTONES or _any(ABOUT_THE_ROW, heading):
        return False
    says_when = _any((*PLANNED, *ACTUAL), heading)
    if not column.cells:
        return says_when
    share = column.share(looks_like_date)
    return share >= _MOSTLY or (share > 0 and (says_when or _any(SAYS_DATE, heading)))


def _milestones(columns: Sequence[_Column]) -> tuple[MilestoneColumns, ...]:
    """Return one milestone for columns whose headings differ only in saying planned or actual."""
    by_title: dict[str, dict[str, str]] = {}
    for column in columns:
        heading = f" {folded(column.name)} "
        says = "actual" if _any(ACTUAL, heading) else "planned" if _any(PLANNED, heading) else "either"
        title = _without(column.name) if says != "either" else column.name
        by_title.setdefault(title or column.name, {}).setdefault(says, column.name)
    return tuple(
        MilestoneColumns(title=title, **says, type=_type(title), completes=_completes(title), begins=_begins(title))
        for title, says in by_title.items()
    )


def _completes(title: str) -> bool:
    return _any(COMPLETES, f" {folded(title)} ")


def _begins(title: str) -> bool:
    # A tender can start too: of works, only what is built does.
    is_delivery = _type(title) is MilestoneType.DELIVERY
    return is_delivery and not _completes(title) and _any(STARTS, f" {folded(title)} ")


def _any(names: Sequence[str], heading: str) -> bool:
    return any(_contains(name, heading) for name in names)


def _without(heading: str) -> str:
    """Return a heading without the words that say planned, actual or date."""
    words = [word for word in re.split(r"[\s_\-]+", heading) if word.casefold() not in (*PLANNED, *ACTUAL, "date")]
    title = " ".join(words)
    for word in (*PLANNED, *ACTUAL, "时间", "日期"):
        title = title if word.isascii() else title.replace(word, "")
    return title.strip()


def _budget_kind(heading: str) -> BudgetKind:
    return next((kind for kind, names in BUDGETS.items() if _any(names, f" {folded(heading)} ")), BudgetKind.ESTIMATE)


def _type(title: str) -> MilestoneType:
    heading = f" {folded(title)} "
    if _any(APPROVES, heading):
        return MilestoneType.APPROVAL
    return MilestoneType.PREPROCUREMENT if _any(BUYS, heading) else MilestoneType.DELIVERY
