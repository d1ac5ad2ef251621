"""Decisions of a synthetic record: few, and therefore made by the operations themselves."""

from datetime import datetime, timedelta
from typing import Any

from data.operations.decisions import PublishDecision, ReviseStage, publish_decision, revise_stage
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.opinions import PublishOpinion, publish_opinion
from data.operations.outcomes import PublishEvaluation, PublishOutcome, publish_evaluation, publish_outcome
from data.operations.periods import OpenPeriod, open_period
from data.samples.synthetic_picks import Picks
from data.samples.synthetic_plan import DecisionPlan, Happens, Plan
from data.samples.synthetic_words import (
    TOPICS,
    comment_text,
    decision_title,
    department_of,
    draft_text,
    in_language,
    signature,
)
from data.unit_of_work import Kept, UnitOfWork
from data.writer import Operation
from models.actor import Actor, Role
from models.clock import local_date
from models.decision import Language
from models.opinion import OpinionStance, SelectionMethod
from models.outcome import OutcomeCode
from models.stage import Stage, StageKind

#: After how many days each stage begins, counted from the announcement, and how many it takes.
_STAGES = (
    (Stage.INITIATION, 0, 1), (Stage.DRAFTING, 1, 6), (Stage.PARTICIPATION, 7, 40), (Stage.EXPERT_REVIEW, 20, 30),
    (Stage.COLLECTIVE_DECISION, 80, 40),
)  # fmt: skip
_DECIDED_BY = ("市政府常务会议", "The mayor's executive meeting")


def make_happen(plan: Plan, decision: DecisionPlan, happens: Happens, at: int, uow: UnitOfWork, key: str) -> str:
    """
    Have something happen to a decision, at a second, and return the identifier of the decision.

    :param key: the identifier; not known before it is announced
    """
    picks = Picks(plan.seed, 3, decision.number)
    language = picks.language()
    title, matter = decision_title(picks, language, decision.number + 1)
    department = department_of(plan.seed, decision.number)
    actor = Actor(role=Role.PLANNER, department_id=department)
    now = plan.at(at)
    told: dict[str, Any] = {"decision_id": key, "language": language}
    more = Picks(plan.seed, 4, decision.number, at)
    match happens:
        case Happens.ANNOUNCED:
            announced = PublishDecision(
                department_id=department,
                language=language,
                topic=TOPICS[picks.below(len(TOPICS))],
                title=title,
                summary=comment_text(more, language),
                can_change=in_language(
                    (f"{matter}的时间、范围和标准", f"times, extent and rates of {matter}"), language
                ),
                cannot_change=in_language(("上位法规定的内容", "what the law demands"), language),
                decided_by=in_language(_DECIDED_BY, language),
            )
            return _made(publish_decision, announced, actor, now, uow).key
        case Happens.STAGES_PLANNED:
            _plan_stages(key, actor, now, uow)
        case Happens.DRAFTED:
            _made(publish_draft, PublishDraft(text=draft_text(matter, language, 1), **told), actor, now, uow)
        case Happens.OPENED:
            reason = in_language(("情况紧急，缩短征求意见期限。", "Urgent: the time is shorter."), language)
            opens = OpenPeriod(decision_id=key, last_day=decision.last_day, reason=reason if decision.is_short else "")
            _made(open_period, opens, actor, now, uow)
        case Happens.OPINION:
            _made(publish_opinion, _opinion(key, more, language, now), actor, now, uow)
        case Happens.DRAFTED_AGAIN:
            reason = in_language(("根据公众意见增加评估条款。", "An evaluation was added, as many asked."), language)
            again = PublishDraft(text=draft_text(matter, language, 2), reason=reason, **told)
            _made(publish_draft, again, actor, now, uow)
        case Happens.DECIDED:
            _made(publish_outcome, _outcome(key, more, language, now), actor, now, uow)
        case Happens.EVALUATED:
            _made(publish_evaluation, _evaluation(key, language, now), actor, now, uow)
    return key


def _made(operation: Operation[Any], command: Any, actor: Actor, now: datetime, uow: UnitOfWork) -> Kept:
    """Make a change within a larger one, at its own instant and by its own actor."""
    inner = UnitOfWork(uow.session, actor, now)
    kept = operation(command, inner)
    uow.entries += inner.entries
    uow.findable += inner.findable
    uow.session.expunge_all()
    return kept


def _plan_stages(key: str, actor: Actor, now: datetime, uow: UnitOfWork) -> None:
    today = local_date(now)
    for stage, after, days in _STAGES:
        starts_on = today + timedelta(days=after)
        planned = ReviseStage(
            decision_id=key, stage=stage, starts_on=starts_on, ends_on=starts_on + timedelta(days=days)
        )
        _made(revise_stage, planned, actor, now, uow)
    done = ReviseStage(
        decision_id=key, stage=Stage.INITIATION, kind=StageKind.FINISHED, starts_on=today, ends_on=today
    )
    _made(revise_stage, done, actor, now, uow)


def _opinion(key: str, picks: Picks, language: Language, now: datetime) -> PublishOpinion:
    stances = tuple(OpinionStance)
    return PublishOpinion(
        decision_id=key,
        language=language,
        name=signature(picks, language) or in_language(("钱学文", "A. Expert"), language),
        affiliation=in_language(("云江大学公共管理学院", "Yunjiang University"), language),
        selection=tuple(SelectionMethod)[picks.below(4)],
        conflict_statement=in_language(("与本事项无利害关系。", "None."), language),
        stance=stances[picks.below(len(stances))],
        body="\n".join(comment_text(picks, language) for _ in range(6)),
        signed_on=local_date(now),
    )


def _outcome(key: str, picks: Picks, language: Language, now: datetime) -> PublishOutcome:
    codes = (OutcomeCode.ADOPTED, OutcomeCode.ADOPTED_WITH_CHANGES, OutcomeCode.ADOPTED_WITH_CHANGES, *OutcomeCode)
    return PublishOutcome(
        decision_id=key,
        code=codes[picks.below(len(codes))],
        reason=in_language(
            ("综合公众意见和专家论证作出决定。", "Decided on what the public and experts said."), language
        ),
        changes=in_language(("第五条的时间有调整。", "The times in article 5 differ."), language),
        decided_by=in_language(_DECIDED_BY, language),
        decided_on=local_date(now),
        effective_on=local_date(now) + timedelta(days=30),
    )


def _evaluation(key: str, language: Language, now: datetime) -> PublishEvaluation:
    return PublishEvaluation(
        decision_id=key,
        expected=in_language(("投诉减少三成。", "A third fewer complaints."), language),
        measured=in_language(("投诉减少两成一。", "A fifth fewer complaints."), language),
        conclusion=in_language(("基本达到预期，继续施行。", "Mostly as expected; it goes on."), language),
        evaluator=in_language(("市统计局", "Statistics Bureau"), language),
        evaluated_on=local_date(now),
    )
