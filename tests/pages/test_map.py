"""The map of projects: marks as data, text that stays text, and the same projects as a list beside it."""

import asyncio
import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.writer import change
from models.decision import Language
from models.project import Phase, Sector
from pages.components.project_map import (
    LIGHTS,
    BaseMap,
    MapAssets,
    MapMark,
    MapWords,
    escape_for_folium,
    project_map,
)
from pages.readable.map import map_address, read_map
from pages.readable.projects import project_list
from pages.server import maps
from tests.conftest import NOW, OFFICER
from tests.pages.promises import HOSTILE, statements, visit_to

ROOT = Path(__file__).resolve().parents[2]
ASSETS = MapAssets(ours="/a", leaflet="/b", markercluster="/c")
WORDS = MapWords(
    language="zh-CN",
    title=HOSTILE,
    empty=HOSTILE,
    soon=HOSTILE,
    lights=dict.fromkeys(LIGHTS, HOSTILE),
    group=HOSTILE,
    zoom_in=HOSTILE,
    zoom_out=HOSTILE,
    close=HOSTILE,
    later=HOSTILE,
    earlier=HOSTILE,
)
LINE = {"type": "LineString", "coordinates": [[119.4, 30.1], [119.6, 30.3]]}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self):
        content = gzip.decompress(self.content) if self.headers.get("content-encoding") == "gzip" else self.content
        return content.decode()


@pytest.fixture
def get(small_city, stopped_clock):
    maps._write.cache_clear()
    app = Starlette(routes=maps.routes)

    def ask(address, **headers):
        sent, parts = [], urlsplit(address)
        scope = {
            "type": "http",
            "method": "GET",
            "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        }

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], answered, b"".join(part.get("body", b"") for part in sent[1:]))

    return ask


def data_of(document):
    return json.loads(
        re.search(r'<script type="application/json" id="map-data">(.*?)</script>', document, re.DOTALL)[1]
    )


def publish(title, geometry=None, **more):
    given = {"phase": Phase.PREPARATION, "sector": Sector.TRANSPORT, **more}
    command = PublishProject(department_id="water", language=Language.CHINESE, title=title, geometry=geometry, **given)
    return change(publish_project, command, OFFICER, now=NOW).key


def test_a_point_is_a_row_and_only_lines_and_areas_bring_their_geometry(get, small_city):
    line = publish("环线", LINE)
    publish("没有位置")

    marks = data_of(get("/map/projects").text)["marks"]

    assert [mark[0] for mark in marks] == [small_city.project, line]
    assert marks[0][3:5] == [119.5, 30.2]
    assert len(marks[0]) == 6
    assert marks[1][6] == LINE


def test_the_map_obeys_the_same_filters_as_the_list(get):
    publish("环线", LINE)

    marks = data_of(get("/map/projects?sector=transport").text)["marks"]

    assert [mark[1] for mark in marks] == ["环线"]


def test_the_map_of_one_project_shows_that_one(get, small_city):
    publish("环线", LINE)

    answer = get(f"/map/project/{small_city.project}")

    assert [mark[1] for mark in data_of(answer.text)["marks"]] == ["第二水厂"]
    assert get("/map/project/P-9999").status == 404


def test_an_unchanged_map_is_not_sent_again(get):
    first = get("/map/projects")

    again = get("/map/projects", if_none_match=first.headers["etag"])

    assert again.status == 304
    assert not again.content


def test_a_map_is_compressed_for_those_who_take_it(get):
    answer = get("/map/projects", accept_encoding="gzip")

    assert answer.headers["content-encoding"] == "gzip"
    assert "map-data" in answer.text


def test_a_map_runs_its_own_scripts_and_loads_nothing_from_elsewhere(get):
    answer = get("/map/projects")
    policy = answer.headers["content-security-policy"]

    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert "connect-src 'none'" in policy
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", answer.text)


def test_every_part_of_the_map_library_is_asked_for(get):
    document = get("/map/projects").text

    for part in (
        "map_area.js",
        "leaflet.js",
        "leaflet.css",
        "leaflet.markercluster.js",
        "MarkerCluster.css",
        "map.js",
        "map.css",
    ):
        assert f"/{part}" in document


def test_the_page_of_a_map_may_be_enlarged(get):
    assert "user-scalable" not in get("/map/projects").text


@pytest.mark.parametrize(
    "hostile",
    [
        *(HOSTILE, "`", "${alert(1)}", "</script><img src=x onerror=alert(1)>", "]]>", "\\"),
        # What Folium would take for a template, and run in the server.
        *("{{ 7 * 7 }}", "{{ this.__class__ }}", "{% raw %}", "{# 1"),
    ],
)
def test_what_people_wrote_reaches_the_map_as_data_alone(hostile):
    mark = MapMark(id=hostile, title=hostile, light="S", longitude=1.0, latitude=2.0)

    document = project_map([mark], words=WORDS, base=BaseMap(), assets=ASSETS)
    inside = re.search(r'id="map-data">(.*?)</script>', document, re.DOTALL)[0]

    assert data_of(document)["marks"] == [[hostile, hostile, 1, 1.0, 2.0, None]]
    assert "<" not in inside.removesuffix("</script>")


@pytest.mark.parametrize("hostile", [HOSTILE, "`", "${1}", "\\`${1}", "<b>"])
def test_what_folium_is_given_cannot_leave_its_template(hostile):
    escaped = escape_for_folium(hostile)

    assert not set(escaped) & set("<>`${}\\\"'")


def test_the_script_puts_titles_into_the_page_as_text():
    script = (ROOT / "pages" / "assets" / "map.js").read_text("utf-8")

    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script
    assert re.findall(r"html: ([^,]+)", script) == ["letter", "label"]


def test_an_outline_is_the_example_citys_only_in_the_example(monkeypatch):
    assert maps.base_map("zh").outline is None
    if maps._EXAMPLE_OUTLINE.is_file():
        assert maps.base_map("zh", is_example=True).outline["features"]


def test_the_list_beside_the_map_has_the_same_order_as_the_table(small_city):
    publish("环线", LINE)
    publish("没有位置")

    html = read_map(visit_to()).body_html

    assert re.findall(r'<p><a href="/projects/[^"]+" lang="[^"]+">([^<]+)', html) == ["没有位置", "环线", "第二水厂"]
    assert "未公布位置" in html


def test_the_frame_asks_for_what_the_list_asks_for_and_nothing_else(small_city):
    from data.database import reading  # noqa: PLC0415 - here alone.

    visit = visit_to(sector="transport", show="P-1001", words='"><script>', nonsense="1")
    with reading() as session:
        address = map_address(project_list(session, visit), visit)

    assert address == "/map/projects?sector=transport&words=%22%3E%3Cscript%3E#P-1001"


@pytest.mark.parametrize("shown", ["javascript:alert(1)", "P-1001#x", "//evil", "P-１００１"])
def test_only_the_number_of_a_project_can_be_shown(small_city, shown):
    from data.database import reading  # noqa: PLC0415 - here alone.

    visit = visit_to(show=shown)
    with reading() as session:
        assert map_address(project_list(session, visit), visit) == "/map/projects"


def test_what_people_wrote_stays_text_in_the_list_beside_the_map(small_city):
    text = AmendProject(
        project_id=small_city.project,
        language=Language.CHINESE,
        title=HOSTILE,
        phase=Phase.IMPLEMENTATION,
        region=HOSTILE[:90],
        reason="改名。",
    )
    change(amend_project, text, OFFICER, now=NOW)

    html = read_map(visit_to(language="en")).body_html

    assert not re.search(r"<(img|script|/script)", html)


def test_a_map_and_its_list_take_few_statements(get):
    read_map(visit_to(sector="nothing"))

    with statements() as made:
        read_map(visit_to())
        get("/map/projects")

    # One of them asks how far the record is, and is asked again only after a change.
    assert 0 < len(made) <= 12 + 7


def test_an_area_is_drawn_and_another_can_be_asked_for(get):
    area = data_of(get("/map/projects?sector=waterAndWaste&area=119,30;120,30;120,31").text)["area"]

    assert area["ring"] == [[119, 30], [120, 30], [120, 31]]
    assert area["page"] == "/projects?view=map&sector=waterAndWaste"


def test_no_area_is_drawn_on_the_map_of_one_project(get, small_city):
    assert data_of(get(f"/map/project/{small_city.project}").text)["area"] is None


def test_a_mark_has_the_light_of_its_project(get):
    publish("没有承诺", LINE)

    data = data_of(get("/map/projects").text)

    assert [data["lights"][mark[2]][0] for mark in data["marks"]] == ["G", "S"]


def test_the_place_of_a_visitor_is_asked_for_on_a_click_and_rounded():
    script = (ROOT / "pages" / "assets" / "filters.js").read_text("utf-8")

    assert script.index('addEventListener("click"') < script.index("getCurrentPosition")
    assert "toFixed(PLACES)" in script
    assert "watchPosition" not in script


def test_the_page_has_the_map_above_its_list(small_city):
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.run()
    page.switch_page("pages/map.py")
    page.query_params["sector"] = "waterAndWaste"
    page.run()

    assert not page.exception
    assert [element.proto.src for element in page.get("iframe")] == ["/map/projects?sector=waterAndWaste"]
    assert "第二水厂" in "".join(element.proto.body for element in page.get("html"))


def test_too_many_for_a_mark_each_are_gathered_and_none_is_lost(get, small_city, monkeypatch):
    monkeypatch.setattr(maps, "_MOST_MARKS", 3)
    for number in range(5):
        publish(f"泵站 {number}", {"type": "Point", "coordinates": [119.10005 + 0.001234 * number, 29.9]})
    publish("桥", {"type": "Point", "coordinates": [119.9, 30.4]})

    data = data_of(get("/map/projects").text)
    west, south, east, north = data["groups"][0][3]
    # As the script asks for it.
    west, south, east, north = (f"{degrees:.4f}" for degrees in (west, south, east, north))
    corners = f"{west},{south};{east},{south};{east},{north};{west},{north}"
    within = data_of(get(f"/map/projects?area={corners}").text)

    assert data["marks"] == []
    assert [count for _, _, count, _ in data["groups"]] == [5, 1, 1]
    assert sum(count for _, _, count, _ in within["groups"]) == 5


def test_those_in_one_place_are_drawn_however_many(get, monkeypatch):
    monkeypatch.setattr(maps, "_MOST_MARKS", 3)
    for number in range(4):
        publish(f"泵站 {number}", {"type": "Point", "coordinates": [119.5, 30.2]})

    data = data_of(get("/map/projects").text)

    assert len(data["marks"]) == 5
    assert data["groups"] == []
