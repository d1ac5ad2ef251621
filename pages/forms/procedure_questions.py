"""Publishing what experts answer to questions of the public: in their words, signed by them."""

from collections.abc import Sequence

import streamlit as st

from data.operations.questions import AnswerQuestion, answer_question
from data.queries.questions import QuestionView, questions_on
from models.access import Act
from models.decision import Language
from models.procedure import ProcessTemplate
from models.question import LONGEST_ANSWER, ExpertAnswer
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.forms.conflict import Statement
from pages.forms.decision_matter import Matter
from pages.forms.fields import code_field, day_field, line_field, missing_day, text_field
from pages.forms.filling import begin, send
from pages.forms.procedure_fields import document_field
from pages.rendering import render


def draw_questions(matter: Matter, _: ProcessTemplate) -> None:
    """Draw what was asked and answered, and the form to answer the question that the address names."""
    questions = _questions(matter.id)
    st.html(render("work_questions.html", current_language(), questions=questions, now=matter.now))
    if not questions or not matter.may(Act.ANSWER_QUESTION):
        return
    # Those that wait come first.
    order = sorted(questions, key=lambda one: bool(one.answers))
    names = {f"{one.opinion}-{one.number}": _name(one) for one in order}
    choose_code(
        say("question.answer.which"),
        names,
        parameter="question",
        words=names.__getitem__,
        any_word=say("work.choose"),
    )
    asked = next((one for one in questions if f"{one.opinion}-{one.number}" == st.query_params.get("question")), None)
    if asked is not None:
        _draw_answer(matter, asked)


def _draw_answer(matter: Matter, question: QuestionView) -> None:
    filling = begin(f"answer_{matter.id}_{question.opinion}_{question.number}", _statement(question.answer))
    with st.form(filling.key("form")):
        body = text_field(filling, "body", say("question.answer.body"), most=LONGEST_ANSWER, height=180)
        columns = st.columns(3)
        with columns[0]:
            signed_by = line_field(
                filling, "signed_by", say("question.answer.signed_by"), value=question.expert, most=100
            )
        with columns[1]:
            signed_on = day_field(filling, "signed_on", say("question.answer.signed_on"), value=matter.today)
        with columns[2]:
            language = code_field(
                filling,
                "language",
                say("question.answer.language"),
                Language,
                subject="language",
                value=question.language,
            )
        document_id = document_field(filling, matter)
        sent = st.form_submit_button(say("question.answer.send"), type="primary")
    if not sent:
        return
    if signed_on is None:
        missing_day()
        return
    command = AnswerQuestion(
        decision_id=matter.id,
        opinion=question.opinion,
        question=question.number,
        body=body,
        language=language,
        signed_by=signed_by,
        signed_on=signed_on,
        document_id=document_id,
        seen=filling.number,
    )
    send(
        filling,
        answer_question,
        command,
        done=say("question.answer.done"),
        latest=lambda: _latest(matter.id, question),
        yours=_labelled(body, signed_by),
    )


def _questions(decision_id: str) -> list[QuestionView]:
    with reading() as session:
        return [one for asked in questions_on(session, decision_id).values() for one in asked]


def _name(question: QuestionView) -> str:
    sign = "◆" if question.answers else "…"
    return f"{sign} {question.opinion}-{question.number} {question.expert}: {question.body[:60]}"


def _labelled(body: str, signed_by: str) -> dict[str, str]:
    return {say("question.answer.body"): body, say("question.answer.signed_by"): signed_by}


def _statement(answer: ExpertAnswer | None) -> Statement | None:
    return Statement(number=answer.number, words=_labelled(answer.body, answer.signed_by)) if answer else None


def _latest(decision_id: str, question: QuestionView) -> Statement | None:
    place = (question.opinion, question.number)
    found: Sequence[QuestionView] = [one for one in _questions(decision_id) if (one.opinion, one.number) == place]
    return _statement(found[0].answer) if found else None
