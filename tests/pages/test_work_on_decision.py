"""The planner's way: publishing, amending, answering; what is refused stays typed, and nobody overwrites anybody."""

import io
import zipfile
from datetime import timedelta

import pytest
from PIL import Image

from data.database import reading
from data.operations.decisions import AmendDecision, amend_decision
from data.operations.documents import PublishDocument, publish_document
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.comments import CommentFilter, find_point, list_comments
from data.queries.decision_view import (
    clauses_of_version,
    draft_versions,
    find_decision,
    opinions_on,
)
from data.queries.documents import documents_of_decision
from data.writer import change
from models.actor import Role
from models.clock import utc_now
from models.comment import Channel, Stance
from models.comment_period import PeriodKind
from models.decision import Language
from models.document import DisclosureClass, DocumentType
from models.exceptions import FileRefusedError
from models.opinion import OpinionStance
from models.outcome import OutcomeCode
from models.stage import Stage, StageKind
from models.uploads import LARGEST_UPLOAD
from models.verdict import VerdictCode
from pages.explanations import explain
from pages.forms.decision_draft import checked_text
from pages.forms.draft_comparison import ClauseChange, compared
from tests.conftest import DRAFT, PLANNER
from tests.pages.office import Office, quick_passwords


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


@pytest.fixture
def work(office):
    """Open a tab as the planner of the department."""
    tokens = []

    def open_tab(tab, **query):
        if not tokens:
            tokens.append(office.token(Role.PLANNER))
        return office.open("work_on_decision", token=tokens[0], id=query.pop("id", office.decision), tab=tab, **query)

    return open_tab


def field(page, name):
    """Return the field of that name, whatever form and turn it is of."""
    boxes = (*page.text_input, *page.text_area, *page.checkbox, *page.selectbox, *page.date_input, *page.file_uploader)
    return next(box for box in boxes if box.key.endswith(f"_{name}"))


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def html_of(page):
    return " ".join(element.proto.body for element in page.get("html"))


def errors(page):
    return [box.value.replace("\\", "") for box in page.error]


def done(page):
    return [box.value for box in page.success]


def view(office):
    with reading() as session:
        return find_decision(session, office.decision, now=utc_now())


def text_of(office):
    with reading() as session:
        versions = draft_versions(session, office.decision)
        return versions, [clause.body for clause in clauses_of_version(session, versions[-1].id)]


def test_a_decision_is_published_with_its_first_dates_and_then_goes_on_to_its_procedure(office):
    page = office.open("publish_decision", role=Role.PLANNER)
    field(page, "title").set_value("雨水花园办法")
    field(page, "summary").set_value("让雨水慢下来。")
    field(page, "drafting_starts").set_value(office.today)
    field(page, "drafting_ends").set_value(office.today + timedelta(days=30))

    press(page, "公布决策事项")

    with reading() as session:
        made = find_decision(session, page.query_params["id"], now=utc_now())
    assert made.said.title == "雨水花园办法"
    assert [said.kind for said in made.stages[Stage.DRAFTING]] == [StageKind.BASELINE]
    assert Stage.PARTICIPATION not in made.stages
    assert "决策事项已公布。" in done(page)
    assert page.query_params["tab"] == "procedure"
    assert "下一步：适用哪种程序？" in html_of(page)


def test_a_decision_without_a_title_is_refused_and_stays_typed(office):
    page = office.open("publish_decision", role=Role.PLANNER)
    field(page, "summary").set_value("让雨水慢下来。")

    press(page, "公布决策事项")

    assert errors(page) == ["请填写标题，不超过 300 字。"]
    assert field(page, "summary").value == "让雨水慢下来。"


def test_the_description_is_amended_with_a_reason_and_not_without(office, work):
    page = work("description")
    field(page, "title").set_value("节约用水条例")

    press(page, "公布修改")
    refused = errors(page)
    field(page, "reason").set_value("改称条例。")
    press(page, "公布修改")

    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert done(page) == ["说明已修改，原内容仍可查阅。"]
    assert [said.title for said in view(office).revisions] == ["节约用水办法", "节约用水条例"]
    assert field(page, "reason").value == ""


def test_who_sends_after_somebody_else_sees_both_versions_and_can_send_again(office, work):
    page = work("description")
    field(page, "title").set_value("我的标题")
    field(page, "reason").set_value("我的理由。")
    theirs = AmendDecision(
        decision_id=office.decision, language=Language.CHINESE, title="别人的标题", reason="先到。", seen=1
    )
    change(amend_decision, theirs, PLANNER)

    press(page, "公布修改")
    html, told = html_of(page), errors(page)
    kept = view(office).said.title
    press(page, "公布修改")

    assert told[0].startswith("您填写期间，他人已作修改。您看到的是第 1 版；现为第 2 版")
    assert all(words in html for words in ("节约用水办法", "别人的标题", "我的标题", "先到。"))
    assert kept == "别人的标题"
    assert [said.title for said in view(office).revisions] == ["节约用水办法", "别人的标题", "我的标题"]


def test_a_form_is_sent_against_what_it_was_drawn_from_however_often_the_page_is_drawn(office, work):
    page = work("description")
    theirs = AmendDecision(
        decision_id=office.decision, language=Language.CHINESE, title="别人的标题", reason="先到。", seen=1
    )
    change(amend_decision, theirs, PLANNER)

    page.run()
    warned = [box.value for box in page.warning]
    field(page, "reason").set_value("我的理由。")
    press(page, "公布修改")

    assert "第 1 版" in warned[0]
    assert errors(page)
    assert view(office).said.number == 2


def test_a_stage_is_planned_moved_with_a_reason_and_finished(office, work):
    page = work("stages", stage="drafting")
    field(page, "starts").set_value(office.today - timedelta(days=5))
    field(page, "ends").set_value(office.today + timedelta(days=5))
    press(page, "公布")
    field(page, "ends").set_value(office.today + timedelta(days=9))
    press(page, "公布")
    refused = errors(page)
    field(page, "reason").set_value("再调研。")
    press(page, "公布")
    field(page, "kind").set_value(StageKind.FINISHED)
    press(page, "公布")
    too_early = errors(page)
    field(page, "ends").set_value(office.today)
    press(page, "公布")

    said = view(office).stages[Stage.DRAFTING]
    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert too_early == [f"{office.today + timedelta(days=9)} 尚未到来，不能填为已发生的日期。"]
    assert [one.kind for one in said] == [StageKind.BASELINE, StageKind.MOVED, StageKind.FINISHED]


def test_a_day_that_is_missing_is_named_before_anything_is_sent(office, work):
    page = work("stages", stage="drafting")

    press(page, "公布")

    assert errors(page) == ["请选择日期。"]
    assert Stage.DRAFTING not in view(office).stages


def test_a_new_version_is_shown_clause_by_clause_before_it_is_published(office, work):
    page = work("draft")
    field(page, "text").set_value(DRAFT.replace("八小时", "六小时").replace("第二条 本办法适用于本市。\n", ""))

    press(page, "预览")
    html = html_of(page)
    before = len(text_of(office)[0])
    press(page, "公布")
    refused = errors(page)
    field(page, "reason").set_value("夜间更安静。")
    press(page, "公布")

    versions, bodies = text_of(office)
    assert "有改动 1" in html
    assert "删除 1" in html
    assert "未变 1" in html
    assert "<del>" in html
    assert "<ins>" in html
    assert before == 1
    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert len(versions) == 2
    assert any("六小时" in body for body in bodies)


def test_a_version_from_a_file_is_published_as_text(office, work):
    page = work("draft")
    field(page, "file").set_value(("draft.md", "第一条 甲。\n第二条 乙。".encode(), "text/markdown"))
    field(page, "reason").set_value("重写。")

    press(page, "公布")

    assert text_of(office)[1] == ["甲。", "乙。"]


def test_a_version_published_meanwhile_is_no_reason_to_lose_the_text(office, work):
    page = work("draft")
    field(page, "text").set_value("第一条 我的。")
    field(page, "reason").set_value("我的理由。")
    theirs = PublishDraft(
        decision_id=office.decision, language=Language.CHINESE, text="第一条 别人的。", reason="先到。", seen=1
    )
    change(publish_draft, theirs, PLANNER)

    press(page, "公布")

    assert errors(page)
    assert "先到。" in html_of(page)
    assert field(page, "text").value == "第一条 我的。"
    assert len(text_of(office)[0]) == 2


def test_hostile_text_in_a_draft_is_shown_as_text(office, work):
    page = work("draft")
    field(page, "text").set_value("第一条 <script>alert(1)</script>{0}${x}\n第二条 [x](javascript:1)")

    press(page, "预览")

    assert "<script>" not in html_of(page)
    assert "&lt;script&gt;" in html_of(page)


def test_the_period_is_extended_with_a_reason_and_closed_early_only_by_who_is_sure(office, work):
    page = work("period")
    field(page, "last_day").set_value(office.last_day + timedelta(days=10))
    press(page, "延长")
    refused = errors(page)
    page.text_area[0].set_value("假期。")
    press(page, "延长")
    extended = done(page)
    page.text_area[1].set_value("紧急。")
    press(page, "提前结束")
    unsure = errors(page)
    field(page, "sure").set_value(True)
    press(page, "提前结束")

    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert extended == ["征求意见期已延长。"]
    assert unsure == ["请确认现在就停止接收意见。"]
    assert [said.kind for said in view(office).period] == [
        PeriodKind.OPENED,
        PeriodKind.EXTENDED,
        PeriodKind.CLOSED_EARLY,
    ]


def test_a_short_period_needs_a_reason(office, work):
    other = office.announce("排水办法")
    page = work("period", id=other)
    field(page, "last_day").set_value(office.today + timedelta(days=10))
    press(page, "开始")
    warned = [box.value for box in page.warning]
    field(page, "reason").set_value("汛期紧急。")
    press(page, "开始")

    with reading() as session:
        opened = find_decision(session, other, now=utc_now())
    assert "第15条" in warned[0]
    assert opened.present.is_short
    assert opened.period[0].reason == "汛期紧急。"


def test_a_comment_is_answered_and_the_next_one_without_an_answer_is_opened(office, work):
    older, newer = office.comment("第一"), office.comment("第二")
    page = work("comments", answer="unanswered", point=newer)
    press(page, "公布答复")
    nothing_chosen = errors(page)
    field(page, "code").set_value(VerdictCode.ADOPTED).run()
    press(page, "公布答复")
    refused = errors(page)
    field(page, "reason").set_value("写进第三条。")
    press(page, "公布答复")

    with reading() as session:
        answered = find_point(session, newer)
    assert nothing_chosen == ["请先选择：不会默认公布任何一项。"]
    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert (answered.verdict.code, answered.verdict.reason) == (VerdictCode.ADOPTED, "写进第三条。")
    assert page.query_params["point"] == str(older)
    assert "第一" in html_of(page)


@pytest.mark.parametrize(
    ("code", "name", "value", "fact"),
    [
        (VerdictCode.OUT_OF_SCOPE, "forwarded_to", "市供电公司", "forwarded_to"),
        (VerdictCode.SAME_AS, "same_as", "#1", "same_as_id"),
        (VerdictCode.DEFERRED, "until", None, "until"),
    ],
)
def test_a_verdict_asks_for_what_its_code_needs(office, work, code, name, value, fact):
    office.comment("第一")
    point = office.comment("第二")
    page = work("comments", point=point)
    field(page, "code").set_value(code).run()
    field(page, "reason").set_value("如下。")
    press(page, "公布答复")
    refused = errors(page)
    value = value or office.today + timedelta(days=90)
    field(page, name).set_value(value)
    press(page, "公布答复")

    with reading() as session:
        verdict = find_point(session, point).verdict
    assert len(refused) == 1
    assert getattr(verdict, fact) == (1 if fact == "same_as_id" else value)


def test_two_planners_at_one_comment_do_not_answer_past_each_other(office, work):
    point = office.comment()
    page = work("comments", point=point)
    field(page, "code").set_value(VerdictCode.NOT_ADOPTED).run()
    field(page, "reason").set_value("我的理由。")
    theirs = GiveVerdict(point_id=point, code=VerdictCode.ADOPTED, reason="别人的理由。", seen=0)
    change(give_verdict, theirs, PLANNER)

    press(page, "公布答复")

    with reading() as session:
        verdicts = find_point(session, point).verdicts
    assert errors(page)
    assert "别人的理由。" in html_of(page)
    assert field(page, "reason").value == "我的理由。"
    assert [verdict.code for verdict in verdicts] == [VerdictCode.ADOPTED]


def test_the_comments_of_another_decision_cannot_be_opened_here(office, work):
    other = office.announce("排水办法")
    point = office.comment()

    page = work("comments", id=other, point=point)

    assert "噪音太大了" not in html_of(page)
    assert [box.value for box in page.warning] == ["该决策事项没有这条意见。"]


@pytest.mark.parametrize("point", ["x", "-1", "9" * 40, "²", "0", "1; DROP TABLE point"])
def test_a_comment_number_that_is_none_is_said_to_be_none(office, work, point):
    page = work("comments", point=point)

    assert not page.exception
    assert [box.value for box in page.warning] == ["该决策事项没有这条意见。"]


def test_a_letter_is_entered_as_it_came(office, work):
    page = work("entry")
    field(page, "channel").set_value(Channel.PAPER)
    field(page, "stance").set_value(Stance.SUPPORT)
    field(page, "body").set_value("来信：同意。")
    field(page, "name").set_value("朱自清")

    press(page, "录入意见")

    with reading() as session:
        (comment,) = list_comments(session, office.decision, CommentFilter()).rows
    assert (comment.channel, comment.stance, comment.body, comment.name) == (
        Channel.PAPER,
        Stance.SUPPORT,
        "来信：同意。",
        "朱**",
    )


@pytest.mark.parametrize(("days", "is_taken"), [(-30, False), (-20, True), (-1, True), (0, True), (1, False)])
def test_a_letter_counts_by_the_day_it_came(office, work, days, is_taken):
    page = work("entry")
    field(page, "stance").set_value(Stance.SUPPORT)
    field(page, "body").set_value("来信：同意。")
    field(page, "day").set_value(office.today + timedelta(days=days))

    press(page, "录入意见")

    assert bool(done(page)) is is_taken
    assert bool(errors(page)) is not is_taken


def test_an_opinion_is_published_with_its_conflict_statement(office, work):
    page = work("experts")
    for name, value in (("name", "李工"), ("affiliation", "设计院"), ("body", "可行。")):
        field(page, name).set_value(value)
    field(page, "stance").set_value(OpinionStance.FOR)
    press(page, "公布专家意见")
    refused = errors(page)
    field(page, "conflict").set_value("无。")
    press(page, "公布专家意见")

    with reading() as session:
        (opinion,) = opinions_on(session, office.decision)
    assert len(refused) == 1
    assert (opinion.name, opinion.conflict_statement) == ("李工", "无。")


def documents(office):
    with reading() as session:
        return documents_of_decision(session, office.decision)


def png(width=8, height=8):
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def zip_bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (201 * 1024 * 1024))
    return buffer.getvalue()


def test_a_document_is_published_with_its_bytes_unchanged(office, work):
    page = work("documents")
    field(page, "title").set_value("示意图")
    field(page, "type").set_value(DocumentType.ILLUSTRATION)
    field(page, "file").set_value(("map.png", png(), "image/png"))

    press(page, "公布")

    (document,) = documents(office)
    assert done(page) == ["文件已公布。"]
    assert (document.media_type, document.size, document.disclosure) == (
        "image/png",
        len(png()),
        DisclosureClass.PUBLIC,
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "文件“empty.pdf”是空的。"),
        ("large.pdf", b"%PDF-" + b"0" * (LARGEST_UPLOAD - 4), "文件“large.pdf”超过 10 MB。"),
        ("program.pdf", b"MZ\x90\x00\x03\x00", "“program.pdf”不是 PDF、图片、文本或 Office 文件。"),
        ("picture.pdf", png(), "文件“picture.pdf”的内容与扩展名不符。"),
        ("page.txt", b"<!doctype html><script>alert(1)</script>", "“page.txt”不是 PDF、图片、文本或 Office 文件。"),
        ("bomb.png", png(30_000, 30_000), "文件“bomb.png”打开后过大。"),
        ("bomb.docx", zip_bomb(), "文件“bomb.docx”打开后过大。"),
        ("half.docx", b"PK\x03\x04half a file", "文件“half.docx”已损坏。"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence_and_nothing_is_kept(office, work, name, content, sentence):
    page = work("documents")
    field(page, "title").set_value("附件")
    field(page, "file").set_value((name, content, "application/pdf"))

    press(page, "公布")

    assert errors(page) == [sentence]
    assert field(page, "title").value == "附件"
    assert documents(office) == []


@pytest.mark.parametrize("content", [b"%PDF-1.7", png(), b"MZ\x90\x00", b""])
def test_a_draft_is_not_read_from_what_is_no_text(content):
    with pytest.raises(FileRefusedError) as refusal:
        checked_text("draft.txt", content)

    assert "draft.txt" in explain(refusal.value, "en")


def test_a_document_is_withheld_only_on_a_ground_and_until_a_review(office, work):
    page = work("documents")
    field(page, "disclosure").set_value(DisclosureClass.WITHHELD).run()
    field(page, "title").set_value("风险评估")
    press(page, "公布")
    refused = errors(page)
    field(page, "ground").set_value("《条例》第十五条")
    field(page, "review_on").set_value(office.today + timedelta(days=90))
    press(page, "公布")

    (document,) = documents(office)
    assert len(refused) == 1
    assert (document.ground, document.review_on) == ("《条例》第十五条", office.today + timedelta(days=90))


def test_a_withheld_document_is_made_public_with_a_reason(office, work):
    withheld = PublishDocument(
        decision_id=office.decision,
        type=DocumentType.RISK_ASSESSMENT,
        title="风险评估",
        disclosure=DisclosureClass.WITHHELD,
        ground="第十五条",
        review_on=office.today,
    )
    number = change(publish_document, withheld, PLANNER).key
    page = work("documents", document=number)
    field(page, "disclosure").set_value(DisclosureClass.PUBLIC).run()
    field(page, "file").set_value(("risk.txt", "风险可控。".encode(), "text/plain"))
    press(page, "公布")
    refused = errors(page)
    field(page, "reason").set_value("理由不再成立。")
    press(page, "公布")

    (document,) = documents(office)
    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert (document.number, document.disclosure, document.name) == (2, DisclosureClass.PUBLIC, "risk.txt")


def test_the_result_comes_after_the_period_with_reasons_and_then_the_evaluation(office, work):
    early = html_of(work("outcome"))
    page = work("period")
    page.text_area[1].set_value("紧急。")
    field(page, "sure").set_value(True)
    press(page, "提前结束")

    page = work("outcome")
    field(page, "code").set_value(OutcomeCode.ADOPTED)
    field(page, "decided_by").set_value("常务会议")
    field(page, "why").set_value("汛期提前。")
    press(page, "公布结果")
    refused = errors(page)
    field(page, "reason").set_value("多数赞成。")
    press(page, "公布结果")
    evaluation = work("evaluation")
    for name in ("expected", "measured", "conclusion", "evaluator"):
        field(evaluation, name).set_value("省水一成。")
    press(evaluation, "公布后评估")

    assert "正在征求意见" in early
    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert view(office).outcome.code is OutcomeCode.ADOPTED
    assert view(office).evaluation.measured == "省水一成。"


@pytest.mark.parametrize("role", [None, Role.EXPERT, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["work_on_decision", "publish_decision"])
def test_whoever_may_not_work_is_told_so_under_the_address_itself(office, role, name):
    page = office.open(name, role=role, id=office.decision)

    assert not page.exception
    assert [title.value for title in page.title] == ["本页供办理人员使用"]
    assert not page.text_area


def test_a_planner_of_another_department_is_told_so_and_sees_no_form(office):
    page = office.open("work_on_decision", role=Role.PLANNER, of="parks", id=office.decision)

    assert [box.value for box in page.warning] == ["该决策事项属于其他部门，只有其承办人可以办理；任何人都可以查阅。"]
    assert not page.text_area


@pytest.mark.parametrize("number", ["", "2026-9999", "x", "' OR 1=1 --", "../../etc/passwd"])
def test_an_unknown_decision_is_said_to_be_unknown(office, work, number):
    page = work("description", id=number)

    assert not page.exception
    assert [box.value for box in page.warning] == ["没有该编号的决策事项。"]


def test_an_unknown_tab_and_stage_open_the_first(office, work):
    assert not work("nonsense").exception
    assert not work("stages", stage="nonsense").exception


@pytest.mark.parametrize("tab", ["description", "stages", "draft", "period", "entry", "experts", "outcome"])
def test_an_officer_and_an_approver_are_shown_what_is_theirs_and_no_more(office, tab):
    page = office.open("work_on_decision", role=Role.OFFICER, id=office.decision, tab=tab)

    assert not page.exception
    assert not page.text_area
    assert "您不能办理" in html_of(page)


def test_comparing_a_version_with_the_one_before_rebuilds_both_texts(office):
    with reading() as session:
        before = clauses_of_version(session, draft_versions(session, office.decision)[0].id)
    text = DRAFT.replace("八小时供水", "六小时供水，并公告") + "\n第四条 本办法自公布之日起施行。"
    command = PublishDraft(decision_id=office.decision, language=Language.CHINESE, text=text, reason="改", seen=1)
    change(publish_draft, command, PLANNER)
    with reading() as session:
        after = clauses_of_version(session, draft_versions(session, office.decision)[1].id)

    rows = compared(before, after)

    assert [row.change for row in rows] == [
        ClauseChange.SAME,
        ClauseChange.SAME,
        ClauseChange.CHANGED,
        ClauseChange.ADDED,
    ]
    for row, old, new in zip(rows[:3], before, after, strict=False):
        assert "".join(piece for kind, piece in row.pieces if kind != "added") == old.body
        assert "".join(piece for kind, piece in row.pieces if kind != "removed") == new.body
