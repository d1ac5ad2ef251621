"""What was looked for, marked where it stands."""

from hypothesis import given
from hypothesis import strategies as st

from data.search import Query
from pages.highlights import excerpt, highlighted


def hits(text, typed):
    return [segment.text for segment in highlighted(text, Query(typed).words) if segment.is_hit]


def test_two_chinese_characters_are_marked_wherever_they_stand():
    assert hits("夜间噪音太大，噪音扰民", "噪音") == ["噪音", "噪音"]


def test_the_beginning_of_an_english_word_is_marked_in_any_case():
    assert hits("Night DELIVERIES", "deliver") == ["DELIVER"]


def test_full_width_letters_are_found_by_plain_ones():
    assert hits("ＭＥＴＲＯ ６", "metro") == ["ＭＥＴＲＯ"]


def test_an_excerpt_begins_shortly_before_the_first_word():
    segments = excerpt("甲" * 500 + "噪音" + "乙" * 500, ["噪音"])

    assert len("".join(segment.text for segment in segments)) < 200
    assert [segment.text for segment in segments if segment.is_hit] == ["噪音"]


@given(st.text(), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_changes_no_character(text, words):
    folded = Query(" ".join(words)).words

    assert "".join(segment.text for segment in highlighted(text, folded)) == text
