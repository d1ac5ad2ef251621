"""The same projects in every view, on the map, and in what is taken away: whatever they are narrowed to, and how."""

import csv
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.walk import BRIDGE, Walk

WIDTHS = [1360, 390]
#: Where in each view the projects are named.
NAMED = {
    "list": ".portfolio-cards h2 a",
    "table": "table.projects th[scope=row] a",
    "timeline": "table.dumbbells th[scope=row] a",
    "map": ".on-map li > p > a",
}
#: Narrowed so far that they stand on one page.
FILTERS = [
    {"department": "transport", "late_by": "30"},
    {"light": "R"},
    {"near": "119.52,30.21,4", "sort": "name"},
    {"area": "119.4,30.15;119.55,30.15;119.55,30.3;119.4,30.3", "light": "G"},
]


def shown(walk, view):
    """Return the projects of a view, in its order."""
    # What the server sent first is taken away a moment before Streamlit has drawn the same.
    expect(walk.page.locator(NAMED[view]).first).to_be_attached()
    links = walk.page.locator(NAMED[view]).evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    return [urlsplit(link).path.removeprefix("/projects/") for link in links]


def taken_away(address, query):
    """Return the projects of each format."""

    def get(path, **more):
        with urlopen(f"{address}{path}?{urlencode(query | more)}") as reply:
            return reply.read().decode("utf-8-sig")

    return {
        "csv": [row["project"] for row in csv.DictReader(get("/projects.csv").splitlines())],
        "json": [one["id"] for one in json.loads(get("/api/v1/projects", size=100))["projects"]],
        "geojson": [one["properties"]["id"] for one in json.loads(get("/projects.geojson"))["features"]],
    }


def drawn(walk):
    """Return the projects that the map was given, and how many marks stand on it, alone or gathered."""
    frame = walk.page.frame_locator("iframe").first
    expect(frame.locator(".leaflet-marker-icon").first).to_be_visible()
    marks = frame.locator("#map-data").evaluate("block => JSON.parse(block.textContent).marks.map((row) => row[0])")
    gathered = frame.locator(".leaflet-marker-icon.marks").all_inner_texts()
    alone = frame.locator(".leaflet-marker-icon.mark").count()
    return marks, alone + sum(int(re.match(r"\d+", one)[0]) for one in gathered)


def are_the_same(walk, query):
    """Hold every view and every format against the list, and return it."""
    walk.go(f"/projects?{urlencode(query)}")
    listed = shown(walk, "list")
    assert listed
    for view in ("table", "timeline", "map"):
        walk.go(f"/projects?{urlencode(query | {'view': view})}")
        assert shown(walk, view) == listed, view
        assert walk.fits(), view
    marks, standing = drawn(walk)
    places = [one for one in listed if one in marks]
    assert sorted(marks) == sorted(places)
    assert standing == len(marks)
    found = taken_away(walk.address, query)
    assert found["csv"] == found["json"] == listed
    assert sorted(found["geojson"]) == sorted(listed)
    return listed


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", FILTERS, ids=lambda query: next(iter(query)))
def test_every_view_and_every_format_has_the_same_projects(open_browser, address, query, width):
    walk = Walk(open_browser(width=width), address)

    are_the_same(walk, query)


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_and_areas_are_drawn(open_browser, address, width):
    walk = Walk(open_browser(width=width), address)

    walk.go("/map")

    frame = walk.page.frame_locator("iframe").first
    expect(frame.locator(".leaflet-marker-icon").first).to_be_visible()
    forms = frame.locator("#map-data").evaluate(
        "block => JSON.parse(block.textContent).marks.filter((row) => row[6]).map((row) => row[6].type)"
    )
    assert {"LineString", "Polygon"} <= {one.removeprefix("Multi") for one in forms}
    inked = frame.locator("canvas").first.evaluate(
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((each) => each)"
    )
    assert inked


@pytest.mark.parametrize("width", WIDTHS)
def test_an_area_drawn_on_the_map_narrows_every_view(open_browser, address, width):
    walk = Walk(open_browser(width=width), address)
    walk.go("/map?light=G")
    frame = walk.page.frame_locator("iframe").first
    box = frame.locator(".leaflet-container")
    expect(frame.locator(".leaflet-marker-icon").first).to_be_visible()
    frame.get_by_role("button", name="画矩形").click()
    size = box.bounding_box()

    for across, down in ((0.3, 0.3), (0.7, 0.7)):
        box.click(position={"x": size["width"] * across, "y": size["height"] * down}, force=True)

    walk.page.wait_for_url(re.compile("area="))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(walk.page.url).query).items()}
    assert len(asked["area"].split(";")) == 4
    narrowed = are_the_same(walk, {"area": asked["area"], "light": "G"})
    walk.go("/projects?light=G")
    assert set(narrowed) < set(shown(walk, "list"))


@pytest.mark.parametrize("width", WIDTHS)
def test_near_me_asks_for_the_place_only_when_pressed_and_narrows_every_view(open_browser, address, width):
    walk = Walk(open_browser(width=width), address)
    walk.page.context.grant_permissions(["geolocation"])
    walk.page.context.set_geolocation({"latitude": 30.2123, "longitude": 119.5234})
    walk.go("/projects")
    walk.page.get_by_text("更多筛选").click()

    walk.page.get_by_role("button", name="我的附近").click()

    walk.page.wait_for_url(re.compile("point=|near="))
    walk.settled()
    near = shown(walk, "list")
    assert "119.52, 30.21" in walk.page.locator("input[name=point]").input_value()
    assert near == are_the_same(walk, {"near": "119.52,30.21,5"})


def test_the_map_stays_in_view_beside_a_long_list(open_browser, address):
    walk = Walk(open_browser(), address)
    walk.go("/projects?view=map")

    walk.page.locator(".record article, .record .card").last.scroll_into_view_if_needed()

    expect(walk.page.get_by_test_id("stIFrame")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_promise_is_drawn_and_said_and_stands_in_a_table(open_browser, address, width):
    walk = Walk(open_browser(width=width), address)

    walk.go(f"/projects/{BRIDGE}")

    said = ["2026-08-02", "2026-10-01", "2026-12-10", "2027-01-29"]
    picture = walk.page.locator(f"figure.drawn img.{'wide' if width > 600 else 'narrow'}")
    expect(picture).to_be_visible()
    assert all(day in picture.get_attribute("alt") for day in said)
    assert picture.evaluate("image => image.naturalWidth > 300")
    walk.page.get_by_text("每个节点的每次说法").click()
    history = walk.page.locator("details[open] table").last
    assert [row.inner_text() for row in history.locator("td[data-head=当时的说法]").all()] == said


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_first_screen_says_what_was_promised_how_it_moved_and_how_likely_it_is(
    open_browser, address, width, language
):
    walk = Walk(open_browser(width=width, language=language), address)

    walk.go(f"/projects/{BRIDGE}")

    screen = walk.page.viewport_size["height"]
    for place in range(3):
        sentence = walk.page.locator(".sentences li").nth(place).bounding_box()
        assert sentence["y"] + sentence["height"] <= screen
