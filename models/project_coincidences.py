"""
What shows only when projects are laid side by side: the same picture twice, the same words, everything moved at once.

Also where they are said to lie: in China, longitudes (73 to 136) and latitudes (3 to 54) have no number in common, so
that a swap is certain when it is found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median

from models.project_contradiction import ProjectContradiction, Source, SourceKind
from models.project_contradiction import ProjectContradictionKind as Kind

#: A burst is at least so many milestones of so many projects on one day: fewer can be looked at one by one, and a
#: project in trouble moves all of its own.
BURST_MILESTONES, BURST_PROJECTS = 10, 3
#: And so many times what the department usually moves on a day on which it moves any: one that reports on a fixed day
#: of the month moves about as many each time, and is not told.
BURST_TIMES = 3
#: Shorter texts are alike by chance: "as planned", "nothing to report".
SHORTEST_COPY = 30


@dataclass(frozen=True, kw_only=True)
class MovedFact:
    """That a date of a project was moved."""

    department: str
    project: str
    milestone: int
    on: date


@dataclass(frozen=True, kw_only=True)
class PhotoFact:
    """A picture of a project, and of which day it is said to be."""

    id: int
    project: str
    sha256: str
    on: date


@dataclass(frozen=True, kw_only=True)
class TextFact:
    """The words of a progress report that says more than that nothing has changed."""

    id: int
    project: str
    period_end: date
    body: str


@dataclass(frozen=True, kw_only=True)
class PlaceFact:
    """Where a project is said to be: the point of its mark."""

    project: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Extent:
    """Where projects can be, in degrees (WGS 84)."""

    west: float
    south: float
    east: float
    north: float

    def has(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies within it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


CHINA = Extent(73, 3, 136, 54)
#: For a record of elsewhere: then only what is on no map can be told.
EARTH = Extent(-180, -90, 180, 90)


def bursts(moved: Iterable[MovedFact]) -> Iterator[ProjectContradiction]:
    """Yield each day on which a department moved many milestones of several projects, and many more than usual."""
    in_order = sorted(moved, key=lambda one: (one.department, one.on))
    for department, of_department in groupby(in_order, key=lambda one: one.department):
        days = {day: list(group) for day, group in groupby(of_department, key=lambda one: one.on)}
        counts = {day: len({one.milestone for one in group}) for day, group in days.items()}
        for day, group in days.items():
            if counts[day] < BURST_MILESTONES or len({one.project for one in group}) < BURST_PROJECTS:
                continue
            others = [count for other, count in counts.items() if other != day]
            usual = median(others) if others else 0
            if counts[day] >= BURST_TIMES * usual:
                moves = Source(SourceKind.DEPARTMENT, department, counts[day], day)
                yield ProjectContradiction(
                    Kind.BURST, "", (moves, Source(SourceKind.DEPARTMENT, department, round(usual)))
                )


def reused_photos(photos: Iterable[PhotoFact]) -> Iterator[ProjectContradiction]:
    """Yield each picture shown before as one of another project, or of another day."""
    in_order = sorted(photos, key=lambda one: (one.sha256, one.on, one.id))
    for _, group in groupby(in_order, key=lambda one: one.sha256):
        first, *others = group
        for one in others:
            if (one.project, one.on) != (first.project, first.on):
                sources = tuple(Source(SourceKind.PHOTO, str(each.id), each.project, each.on) for each in (one, first))
                yield ProjectContradiction(Kind.PHOTO_REUSED, one.project, sources)


def copied_reports(texts: Iterable[TextFact]) -> Iterator[ProjectContradiction]:
    """Yield each report with the words of an earlier one: of another period, or of another project."""
    first: dict[str, TextFact] = {}
    for one in sorted(texts, key=lambda one: (one.period_end, one.id)):
        words = normal_words(one.body)
        if len(words) < SHORTEST_COPY:
            continue
        earlier = first.setdefault(words, one)
        if (earlier.project, earlier.period_end) != (one.project, one.period_end):
            sources = tuple(
                Source(SourceKind.REPORT, str(each.id), each.project, each.period_end) for each in (one, earlier)
            )
            yield ProjectContradiction(Kind.REPORT_COPIED, one.project, sources)


def misplaced(places: Iterable[PlaceFact], extent: Extent = CHINA) -> Iterator[ProjectContradiction]:
    """Yield each project that lies outside, and whether it would lie inside with its coordinates swapped."""
    for one in places:
        if not extent.has(one.longitude, one.latitude):
            is_swapped = extent.has(one.latitude, one.longitude)
            kind = Kind.COORDINATES_SWAPPED if is_swapped else Kind.COORDINATES_OUT_OF_RANGE
            said = Source(SourceKind.LOCATION, one.project, f"{one.longitude:g} {one.latitude:g}")
            bounds = f"{extent.west:g} {extent.south:g} {extent.east:g} {extent.north:g}"
            yield ProjectContradiction(kind, one.project, (said, Source(SourceKind.LOCATION, "", bounds)))


def normal_words(body: str) -> str:
    """Return a text without what makes no difference to its words: width, case, spaces, punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", body).casefold())
