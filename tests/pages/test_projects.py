"""The list of projects: filters in the address, counts, pages, and what each row says."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from data.operations.projects import PublishProject, publish_project
from data.operations.withheld import WithholdField, withhold_field
from data.writer import change
from models.decision import Language
from models.milestone import Precision, RevisionKind
from models.project import Phase, Sector
from models.withheld_item import WithheldField
from pages.readable.map import read_map
from pages.readable.projects import read_projects
from tests.conftest import NOW, OFFICER
from tests.pages.promises import HOSTILE, cost, day, move, plan, say_of, statements, visit_to

ROOT = Path(__file__).resolve().parents[2]


def publish(title="绿道", *, after=0, **more):
    given = {"phase": Phase.PREPARATION, "sector": Sector.TRANSPORT, "region": "江南区", **more}
    command = PublishProject(department_id="water", language=Language.CHINESE, title=title, **given)
    return change(publish_project, command, OFFICER, now=NOW + timedelta(minutes=after)).key


def listed(**query):
    return read_projects(visit_to(**{"view": "table", **query})).body_html


def titles(html):
    return re.findall(r'<th scope="row"><a href="/projects/[^"]+" lang="[^"]+">([^<]*)</a>', html)


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def row_of(html, title):
    return text_of(next(part for part in html.split("<tr>") if f">{title}<" in part))


def links_in(html, form):
    return [urlsplit(link.replace("&amp;", "&")) for link in re.findall(rf'href="({form})"', html)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "绿"}, ["绿道"]),
        ({"sector": "transport"}, ["绿道"]),
        ({"phase": "implementation"}, ["第二水厂"]),
        ({"region": "江南区"}, ["绿道"]),
        ({"state": "unknown"}, ["绿道"]),
        ({"state": "on_time"}, ["第二水厂"]),
        ({"department": "parks"}, []),
        ({"sector": "transport", "phase": "implementation"}, []),
        ({"state": "nonsense", "sector": "nonsense"}, ["绿道", "第二水厂"]),
    ],
)
def test_the_address_says_which_projects_are_asked_for(small_city, asked, found):
    publish(after=5)

    assert titles(listed(**asked)) == found


def test_every_link_of_a_narrowed_list_keeps_what_was_asked_for(small_city):
    publish()

    html = listed(sector="transport", region="江南区", state="unknown", words="绿")
    views = links_in(html, r"/projects\?[^\"]*view=(?:map|timeline)[^\"]*")
    taken = links_in(html, r"/(?:projects\.|api/)[^\"]*")

    assert [link.path for link in taken] == ["/projects.csv", "/projects.geojson", "/api/v1/projects"]
    for link in (*views[:2], *taken):
        asked = {name: values[0] for name, values in parse_qs(link.query).items() if name != "view"}
        assert asked == {"sector": "transport", "region": "江南区", "state": "unknown", "words": "绿"}


def test_counts_by_light_leave_the_other_filters_in_force(small_city):
    publish()

    text = text_of(listed(sector="transport", light="R"))

    assert "全部 1" in text
    assert "S 缺少最新数据 1" in text
    assert "G 绿：符合承诺 0" in text
    assert "共 0 个项目" in text


def test_a_row_sets_what_is_said_now_against_what_was_promised_first(small_city):
    move(small_city.milestone, day(130))
    move(small_city.milestone, day(150), after=timedelta(hours=3))
    say_of(plan(small_city.project, "开工", day(-9)), RevisionKind.ACHIEVED, day(-9))
    cost(small_city.project, 31_200_0000_00)

    row = row_of(listed(), "第二水厂")

    for said in (
        "Y 黄：偏离承诺",
        "晚 50 天，超过 30 天",
        str(day(100)),
        str(day(150)),
        "晚 50 天",
        "2 次",
        "1 / 2",
        f"{day(150)} 通水",
        "3.12 亿元",
    ):
        assert said in row


def test_what_is_not_stated_is_not_zero(small_city):
    publish()

    row = row_of(listed(), "绿道")

    assert row.count("未说明") >= 3
    assert " 0 " not in row


def test_a_date_that_has_passed_is_overdue_in_the_list(small_city):
    html = read_projects(visit_to(later=timedelta(days=103), view="table")).body_html

    assert "已逾期 3 天" in row_of(html, "第二水厂")


def test_a_long_list_comes_in_pages_that_keep_what_was_asked_for(small_city):
    for number in range(22):
        publish(f"绿道{number:02}", after=number)

    first = listed(sector="transport")
    following = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = listed(**{name: values[0] for name, values in parse_qs(urlsplit(following).query).items()})

    assert len(titles(first)) == 20
    assert titles(second) == ["绿道01", "绿道00"]
    assert 'rel="first"' in second


def test_nothing_found_has_a_way_out(small_city):
    html = listed(words="没有这样的项目")

    assert '<p role="status">' in html
    assert 'href="/projects?view=table"' in html


def test_what_people_wrote_stays_text_in_the_list(small_city):
    project = publish(HOSTILE, region=HOSTILE[:90], after=5)
    plan(project, HOSTILE, day(5))

    html = listed(words=HOSTILE, region=HOSTILE[:90])

    assert not re.search(r"<(img|script|/script)", html)
    assert "&lt;img" in html


@pytest.mark.parametrize("view", ["list", "map", "table", "timeline"])
def test_every_view_takes_at_most_twelve_statements(city, view):
    read_projects(visit_to())

    with statements() as made:
        listed(words="水", light="G", late_by="0", near="119.5,30.2,500", view=view)

    assert 0 < len(made) <= 12


@pytest.mark.parametrize("view", ["list", "map", "table", "timeline"])
def test_every_view_shows_the_same_projects_in_the_same_order(small_city, view):
    publish("环线", after=2)
    publish("绿道", after=5)

    found = re.findall(r'<a href="/projects/P-\d+"[^>]*>([^<]*)</a>', listed(sort="name", view=view))

    assert found == ["环线", "第二水厂", "绿道"]


@pytest.mark.parametrize("view", ["list", "map", "table", "timeline"])
def test_a_light_is_a_letter_a_shape_a_word_and_a_reason(small_city, view):
    publish()

    html = listed(words="绿道", view=view)

    assert 'class="lamp waiting lamp-S"' in html
    assert "缺少最新数据" in html
    assert 'title="没有公布任何承诺日期"' in html
    assert 'href="/about#lights"' in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"light": "S"}, ["绿道"]),
        ({"late_by": "30"}, ["第二水厂"]),
        ({"late_by": "90"}, []),
        ({"due_within": "180"}, ["第二水厂"]),
        ({"due_within": "30"}, []),
        ({"near": "119.5,30.2,5"}, ["第二水厂"]),
        ({"point": "119.5, 30.2", "km": "5"}, ["第二水厂"]),
        ({"point": "30.2，119.5"}, ["第二水厂"]),
        ({"point": "10 10", "km": "5"}, []),
        ({"point": "", "near": "1,1,1"}, ["绿道", "第二水厂"]),
        ({"area": "119,30;120,30;120,31;119,31"}, ["第二水厂"]),
        ({"area": "1,1;2,1;2,2"}, []),
        ({"late_by": "soon", "near": "here", "area": "1,1", "as_of": "yesterday", "light": "X"}, ["绿道", "第二水厂"]),
    ],
)
def test_lateness_due_dates_and_places_narrow_the_list(small_city, asked, found):
    move(small_city.milestone, day(150))
    publish(after=90)

    assert titles(listed(**asked)) == found


def test_what_cannot_be_understood_is_said_and_left_aside(small_city):
    html = listed(near="here", as_of="yesterday")

    assert "“附近”无法识别" in html
    assert "请填写过去的日期" in html
    assert "here" not in html


def test_a_typed_point_stands_in_every_link_as_the_open_data_have_it(small_city):
    html = listed(point="30.2, 119.5", km="10")

    assert {parse_qs(link.query)["near"][0] for link in links_in(html, r"/(?:projects\.|api/)[^\"]*")} == {
        "119.5,30.2,10"
    }


def test_a_past_day_shows_what_was_known_then(small_city):
    move(small_city.milestone, day(150), after=timedelta(days=3))

    then = read_projects(visit_to(later=timedelta(days=9), view="table", as_of=str(day(1)))).body_html
    now = read_projects(visit_to(later=timedelta(days=9), view="table")).body_html

    assert str(day(150)) not in then
    assert "只依据当时已有的记录" in then
    assert f'href="/projects/{small_city.project}?as_of={day(1)}"' in then
    assert str(day(150)) in now


def test_every_bar_leads_to_as_many_projects_as_it_counts(city):
    html = listed()
    bars = re.findall(
        r'<th scope="row"><a href="(/projects\?[^"]+)">[^<]*</a></th>\s*<td class="number">([\d,]+)', html
    )

    assert bars
    for link, count in bars:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link.replace("&amp;", "&")).query).items()}
        assert f"共 {count} 个项目" in text_of(listed(**asked))


@pytest.mark.parametrize("view", ["list", "map", "table", "timeline"])
def test_a_date_is_shown_no_more_exactly_than_it_was_said(small_city, view):
    plan(publish(), "通车", day(200), precision=Precision.QUARTER, completes=True)

    html = listed(words="绿道", view=view)

    quarter = f"{day(200).year}年第{(day(200).month + 2) // 3}季度"
    assert quarter in html
    assert str(day(200)) not in html


def test_sums_say_of_how_many_nothing_is_stated(small_city):
    publish()
    cost(small_city.project, 31_200_0000_00)

    text = text_of(listed())

    assert "预算 3.12 亿元 1 个项目未说明" in text
    assert "已支出 未说明 2 个项目未说明" in text


def test_what_is_held_back_is_neither_absent_nor_zero(small_city):
    command = WithholdField(
        project_id=small_city.project,
        field=WithheldField.BUDGET,
        ground="政府信息公开条例第十五条",
        held_by="水务局",
        until=day(200),
    )
    change(withhold_field, command, OFFICER, now=NOW)

    html = listed()

    assert "不公开" in row_of(html, "第二水厂")
    assert "预算 未说明 1 个项目不公开" in text_of(html)


def test_the_timeline_says_in_words_what_it_draws(small_city):
    move(small_city.milestone, day(150))

    html = listed(view="timeline")

    assert f'role="img" aria-label="首次承诺 {day(100)}，目前 {day(150)}"' in html
    assert "晚 50 天" in row_of(html, "第二水厂")
    for place in re.findall(r"left:([\d.]+)%", html):
        assert 0 <= float(place) <= 100


@pytest.mark.parametrize("address", ["/projects", "/map"])
def test_filters_work_without_a_script(small_city, address):
    html = (read_projects if address == "/projects" else read_map)(visit_to(sort="late", area="1,1;2,1;2,2")).body_html
    form = re.search(r"<form.*?</form>", html, re.DOTALL)[0]

    assert 'method="get" action="/projects"' in form
    assert '<input type="hidden" name="area" value="1,1;2,1;2,2">' in form
    assert '<option value="late" selected>' in form


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_without_projects_can_be_read(sqlite_record, language):
    readable = read_projects(visit_to(language=language))

    assert readable.status == 200
    assert not titles(readable.body_html)


@pytest.mark.parametrize("view", ["list", "map", "table", "timeline"])
def test_streamlit_draws_what_the_server_sent(small_city, view):
    publish()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.run()
    page.switch_page("pages/projects.py")
    page.query_params["view"] = view
    page.query_params["sector"] = "transport"
    page.run()

    assert not page.exception
    drawn = "".join(element.proto.body for element in page.get("html"))
    assert "绿道" in drawn
    assert "第二水厂" not in drawn
    assert len(page.get("iframe")) == (1 if view == "map" else 0)


@pytest.mark.parametrize("asked", ["", "0", "31", "45"])
def test_the_bars_of_lateness_ask_for_what_the_form_offers_in_the_same_words(small_city, asked):
    move(small_city.milestone, day(150))

    html = listed(late_by=asked)
    form = html[html.index('<select name="late_by">') :].partition("</select>")[0]
    offered = dict(re.findall(r'<option value="(\d+)"(?: selected)?>([^<]+)<', form))

    assert {"1", "31", "91", "366"} <= set(offered)
    assert offered.get("31") == "晚超过 30 天"
    bars = set(re.findall(r"[?&]late_by=(\d+)", html.replace("&amp;", "&"))) - {asked}
    assert bars <= set(offered)
    assert not asked or f'<option value="{asked}" selected>' in form


def test_a_card_counts_what_does_not_fit_beside_others_now_and_then(small_city):
    swapped = publish("泵站", geometry={"type": "Point", "coordinates": [30.2, 85.0]})

    now, then = listed(view="list"), listed(view="list", as_of=str(day(0)))

    assert f'href="/projects/{swapped}?tab=checks"' in now
    assert "记录中有 1 处前后对不上" in now
    assert "记录中有 1 处前后对不上" in then


@pytest.mark.parametrize("view", ["list", "table", "timeline", "map"])
def test_what_was_published_only_when_it_was_reached_is_not_as_promised(small_city, view):
    project = publish("旧桥")
    say_of(plan(project, "完工", day(-90), completes=True), RevisionKind.ACHIEVED, day(-90))

    html = text_of(listed(view=view, words="旧桥"))

    assert "事前没有承诺" in html
    assert "与首次承诺一致" not in html
