"""Importing projects: seen before it is published, every row taken or reported in words, and again without harm."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import select

from data.database import reading
from data.exchange.report import Report, Reported
from data.ledger.verify import verify
from data.queries.proposals import proposals
from models.actor import Role
from models.clock import utc_now
from models.milestone import Milestone
from models.project import Project
from models.proposal import ProposalState
from pages.forms.project_import_report import reason_words, report_csv
from pages.readable.proposal_table import statements_csv
from pages.words import has_word
from tests.pages.officer import messages, open_page, press, said, shown, signed_in
from tests.pages.test_proposals import demand_two

ROOT = Path(__file__).resolve().parents[2]
TABLE = """项目编号,项目名称,所在区,阶段,经度,纬度,总投资（万元）,计划竣工日期
JT-01,东门桥加固,老城区,在建,119.51,30.21,1200,2027-03-31
JT-02,城北泵站,城北区,前期,119.49,30.26,"3,450.5",2028-06-30
JT-03,江南慢行道,江南区,在建,30.18,119.55,800,2027-09-30
JT-04,=HYPERLINK("http://x"),江南区,在建,119.54,30.17,@待定,2027-10-31
"""
#: The modules of which the reason codes reach this page.
CODED = ("cells", "dates", "places", "readings", "report", "sources", "tables", "things", "encodings", "mapping")


@pytest.fixture
def page(small_city):
    """The page, as an officer has opened it."""
    return open_page("import_projects", signed_in())


def upload(page, content, name="plan.csv"):
    page.file_uploader(key="import_upload").upload(name, content.encode() if isinstance(content, str) else content)
    page.run()
    assert not page.exception
    return page


def start(page):
    next(button for button in page.button if button.label.startswith("导入")).click()
    page.run()
    assert not page.exception
    return page


def projects():
    with reading() as session:
        return len(session.exec(select(Project)).all())


def dates(title="竣工"):
    with reading() as session:
        return {
            one.project_id: [str(said.due_date) for said in one.revisions]
            for one in session.exec(select(Milestone).where(Milestone.title == title))
        }


def test_a_file_is_shown_before_anything_is_published(page):
    upload(page, TABLE)

    assert projects() == 1
    assert "utf-8" in shown(page)
    assert said("import.reason.swapped_coordinates") in shown(page)
    assert said("import.reason.not_a_number") in shown(page)


def test_every_row_is_taken_or_reported_with_its_reason(page):
    start(upload(page, TABLE))

    assert messages(page)[1] == [said("import.done", rows="4", taken="2", unchanged="0")]
    report = page.session_state["import_report"]
    assert report.rows == report.taken + len(report.reported)
    assert [(one.row, one.reason) for one in report.reported] == [(4, "swapped_coordinates"), (5, "not_a_number")]
    assert projects() == 3
    with reading() as session:
        assert verify(session).faults == []


def test_a_file_that_is_imported_again_says_nothing_new_and_a_changed_date_is_a_revision(page):
    start(upload(page, TABLE))
    start(upload(page, TABLE, "again.csv"))
    assert messages(page)[1] == [said("import.done", rows="4", taken="2", unchanged="2")]

    start(upload(page, TABLE.replace("2027-03-31", "2027-08-31"), "changed.csv"))

    assert messages(page)[1] == [said("import.done", rows="4", taken="2", unchanged="1")]
    assert projects() == 3
    assert sorted(dates().values()) == [["2027-03-31", "2027-08-31"], ["2028-06-30"]]


def test_the_reported_rows_are_csv_that_no_spreadsheet_calculates(page):
    start(upload(page, TABLE))

    rows = list(csv.reader(io.StringIO(report_csv(page.session_state["import_report"], "en").decode("utf-8-sig"))))

    assert rows[0] == ["Row", "Column", "What stands there", "Code", "Reason"]
    assert rows[2] == ["5", "总投资（万元）", "'@待定", "not_a_number", "This is not a number."]


def test_day_and_month_are_asked_and_never_guessed(page):
    doubtful = "编号,名称,阶段,计划竣工日期\n1,甲,在建,03/04/2027\n2,乙,在建,05/06/2027\n"
    upload(page, doubtful)
    assert said("import.question.date_order", column="计划竣工日期", examples="03/04/2027, 05/06/2027") in shown(page)
    assert said("import.reason.ambiguous_date") in shown(page)

    page.radio[0].set_value("dmy")
    press(page, "import.answer")
    start(page)

    assert messages(page)[1] == [said("import.done", rows="2", taken="2", unchanged="0")]
    assert sorted(dates().values()) == [["2027-04-03"], ["2027-06-05"]]


def test_a_currency_is_asked_and_an_answer_that_is_none_is_refused(page):
    upload(page, "编号,名称,阶段,总投资\n1,甲,在建,500\n2,乙,在建,600\n")
    field = next(one for one in page.text_input if one.label == said("import.question.currency_choice"))
    field.set_value("元")
    press(page, "import.answer")
    assert messages(page)[0] == [said("work_project.money.fault.currency")]

    field = next(one for one in page.text_input if one.label == said("import.question.currency_choice"))
    field.set_value("cny")
    press(page, "import.answer")

    assert json.loads(page.session_state["import_mapping"])["currency"] == "CNY"


def column_field(page, name):
    return next(one for one in page.selectbox if one.label == said(f"import.field.{name}"))


def test_a_column_that_was_guessed_wrong_is_corrected_and_the_mapping_is_kept(page):
    upload(page, "代号,甲方,工程,阶段\n1,某局,东桥,在建\n2,某局,西桥,在建\n")
    column_field(page, "title").set_value("甲方")
    press(page, "import.look_again")

    mapping = json.loads(page.session_state["import_mapping"])
    assert mapping["title"] == "甲方"

    upload(page, "代号,甲方,工程,阶段\n3,某局,南桥,在建\n", "next.csv")

    assert json.loads(page.session_state["import_mapping"])["title"] == "甲方"


def test_a_saved_mapping_is_used_and_one_that_is_none_is_refused(page):
    upload(page, "代号,甲方,工程,阶段\n1,某局,东桥,在建\n")
    saved = json.dumps({"identifier": "代号", "title": "工程", "phase": "阶段"})
    page.file_uploader(key="import_saved").upload("mapping.json", saved.encode()).run()
    assert json.loads(page.session_state["import_mapping"])["title"] == "工程"

    page.file_uploader(key="import_saved").upload("mapping.json", b'{"title": 1, "x": []}').run()

    assert not page.exception
    assert messages(page)[0]


def test_the_mapping_of_another_file_is_guessed_anew_and_that_is_said(page):
    upload(page, TABLE)

    upload(page, "code,name,status\n1,Bridge,planned\n", "other.csv")

    assert [one.value for one in page.info]
    assert json.loads(page.session_state["import_mapping"])["title"] == "name"


def test_a_word_for_a_phase_is_given_a_meaning(page):
    upload(page, "编号,名称,阶段\n1,甲,在建\n2,乙,在建\n3,丙,即将大干快上\n")
    assert said("import.reason.unknown_phase") in shown(page)

    page.selectbox(key="import_word_phase_即将大干快上").set_value("preparation")
    press(page, "import.look_again")

    assert said("import.reason.unknown_phase") not in shown(page)


def workbook():
    book, packed = Workbook(), io.BytesIO()
    for row in (("编号", "名称", "阶段"), (1, "甲", "在建"), (2, "乙", "在建")):
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


FEATURE = {"type": "Feature", "properties": {"id": "1", "name": "东桥"}}
READABLE = {
    "a workbook": ("plan.xlsx", workbook(), 2),
    "GeoJSON": (
        "plan.geojson",
        json.dumps({"type": "FeatureCollection", "features": [{**FEATURE, "geometry": None}]}).encode(),
        1,
    ),
    "OC4IDS": (
        "plan.json",
        json.dumps({"projects": [{"id": "oc4ids-x-1", "title": "East Bridge", "status": "preparation"}]}).encode(),
        1,
    ),
    "GB 18030": ("plan.csv", "编号,名称,阶段\n1,东门大桥加固工程,在建\n".encode("gb18030"), 1),
}


@pytest.mark.parametrize("kind", READABLE)
def test_each_kind_of_file_is_read(page, kind):
    name, content, rows = READABLE[kind]

    upload(page, content, name)

    assert not page.error
    assert page.session_state["import_preview"].rows == rows


BROKEN = {
    "nothing": ("plan.csv", b"\xef\xbb\xbf", "empty"),
    "bytes that are no text": ("plan.csv", "编号,名称\n1,东桥西桥".encode() + b"\xff\xfe\xfa\n", "bad_encoding"),
    "a zero byte": ("plan.csv", b"id,name\n1,\x00x\n", "not_text"),
    "duplicate headings": ("plan.csv", b"id,name,name\n1,a,b\n", "duplicate_headers"),
    "half a JSON": ("plan.json", b'{"projects": [{"id": "1", "title":', "broken_json"),
    "NaN": ("plan.json", b'{"projects": [{"id": "1", "budget": {"amount": NaN}}]}', "nan_in_json"),
    "another JSON": ("plan.json", b'{"weather": "rain"}', "unknown_json"),
    "nested too deeply": ("plan.json", b'{"a":' + b"[" * 100_000, "broken_json"),
    "half a workbook": ("plan.xlsx", workbook()[:900], None),
    "a PDF": ("plan.csv", b"%PDF-1.7", "unknown_type"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_ends_in_a_sentence_and_nothing_is_published(page, broken):
    name, content, reason = BROKEN[broken]

    upload(page, content, name)

    (sentence,) = messages(page)[0]
    if reason:
        assert sentence.startswith(re.split(r"[{（(:：]", said(f"import.file_fault.{reason}", detail="{"))[0][:4])
    assert projects() == 1
    assert not [one for one in page.button if one.label.startswith("导入")]


def test_a_heading_that_is_markdown_stays_text(page):
    upload(page, "![x](http://evil.example/a.png),![x](http://evil.example/a.png)\n1,2\n")

    assert "![x](" not in page.error[0].value


def test_cells_that_are_html_stay_text(page):
    upload(page, '编号,名称,阶段\n1,"<img src=x onerror=alert(1)>",在建\n')

    assert "<img" not in shown(page)
    assert "&lt;img" in shown(page)


def coded():
    found = set()
    for module in CODED:
        text = (ROOT / "data" / "exchange" / f"{module}.py").read_text("utf-8")
        found |= set(re.findall(r'(?:CellFault|UnreadableFileError)\("([a-z_]+)"', text))
        found |= set(re.findall(r'(?:fault|note)\([^()]*(?:\([^()]*\)[^()]*)*, "([a-z_]+)"\)', text))
        found |= set(re.findall(r'Error, "([a-z_]+)"\)', text))
    return sorted(found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_reason_has_words(language):
    codes = coded()

    assert len(codes) > 30
    wordless = [
        code
        for code in codes
        if not has_word(f"import.reason.{code}", language) and not has_word(f"import.file_fault.{code}", language)
    ]
    assert wordless == []


def test_a_reason_of_tomorrow_has_words_too():
    assert reason_words(Reported(1, "", "", "unheard_of"), "en") == "The record refused it."


def test_a_report_without_rows_is_a_heading():
    empty = Report(file="x", rows=0, taken=0, unchanged=0, reported=())

    assert report_csv(empty, "en").decode("utf-8-sig").splitlines() == ["Row,Column,What stands there,Code,Reason"]


def proposed():
    """Return the proposals of the department that wait."""
    with reading() as session:
        return proposals(session, "water", ProposalState.WAITING, now=utc_now()).rows


@pytest.fixture
def strict_page(small_city):
    """The page, as an officer has opened it whose department has it that a second person agrees."""
    demand_two()
    return open_page("import_projects", signed_in())


def test_where_a_second_person_agrees_the_whole_file_is_sent_to_them_as_one_proposal(strict_page):
    assert said("import.proposes") in [one.value for one in strict_page.info]
    upload(strict_page, TABLE)

    next(button for button in strict_page.button if button.label == said("import.send", rows="4", sound="2")).click()
    strict_page.run()

    (proposal,) = proposed()
    counts = {"rows": "2", "projects": "2", "revisions": "0", "unchanged": "0"}
    digest = hashlib.sha256(TABLE.encode()).hexdigest()
    assert proposal.note == said("import.note", file="plan.csv", digest=digest, **counts)
    told = {"rows": "4", "taken": "2", "unchanged": "0", "number": str(proposal.id)}
    assert messages(strict_page) == ([], [said("import.proposed", **told)])
    assert projects() == 1


def test_where_a_second_person_came_to_be_needed_meanwhile_the_page_says_so_before_anything_is_sent(page):
    upload(page, TABLE)
    demand_two()

    start(page)

    assert said("import.proposes") in [one.value for one in page.info]
    assert (projects(), proposed()) == (1, [])


def test_a_file_that_waits_already_is_not_sent_twice(strict_page):
    upload(strict_page, TABLE)
    for _ in range(2):
        next(button for button in strict_page.button if button.label.startswith("提交审核")).click()
        strict_page.run()

    assert messages(strict_page)[0] == [said("import.file_fault.proposed_already", detail=str(proposed()[0].id))]


def test_a_package_of_oc4ids_is_told_to_be_sent_otherwise_where_a_second_person_agrees(strict_page):
    upload(strict_page, json.dumps({"projects": [{"id": "a", "title": "Bridge"}]}), "package.json")

    assert messages(strict_page)[0] == [said("import.needs_two")]
    assert not [button for button in strict_page.button if button.label.startswith("提交审核")]


def test_who_is_asked_to_agree_reads_counts_and_a_part_and_the_whole_as_a_table(strict_page):
    rows = "".join(f"A{n},项目{n},2035-01-01,2035-06-01\n" for n in range(40))
    upload(strict_page, f"编号,名称,计划开工,计划竣工\n{rows}")
    next(button for button in strict_page.button if button.label.startswith("提交审核")).click()
    strict_page.run()
    (proposal,) = proposed()

    page = open_page("proposals", signed_in(Role.APPROVER))

    seen = shown(page)
    assert said("proposals.new_projects", projects="40") in seen
    assert said("proposals.shown", shown="100", statements="120") in seen
    # What has no number yet has no page to go to.
    assert "项目0" in seen
    assert "/projects/P-" not in seen
    assert "项目39" in statements_csv(proposal, "zh").decode("utf-8-sig")
    press(page, "proposals.approve")
    assert projects() == 41


def test_the_phase_that_was_taken_from_the_dates_is_said_before_and_after(page):
    counts = {"completion": "1", "implementation": "0", "preparation": "0", "not_begun": "1"}
    told = said("import.phases", assumed=said("codes.phase.identification"), **counts)
    upload(page, "编号,名称,计划竣工,实际竣工\nA1,桥,2025-01-01,2025-02-01\nA2,学校,2035-01-01,\n")
    assert told in shown(page)

    start(page)

    assert shown(page).count(told) >= 1
