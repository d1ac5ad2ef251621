"""Clauses keep their identity across versions."""

import pytest

from models.draft import LONGEST_DRAFT, clauses_of
from models.exceptions import InvalidValueError

FIRST = "第一条 为了节水。\n第二条 适用于本市。\n第三条 夜间供水。"


def keys(text, before=(), number=1):
    return [clause.key for clause in clauses_of(text, before=before, version_number=number)]


def test_the_clauses_of_a_first_version_are_numbered_by_it():
    assert keys(FIRST) == ["1.1", "1.2", "1.3"]


def test_a_clause_that_is_only_renumbered_is_the_same_clause():
    before = clauses_of(FIRST, before=(), version_number=1)

    assert keys("第一条 为了节水。\n第二条 新增一条。\n第三条 适用于本市。\n第四条 夜间供水。", before, 2) == [
        "1.1",
        "2.2",
        "1.2",
        "1.3",
    ]


def test_a_clause_with_other_words_under_the_same_number_is_the_same_clause():
    before = clauses_of(FIRST, before=(), version_number=1)

    assert keys("第一条 为了节约用水。\n第二条 适用于本市。\n第三条 夜间供水。", before, 2) == ["1.1", "1.2", "1.3"]


def test_no_two_clauses_of_a_version_are_the_same_clause():
    before = clauses_of("第一条 同。\n第二条 同。", before=(), version_number=1)

    found = keys("第一条 同。\n第二条 同。\n第三条 同。", before, 2)

    assert len(set(found)) == 3


@pytest.mark.parametrize("text", ["", " \n　", "文" * (LONGEST_DRAFT + 1)])
def test_a_draft_has_words_and_not_too_many(text):
    with pytest.raises(InvalidValueError):
        clauses_of(text, before=(), version_number=1)
