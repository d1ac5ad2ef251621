"""Every public page at both widths and in both languages: whole, from here alone, and readable without scripts."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, free_port, wait_for
from tests.browser.walk import Walk

PAGES = [
    "/",
    "/decisions?state=open",
    "/decisions/2026-0003?tab=comments",
    "/decisions/2026-0003?tab=result",
    "/comment?decision=2026-0004",
    "/projects?state=late",
    "/projects/P-1006",
    "/projects/P-1006?tab=progress",
    "/map",
    "/search?words=噪声",
    "/receipt",
    "/about",
    "/sign_in",
]
#: Labels of Streamlit's own that a page in Chinese must not show.
ENGLISH = re.compile(
    r"\b(Loading|Running|required|Choose|Upload|Press Enter|Fullscreen|Page not found|Previous|Next)\b"
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "language"), [(1360, "zh-CN"), (390, "zh-CN"), (1360, "en-GB"), (390, "en-GB")])
def test_a_page_stands_whole(open_browser, address, path, width, language):
    walk = Walk(open_browser(width=width, language=language), address)

    walk.go(path)

    assert walk.page.locator("html").get_attribute("lang") == ("zh-CN" if language == "zh-CN" else "en")
    expect(walk.page.locator("h1").first).to_be_visible()
    assert walk.fits()
    assert walk.page.locator('[data-testid="stException"]').count() == 0
    if language == "zh-CN" and "P-" not in path:
        assert not ENGLISH.search(walk.page.locator('[data-testid="stMain"]').inner_text())


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(("/comment", "/receipt"))])
def test_a_page_reads_without_scripts(open_browser, address, path):
    page = open_browser(javascript=False)

    page.goto(address + path)

    assert len(page.locator("main").inner_text()) > 120


def test_on_a_phone_a_month_is_a_list_on_whatever_weekday_it_begins(open_browser, address):
    walk = Walk(open_browser(width=390), address)
    walk.go("/deadlines")

    columns = walk.page.locator("ol.month").evaluate(
        "month => { month.firstElementChild.className = 'starts-7';"
        " return getComputedStyle(month).gridTemplateColumns.split(' ').length }"
    )

    assert columns == 1


def test_a_page_of_the_present_says_so_before_streamlit_starts(open_browser, address):
    page = open_browser(javascript=False)

    page.goto(f"{address}/accountability?as_of=2026-06-01")

    expect(page.locator("main")).to_contain_text("本页只显示目前的情况")


def test_the_language_is_chosen_and_remembered(open_browser, address):
    walk = Walk(open_browser(), address)
    walk.go("/decisions?state=open")

    walk.page.get_by_role("link", name="English").click()
    walk.settled()

    expect(walk.page.locator("h1")).to_have_text("Decisions")
    assert "state=open" in walk.page.url
    walk.go("/projects")
    expect(walk.page.locator("h1")).to_have_text("Projects")


def test_the_keyboard_alone_reaches_the_text(open_browser, address):
    page = open_browser(javascript=False)
    page.goto(address + "/decisions")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#readable"


def test_the_marks_of_the_map_stand_and_lead_to_their_projects(open_browser, address):
    walk = Walk(open_browser(), address)
    walk.go("/map")

    frame = walk.page.frame_locator("iframe").first
    expect(frame.locator(".marks, .mark").first).to_be_visible()
    walk.page.get_by_role("link", name="临港大道跨铁路立交工程").first.click()

    walk.page.wait_for_url(re.compile(r"P-1006"))


def test_a_page_in_the_dark_has_a_dark_paper(open_browser, address):
    walk = Walk(open_browser(dark=True), address)

    walk.go("/decisions/2026-0004")

    colour = walk.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour)[:3])) < 60


def test_a_cold_server_started_by_streamlit_itself_answers_a_deep_link(
    open_browser, address_of_record, address, tmp_path
):
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": address_of_record}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            walk = Walk(open_browser(), f"http://127.0.0.1:{port}")
            walk.go("/projects/P-1006")
            expect(walk.page.locator("h1")).to_contain_text("临港大道")
            walk.go("/work_on_project?id=P-1006")
            expect(walk.page.locator("h1")).to_contain_text("登录")
        finally:
            server.terminate()
            server.wait(20)
