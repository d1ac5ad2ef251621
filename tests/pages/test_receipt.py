"""Looking a receipt up: what became of a comment, by the code that its author alone has."""

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.database import database
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.decision_view import clauses_of_version, draft_versions
from data.writer import change
from models.actor import Actor, Role
from models.clock import end_of_day, local_date
from models.comment import receipt_code
from models.decision import Language
from models.outcome import OutcomeCode
from models.verdict import VerdictCode
from pages.readable import Visit
from pages.readable.receipt import read_receipt, receipt_html, receipt_shown

ROOT = Path(__file__).resolve().parents[2]
PLANNER = Actor(role=Role.PLANNER, department_id="water")


def show(city, code, *, language="zh", at=None):
    visit = Visit(language=language, now=at or city.now + timedelta(hours=3))
    with database().reading() as session:
        shown = receipt_shown(session, code, visit)
        return receipt_html(shown, visit) if shown else None


def answer(city, point, code=VerdictCode.NOTED, reason="已转告水厂", *, hours=2, **more):
    command = GiveVerdict(point_id=point, code=code, reason=reason, **more)
    change(give_verdict, command, PLANNER, now=city.now + timedelta(hours=hours))


def test_a_receipt_shows_the_comment_and_that_it_waits(small_city, comment):
    comment(small_city, "噪音太大了", name="朱自清")

    html = show(small_city, receipt_code("token"))

    assert "噪音太大了" in html
    assert "朱**" in html
    assert "尚未答复" in html
    assert "尚未作出决定" in html


def test_case_spaces_and_hyphens_do_not_matter(small_city, comment):
    comment(small_city)
    code = receipt_code("token")

    for typed in (code.lower(), code.replace("-", " "), f"  {code.replace('-', '')} ", code.replace("O", "0")):
        assert show(small_city, typed) is not None


def test_every_answer_stands_there_the_last_one_first_with_the_clause_that_changed(small_city, comment):
    point = comment(small_city).number
    answer(small_city, point, reason="先记下")
    draft = PublishDraft(
        decision_id=small_city.decision, language=Language.CHINESE, text="第一条 安静。", reason="采纳意见"
    )
    change(publish_draft, draft, PLANNER, now=small_city.now + timedelta(hours=3))
    with database().reading() as session:
        clause = clauses_of_version(session, draft_versions(session, small_city.decision)[-1].id)[0]
    answer(small_city, point, VerdictCode.ADOPTED, "写进第一条", hours=4, clause_id=clause.id)

    html = show(small_city, receipt_code("token"))

    assert html.index("采纳") < html.index("写进第一条") < html.index("先记下")
    assert "因此修改：第一条" in html
    assert f"clause={clause.key}" in html


def test_a_point_that_is_the_same_as_another_shows_the_answer_of_that_one(small_city, comment):
    other = comment(small_city, "太吵", token="other").number
    answer(small_city, other, reason="夜间停工")
    point = comment(small_city).number
    answer(small_city, point, VerdictCode.SAME_AS, "同一件事", same_as_id=other)

    html = show(small_city, receipt_code("token"))

    assert "太吵" in html
    assert "夜间停工" in html


def test_the_outcome_of_the_decision_stands_on_the_receipt(small_city, comment):
    comment(small_city)
    at = end_of_day(small_city.last_day) + timedelta(days=10)
    outcome = PublishOutcome(
        decision_id=small_city.decision,
        code=OutcomeCode.NOT_ADOPTED,
        reason="多数反对",
        decided_by="市政府",
        decided_on=local_date(at),
    )
    change(publish_outcome, outcome, PLANNER, now=at)

    html = show(small_city, receipt_code("token"), language="en", at=at)

    assert "not adopted" in html
    assert "多数反对" in html
    assert "Comments closed 10 days ago" in html


def test_without_scripts_no_form_puts_the_code_in_an_address(small_city):
    html = read_receipt(Visit(language="en", now=small_city.now)).body_html

    assert "<form" not in html
    assert "needs JavaScript" in html


@pytest.fixture
def app(small_city):
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    test.run()
    return test.switch_page("pages/receipt.py").run()


def look_up(app, code):
    app.text_input(key="receipt_code").set_value(code)
    app.button[0].click()
    app.run()
    assert not app.exception
    return " ".join(block.proto.body for block in app.get("html"))


def test_the_page_finds_a_receipt_and_keeps_its_code_out_of_the_address(app, comment, small_city):
    comment(small_city, "<b>噪音</b>")

    html = look_up(app, receipt_code("token"))

    assert "&lt;b&gt;噪音&lt;/b&gt;" in html
    assert dict(app.query_params) == {}


@pytest.mark.parametrize("code", ["AAAAAAA-AAAAAA-AAAAAA-AAAAAAA", "'; DROP TABLE comment; --", "\u202e", "<script>"])
def test_a_wrong_code_is_said_to_be_wrong(app, code):
    look_up(app, code)

    assert "没有该编号的回执" in app.error[0].value


def test_no_code_is_asked_for(app):
    look_up(app, "  ")

    assert app.error[0].value == "请填写回执上的编号。"
