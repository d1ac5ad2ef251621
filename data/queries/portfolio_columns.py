"""How projects stand, as columns: a filter over ten thousand of them takes some milliseconds, and no statement."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from data.queries.projects import ProjectState
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
        self._name([one.said.title.casefold() for one in standings])
        self._orders: dict[Sort, NDArray[np.intp]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each project."""
        return {identifier: row for row, identifier in enumerate(self.ids)}

    def with_changed(self, changed: Sequence[Standing]) -> "Columns":
        """Return columns in which a few rows are others."""
        found = copy(self)
        rows, few = [self.places[one.project_id] for one in changed], Columns(changed)
        titles = list(self.titles)
        for place, row in enumerate(rows):
            titles[row] = few.titles[place]
        for name, column in vars(self).items():
            if isinstance(column, np.ndarray):
                other = vars(few)[name]
                patched = column.astype(np.promote_types(column.dtype, other.dtype))
                patched[rows] = other
                setattr(found, name, patched)
        found._name(titles)  # noqa: SLF001 - of the same class, as the next.
        found._orders = {}  # noqa: SLF001 - as above.
        return found

    def order(self, sort: Sort) -> NDArray[np.intp]:
        """Return the rows in an order."""
        if sort not in self._orders:
            newest_first = -np.array([int(identifier.removeprefix("P-")) for identifier in self.ids], dtype=np.int64)
            self._orders[sort] = np.lexsort((newest_first, *self._keys(sort)))
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
        return {
            # Whole numbers below 2^53 are exact as they are; their sum is made of whole numbers.
            str(currency): sum(map(int, amounts[some & (currencies == currency)].tolist()))
            for currency in np.unique(currencies[some])
        }

    def _name(self, titles: Sequence[str]) -> None:
        # Titles have one line, and words none: what is found lies in one of them.
        self.titles, self._text = titles, "\n".join(titles)
        lengths = np.array([len(title) + 1 for title in titles], dtype=np.int64)
        self._ends = np.cumsum(lengths)
        self._begins = self._ends - lengths

    def _has(self, word: str) -> Rows:
        """Return in whose title a word is: looked for in all at once."""
        rows, found = np.zeros(len(self), dtype=bool), self._text.find(word)
        while found >= 0:
            row = int(self._begins.searchsorted(found, side="right")) - 1
            rows[row] = True
            found = self._text.find(word, int(self._ends[row]))
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


def light_number(light: Light) -> int:
    """Return the number of a light in its column."""
    return _LIGHTS.index(light)


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
