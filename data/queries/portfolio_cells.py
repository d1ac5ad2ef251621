"""Projects gathered by where they lie, for a map on which too many to tell apart would be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session

from data.queries.portfolio import PortfolioFilter, portfolio_rows

#: Into so many cells the longer side of what is seen is divided.
_ACROSS = 32
#: Degrees, about ten metres: what lies within is in one place.
_NEAREST, _EDGE = 1e-4, 0.01
_PLACES = 6


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Projects near each other: within which bounds they lie, in degrees, their middle, and how many they are."""

    west: float
    south: float
    east: float
    north: float
    longitude: float
    latitude: float
    count: int


def portfolio_cells(session: Session, asked: PortfolioFilter, *, now: datetime) -> Sequence[Cell]:
    """Return the projects of a filter that have a place, by cells of a grid; from south to north. No statement."""
    columns, rows = portfolio_rows(session, asked, now=now)
    rows = rows & ~np.isnan(columns.longitude)
    if not rows.any():
        return []
    places = np.array([columns.longitude[rows], columns.latitude[rows]])
    least = places.min(axis=1, keepdims=True)
    step = max(float((places - least).max()) / _ACROSS, _NEAREST)
    x, y = np.floor((places - least) / step).astype(np.int64)
    cells = y * (_ACROSS + 1) + x
    order = np.argsort(cells, kind="stable")
    _, begins, counts = np.unique(cells[order], return_index=True, return_counts=True)
    ordered = places[:, order]
    bounds = np.concatenate(
        [
            # Outwards to as many digits as an area is asked for with: whoever lies on the edge is within.
            np.floor(np.minimum.reduceat(ordered, begins, axis=1) / _NEAREST - _EDGE) * _NEAREST,
            np.ceil(np.maximum.reduceat(ordered, begins, axis=1) / _NEAREST + _EDGE) * _NEAREST,
            np.add.reduceat(ordered, begins, axis=1) / counts,
        ]
    )
    return [
        Cell(west=west, south=south, east=east, north=north, longitude=longitude, latitude=latitude, count=count)
        for (west, south, east, north, longitude, latitude), count in zip(
            bounds.T.round(_PLACES).tolist(), counts.tolist(), strict=True
        )
    ]
