"""A page that cannot show a past day says so, instead of showing the present as if it were that day."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.readable import Visit
from pages.readable.present_only import present_notice
from pages.words import word
from tests.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]
SAID = word("site.as_of.only_now", "zh")


def notice(page, **query):
    return present_notice(page, Visit(language="zh", now=NOW, query=query))


@pytest.mark.parametrize("page", ["now", "decisions", "accountability", "deadlines", "search", "about", "catalogue"])
def test_a_page_of_the_present_says_that_it_is_one_when_a_past_day_is_asked_for(page):
    assert SAID in notice(page, as_of="2026-06-01")
    assert not notice(page)


@pytest.mark.parametrize("page", ["projects", "map", "project", "disclosure_catalogue"])
def test_a_page_that_shows_the_past_says_nothing_of_the_kind(page):
    assert not notice(page, as_of="2026-06-01")


def test_of_a_decision_the_duties_alone_show_the_past():
    assert SAID in notice("decision", as_of="2026-06-01")
    assert not notice("decision", as_of="2026-06-01", tab="duties")


@pytest.mark.usefixtures("small_city")
def test_it_is_said_in_what_is_drawn():
    drawn = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drawn.query_params["as_of"] = "2026-06-01"

    drawn.run()

    assert any(SAID in one.proto.body for one in drawn.get("html"))
