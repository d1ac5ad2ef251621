"""How projects stand, as columns: a filter over ten thousand of them takes some milliseconds, and no statement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from data.queries.project_states import ProjectState
from data.queries.standing import Standing
from models.light_reasons import Light
from models.project import Phase, Sector

Rows = NDArray[np.bool_]
Numbers = NDArray[np.float64]
_EARTH_KM = 6371.0088
_LIGHTS = (Light.RED, Light.STALE, Light.YELLOW, Light.PAUSED, Light.GREEN, Light.DONE, Light.CANCELLED)


class Sort(StrEnum):
    """By what projects are ordered. What is not known comes last; of equals, the newer number comes first."""

    #: What was last spoken of first.
    CHANGED = "changed"
    NAME = "name"
    #: The latest first.
    LATE = "late"
    #: What is due next first.
    DUE = "due"
    #: The worst first.
    LIGHT = "light"
    #: The dearest first, currency by currency.
    COST = "cost"


class Columns:
    """Columns of numbers, a row a project. What is not known is not a number."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        """Take what filters ask for."""
        self.ids = [one.project_id for one in standings]
        self.department = _texts(one.said.department_id for one in standings)
        self.region = _texts(one.said.region for one in standings)
        self.sector = _codes(Sector, (one.said.sector for one in standings))
        self.phase = _codes(Phase, (one.said.phase for one in standings))
        self.state = _codes(ProjectState, (one.state for one in standings))
        self.light = _codes(_LIGHTS, (one.light.light for one in standings))
        self.late = _numbers(one.days_late for one in standings)
        self.due = _numbers(one.next_due.toordinal() if one.next_due else None for one in standings)
        self.cost = _numbers(one.cost.units if one.cost else None for one in standings)
        self.cost_in = _texts(one.cost.currency if one.cost else "" for one in standings)
        self.spent = _numbers(one.spent.units if one.spent else None for one in standings)
        self.spent_in = _texts(one.spent.currency if one.spent else "" for one in standings)
        self.longitude = _numbers(one.place[0] if one.place else None for one in standings)
        self.latitude = _numbers(one.place[1] if one.place else None for one in standings)
        self.changed = _numbers(one.changed_at.timestamp() for one in standings)
        self._newest_first = np.array([-int(name.removeprefix("P-")) for name in self.ids], dtype=np.int64)
        self.titles = [one.said.title.casefold() for one in standings]
        self._lengths = np.array([len(title) + 1 for title in self.titles], dtype=np.int64)
        self._currencies = {one.currency for each in standings for one in (each.cost, each.spent) if one}
        self._orders: dict[Sort, NDArray[np.intp]] = {}
        self._gather_titles()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each project."""
        return {identifier: row for row, identifier in enumerate(self.ids)}

    @cached_property
    def regions(self) -> Sequence[str]:
        """The districts in which there are projects, by their names."""
        return sorted({str(name) for name in np.unique(self.region)} - {""})

    @cached_property
    def of_department(self) -> Mapping[str, Sequence[str]]:
        """The projects of each department, by its number."""
        found: dict[str, list[str]] = defaultdict(list)
        for department, identifier in zip(self.department.tolist(), self.ids, strict=True):
            found[department].append(identifier)
        return found

    def with_changed(self, changed: Sequence[Standing]) -> "Columns":
        """Return columns in which a few rows are others. A column in which nothing changed is the same object."""
        few = Columns(changed)
        rows = [self.places[name] for name in few.ids]
        # With the places, which are the same in both.
        found = copy(self)
        for name, column in vars(self).items():
            if isinstance(column, np.ndarray) and not _are_same(column[rows], vars(few)[name]):
                other = vars(few)[name]
                patched = column.astype(np.promote_types(column.dtype, other.dtype))
                patched[rows] = other
                setattr(found, name, patched)
        if few.titles != [self.titles[row] for row in rows]:
            found.titles = list(self.titles)
            for row, title in zip(rows, few.titles, strict=True):
                found.titles[row] = title
            found._gather_titles()  # noqa: SLF001 - of the same class, as those that follow.
        for gathered, column in (("regions", "region"), ("of_department", "department")):
            if vars(found)[column] is not vars(self)[column]:
                vars(found).pop(gathered, None)
        found._currencies = self._currencies | few._currencies  # noqa: SLF001
        kept = {sort: order for sort, order in list(self._orders.items()) if self._is_kept(sort, found)}
        found._orders = kept  # noqa: SLF001
        return found

    def order(self, sort: Sort) -> NDArray[np.intp]:
        """Return the rows in an order."""
        if sort not in self._orders:
            self._orders[sort] = np.lexsort((self._newest_first, *self._keys(sort)))
        return self._orders[sort]

    def near(self, longitude: float, latitude: float, km: float) -> Rows:
        """Return which lie no farther from a point: along the great circle, by the point that marks them."""
        there, here = np.radians([self.longitude, self.latitude]), np.radians([longitude, latitude])
        half = np.sin((there[1] - here[1]) / 2) ** 2
        half += np.cos(there[1]) * np.cos(here[1]) * np.sin((there[0] - here[0]) / 2) ** 2
        found: Rows = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))) <= km
        return found

    def within(self, area: Mapping[str, Any]) -> Rows:
        """Return which lie in an area: a GeoJSON geometry that is sound."""
        found: Rows = shapely.intersects_xy(shapely.geometry.shape(area), self.longitude, self.latitude)
        return found

    def named(self, words: Iterable[str]) -> Rows:
        """Return in whose title all words are."""
        rows = np.ones(len(self), dtype=bool)
        for word in words:
            rows &= self._has(word.casefold())
        return rows

    def sums(self, rows: Rows, amounts: Numbers, currencies: NDArray[np.str_]) -> dict[str, int]:
        """Return what amounts come to, by currency."""
        some = rows & ~np.isnan(amounts)
        of_each = {currency: amounts[some & (currencies == currency)] for currency in sorted(self._currencies)}
        return {currency: _sum(each) for currency, each in of_each.items() if len(each)}

    def _gather_titles(self) -> None:
        # Titles have one line, and words none: what is found lies in one of them.
        ends = np.cumsum(self._lengths)
        self._lines = "\n".join(self.titles), ends - self._lengths, ends

    def _has(self, word: str) -> Rows:
        """Return in whose title a word is: looked for in all at once."""
        text, begins, ends = self._lines
        rows, found = np.zeros(len(self), dtype=bool), text.find(word)
        while found >= 0:
            row = int(begins.searchsorted(found, side="right")) - 1
            rows[row] = True
            found = text.find(word, int(ends[row]))
        return rows

    def _keys(self, sort: Sort) -> tuple[Any, ...]:
        """Return by what rows are ordered, the weightiest last; what is not a number is the last of all."""
        keys: dict[Sort, Callable[[], tuple[Any, ...]]] = {
            Sort.CHANGED: lambda: (-self.changed,),
            Sort.NAME: lambda: (np.array(self.titles),),
            Sort.LATE: lambda: (-self.late,),
            Sort.DUE: lambda: (self.due,),
            Sort.LIGHT: lambda: (-self.late, self.light),
            Sort.COST: lambda: (-self.cost, self.cost_in, np.isnan(self.cost)),
        }
        return keys[sort]()

    def _is_kept(self, sort: Sort, other: "Columns") -> bool:
        """Return whether the order is the same in other columns: what it goes by is the same object in them."""
        return all(vars(self)[name] is vars(other)[name] for name in _GOES_BY[sort])


#: What each order goes by.
_GOES_BY = {
    Sort.CHANGED: ("changed",),
    Sort.NAME: ("titles",),
    Sort.LATE: ("late",),
    Sort.DUE: ("due",),
    Sort.LIGHT: ("late", "light"),
    Sort.COST: ("cost", "cost_in"),
}


def days(day: date) -> int:
    """Return the number of a day in its column."""
    return day.toordinal()


def counts(codes: Sequence[Any], column: NDArray[np.int64], rows: Rows) -> dict[Any, int]:
    """Return how many rows have each code."""
    counted = np.bincount(column[rows], minlength=len(codes))
    return {code: int(number) for code, number in zip(codes, counted, strict=True)}


LIGHTS: Sequence[Light] = _LIGHTS


def _texts(values: Iterable[str]) -> NDArray[np.str_]:
    return np.array(list(values), dtype=np.str_)


def _numbers(values: Iterable[float | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _codes(codes: Iterable[Any], values: Iterable[Any]) -> NDArray[np.int64]:
    numbers = {code: number for number, code in enumerate(codes)}
    return np.array([numbers[value] for value in values], dtype=np.int64)


def _are_same(some: NDArray[Any], others: NDArray[Any]) -> bool:
    """Return whether two columns have the same values, of which none may be a number."""
    return bool(((some == others) | ((some != some) & (others != others))).all())  # noqa: PLR0124 - so is "no number".


def _sum(amounts: Numbers) -> int:
    """Return a sum that is exact: each is a whole number below 2^53, but thousands of them need not be."""
    whole = amounts.astype(np.int64)
    return (int((whole >> 32).sum()) << 32) + int((whole & 0xFFFFFFFF).sum())
