"""Questions to experts: asked by anybody once, published with a masked name, answered under the expert's signature."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.database import database, reading
from data.operations.opinions import PublishOpinion, publish_opinion
from data.operations.questions import AnswerQuestion, AskExpert, answer_question, ask_expert
from data.present import rebuild
from data.queries.decision_view import find_decision
from data.queries.questions import find_question_receipt, questions_on, waiting_questions
from data.queries.search import search
from data.search import Kind, Query
from data.writer import change
from models.actor import CITIZEN
from models.clock import local_date
from models.comment import receipt_code
from models.decision import Language
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotFoundError,
    OrderError,
    TokenReusedError,
)
from models.ledger import EntryType
from models.opinion import OpinionStance, SelectionMethod
from models.present import DecisionPresent
from models.question import LONGEST_QUESTION, ExpertAnswer, ExpertQuestion
from tests.conftest import NOW, PLANNER
from tests.data.operations.keeping import disclosures, ledger, refused, rows

TODAY = local_date(NOW)
LATER = NOW + timedelta(hours=2)
ZH = Language.CHINESE


@pytest.fixture
def opinion(city):
    """An opinion of an expert, by its number."""
    command = PublishOpinion(
        decision_id=city.decision,
        name="沈括",
        affiliation="水利学会",
        selection=SelectionMethod.DRAWN,
        conflict_statement="无",
        stance=OpinionStance.FOR,
        body="水压足够。",
        language=ZH,
        signed_on=TODAY,
    )
    return change(publish_opinion, command, PLANNER, now=NOW).number


def ask(city, body="水压是怎么测的？", *, token="a token", opinion=1, now=NOW, **more):
    command = AskExpert(decision_id=city.decision, opinion=opinion, body=body, language=ZH, **more)
    return change(ask_expert, command, CITIZEN, token=token, now=now)


def answer(city, *, question=1, opinion=1, signed_on=TODAY, seen=0, now=LATER, **more):
    said = {"body": "在四十个点测了一年。", "signed_by": "沈括", "language": ZH, **more}
    command = AnswerQuestion(
        decision_id=city.decision, opinion=opinion, question=question, signed_on=signed_on, seen=seen, **said
    )
    return change(answer_question, command, PLANNER, now=now)


def asked(city):
    with reading() as session:
        return questions_on(session, city.decision)


def test_a_question_is_published_word_for_word_with_a_masked_name_and_waits(city, opinion):
    ask(city, "  水压是怎么测的？\r\n", name="朱自清", contact="zhu@example.org")

    (found,) = asked(city)[opinion]
    assert (found.number, found.body, found.name, found.answer) == (1, "水压是怎么测的？", "朱**", None)
    entry_type, subject, about, facts = ledger()
    assert (entry_type, subject, about) == (EntryType.QUESTION_ASKED, f"dec/{city.decision}", "question/1/1")
    assert facts == {"opinion": 1, "number": 1, "language": "zh"}
    assert disclosures() == 3
    with reading() as session:
        (waiting,) = waiting_questions(session, "water")
    assert (waiting.decision_id, waiting.count) == (city.decision, 1)


def test_a_question_that_is_sent_twice_is_asked_once_and_its_receipt_finds_it(city, opinion):
    first, second = ask(city), ask(city, now=LATER)

    assert first == second
    assert len(rows(ExpertQuestion)) == 1
    with reading() as session:
        receipt = find_question_receipt(session, receipt_code("a token"))
        assert receipt.question.body == "水压是怎么测的？"
        assert find_question_receipt(session, receipt_code("another token")) is None
    with refused(TokenReusedError):
        ask(city, "另一个问题？")


@pytest.mark.parametrize("body", ["", " \n\u202e\x00", "问" * (LONGEST_QUESTION + 1)])
def test_a_question_without_words_or_with_too_many_is_refused(city, opinion, body):
    with refused(InvalidValueError):
        ask(city, body)


def test_a_question_needs_a_token_and_an_opinion_that_there_is(city, opinion):
    with refused(InvalidValueError):
        ask(city, token="")
    with refused(NotFoundError):
        ask(city, opinion=2)


def test_answers_are_signed_by_the_expert_and_a_later_one_stands_beside_the_earlier(city, opinion):
    ask(city)

    answer(city)
    answer(city, body="更正：四十二个点。", seen=1, now=LATER + timedelta(minutes=1))

    (found,) = asked(city)[opinion]
    assert [one.body for one in found.answers] == ["在四十个点测了一年。", "更正：四十二个点。"]
    assert (found.answer.signed_by, found.answer.signed_on) == ("沈括", TODAY)
    assert ledger()[:3] == (EntryType.QUESTION_ANSWERED, f"dec/{city.decision}", "answer/1/1/2")
    with reading() as session:
        assert waiting_questions(session, "water") == []


def test_an_answer_over_one_that_was_not_seen_is_refused(city, opinion):
    ask(city)
    answer(city)

    with refused(ConflictError):
        answer(city, seen=0)
    assert len(rows(ExpertAnswer)) == 1


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"question": 2}, NotFoundError),
        ({"opinion": 2}, NotFoundError),
        ({"signed_on": TODAY + timedelta(days=1)}, FutureEventError),
        ({"signed_on": TODAY - timedelta(days=1)}, OrderError),
        ({"signed_by": " "}, InvalidValueError),
        ({"body": ""}, InvalidValueError),
        ({"document_id": 99}, NotFoundError),
    ],
)
def test_an_answer_that_cannot_be_is_refused(city, opinion, wrong, error):
    ask(city)

    with refused(error):
        answer(city, **wrong)


def test_a_question_is_found_by_its_words_and_by_those_of_its_answer(city, opinion):
    ask(city)
    answer(city)

    for words in ("怎么测", "四十个点"):
        with reading() as session:
            (hit,) = search(session, Query(words), kind=Kind.QUESTION).rows
            assert [one.kind for one in search(session, Query(words)).rows] == [Kind.QUESTION]
        assert (hit.decision_id, hit.excerpt) == (city.decision, "水压是怎么测的？")


def test_a_question_and_its_answer_make_the_decision_news_and_a_rebuild_says_the_same(city, opinion):
    updated = []
    for make in (lambda: ask(city, now=LATER), lambda: answer(city, now=LATER + timedelta(hours=1))):
        make()
        with reading() as session:
            updated.append(find_decision(session, city.decision, now=LATER).present.updated_at)
    with reading() as session:
        kept = find_decision(session, city.decision, now=LATER).present.model_dump()
    with database().rebuilding() as session:
        rebuild(session)
    with reading() as session:
        rebuilt = session.exec(select(DecisionPresent)).one().model_dump()

    assert updated == [LATER, LATER + timedelta(hours=1)]
    assert rebuilt == kept
