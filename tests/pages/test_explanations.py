"""Everything the record refuses is a sentence in both languages."""

from datetime import UTC, date, datetime

import pytest

from models import exceptions
from models.decision import DecisionRevision, Language
from models.exceptions import (
    ConflictError,
    FileRefusedError,
    FutureEventError,
    InvalidValueError,
    NotAllowedError,
    NotOpenError,
    OrderError,
    ReasonMissingError,
    RecordError,
    RuleError,
    TooManyAttemptsError,
    UnreadableFileError,
)
from pages.explanations import explain

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
WITH_FACTS = [
    InvalidValueError("body", "empty"),
    InvalidValueError("body", 100_001),
    InvalidValueError("title", "String should have at least 1 character"),
    InvalidValueError("nobody_knows", "what.this is"),
    InvalidValueError("reason_code", "missing"),
    ReasonMissingError("milestone"),
    FutureEventError(date(2027, 1, 1)),
    OrderError(date(2027, 1, 1), date(2026, 1, 1)),
    NotOpenError(NOON, NOON, NOON),
    NotOpenError(NOON, NOON, NOON.replace(hour=1)),
    ConflictError("draft", 1, 2, "{says}"),
    TooManyAttemptsError(30),
    FileRefusedError("bomb", "a.png"),
    UnreadableFileError("not_json", "line 3"),
    RuleError("ended", "achieved"),
    NotAllowedError("give_verdict", "citizen"),
]


@pytest.mark.parametrize("error", WITH_FACTS, ids=repr)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refusal_is_a_sentence(error, language):
    sentence = explain(error, language)

    assert len(sentence) > 5
    assert sentence[-1] in ".。：:?？)）}" or error.facts[-1] in sentence


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_class_of_refusal_has_words(language):
    told = {type(error) for error in WITH_FACTS}
    classes = {
        found for found in vars(exceptions).values() if isinstance(found, type) and issubclass(found, RecordError)
    }

    assert all(explain(found(), language) for found in classes - told)


def test_what_others_said_is_told_as_it_was_said():
    assert "{says}" in explain(ConflictError("draft", 1, 2, "{says}"), "en")


def test_what_the_field_must_be_is_said_though_the_problem_is_a_sentence():
    found = InvalidValueError("target", r"String should match pattern '^-?\d+(\.\d+)?$'")

    assert explain(found, "en") == "Please give a decimal number, such as 12.5."
    assert "12.5" in explain(found, "zh")


def test_a_limit_is_said_in_the_language_of_the_reader():
    with pytest.raises(InvalidValueError) as refused:
        DecisionRevision(
            decision_id="2026-0001",
            department_id="water",
            language=Language.CHINESE,
            title="节水",
            summary="长" * 5001,
            recorded_at=NOON,
        )

    assert explain(refused.value, "zh") == "“摘要”最多 5000 个字。"
    assert explain(refused.value, "en") == "“Summary” may have at most 5000 characters."
