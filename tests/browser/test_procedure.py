"""A planner new to Decree 713 is led from step to step, told why seven days are too few, and gives a public reason."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from models.clock import local_date, utc_now
from tests.browser.walk import Walk, fill_day

REASON = "防汛期临近，须尽快施行。"


def settle_next(walk, step):
    """Go where the page says that the next step is settled."""
    expect(walk.page.locator(".next-step")).to_contain_text(step)
    walk.page.locator(".next-step a.action").click()
    walk.settled()
    assert walk.fits()


def send(walk, done):
    walk.page.get_by_test_id("stFormSubmitButton").get_by_role("button").first.click()
    expect(walk.page.get_by_text(done)).to_be_visible()


def begin(walk, title):
    walk.go("/publish_decision")
    walk.page.get_by_role("textbox", name="标题").fill(title)
    walk.page.get_by_role("textbox", name="标题").blur()
    send(walk, "决策事项已公布。")
    walk.settled()
    expect(walk.page.locator(".next-step")).to_contain_text("适用哪种程序")
    send(walk, "程序已公布")
    return re.search(r"\d{4}-\d{4}", walk.page.url)[0]


def publish_draft_and_papers(walk):
    settle_next(walk, "拟订草案")
    text = walk.page.get_by_role("textbox", name=re.compile("^文本"))
    text.fill("第一条 夜间施工不得超过五十五分贝。\n第二条 违者罚款。")
    text.blur()
    walk.page.get_by_role("button", name="公布", exact=True).click()
    expect(walk.page.get_by_text("新版本已公布")).to_be_visible()

    settle_next(walk, "草案说明")
    explained = {"name": "explained.txt", "mimeType": "text/plain", "buffer": "为什么这样定。".encode()}
    walk.page.locator('input[type="file"]').first.set_input_files(explained)
    expect(walk.page.get_by_text("explained.txt")).to_be_visible()
    walk.page.get_by_role("textbox", name="标题").fill("草案说明")
    walk.page.get_by_role("textbox", name="标题").blur()
    send(walk, "文件已公布")

    settle_next(walk, "公布决策草案及其说明")
    walk.choose("渠道", "政府网站")
    for name, words in (("确认", "王核实"), ("链接", "https://yunjiang.example/notice")):
        field = walk.page.get_by_role("textbox", name=re.compile(name)).first
        field.fill(words)
        field.blur()
    send(walk, "凭证已公布")


def open_for_seven_days(walk):
    settle_next(walk, "公众参与")
    fill_day(walk, f"{local_date(utc_now()) + timedelta(days=7)}", place=1)
    walk.page.get_by_test_id("stFormSubmitButton").get_by_role("button").first.click()
    expect(walk.page.get_by_test_id("stAlert").first).to_contain_text("少了 23 天：依照重大行政决策程序暂行条例第15条")
    reason = walk.page.get_by_role("textbox", name=re.compile("说明理由"))
    reason.fill(REASON)
    reason.blur()
    send(walk, "征求意见期已公布")


@pytest.mark.parametrize("width", [1360, 390])
def test_a_planner_is_led_from_step_to_step_and_a_short_period_needs_a_public_reason(address, open_browser, width):
    """Begin a decision; settle what comes next; open it for seven days; find the reason where the public finds it."""
    walk = Walk(open_browser(width=width), address)
    walk.sign_in("planner@environment.yunjiang.example")
    decision = begin(walk, f"夜间噪声管理办法，屏幕宽 {width}")

    publish_draft_and_papers(walk)
    open_for_seven_days(walk)

    walk.go(f"/decisions/{decision}?tab=duties")
    expect(walk.page.locator("body")).to_contain_text(REASON)
    assert walk.fits()
    walk.go("/accountability?figure=short_with_reason&department=environment")
    expect(walk.page.locator("body")).to_contain_text(f"夜间噪声管理办法，屏幕宽 {width}")
