"""The list of projects: filters in the address, counts, pages, and what each row says."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from data.operations.projects import PublishProject, publish_project
from data.writer import change
from models.decision import Language
from models.milestone import RevisionKind
from models.project import Phase, Sector
from pages.readable.projects import read_projects
from tests.conftest import NOW, OFFICER
from tests.pages.promises import HOSTILE, cost, day, move, plan, say_of, statements, visit_to

ROOT = Path(__file__).resolve().parents[2]


def publish(title="绿道", *, after=0, **more):
    given = {"phase": Phase.PREPARATION, "sector": Sector.TRANSPORT, "region": "江南区", **more}
    command = PublishProject(department_id="water", language=Language.CHINESE, title=title, **given)
    return change(publish_project, command, OFFICER, now=NOW + timedelta(minutes=after)).key


def listed(**query):
    return read_projects(visit_to(**query)).body_html


def titles(html):
    return re.findall(r'<th scope="row"><a href="/projects/[^"]+" lang="[^"]+">([^<]*)</a>', html)


def row_of(html, title):
    row = next(part for part in html.split("<tr>") if title in part)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row))


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
    links = [urlsplit(link.replace("&amp;", "&")) for link in re.findall(r'href="(/(?:map|open)[^"]*)"', html)]

    assert [link.path for link in links] == ["/map", "/open/projects.geojson", "/open/projects.csv"]
    for link in links:
        asked = {name: values[0] for name, values in parse_qs(link.query).items()}
        assert asked == {"sector": "transport", "region": "江南区", "state": "unknown", "words": "绿"}


def test_counts_by_state_leave_the_other_filters_in_force(small_city):
    publish()

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", listed(sector="transport", state="late")))

    assert "全部 1" in text
    assert "◇ 未公布日期 1" in text
    assert "◈ 如期 0" in text


def test_a_row_sets_what_is_said_now_against_what_was_promised_first(small_city):
    move(small_city.milestone, day(130))
    move(small_city.milestone, day(150), after=timedelta(hours=3))
    say_of(plan(small_city.project, "开工", day(-9)), RevisionKind.ACHIEVED, day(-9))
    cost(small_city.project, 31_200_0000_00)

    row = row_of(listed(), "第二水厂")

    for said in (
        "! 晚于承诺",
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
    html = read_projects(visit_to(later=timedelta(days=103))).body_html

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
    assert 'href="/projects"' in html


def test_what_people_wrote_stays_text_in_the_list(small_city):
    project = publish(HOSTILE, region=HOSTILE[:90], after=5)
    plan(project, HOSTILE, day(5))

    html = listed(words=HOSTILE, region=HOSTILE[:90])

    assert not re.search(r"<(img|script|/script)", html)
    assert "&lt;img" in html


def test_a_list_takes_at_most_five_statements_beside_the_look_at_the_head(city):
    with statements() as made:
        listed(words="水")

    assert 0 < len(made) <= 6


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_without_projects_can_be_read(sqlite_record, language):
    readable = read_projects(visit_to(language=language))

    assert readable.status == 200
    assert not titles(readable.body_html)


def test_choices_on_the_page_are_codes_in_the_address(small_city):
    publish()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.run()
    page.switch_page("pages/projects.py").run()

    next(box for box in page.selectbox if box.label == "领域").select("transport").run()

    assert not page.exception
    assert page.query_params["sector"] == "transport"
    assert "绿道" in "".join(element.proto.body for element in page.get("html"))
