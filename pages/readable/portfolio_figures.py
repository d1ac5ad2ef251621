"""What the projects of a filter come to: bars that filter, each with its number, and sums that say what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.queries.portfolio import SlipBucket, Totals
from models.light_reasons import Light
from models.project import Sector
from pages.formats import format_days, format_money
from pages.readable.project_light import TONES
from pages.words import word

#: By at least how many days, and which buckets that comes to. What the form offers is the same.
LATE_BY = {
    1: (SlipBucket.MONTH, SlipBucket.QUARTER, SlipBucket.YEAR, SlipBucket.MORE),
    31: (SlipBucket.QUARTER, SlipBucket.YEAR, SlipBucket.MORE),
    91: (SlipBucket.YEAR, SlipBucket.MORE),
    366: (SlipBucket.MORE,),
}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar, and what a click on it asks for."""

    words: str
    count: int
    #: Of the longest, in per cent.
    share: float
    #: Name and value in the address; no name where there is no such filter.
    name: str = ""
    value: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Lamp:
    """A light with the number of projects that have it."""

    letter: str
    tone: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Money, currency by currency, and of how many projects nothing is said, or nothing may be."""

    amounts: list[str]
    absent: int
    withheld: int


def lamps(counts: Mapping[Light, int], chosen: Light | None) -> list[Lamp]:
    """Return the lights, the worst first."""
    return [
        Lamp(letter=str(light), tone=TONES[light], count=count, is_chosen=light is chosen)
        for light, count in counts.items()
    ]


def lateness(totals: Totals, chosen: int | None, language: str) -> list[Bar]:
    """Return how many projects are late by how much, each bar with those that are later still."""
    counted = {days: sum(totals.slips[bucket] for bucket in buckets) for days, buckets in LATE_BY.items()}
    rest = [(bucket, totals.slips[bucket]) for bucket in (SlipBucket.ON_TIME, SlipBucket.UNKNOWN)]
    most = max([*counted.values(), *(count for _, count in rest)])
    return [
        *(
            Bar(
                words=late_by_words(days, language),
                count=count,
                share=_share(count, most),
                name="late_by",
                value=str(days),
                is_chosen=days == chosen,
            )
            for days, count in counted.items()
        ),
        *(
            Bar(words=word(f"projects.bar.{bucket}", language), count=count, share=_share(count, most))
            for bucket, count in rest
        ),
    ]


def late_by_words(days: int, language: str) -> str:
    """Return what it is to be late by at least so many days, as the bars, the form and the chosen filter say it."""
    if days < 1:
        return f"≥ {format_days(days, language)}"
    if days == 1:
        return word("projects.bar.any_late", language)
    # Days are whole: at least 31 is more than 30, which is how the rule of the lights says it.
    return word("projects.bar.late", language, days=days - 1)


def sectors(counts: Mapping[Sector, int], chosen: Sector | None, language: str) -> list[Bar]:
    """Return how many projects there are of each sector, the most first; those without any are left out."""
    some = sorted(((sector, count) for sector, count in counts.items() if count), key=lambda pair: -pair[1])
    return [
        Bar(
            words=word(f"codes.sector.{sector}", language),
            count=count,
            share=_share(count, some[0][1]),
            name="sector",
            value=str(sector),
            is_chosen=sector is chosen,
        )
        for sector, count in some
    ]


def sums(amounts: Mapping[str, int], absent: int, withheld: Iterable[str], language: str) -> Sum:
    """
    Return what money comes to.

    :param absent: of how many projects the record has no amount, whatever the reason
    :param withheld: the projects among them of which it is held back
    """
    held = len(set(withheld))
    told = [format_money(amount, currency, language) for currency, amount in sorted(amounts.items())]
    return Sum(amounts=told, absent=absent - held, withheld=held)


def _share(count: int, most: int) -> float:
    return round(100 * count / most, 1) if most else 0.0
