"""How every project stands: from cold, after one change, as of a past day; and the portfolio made of it."""

import gc
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import perf_counter

from sqlmodel import Session

from data.database import Database
from data.queries.portfolio import Near, PortfolioFilter, Sort, portfolio, portfolio_totals
from data.queries.promises import project_facts, project_promises
from data.queries.standing import standing
from data.queries.standings import Standings, all_standings, standing_of, standings_at, standings_on
from models.clock import local_date, utc_now
from models.light_reasons import Light
from models.project import Sector
from tests.bench.lines import Line, timed
from tests.bench.record import BenchRecord

#: In seconds, for all projects of size m.
_ALL = 10.0
#: In milliseconds: a filter with its totals, one project, and what a change of one costs whoever asks next.
_FILTER, _PROJECT, _CHANGE = 5.0, 10.0, 40.0
_TIMES, _PROJECTS = 20, 100
_PAST = timedelta(days=200)


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield a line for all, for one, for a change, for filters, and for a past day."""
    now = utc_now()
    with Database(record.url).reading() as session:
        yield from _cold(session, now)
        yield from _portfolio(session, now)
        yield _one(session, record, now)
        yield from _changed(session, now)
        yield from _past(session, now)


def _cold(session: Session, now: datetime) -> Iterator[Line]:
    began = perf_counter()
    known = all_standings(session, now)
    lights = perf_counter() - began
    for one in known.values():
        assert one.outlook is not None or one.completion is None
    taken = perf_counter() - began
    # As the server does, once it is warm.
    gc.collect()
    gc.freeze()
    note = f"lights after {lights:.1f} s"
    yield Line(name=f"all {len(known)} projects with likelihoods, cold", ours=taken, unit="s", budget=_ALL, note=note)


def _portfolio(session: Session, now: datetime) -> Iterator[Line]:
    asked = {
        "all, by name": (PortfolioFilter(), Sort.NAME),
        "late, red, of a sector": (PortfolioFilter(late_by=30, light=Light.RED, sector=Sector.WATER), Sort.LATE),
        "words in the title": (PortfolioFilter(words="水"), Sort.CHANGED),
        "near a point, due soon": (PortfolioFilter(near=Near(119.2, 29.9, 20), due_within=60), Sort.DUE),
        "within an area": (PortfolioFilter(area=_area()), Sort.COST),
    }
    for name, (wanted, sort) in asked.items():
        portfolio(session, wanted, now=now, sort=sort)
        listed = timed([lambda w=wanted, s=sort: portfolio(session, w, now=now, sort=s, size=25)] * _TIMES)
        yield Line(name=f"portfolio, {name}, p95", ours=listed.p95, unit="ms", budget=_FILTER, note=listed.told)
    summed = timed([lambda: portfolio_totals(session, PortfolioFilter(), now=now)] * _TIMES)
    yield Line(
        name="totals and distributions of all, p95", ours=summed.p95, unit="ms", budget=_FILTER, note=summed.told
    )


def _one(session: Session, record: BenchRecord, now: datetime) -> Line:
    """Measure what a page of one project asks: its promises, how it stands, and how likely its date is."""
    identifiers = record.column("SELECT project_id FROM project_present ORDER BY updated_at DESC")[:_PROJECTS]

    def read(identifier: str) -> None:
        project_promises(session, identifier)
        found = standing_of(session, identifier, now)
        assert found is not None
        assert found.outlook is not None or found.completion is None

    times = timed([lambda one=one: read(one) for one in identifiers])
    return Line(name="promises of one project, p95", ours=times.p95, unit="ms", budget=_PROJECT, note=times.told)


def _changed(session: Session, now: datetime) -> Iterator[Line]:
    """Measure what is made anew after a change of one project; the record itself is not written to."""
    known = all_standings(session, now)
    identifier = next(iter(known))

    def change() -> Standings:
        told = project_facts(session, [identifier])[identifier]
        one = known.evaluated[identifier]
        changed = type(one)(standing(told, known.on, known.evidence), one.statements)
        anew = Standings({**known.evaluated, identifier: changed}, known.on, known)
        assert len(anew.columns) == len(known)
        assert anew[identifier].light == known[identifier].light
        return anew

    def weigh() -> None:
        assert change()[identifier].outlook == known[identifier].outlook

    for name, call in (("list", change), ("likelihood", weigh)):
        times = timed([call] * _TIMES)
        called = f"{name} after a change of one project, p95"
        yield Line(name=called, ours=times.p95, unit="ms", budget=_CHANGE, note=times.told)


def _past(session: Session, now: datetime) -> Iterator[Line]:
    day = local_date(now) - _PAST
    identifiers = list(all_standings(session, now))[:_TIMES]
    times = timed([lambda one=one: standings_at(session, [one], day, now=now)[one].outlook for one in identifiers])
    yield Line(name="one project as of a past day, p95", ours=times.p95, unit="ms", budget=_CHANGE, note=times.told)
    began = perf_counter()
    then = standings_on(session, day, now=now)
    taken = perf_counter() - began
    yield Line(name=f"all {len(then)} as of a past day, first asked", ours=taken, unit="s", budget=_ALL)
    asked = PortfolioFilter(as_of=day, late_by=1)
    portfolio(session, asked, now=now)
    listed = timed([lambda: portfolio(session, asked, now=now, size=25)] * _TIMES)
    yield Line(
        name="list of a past day, asked again, p95", ours=listed.p95, unit="ms", budget=_FILTER, note=listed.told
    )


def _area() -> dict[str, object]:
    ring = [[119.0, 29.6], [119.5, 29.7], [119.6, 30.2], [119.1, 30.3], [119.0, 29.6]]
    return {"type": "Polygon", "coordinates": [ring]}
