"""
Coordinates of GCJ-02, the obfuscated datum of maps published in China, as WGS 84.

The offset was made public by a leak and is not official: by the usual approximation of it ("eviltransform",
https://github.com/googollee/eviltransform, MIT licence), solved backwards by iteration. What comes out is within two
metres of the truth. Outside of China both are the same.
"""

from math import cos, pi, sin, sqrt
from typing import Any

#: The ellipsoid of Krasovsky, on which the offset is defined.
_SEMI_MAJOR, _ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_ROUNDS = 5


def from_gcj02(coordinates: Any) -> Any:
    """Return the coordinates of a geometry, longitude first, in WGS 84."""
    if coordinates and not isinstance(coordinates[0], list | tuple):
        longitude, latitude = wgs84(float(coordinates[0]), float(coordinates[1]))
        return [round(longitude, 6), round(latitude, 6)]
    return [from_gcj02(part) for part in coordinates]


def wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a position of GCJ-02 in WGS 84, in degrees."""
    x, y = longitude, latitude
    for _ in range(_ROUNDS):
        across, up = _offset(x, y)
        x, y = longitude - across, latitude - up
    return x, y


def gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a position of WGS 84 as maps published in China show it."""
    across, up = _offset(longitude, latitude)
    return longitude + across, latitude + up


def _offset(longitude: float, latitude: float) -> tuple[float, float]:
    if not (_WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH):
        return 0.0, 0.0
    x, y = longitude - 105, latitude - 35
    waves = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    up = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    up += (waves + 20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    across = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    across += (
        (waves + 20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    )
    radians = latitude / 180 * pi
    flat = 1 - _ECCENTRICITY * sin(radians) ** 2
    meridian = _SEMI_MAJOR * (1 - _ECCENTRICITY) / (flat * sqrt(flat))
    return across * 180 / (_SEMI_MAJOR / sqrt(flat) * cos(radians) * pi), up * 180 / (meridian * pi)
