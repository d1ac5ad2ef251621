import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.search import Query, tokens_of
from models.clauses import split_into_clauses
from models.comment import receipt_code, receipt_digest
from models.personal_data import PersonalData, personal_data_in
from models.text import cleaned, masked_name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我的身份证是11010519491231002X。", PersonalData.RESIDENT_ID),
        ("身份证 110105 19491231 002x", PersonalData.RESIDENT_ID),
        ("电话１３８００１３８０００", PersonalData.MOBILE),
        ("+86 138-0013-8000", PersonalData.MOBILE),
        ("卡号 6222 0212 3456 7890", None),
        ("4111 1111 1111 1111", PersonalData.BANK_CARD),
        ("写信给 mary.ann@example.gov.cn", PersonalData.EMAIL),
        ("11010519491231002Y", None),
        ("云政办发〔2026〕12号，共 1200 人", None),
    ],
)
def test_personal_data_is_found(text, kind):
    found = [one for one, _ in personal_data_in(text)]
    assert found == ([kind] if kind else [])


@given(st.text())
def test_looking_for_personal_data_never_fails(text):
    for _, place in personal_data_in(text):
        assert place in text


@pytest.mark.parametrize(("name", "masked"), [("朱自清", "朱**"), ("Mary Ann Smith", "M. A. S."), ("", ""), (" ", "")])
def test_names_are_masked(name, masked):
    assert masked_name(name) == masked


@given(st.text())
def test_cleaned_text_has_no_characters_that_reorder_it(text):
    assert not set(cleaned(text)) & set("\x00\u202e\u2066\ufeff")
    assert cleaned(cleaned(text)) == cleaned(text)


def test_articles_are_clauses():
    clauses = split_into_clauses("第一章 总则\n第一条 为了。\n第二条 适用。\n（一）甲；\n第十条之一 附则。")
    assert [(clause.label, clause.text) for clause in clauses] == [
        ("第一条", "为了。"),
        ("第二条", "适用。\n（一）甲；"),
        ("第十条之一", "附则。"),
    ]


def test_headings_and_paragraphs_are_clauses():
    marked = split_into_clauses("# Rules\n\n## 1. Purpose\nTo save.\n\n## 2. Scope\nAll.")
    assert [clause.label for clause in marked if clause.label] == ["1", "2"]
    assert [clause.text for clause in split_into_clauses("One.\n\nTwo.\n\n\nThree.")] == ["One.", "Two.", "Three."]


@given(st.text(alphabet="第一二条章 \n#.1A文", max_size=200))
def test_no_words_of_a_draft_are_lost(text):
    whole = "".join(f"{clause.label}{clause.heading}{clause.text}" for clause in split_into_clauses(text))
    assert text.count("文") == whole.count("文") or "章" in text


def test_a_receipt_is_found_however_it_is_typed():
    code = receipt_code("token")
    assert receipt_digest(code) == receipt_digest(code.lower().replace("-", " "))
    assert receipt_code("token") == code != receipt_code("other")


@given(st.text(alphabet="噪音太大了夜间施工", min_size=2, max_size=20), st.data())
def test_every_two_characters_of_chinese_are_found(text, data):
    place = data.draw(st.integers(0, len(text) - 2))
    assert text[place : place + 2] in tokens_of(text)[0]


def test_a_query_of_signs_alone_asks_for_nothing():
    assert Query('" OR * NEAR( --').words == ["or", "near"]
    assert Query("'\"*:()").words == []
