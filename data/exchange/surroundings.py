"""Where the rows of a file lie, which shows whether longitude and latitude of one of them were swapped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from data.exchange.cells import CellFault

#: How many other rows must lie together before one is held to lie elsewhere; and how far off it must be, in degrees.
_FEWEST_NEIGHBOURS = 5
_AT_LEAST, _SPREADS = 5.0, 6.0
#: Positions kept to say where a file's projects lie.
_MOST_KEPT = 20_000


@dataclass
class Surroundings:
    """Where the rows of a file lie, as far as they were read."""

    longitudes: list[float] = field(default_factory=list)
    latitudes: list[float] = field(default_factory=list)

    def add(self, longitude: float, latitude: float) -> None:
        """Add a position."""
        if not self.are_known:
            self.longitudes.append(longitude)
            self.latitudes.append(latitude)

    @property
    def are_known(self) -> bool:
        """Whether further positions would add nothing."""
        return len(self.longitudes) >= _MOST_KEPT

    def neighbourhood(self) -> "Neighbourhood | None":
        """Return where most of them lie; nothing if there are too few."""
        if len(self.longitudes) <= _FEWEST_NEIGHBOURS:
            return None
        (x, across), (y, up) = _middle(self.longitudes), _middle(self.latitudes)
        return Neighbourhood(x, y, across, up)


@dataclass(frozen=True)
class Neighbourhood:
    """A middle, and how far from it things may lie, in degrees."""

    longitude: float
    latitude: float
    across: float
    up: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a position lies in it."""
        return abs(longitude - self.longitude) <= self.across and abs(latitude - self.latitude) <= self.up


def demand_near(geometry: Mapping[str, Any], near: Neighbourhood | None) -> None:
    """
    Refuse a place far from all others that would lie among them if its coordinates were swapped.

    :raises CellFault: ``swapped_coordinates``
    """
    longitude, latitude = first_position(geometry)
    if near is not None and not near.holds(longitude, latitude) and near.holds(latitude, longitude):
        raise CellFault("swapped_coordinates")


def first_position(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Return the first position of a sound geometry."""
    longitude, latitude = next(positions_of(geometry["coordinates"]))[:2]
    return longitude, latitude


def positions_of(coordinates: Any) -> Iterator[list[float]]:
    """
    Yield the positions in the coordinates of a geometry.

    :raises TypeError: if they are no lists; also ``ValueError`` if they hold no numbers
    """
    if not isinstance(coordinates, list):
        raise TypeError(coordinates)
    if coordinates and not isinstance(coordinates[0], list):
        if len(coordinates) < len(("longitude", "latitude")) or isinstance(coordinates[0], bool):
            raise ValueError(coordinates)
        yield [float(number) for number in coordinates]
        return
    for part in coordinates:
        yield from positions_of(part)


def _middle(values: list[float]) -> tuple[float, float]:
    middle = median(values)
    return middle, max(_AT_LEAST, _SPREADS * median(abs(value - middle) for value in values))
