"""The catalogue of decisions: what is planned, moved, started and dropped, with every change and its reason."""

from datetime import date, timedelta

import pytest

from data.database import reading
from data.feeds.asked import Asked
from data.feeds.catalogue import catalogue_table
from data.operations.catalogue import (
    AmendCatalogueEntry,
    PublishCatalogueEntry,
    amend_catalogue_entry,
    publish_catalogue_entry,
)
from data.queries.catalogue import CatalogueFilter, CatalogueStanding, count_catalogue, find_entry, list_catalogue
from data.queries.search import search
from data.search import Kind, Query
from data.writer import change
from models.actor import Actor, Role
from models.catalogue import CatalogueState
from models.clock import local_date
from models.decision import Language
from pages.readable import Visit
from pages.readable.catalogue import read_catalogue
from pages.readable.decision import read_decision
from tests.conftest import NOW, PLANNER
from tests.pages.office import Office, quick_passwords
from tests.pages.promises import HOSTILE, statements

TODAY = local_date(NOW)
_REASON = "理由（与变动一同公开）"
PARKS = Actor(role=Role.PLANNER, department_id="parks")


def plan(title, *, year=2026, days=30, actor=PLANNER, **more):
    command = PublishCatalogueEntry(
        year=year,
        department_id=actor.department_id,
        language=Language.CHINESE,
        title=title,
        planned_on=TODAY + timedelta(days=days),
        **more,
    )
    return int(change(publish_catalogue_entry, command, actor, now=NOW).key)


def amend(entry, title, *, days=30, reason="情况有变", actor=PLANNER, **more):
    command = AmendCatalogueEntry(
        entry_id=entry,
        department_id=actor.department_id,
        language=Language.CHINESE,
        title=title,
        planned_on=TODAY + timedelta(days=days),
        reason=reason,
        **more,
    )
    change(amend_catalogue_entry, command, actor, now=NOW + timedelta(hours=1))


def page(*, language="zh", days=0, **query):
    return read_catalogue(Visit(language=language, now=NOW + timedelta(days=days, hours=2), query=query)).body_html


def listed(**asked):
    with reading() as session:
        return [one.name for one in list_catalogue(session, CatalogueFilter(**asked)).rows]


@pytest.fixture
def planned(city):
    """An entry of each standing, and one of the year before."""
    plan("节水规划")
    moved, started, dropped = plan("雨水收费"), plan("节约用水"), plan("湖区开放", actor=PARKS)
    plan("旧事", year=2025)
    amend(moved, "雨水收费", days=90, reason="测算未完成")
    amend(started, "节约用水", state=CatalogueState.STARTED, decision_id=city.decision, reason="已启动")
    amend(dropped, "湖区开放", state=CatalogueState.DROPPED, reason="水质未达标", actor=PARKS)
    return city


def test_entries_are_listed_by_year_and_number_and_counted_where_they_stand(planned):
    assert listed() == ["2026-1", "2026-2", "2026-3", "2026-4", "2025-1"]
    assert listed(year=2025) == ["2025-1"]
    assert listed(department_id="parks") == ["2026-4"]
    for standing, name in zip(CatalogueStanding, ("2026-1", "2026-2", "2026-3", "2026-4"), strict=True):
        assert listed(standing=standing, year=2026) == [name]
    with reading() as session:
        counts = count_catalogue(session, CatalogueFilter(year=2026, standing=CatalogueStanding.MOVED))
    assert set(counts.values()) == {1}


def test_the_list_is_paged_by_its_last_entry(planned):
    seen, after = [], None
    while True:
        with reading() as session:
            found = list_catalogue(session, CatalogueFilter(), after=after, size=2)
        seen += [one.name for one in found.rows]
        after = found.next
        if after is None:
            break

    assert seen == listed()


def test_every_change_and_its_reason_stands_beside_the_first_plan(planned):
    html = page(standing="moved")

    assert "雨水收费" in html
    assert "湖区开放" not in html
    assert f"最初计划 {TODAY + timedelta(days=30)}" in html
    assert "测算未完成" in html
    assert "水质未达标" in page(standing="dropped")
    assert f"/decisions/{planned.decision}" in page(standing="started", language="en")


def test_an_entry_whose_day_has_passed_is_late_and_one_that_started_is_not(planned):
    html = page(days=35, year="2026")

    assert html.count("已过计划时间 5 天") == 1
    assert "已过计划时间" not in page(days=30)


def test_an_entry_has_an_address_of_its_own_and_is_found_by_its_words(planned):
    assert "节水规划" in page(entry="2026-1")
    for wrong in ("2026-99", "x", "2026-", "-1", "99999-1", "²026-1"):
        assert "目录中没有该条目" in page(entry=wrong)
    with reading() as session:
        (hit,) = search(session, Query("雨水收费")).rows
    assert (hit.kind, hit.catalogue) == (Kind.CATALOGUE, "2026-2")


def test_a_filter_that_nobody_understands_is_not_asked_for(planned):
    for query in ({"year": "x"}, {"standing": "gone"}, {"after": "2026"}, {"after": "x-y"}):
        assert "节水规划" in page(**query)


def test_a_decision_tells_that_it_was_planned(planned):
    visit = Visit(language="zh", now=NOW + timedelta(hours=3), id=planned.decision, query={"tab": "proceedings"})

    html = read_decision(visit).body_html

    assert "/catalogue?entry=2026-3" in html


def test_an_empty_catalogue_says_so(small_city):
    assert "尚未公布目录" in page()
    assert "No catalogue is published yet" in page(language="en")


def test_hostile_words_are_text_in_the_page_and_no_formula_in_the_table(small_city):
    entry = plan(HOSTILE, summary=HOSTILE)
    amend(entry, "=1+1", days=60, reason=HOSTILE)
    asked = Asked(site="https://a.example", path="/catalogue.csv", query={}, named={}, now=NOW)
    with reading() as session:
        table = catalogue_table(session, asked).body.decode("utf-8-sig")

    assert "<img src=x" not in page()
    assert "&lt;img" in page()
    assert "'=1+1" in table
    assert len(table.strip().split("\r\n")) == 3


def test_the_page_takes_eight_statements_at_most_whatever_is_on_it(planned):
    with statements() as made:
        page(language="en")

    assert len(made) <= 8


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def field(fields, label):
    return next(one for one in fields if one.label == label)


def test_a_planner_publishes_an_entry_moves_it_with_a_reason_and_names_the_decision_that_started(office):
    token = office.token(Role.PLANNER)
    app = office.open("keep_catalogue", token=token)
    field(app.text_input, "标题").set_value("节水规划")
    field(app.date_input, "预计何时决定").set_value(date(2027, 1, 31))
    press(app, "公布条目")
    name = f"{office.today.year}-1"
    with reading() as session:
        assert find_entry(session, name).view.said.title == "节水规划"

    app = office.open("keep_catalogue", token=token, entry=name)
    press(app, "公布变更")
    assert app.error
    field(app.date_input, "预计何时决定").set_value(date(2027, 3, 31))
    field(app.text_area, _REASON).set_value("测算未完成")
    press(app, "公布变更")
    with reading() as session:
        moved = find_entry(session, name)
    assert (moved.standing, moved.view.said.reason) == (CatalogueStanding.MOVED, "测算未完成")

    app = office.open("keep_catalogue", token=token, entry=name)
    field(app.selectbox, "进展").set_value(CatalogueState.STARTED)
    field(app.text_area, _REASON).set_value("已启动")
    press(app, "公布变更")
    assert [error.value for error in app.error] == ["已启动的条目须指明决策事项，其他状态不填。"]
    field(app.selectbox, "由此启动的决策事项").set_value(office.decision)
    press(app, "公布变更")
    with reading() as session:
        assert find_entry(session, name).view.said.decision_id == office.decision


def test_only_planners_keep_the_catalogue_and_the_desk_leads_there(office):
    html = " ".join(block.proto.body for block in office.open("desk", role=Role.PLANNER).get("html"))
    assert "/keep_catalogue" in html
    assert not office.open("keep_catalogue", role=Role.OFFICER).button
    assert not office.open("keep_catalogue").text_input
