"""Questions to the experts of a decision and their answers, as pages and feeds show them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.comment import receipt_digest
from models.decision import Language
from models.opinion import ExpertOpinion
from models.present import DecisionPresent
from models.question import ExpertAnswer, ExpertQuestion, QuestionText
from models.text import masked_name


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """A question, as anybody may see it, with its answers."""

    decision_id: str
    #: The number of the opinion it is on, and whose that is.
    opinion: int
    expert: str
    number: int
    language: Language
    body: str
    #: The name, masked.
    name: str
    asked_at: datetime
    #: First to last; the last one holds.
    answers: Sequence[ExpertAnswer]

    @property
    def answer(self) -> ExpertAnswer | None:
        """What is answered now."""
        return self.answers[-1] if self.answers else None


@dataclass(frozen=True, kw_only=True)
class QuestionReceipt:
    """What a receipt is for: the question, and the decision it is about."""

    question: QuestionView
    decision_title: str
    decision_language: Language


@dataclass(frozen=True, kw_only=True)
class WaitingQuestions:
    """How many questions on a decision wait for an answer, and since when."""

    decision_id: str
    title: str
    count: int
    since: datetime


def questions_on(session: Session, decision_id: str) -> Mapping[int, Sequence[QuestionView]]:
    """Return the questions on each opinion, by its number, in the order they were asked. Two statements at most."""
    found: dict[int, list[QuestionView]] = defaultdict(list)
    for view in _views(session, ExpertQuestion.decision_id == decision_id):
        found[view.opinion].append(view)
    return found


def find_question_receipt(session: Session, code: str) -> QuestionReceipt | None:
    """Return what the receipt with that code is for; nothing if it is for no question. Three statements at most."""
    found = _views(session, ExpertQuestion.receipt_digest == receipt_digest(code))
    if not found:
        return None
    title, language = session.exec(
        select(DecisionPresent.title, DecisionPresent.language).where(
            DecisionPresent.decision_id == found[0].decision_id
        )
    ).one()
    return QuestionReceipt(question=found[0], decision_title=title, decision_language=Language(language))


def waiting_questions(session: Session, department_id: str) -> Sequence[WaitingQuestions]:
    """Return on which decisions of a department questions wait for an answer, the longest first. One statement."""
    answered = select(ExpertAnswer.id).where(col(ExpertAnswer.question_id) == col(ExpertQuestion.id)).exists()
    rows = session.exec(
        select(ExpertQuestion.decision_id, DecisionPresent.title, ExpertQuestion.recorded_at)
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(ExpertQuestion.decision_id))
        .where(DecisionPresent.department_id == department_id, ~answered)
        .order_by(col(ExpertQuestion.id))
    )
    waiting: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for decision_id, title, asked_at in rows:
        waiting[decision_id].append((title, asked_at))
    return [
        WaitingQuestions(decision_id=decision_id, title=asked[0][0], count=len(asked), since=asked[0][1])
        for decision_id, asked in waiting.items()
    ]


def _views(session: Session, condition: bool) -> list[QuestionView]:  # noqa: FBT001 - an SQL expression, typed so.
    rows = session.exec(
        select(ExpertQuestion, QuestionText, ExpertOpinion.number, ExpertOpinion.name)
        .join(QuestionText, col(QuestionText.question_id) == col(ExpertQuestion.id))
        .join(ExpertOpinion, col(ExpertOpinion.id) == col(ExpertQuestion.opinion_id))
        .where(condition)
        .order_by(col(ExpertQuestion.id))
    ).all()
    answers = _answers(session, [question.id for question, *_ in rows])
    return [
        QuestionView(
            decision_id=question.decision_id,
            opinion=opinion,
            expert=expert,
            number=question.number,
            language=question.language,
            body=text.body,
            name=masked_name(text.name),
            asked_at=question.recorded_at,
            answers=answers.get(question.id, ()),
        )
        for question, text, opinion, expert in rows
    ]


def _answers(session: Session, questions: Sequence[int]) -> Mapping[int, Sequence[ExpertAnswer]]:
    found: dict[int, list[ExpertAnswer]] = defaultdict(list)
    if questions:
        statement = select(ExpertAnswer).where(col(ExpertAnswer.question_id).in_(questions))
        for answer in session.exec(statement.order_by(col(ExpertAnswer.number))):
            found[answer.question_id].append(answer)
    return found
