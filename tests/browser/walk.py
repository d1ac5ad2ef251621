"""What a newcomer does with the README alone, step by step, in a real browser."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

#: Of the example.
ZONE, BRIDGE = "2026", "P-1006"
PASSWORD = "throughline-example"


@dataclass
class Walk:
    """A visitor's browser, and what was found on the way."""

    page: Page
    address: str

    def go(self, path):
        self.page.goto(self.address + path)
        self.settled()

    def settled(self):
        """Wait until Streamlit has taken over what the server sent first, has drawn all, and does nothing more."""
        self.page.wait_for_selector("#ssr", state="detached")
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)

    def fits(self):
        """Whether nothing is cut off at the sides."""
        return self.page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".every((element) => !element || element.scrollWidth <= element.clientWidth)"
        )

    def choose(self, label, option):
        """Choose from a list, which shows only some of its options until one types."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=option).first.click()

    def sign_in(self, email):
        self.go("/sign_in")
        self.page.locator('input[name="email"]').first.fill(email)
        self.page.locator('input[name="password"]').first.fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator('input[name="password"]').first.press("Enter")
        self.settled()

    def sign_out(self):
        self.go("/sign_in")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="退出", exact=True).click()


def fill_day(walk, day, *, place=0):
    """Type a day, part by part, as the keyboard does it."""
    field = walk.page.get_by_test_id("stDateInput").nth(place)
    # To click on it would open the calendar, which then lies over what comes next.
    field.get_by_role("spinbutton").first.focus()
    walk.page.keyboard.type(day.replace("-", ""))
    walk.page.keyboard.press("Tab")


def find_the_decision_that_closes_first(walk):
    walk.go("/")
    assert walk.fits()
    first = walk.page.locator(".card .late", has_text="截止").first
    expect(first).to_contain_text("小时")
    walk.page.locator(".card h3 a").first.click()
    walk.settled()
    expect(walk.page.locator("h1")).to_contain_text("低排放控制区")
    assert walk.fits()
    return re.search(r"\d{4}-\d{4}", walk.page.locator(".crumbs").inner_text())[0]


def comment_on_a_clause(walk, words):
    walk.page.locator('a[href^="/comment"][href*="clause="]').first.click()
    walk.settled()
    assert walk.fits()
    walk.page.get_by_text("建议修改", exact=True).click()
    field = walk.page.get_by_role("textbox", name=re.compile("您的意见"))
    field.fill(words)
    field.blur()
    walk.page.get_by_role("button", name="提交前核对").click()
    expect(walk.page.get_by_text("将按以下原文公开")).to_be_visible()
    walk.page.get_by_role("button", name="提交", exact=True).click()
    code = walk.page.locator(".receipt-code").inner_text()
    assert re.fullmatch(r"[A-Z2-7]{7}(-[A-Z2-7]{6}){2}-[A-Z2-7]{7}", code)
    assert walk.fits()
    return code


def look_the_receipt_up(walk, code, words, standing):
    walk.go("/receipt")
    walk.page.get_by_role("textbox", name="回执编号").fill(code.lower().replace("-", " "))
    walk.page.get_by_role("button", name="查询").click()
    expect(walk.page.locator("body")).to_contain_text(words)
    expect(walk.page.locator("body")).to_contain_text(standing)
    assert code not in walk.page.url
    assert walk.fits()


def answer_the_comment(walk, decision, words, reason):
    walk.go(f"/work_on_decision?id={decision}&tab=comments")
    walk.page.locator(".card", has_text=words).get_by_role("link", name=re.compile("答复")).click()
    walk.settled()
    walk.choose("处理意见", "部分采纳")
    walk.page.get_by_role("textbox", name=re.compile("理由")).fill(reason)
    walk.page.get_by_role("textbox", name=re.compile("理由")).blur()
    walk.page.get_by_role("button", name="公布答复").click()
    expect(walk.page.get_by_text("答复已公布")).to_be_visible()
    assert walk.fits()


def publish_a_new_version(walk, decision, added):
    walk.go(f"/work_on_decision?id={decision}&tab=draft")
    text = walk.page.get_by_role("textbox", name=re.compile("^文本"))
    text.fill(f"{text.input_value()}\n{added}")
    text.blur()
    reason = walk.page.get_by_role("textbox", name=re.compile("理由|改了"))
    reason.fill("按意见补充夜间配送的安排。")
    reason.blur()
    walk.page.get_by_role("button", name="公布", exact=True).click()
    expect(walk.page.get_by_text("新版本已公布")).to_be_visible()
    walk.go(f"/decisions/{decision}")
    expect(walk.page.locator("body")).to_contain_text("草案第 2 版")
    expect(walk.page.locator("body")).to_contain_text(added.partition(" ")[2])


def move_a_milestone(walk, day, reason):
    walk.go(f"/work_on_project?id={BRIDGE}")
    before = walk.page.locator("table tr", has_text="项目完成节点").inner_text()
    walk.page.get_by_role("link", name="通车").click()
    walk.settled()
    walk.page.get_by_test_id("stRadio").get_by_text("日期变动", exact=True).click()
    fill_day(walk, day)
    walk.choose("原因类别", "天气")
    walk.page.get_by_role("textbox", name=re.compile("理由")).fill(reason)
    walk.page.get_by_role("textbox", name=re.compile("理由")).blur()
    walk.page.get_by_role("button", name="公布", exact=True).click()
    expect(walk.page.locator("table tr", has_text="项目完成节点")).to_contain_text(day)
    assert walk.fits()
    return re.findall(r"\d{4}-\d{2}-\d{2}", before)[0]
