"""What a page of the portfolio shows, to take away: the same projects, in the same order."""

import csv
import io
from datetime import timedelta

import pytest

from data.database import reading
from data.operations.withheld import WithholdField, withhold_field
from data.queries.portfolio import PortfolioFilter, Sort, portfolio_ids
from data.writer import change
from models.clock import local_date
from models.project import Sector
from models.withheld_item import WithheldField
from tests.conftest import NOW, OFFICER
from tests.data.queries.projects import Builders, day_after


@pytest.fixture
def built(city, machine):
    """A dozen projects of which something was said."""
    builders = Builders(5)
    for number in range(12):
        builders.publish(day_after(number), region="江南" if number % 2 else "文昌")
        builders.go_on(day_after(number, 2))
    machine.now = day_after(60)
    return city


def rows_of(reply):
    return list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"))))


@pytest.mark.parametrize("sort", ["late", "-late", "name", "light"])
def test_a_table_has_the_projects_of_the_filter_in_its_order(built, machine, sort):
    rows = rows_of(machine.get(f"/projects.csv?region=%E6%B1%9F%E5%8D%97&sort={sort}"))

    with reading() as session:
        expected = portfolio_ids(
            session,
            PortfolioFilter(region="江南"),
            now=machine.now,
            sort=Sort(sort.removeprefix("-")),
            is_reversed=sort.startswith("-"),
        )
    assert [row["project"] for row in rows] == list(expected)
    assert all(row["light"] and row["light_reasons"] for row in rows)


def test_places_have_the_projects_of_the_filter(built, machine):
    features = machine.get("/projects.geojson?sector=health").json["features"]

    assert features
    assert {one["properties"]["sector"] for one in features} == {Sector.HEALTH}
    assert all(one["properties"]["light"] and one["geometry"]["type"] == "Point" for one in features)


def test_a_past_day_has_what_was_known_then(built, machine):
    day = local_date(day_after(3))

    rows = rows_of(machine.get(f"/projects.csv?as_of={day}"))

    assert 0 < len(rows) < len(rows_of(machine.get("/projects.csv")))
    assert {row["as_of"] for row in rows} == {str(day)}


def test_what_is_held_back_is_named(built, machine):
    command = WithholdField(
        project_id=built.project,
        field=WithheldField.BUDGET,
        ground="政府信息公开条例第十五条",
        held_by="水务局",
        until=local_date(NOW) + timedelta(days=200),
    )
    change(withhold_field, command, OFFICER, now=day_after(30))

    row = next(row for row in rows_of(machine.get("/projects.csv")) if row["project"] == built.project)

    assert row["withheld"] == "budget"
    assert row["budget"] == ""


@pytest.mark.parametrize("path", ["/projects.csv", "/projects.geojson"])
def test_a_filter_that_cannot_be_understood_is_refused(small_city, machine, path):
    assert machine.get(f"{path}?near=here").status == 400
    assert machine.get(f"{path}?size=3").status == 400
