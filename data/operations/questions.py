"""Questions of the public to experts, and the signed answers."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from data.operations.acts import demand_document
from data.operations.numbering import latest_of, next_number
from data.operations.standing import demand_on_decision
from data.search import Kind
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.comment import receipt_code, receipt_digest
from models.decision import Language, decision_subject
from models.exceptions import FutureEventError, InvalidValueError, NotFoundError, OrderError
from models.ledger import EntryType
from models.opinion import ExpertOpinion
from models.question import ExpertAnswer, ExpertQuestion, QuestionText, question_body
from models.revision import demand_latest
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class AskExpert:
    """What somebody asks an expert about an opinion."""

    decision_id: str
    #: The number of the opinion, among those on the decision.
    opinion: int
    body: str
    language: Language
    #: As signed; a masked form is published.
    name: str = ""
    #: Never published.
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion:
    """What the expert answers, as signed by the expert and published by the department."""

    decision_id: str
    #: The number of the opinion, and that of the question on it.
    opinion: int
    question: int
    body: str
    language: Language
    signed_by: str
    signed_on: date
    #: The signed sheet, where it is published.
    document_id: int | None = None
    #: The number of the latest answer, as its author saw it; 0 for none.
    seen: int | None = None


def ask_expert(command: AskExpert, uow: UnitOfWork) -> Kept:
    """
    Publish a question to an expert. Its receipt is derived from the client token, and kept by nobody but its author.

    :raises NotFoundError: if there is no such opinion
    :raises InvalidValueError: if it has no words or too many, or comes without a token
    """
    if not uow.token:
        raise InvalidValueError("token", "missing")
    demand_on_decision(Act.ASK_EXPERT, uow, command.decision_id)
    opinion = opinion_of(uow, command.decision_id, command.opinion)
    body, name, contact = question_body(command.body), one_line(command.name), one_line(command.contact)
    question = ExpertQuestion(
        decision_id=command.decision_id,
        opinion_id=opinion.id,
        number=next_number(uow, ExpertQuestion, opinion_id=opinion.id),
        language=command.language,
        receipt_digest=receipt_digest(receipt_code(uow.token)),
        recorded_at=uow.now,
    )
    uow.keep(question)
    uow.keep(QuestionText(question_id=question.id, body=body, name=name, contact=contact))
    uow.make_findable(Kind.QUESTION, question.id, body)
    uow.record(
        EntryType.QUESTION_ASKED,
        subject=decision_subject(command.decision_id),
        about=f"question/{opinion.number}/{question.number}",
        pub={"opinion": opinion.number, "number": question.number, "language": str(command.language)},
        public={"body": body},
        private={"name": name, "contact": contact},
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(question.id), number=question.number)


def answer_question(command: AnswerQuestion, uow: UnitOfWork) -> Kept:
    """
    Publish what the expert answers. An earlier answer stays to be read.

    :raises NotFoundError: if there is no such opinion, or no such question on it
    :raises FutureEventError: if it is said to be signed on a day to come
    :raises OrderError: if it is said to be signed before the question was asked
    :raises InvalidValueError: if it has no words, or nobody signed it
    :raises ConflictError: if somebody else published an answer since
    """
    demand_on_decision(Act.ANSWER_QUESTION, uow, command.decision_id)
    opinion = opinion_of(uow, command.decision_id, command.opinion)
    question = _question(uow, opinion, command.question)
    _demand_day(command.signed_on, asked_on=local_date(question.recorded_at), today=local_date(uow.now))
    demand_document(command.document_id, command.decision_id, uow)
    _demand_seen(command, question, uow)
    answer = ExpertAnswer(
        decision_id=command.decision_id,
        question_id=question.id,
        number=next_number(uow, ExpertAnswer, question_id=question.id),
        body=cleaned(command.body),
        language=command.language,
        signed_by=one_line(command.signed_by),
        signed_on=command.signed_on,
        document_id=command.document_id,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(answer)
    _make_findable(question, answer, uow)
    uow.record(
        EntryType.QUESTION_ANSWERED,
        subject=decision_subject(command.decision_id),
        about=f"answer/{opinion.number}/{question.number}/{answer.number}",
        pub={
            "opinion": opinion.number,
            "question": question.number,
            "number": answer.number,
            "signed_on": str(answer.signed_on),
            "document": answer.document_id,
        },
        public={"body": answer.body, "signed_by": answer.signed_by},
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(question.id), number=answer.number)


def opinion_of(uow: UnitOfWork, decision_id: str, number: int) -> ExpertOpinion:
    """
    Return an opinion on a decision, by its number among them.

    :raises NotFoundError: if there is none
    """
    opinion = uow.session.exec(
        select(ExpertOpinion).where(ExpertOpinion.decision_id == decision_id, ExpertOpinion.number == number)
    ).first()
    if opinion is None:
        raise NotFoundError("opinion", number)
    return opinion


def _question(uow: UnitOfWork, opinion: ExpertOpinion, number: int) -> ExpertQuestion:
    question = uow.session.exec(
        select(ExpertQuestion).where(ExpertQuestion.opinion_id == opinion.id, ExpertQuestion.number == number)
    ).first()
    if question is None:
        raise NotFoundError("question", number)
    return question


def _demand_day(signed_on: date, *, asked_on: date, today: date) -> None:
    if signed_on > today:
        raise FutureEventError(signed_on)
    if signed_on < asked_on:
        raise OrderError(asked_on, signed_on)


def _demand_seen(command: AnswerQuestion, question: ExpertQuestion, uow: UnitOfWork) -> None:
    latest = latest_of(uow.session, ExpertAnswer, question_id=question.id)
    if latest is not None:
        demand_latest("answer", seen=command.seen, latest=latest, says=latest.body)


def _make_findable(question: ExpertQuestion, answer: ExpertAnswer, uow: UnitOfWork) -> None:
    """Have the question found by its answer, too."""
    asked = uow.session.get(QuestionText, question.id)
    uow.make_findable(Kind.QUESTION, question.id, asked.body if asked else "", answer.body)
