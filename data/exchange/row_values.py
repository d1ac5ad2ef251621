"""What a row says of a project: its names, phase, sector, place, costs and dates."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from data.exchange.cells import (
    CellFault,
    amount_of,
    in_smallest_unit,
    is_blank,
    percent_of,
    phase_of,
    sector_of,
    text_of,
)
from data.exchange.dates import day_of
from data.exchange.places import place_of
from data.exchange.project_row import Amount, Progress
from data.exchange.row_reader import RowReader
from data.exchange.sources import GCJ02, GEOMETRY
from data.exchange.standard import listed
from data.exchange.standard_terms import CADENCE_SCHEME, ROUTE_SCHEME
from data.exchange.surroundings import demand_near
from data.exchange.survey import currency_of
from models.decision import Language
from models.money import LARGEST_SHARE
from models.project import ApprovalRoute, Cadence, Phase, Sector
from models.text import cleaned

_DONE = (Phase.COMPLETION, Phase.MAINTENANCE, Phase.DECOMMISSIONING, Phase.DECOMMISSIONED)


def language_in(title: str, told: Mapping[str, Any] | None = None) -> Language:
    """Return the language that a project of OC4IDS says it is in, or else the one that the letters of a title show."""
    if told is not None and told.get("language") in set(Language):
        return Language(told["language"])
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
    # Why dates moved, where there are none, is worth telling all the same.
    reason = "" if reader.mapping.milestones else reader.mapping.delay_reason
    for column in (reader.mapping.department, *reader.mapping.described, reason):
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
        if fault.reason == "null_geometry":
            # "Unlocated" (RFC 7946, 3.2): nobody says where it is, and nothing is wrong with that.
            reader.note(mapping.geometry or GEOMETRY, "", fault.reason)
            return None
        if not is_blank(cells.get(mapping.geometry)):
            reader.fault(mapping.geometry or GEOMETRY, cells.get(mapping.geometry), fault.reason)
        else:
            both = f"{text_of(cells.get(mapping.longitude))}, {text_of(cells.get(mapping.latitude))}"
            reader.fault(f"{mapping.longitude}, {mapping.latitude}", both, fault.reason)
        return None
    if place.is_mended:
        reader.note(mapping.geometry, "", "ring_crossed_itself")
    if mapping.crs == GCJ02:
        reader.note(mapping.geometry or mapping.longitude, "", "converted_from_gcj02")
    return place.geometry


def amount_now(reader: RowReader) -> Amount | None:
    """Return what a row says the project costs by now, where it says so beside what it was to cost."""
    return amount_in(replace(reader, mapping=replace(reader.mapping, budget=reader.mapping.budget_now)))


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


def progress_in(reader: RowReader) -> Progress | None:
    """
    Return how far a row says the project is; nothing where it does not say.

    Of the plan of a year more than all may be done, or less than nothing; of a building not.
    """
    mapping = reader.mapping
    built, annual = (reader.cell(column, percent_of) for column in (mapping.progress, mapping.annual_progress))
    if built is not None and not 0 <= built <= 100:  # noqa: PLR2004 - per cent.
        reader.fault(mapping.progress, built, "percent_out_of_range")
        built = None
    if annual is not None and abs(annual * 100) > LARGEST_SHARE:
        reader.fault(mapping.annual_progress, annual, "percent_out_of_range")
        annual = None
    if built is None and annual is None:
        return None
    if built == 100 and phase_of(reader.words("phase")) not in _DONE:  # noqa: PLR2004 - per cent.
        reader.note(mapping.progress, built, "done_but_unfinished")
    return Progress(*(None if share is None else round(share * 100) for share in (built, annual)))


def terms_in(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a project of OC4IDS is approved and reported of, as this record writes it."""
    named = {one.get("scheme"): one.get("id") for one in listed(told.get("additionalClassifications"))}
    route, cadence = named.get(ROUTE_SCHEME), named.get(CADENCE_SCHEME)
    return {
        "approval_route": ApprovalRoute(route) if route in set(ApprovalRoute) else None,
        "cadence": Cadence(cadence) if cadence in set(Cadence) else None,
    }
