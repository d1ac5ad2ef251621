"""The whole way: find, comment, look up, answer, publish, move, and see that the old promise stays."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.walk import (
    BRIDGE,
    Walk,
    answer_the_comment,
    comment_on_a_clause,
    find_the_decision_that_closes_first,
    look_the_receipt_up,
    move_a_milestone,
    publish_a_new_version,
)

ROOT = Path(__file__).resolve().parents[2]
WAYS = [("address", 1360), ("address", 390), ("address_on_postgresql", 1360)]


@pytest.mark.parametrize(("where", "width"), WAYS)
def test_a_newcomer_goes_through_the_whole_process(request, open_browser, where, width):
    """Find a decision, comment on a clause, look the receipt up; answer it; move a milestone."""
    walk = Walk(open_browser(width=width), request.getfixturevalue(where))
    words = f"请写明夜间配送几点结束，屏幕宽 {width}。"
    added = "第二十条 夜间配送不得晚于凌晨四点。"

    decision = find_the_decision_that_closes_first(walk)
    code = comment_on_a_clause(walk, words)
    look_the_receipt_up(walk, code, words, "尚未答复")

    walk.sign_in("planner@environment.yunjiang.example")
    answer_the_comment(walk, decision, words, "将在第九条写明。")
    if width > 600:
        publish_a_new_version(walk, decision, added)
    walk.sign_out()
    look_the_receipt_up(walk, code, words, "将在第九条写明")

    walk.sign_in("officer@transport.yunjiang.example")
    # Whoever goes second moves it to another day: to say the same day again is no move.
    day = "2027-03-31" if width > 600 else "2027-04-30"
    promised = move_a_milestone(walk, day, f"连日暴雨，合龙推迟；屏幕宽 {width}。")
    walk.go(f"/projects/{BRIDGE}")
    expect(walk.page.locator("body")).to_contain_text(promised)
    expect(walk.page.locator("body")).to_contain_text(day)

    with urlopen(f"{walk.address}/feeds/changes.atom") as feed:
        assert f"连日暴雨，合龙推迟；屏幕宽 {width}。" in feed.read().decode()


@pytest.mark.usefixtures("address")
def test_the_record_still_follows_from_its_entries(address_of_record):
    """Derive every hash anew, whatever was done to the record meanwhile."""
    environment = {**os.environ, "DATABASE_URL": address_of_record}

    done = subprocess.run(
        [sys.executable, "-m", "data", "verify"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Everything follows" in done.stdout
