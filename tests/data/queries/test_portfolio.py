"""The portfolio: each filter as a plain loop would have it, orders that are read to their end, and sums."""

from datetime import timedelta
from itertools import product
from math import asin, cos, radians, sin, sqrt

import pytest
import shapely

from data.database import reading
from data.queries.portfolio import (
    Near,
    PortfolioFilter,
    SlipBucket,
    Sort,
    portfolio,
    portfolio_ids,
    portfolio_regions,
    portfolio_standings,
    portfolio_totals,
    present_summaries,
)
from data.queries.portfolio_columns import Columns
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectFilter, count_projects
from data.queries.standings import all_standings
from models.clock import local_date
from models.light_reasons import Light
from models.project import Phase, Sector
from tests.data.queries.projects import Builders, day_after

DAYS = 12
LATER = day_after(DAYS + 30)
#: What lists show.
SHOWN = (
    "title",
    "state",
    "promised_on",
    "expected_on",
    "reached_on",
    "slip_days",
    "moves",
    "milestones_reached",
    "next_due",
    "longitude",
)
AREA = {"type": "Polygon", "coordinates": [[[119.1, 29.6], [119.9, 29.7], [119.6, 30.4], [119.1, 29.6]]]}


@pytest.fixture
def building(small_city):
    """Some projects in two departments, of which one has no place, at the end of twelve days."""
    builders = Builders(11)
    builders.publish(day_after(0), title="Ａ 100% 'X'; --", geometry=None)
    for day in range(DAYS):
        builders.publish(day_after(day, 2), department=("water", "parks")[day % 2])
        for hour in (3, 4, 5):
            builders.go_on(day_after(day, hour))
    return builders


def km(one, longitude, latitude):
    east, north = map(radians, one.place)
    half = sin((north - radians(latitude)) / 2) ** 2
    half += cos(north) * cos(radians(latitude)) * sin((east - radians(longitude)) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def is_due_soon(one):
    return one.next_due is not None and one.next_due <= local_date(LATER) + timedelta(days=30)


def is_in_area(one):
    return one.place is not None and shapely.geometry.shape(AREA).intersects(shapely.Point(one.place))


def is_late_water_in_wenchang(one):
    return (one.said.sector, one.said.region) == (Sector.WATER, "文昌") and (one.days_late or 0) >= 1


FILTERS = [
    ({}, lambda _: True),
    ({"department_id": "parks"}, lambda one: one.said.department_id == "parks"),
    ({"sector": Sector.HEALTH}, lambda one: one.said.sector is Sector.HEALTH),
    ({"phase": Phase.COMPLETION}, lambda one: one.said.phase is Phase.COMPLETION),
    ({"region": "江南"}, lambda one: one.said.region == "江南"),
    ({"light": Light.STALE}, lambda one: one.light.light is Light.STALE),
    ({"state": ProjectState.LATE}, lambda one: one.state is ProjectState.LATE),
    ({"late_by": 20}, lambda one: one.days_late is not None and one.days_late >= 20),
    ({"due_within": 30}, is_due_soon),
    ({"words": "泵站 1"}, lambda one: "泵站" in one.said.title and "1" in one.said.title),
    ({"words": "'x'; 100%"}, lambda one: "'X'" in one.said.title),
    ({"words": "没有"}, lambda _: False),
    ({"near": Near(119.5, 30.0, 40)}, lambda one: one.place is not None and km(one, 119.5, 30.0) <= 40),
    ({"area": AREA}, is_in_area),
    ({"sector": Sector.WATER, "region": "文昌", "late_by": 1}, is_late_water_in_wenchang),
]


def test_each_filter_leaves_what_it_says(building):
    with reading() as session:
        known = all_standings(session, LATER)
        sizes = set()
        for said, is_meant in FILTERS:
            meant = {identifier for identifier, one in known.items() if is_meant(one)}
            asked = PortfolioFilter(**said)

            found = portfolio_ids(session, asked, now=LATER)

            assert set(found) == meant, said
            assert len(found) == len(meant) == portfolio_totals(session, asked, now=LATER).count
            sizes.add(len(meant))
    assert len(known) == DAYS + 2
    assert len(sizes) > 4


def read_to_the_end(session, asked, **order):
    seen, after = [], None
    while True:
        page = portfolio(session, asked, now=LATER, after=after, size=4, **order)
        seen += [one.project_id for one in page.rows]
        after = page.next
        if after is None:
            return seen


def test_every_order_is_read_to_its_end_page_by_page(building):
    asked = PortfolioFilter(due_within=10_000)
    with reading() as session:
        for sort, is_reversed in product(Sort, (False, True)):
            order = {"sort": sort, "is_reversed": is_reversed}
            whole = portfolio_ids(session, asked, now=LATER, **order)
            seen = read_to_the_end(session, asked, **order)

            assert seen == list(whole), order
            assert len(set(seen)) == len(seen) > 8


def test_orders_put_first_what_they_promise(building):
    with reading() as session:
        late, due, light, named, cost = (
            portfolio_standings(session, PortfolioFilter(), now=LATER, sort=sort)
            for sort in (Sort.LATE, Sort.DUE, Sort.LIGHT, Sort.NAME, Sort.COST)
        )

    days = [one.days_late for one in late if one.days_late is not None]
    assert days == sorted(days, reverse=True)
    dates = [one.next_due for one in due if one.next_due]
    assert dates == sorted(dates)
    assert [one.said.title.casefold() for one in named] == sorted(one.said.title.casefold() for one in named)
    assert light[0].light.light in (Light.RED, Light.STALE)
    costs = [(one.cost.currency, -one.cost.units) for one in cost if one.cost]
    assert costs == sorted(costs)
    assert [one.cost is None for one in cost] == sorted(one.cost is None for one in cost)


def test_totals_are_the_sums_of_what_is_listed(building):
    asked = PortfolioFilter(department_id="water")
    with reading() as session:
        listed = portfolio_standings(session, asked, now=LATER)
        totals = portfolio_totals(session, asked, now=LATER)

    for currency in {one.cost.currency for one in listed if one.cost}:
        assert totals.cost[currency] == sum(
            one.cost.units for one in listed if one.cost and one.cost.currency == currency
        )
    assert totals.without_cost == sum(1 for one in listed if one.cost is None)
    assert sum(totals.spent.values()) == sum(one.spent.units for one in listed if one.spent)
    assert totals.lights == {code: sum(1 for one in listed if one.light.light is code) for code in totals.lights}
    assert sum(totals.slips.values()) == sum(totals.sectors.values()) == sum(totals.phases.values()) == len(listed)
    assert totals.slips[SlipBucket.QUARTER] == sum(1 for one in listed if one.days_late and 30 < one.days_late <= 90)


def test_columns_patched_after_a_change_are_those_made_anew(building):
    with reading() as session:
        assert len(all_standings(session, LATER).columns) == DAYS + 2
    for hour in range(6):
        building.go_on(LATER + timedelta(hours=hour + 1))
        with reading() as session:
            found = all_standings(session, LATER + timedelta(hours=hour + 1.5))
            assert found.last_columns[0] is not found.evaluated
            patched, anew = found.columns, Columns([found[one] for one in found])

        assert patched.ids == anew.ids
        assert patched.titles == anew.titles
        for sort in Sort:
            assert patched.order(sort).tolist() == anew.order(sort).tolist()
        for name in ("late", "due", "light", "cost", "spent", "region", "changed", "state"):
            assert vars(patched)[name].tolist().__repr__() == vars(anew)[name].tolist().__repr__()
        assert patched.named(["泵站"]).tolist() == anew.named(["泵站"]).tolist()


def test_a_portfolio_of_what_is_kept_takes_one_statement_and_its_rows_another(building, statements):
    with reading() as session:
        all_standings(session, LATER)
    statements.clear()

    with reading() as session:
        page = portfolio(session, PortfolioFilter(words="泵站"), now=LATER, size=5)
        assert len(statements) == 1
        summaries = present_summaries(session, [one.project_id for one in page.rows], today=local_date(LATER))

    assert len(statements) == 2
    assert [summaries[one.project_id].title for one in page.rows] == [one.said.title for one in page.rows]


def test_states_and_districts_are_those_of_the_lists_there_were(building):
    today = local_date(LATER)
    with reading() as session:
        counted = count_projects(session, ProjectFilter(), today=today)
        totals = portfolio_totals(session, PortfolioFilter(), now=LATER)
        regions = portfolio_regions(session, now=LATER)
        known = all_standings(session, LATER)
        summaries = present_summaries(session, list(known), today=today)

    assert totals.states == counted
    assert regions == sorted({one.said.region for one in known.values()} - {""})
    for identifier, one in known.items():
        assert {name: getattr(one.summary, name) for name in SHOWN} == {
            name: getattr(summaries[identifier], name) for name in SHOWN
        }


def test_of_a_past_day_the_portfolio_is_what_it_was(building):
    day = local_date(day_after(5))
    with reading() as session:
        then = portfolio_standings(session, PortfolioFilter(as_of=day), now=LATER)

    assert 0 < len(then) < DAYS + 2
    assert all(one.on == day for one in then)
