"""The search finds whatever stands in the record, by two Chinese characters or the beginning of a word."""

from itertools import count

import pytest

from data.database import reading
from data.queries.search import search
from data.search import Kind, Query

_TEXT = "夜间施工噪音太大，建议把停工时间提前。The compensation is too small, no doubt; see notes."


@pytest.fixture
def bodies(city, comment):
    """Send comments, and return what a query finds of them."""
    tokens = count()

    def found(words, *texts):
        for body in texts:
            comment(city, body, token=f"search {next(tokens)}")
        with reading() as session:
            return [hit.excerpt for hit in search(session, Query(words), kind=Kind.COMMENT).rows]

    return found


def test_every_run_of_two_or_more_characters_is_found(bodies):
    bodies("", _TEXT)
    chinese = "夜间施工噪音太大"
    runs = {chinese[start:stop] for start in range(7) for stop in range(start + 2, 9)}

    assert all(bodies(run) == [_TEXT] for run in runs)


@pytest.mark.parametrize("words", ["compensation", "compensat", "com", "COMP", "is", "no doubt", "噪音 small"])
def test_words_are_found_by_their_beginnings(bodies, words):
    assert bodies(words, _TEXT, "别的意见") == [_TEXT]


@pytest.mark.parametrize("words", ["ompensation", "nois", "do not", "co", "施夜", "大建"])
def test_what_stands_nowhere_is_not_found(bodies, words):
    assert bodies(words, _TEXT) == []


def test_a_word_of_two_letters_is_looked_for_as_it_is(bodies):
    assert bodies("no", "notes and nothing", "There is no doubt.") == ["There is no doubt."]
