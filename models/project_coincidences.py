"""
What shows only when projects are laid side by side: the same picture twice, the same words, everything moved at once.

Also where they are said to lie: in China, longitudes (73 to 136) and latitudes (3 to 54) have no number in common, so
that a swap is certain when it is found.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
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
class MovedDay:
    """How many milestones, and of how many projects, a department moved on one day."""

    department: str
    on: date
    milestones: int
    projects: int


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
    #: As :func:`words_key` has them; none for few words.
    words: int | None


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


def bursts(moved: Iterable[MovedDay]) -> Iterator[ProjectContradiction]:
    """
    Yield each day on which a department moved many milestones of several projects, and many more than usual.

    :param moved: every day on which a department moved any, once
    """
    in_order = sorted(moved, key=lambda one: (one.department, one.on))
    for _, of_department in groupby(in_order, key=lambda one: one.department):
        days = list(of_department)
        counts = sorted(day.milestones for day in days)
        yield from filter(None, (burst(day, counts) for day in days))


def burst(day: MovedDay, counts: Sequence[int]) -> ProjectContradiction | None:
    """
    Return the burst that a day is; nothing if it is none.

    :param counts: how many milestones its department moved on each day on which it moved any, the fewest first
    """
    if day.milestones < BURST_MILESTONES or day.projects < BURST_PROJECTS:
        return None
    usual = _median_of_others(counts, day.milestones)
    if day.milestones < BURST_TIMES * usual:
        return None
    moves = Source(SourceKind.DEPARTMENT, day.department, day.milestones, day.on)
    return ProjectContradiction(Kind.BURST, "", (moves, Source(SourceKind.DEPARTMENT, day.department, round(usual))))


def _median_of_others(counts: Sequence[int], one: int) -> float:
    """Return the median of counts in their order but for one of them; nought if there is no other."""
    if len(counts) == 1:
        return 0
    left_out, half = bisect_left(counts, one), (len(counts) - 1) // 2
    # Of an even number, two are in the middle.
    middle = (half,) if len(counts) % 2 == 0 else (half - 1, half)
    return median(counts[place + (place >= left_out)] for place in middle)


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
    first: dict[int, TextFact] = {}
    for one in sorted(texts, key=lambda one: (one.period_end, one.id)):
        if one.words is None:
            continue
        earlier = first.setdefault(one.words, one)
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


def words_key(body: str) -> int | None:
    """
    Return a number that stands for the words of a text; none where they are too few to tell anything.

    Width, case, spaces and punctuation make no difference. Of a thousand million texts, two that differ have the same
    number once in forty such records.
    """
    words = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", body).casefold())
    if len(words) < SHORTEST_COPY:
        return None
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), signed=True)
