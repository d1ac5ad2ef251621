"""What a row says of a project: its names, phase, sector, place, costs and dates."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from data.exchange.cells import CellFault, amount_of, in_smallest_unit, is_blank, phase_of, sector_of, text_of
from data.exchange.dates import Day, day_of
from data.exchange.places import place_of
from data.exchange.promises import Promise
from data.exchange.row_reader import RowReader
from data.exchange.sources import GEOMETRY, MILESTONES, Row
from data.exchange.surroundings import demand_near
from data.exchange.survey import currency_of
from data.exchange.take import Amount
from models.decision import Language
from models.milestone import MilestoneType
from models.project import Phase, Sector
from models.text import cleaned, one_line


def language_in(title: str) -> Language:
    """Return the language that the letters of a title show."""
    return Language.CHINESE if any("\u3400" <= character <= "\u9fff" for character in title) else Language.ENGLISH


def identifiers_in(reader: RowReader, title: str, description: str, region: str) -> Mapping[str, str]:
    """Return the names of a project by scheme, first the one that tells it from others."""
    scheme = reader.purpose.scheme
    identifier = reader.words("identifier")
    if reader.mapping.identifier and not identifier:
        reader.fault(reader.mapping.identifier, "", "missing_identifier")
    if not identifier:
        # Without a name of its own, a row is what it says.
        said = hashlib.sha256(f"{title}\n{description}\n{region}".encode()).hexdigest()
        identifier = f"sha256:{said[:32]}"
    others = reader.row.cells.get("identifiers") if reader.mapping.identifier == "id" else None
    listed = [other for other in others if isinstance(other, Mapping)] if isinstance(others, list) else []
    named = {text_of(other.get("scheme")): text_of(other.get("id")) for other in listed}
    return {scheme: identifier} | {
        other[:100]: value[:200] for other, value in named.items() if other and value and other != scheme
    }


def described_in(reader: RowReader) -> Iterator[str]:
    """Yield the words of further columns, each under its heading."""
    for column in (reader.mapping.department, *reader.mapping.described):
        if text := cleaned(text_of(reader.row.cells.get(column))) if column else "":
            yield f"{column}: {text}"


def phase_in(reader: RowReader) -> Phase | None:
    """Return the phase that a row says; nothing where it says none."""
    word = reader.words("phase")
    phase = reader.mapping.phases.get(word) or phase_of(word)
    if word and phase is None:
        reader.fault(reader.mapping.phase, word, "unknown_phase")
    return phase


def sector_in(reader: RowReader) -> tuple[Sector | None, str]:
    """Return the sector; and, where the word is none that we know, the word, to be kept in the description."""
    column, word = reader.mapping.sector, reader.words("sector")
    sector = reader.mapping.sectors.get(word) or sector_of(word)
    if not word or sector is not None:
        return sector, ""
    reader.note(column, word, "unknown_sector")
    return None, f"{column}: {word}"


def place_in(reader: RowReader) -> Mapping[str, Any] | None:
    """Return the geometry that a row gives; nothing where it gives none, or a wrong one."""
    mapping, cells = reader.mapping, reader.row.cells
    try:
        place = place_of(cells, mapping)
        if place is None:
            return None
        demand_near(place.geometry, reader.survey.near)
    except CellFault as fault:
        if not is_blank(cells.get(mapping.geometry)) or fault.reason == "null_geometry":
            reader.fault(mapping.geometry or GEOMETRY, cells.get(mapping.geometry), fault.reason)
        else:
            both = f"{text_of(cells.get(mapping.longitude))}, {text_of(cells.get(mapping.latitude))}"
            reader.fault(f"{mapping.longitude}, {mapping.latitude}", both, fault.reason)
        return None
    if place.is_mended:
        reader.note(mapping.geometry, "", "ring_crossed_itself")
    return place.geometry


def amount_in(reader: RowReader) -> Amount | None:
    """Return what a row says the project costs; nothing where it does not say, or not in which currency."""
    mapping = reader.mapping
    amount = reader.cell(mapping.budget, lambda cell: amount_of(cell, unit=mapping.budget_unit))
    if amount is None:
        return None
    currency = currency_of(reader.row.cells, mapping)
    if not currency:
        reader.note(mapping.budget, text_of(reader.row.cells.get(mapping.budget)), "no_currency")
        return None
    approved = reader.cell(mapping.approved, lambda cell: day_of(cell, reader.survey.orders.get(mapping.approved)))
    if approved is not None and approved.day > reader.purpose.today:
        reader.fault(mapping.approved, approved.day, "future_date")
    smallest = reader.cell(mapping.budget, lambda _: in_smallest_unit(amount, currency))
    if smallest is None:
        return None
    return Amount(
        amount=smallest,
        currency=currency,
        kind=mapping.budget_kind,
        approved_on=approved.day if approved else None,
    )


def promises_in(reader: RowReader) -> Iterator[Promise]:
    """Yield what a row says of each milestone."""

    def day(column: str) -> Day | None:
        return reader.cell(column, lambda cell: day_of(cell, reader.survey.orders.get(column)))

    for milestone in reader.mapping.milestones:
        planned, actual, either = day(milestone.planned), day(milestone.actual), day(milestone.either)
        if actual is not None and actual.day > reader.purpose.today:
            reader.fault(milestone.actual, actual.day, "future_date")
        if planned or actual or either:
            yield Promise(
                title=milestone.title,
                planned=planned,
                actual=actual,
                either=either,
                type=milestone.type,
                completes=milestone.completes,
            )
    if isinstance(listed := reader.row.cells.get(MILESTONES), list):
        yield from _standard_promises(reader, listed)


def _standard_promises(reader: RowReader, listed: list[Any]) -> Iterator[Promise]:
    """Yield the milestones of a project of OC4IDS that have a date."""
    seen: set[str] = set()
    for told_of in listed:
        one = RowReader(Row(reader.row.number, told_of), reader.mapping, reader.survey, reader.purpose, reader.faults)
        title = one_line(text_of(told_of.get("title")) or text_of(told_of.get("id")))[:300]
        planned, actual = one.cell("dueDate", day_of), one.cell("dateMet", day_of)
        if not (planned or actual) or not title or title in seen:
            reader.note(MILESTONES, title, "milestone_left_out")
            continue
        seen.add(title)
        known = {kind.value: kind for kind in MilestoneType}
        type_ = known.get(text_of(told_of.get("type")), MilestoneType.DELIVERY)
        yield Promise(title=title, planned=planned, actual=actual, type=type_)
