"""Every operation asks the permission table itself: called by the wrong person, it refuses and leaves nothing."""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

import data.operations
from data.database import reading
from data.operations.accounts import ChangeAccount, CreateAccount, change_account, create_account
from data.operations.acts import RecordAct, record_act
from data.operations.catalogue import (
    AmendCatalogueEntry,
    PublishCatalogueEntry,
    amend_catalogue_entry,
    publish_catalogue_entry,
)
from data.operations.comments import EnterComment, SubmitComment, enter_comment, submit_comment
from data.operations.contracts import ModifyContract, PublishContract, modify_contract, publish_contract
from data.operations.decisions import (
    AmendDecision,
    PublishDecision,
    ReviseStage,
    amend_decision,
    publish_decision,
    revise_stage,
)
from data.operations.departments import AmendDepartment, PublishDepartment, amend_department, publish_department
from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.operations.disclosure_rules import (
    AmendDisclosureRule,
    AmendDisclosureRules,
    amend_disclosure_rule,
    amend_disclosure_rules,
)
from data.operations.documents import AmendDocument, PublishDocument, amend_document, publish_document
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.effects import MeasureEffect, PromiseEffect, measure_effect, promise_effect
from data.operations.experts import AdoptOpinion, PublishPanel, adopt_opinion, publish_panel
from data.operations.forecasts import PublishForecasts, publish_forecasts
from data.operations.hearings import (
    RecordHearingStep,
    RegisterForHearing,
    record_hearing_step,
    register_for_hearing,
)
from data.operations.identifiers import IdentifyProject, identify_project
from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.operations.milestone_duties import ConfirmMilestone, LinkMilestone, confirm_milestone, link_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import (
    ConfirmUnchanged,
    PublishBudget,
    ReportProgress,
    confirm_unchanged,
    publish_budget,
    report_progress,
)
from data.operations.notices import PublishNotice, publish_notice
from data.operations.opinions import PublishOpinion, publish_opinion
from data.operations.outcomes import PublishEvaluation, PublishOutcome, publish_evaluation, publish_outcome
from data.operations.packages import PackageProject, package_project
from data.operations.periods import ClosePeriod, ExtendPeriod, OpenPeriod, close_period, extend_period, open_period
from data.operations.procedures import ChooseProcedure, PublishWaiver, choose_procedure, publish_waiver
from data.operations.project_decisions import LinkProject, link_project
from data.operations.project_places import LocateProject, locate_project
from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.operations.proposal_steps import (
    ApproveProposal,
    PublishProposal,
    RefuseProposal,
    WithdrawProposal,
    approve_proposal,
    publish_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from data.operations.proposals import ProposeAgain, ProposeChange, propose_again, propose_change, publish_or_propose
from data.operations.questions import AnswerQuestion, AskExpert, answer_question, ask_expert
from data.operations.ratings import PublishRating, publish_rating
from data.operations.tokens import IssueToken, RevokeToken, issue_token, revoke_token
from data.operations.verdicts import GiveVerdict, give_verdict
from data.operations.withheld import WithholdField, withhold_field
from data.unit_of_work import Kept
from data.writer import change
from models.access import PERMISSIONS, Act
from models.actor import OPERATOR, Actor, Role
from models.base import Record
from models.clock import local_date
from models.comment import Channel, Stance
from models.contract import ContractNature
from models.decision import Language
from models.disclosure_item import DisclosureKind
from models.document import DisclosureClass, DocumentType
from models.exceptions import NotAllowedError
from models.hearing import HearingSide, HearingStepKind
from models.milestone import RevisionKind
from models.money import BudgetKind
from models.notice import NoticeChannel
from models.opinion import AdoptionCode, OpinionStance, SelectionMethod
from models.outcome import OutcomeCode
from models.project import Phase, Sector
from models.published_forecast import Forecast
from models.rating import RatingLetter
from models.stage import Stage
from models.verdict import VerdictCode
from models.withheld_item import WithheldField
from tests.conftest import NOW, OFFICER, PLANNER

TODAY = local_date(NOW)
LATER = NOW + timedelta(hours=2)
ZH = Language.CHINESE
PLACE = {"type": "Point", "coordinates": [119.5, 30.2]}
SECRET = {"disclosure": DisclosureClass.WITHHELD, "ground": "第十五条", "review_on": TODAY}
PROJECT = {"language": ZH, "title": "水厂", "phase": Phase.IMPLEMENTATION, "sector": Sector.WATER}


def unchanged(city):
    """That everything still holds of the project of the city."""
    return ConfirmUnchanged(project_id=city.project)


#: Each operation, the act it is in the permission table, and a command that would otherwise be sound.
CALLS = {
    publish_decision: (
        Act.PUBLISH_DECISION,
        lambda _: PublishDecision(department_id="water", language=ZH, title="甲"),
    ),
    amend_decision: (
        Act.AMEND_DECISION,
        lambda c: AmendDecision(decision_id=c.decision, language=ZH, title="甲", reason="改", seen=1),
    ),
    revise_stage: (
        Act.REVISE_STAGE,
        lambda c: ReviseStage(decision_id=c.decision, stage=Stage.DRAFTING, starts_on=TODAY, ends_on=TODAY),
    ),
    publish_draft: (
        Act.PUBLISH_DRAFT,
        lambda c: PublishDraft(decision_id=c.decision, language=ZH, text="第一条 甲。", reason="改", seen=1),
    ),
    open_period: (Act.OPEN_PERIOD, lambda c: OpenPeriod(decision_id=c.decision, last_day=c.last_day)),
    extend_period: (
        Act.EXTEND_PERIOD,
        lambda c: ExtendPeriod(
            decision_id=c.decision, last_day=c.last_day + timedelta(days=1), reason="再等一天", seen=1
        ),
    ),
    close_period: (Act.CLOSE_PERIOD, lambda c: ClosePeriod(decision_id=c.decision, reason="够了")),
    submit_comment: (
        Act.SUBMIT_COMMENT,
        lambda c: SubmitComment(decision_id=c.decision, stance=Stance.OBJECT, body="不", language=ZH),
    ),
    enter_comment: (
        Act.ENTER_COMMENT,
        lambda c: EnterComment(
            decision_id=c.decision,
            stance=Stance.OBJECT,
            body="不",
            language=ZH,
            channel=Channel.PAPER,
            received_at=NOW,
        ),
    ),
    publish_opinion: (
        Act.PUBLISH_OPINION,
        lambda c: PublishOpinion(
            decision_id=c.decision,
            name="甲",
            affiliation="乙",
            selection=SelectionMethod.DRAWN,
            conflict_statement="无",
            stance=OpinionStance.FOR,
            body="好",
            language=ZH,
            signed_on=TODAY,
        ),
    ),
    give_verdict: (
        Act.GIVE_VERDICT,
        lambda c: GiveVerdict(point_id=c.point, code=VerdictCode.NOTED, reason="知道了", seen=0),
    ),
    publish_outcome: (
        Act.PUBLISH_OUTCOME,
        lambda c: PublishOutcome(
            decision_id=c.decision, code=OutcomeCode.ADOPTED, reason="好", decided_by="常务会议", decided_on=TODAY
        ),
    ),
    publish_evaluation: (
        Act.PUBLISH_EVALUATION,
        lambda c: PublishEvaluation(
            decision_id=c.decision, expected="甲", measured="乙", conclusion="丙", evaluator="丁", evaluated_on=TODAY
        ),
    ),
    publish_document: (
        Act.PUBLISH_DOCUMENT,
        lambda c: PublishDocument(decision_id=c.decision, type=DocumentType.OTHER, title="甲", **SECRET),
    ),
    amend_document: (
        Act.PUBLISH_DOCUMENT,
        lambda c: AmendDocument(
            document_id=c.document, type=DocumentType.OTHER, title="乙", reason="改", seen=1, **SECRET
        ),
    ),
    publish_project: (Act.PUBLISH_PROJECT, lambda _: PublishProject(department_id="water", **PROJECT)),
    amend_project: (
        Act.AMEND_PROJECT,
        lambda c: AmendProject(project_id=c.project, reason="改", seen=1, **PROJECT),
    ),
    locate_project: (
        Act.AMEND_PROJECT,
        lambda c: LocateProject(project_id=c.project, geometry=PLACE, reason="改", seen=1),
    ),
    link_project: (Act.LINK_PROJECT, lambda c: LinkProject(project_id=c.project, decision_id=c.decision)),
    plan_milestone: (
        Act.PLAN_MILESTONE,
        lambda c: PlanMilestone(project_id=c.project, title="开工", due_date=TODAY),
    ),
    confirm_milestone: (Act.CONFIRM_MILESTONE, lambda c: ConfirmMilestone(milestone_id=c.milestone)),
    amend_milestone: (
        Act.REVISE_MILESTONE,
        lambda c: AmendMilestone(milestone_id=c.milestone, title="投产", code=None, is_critical=True, reason="更名。"),
    ),
    revise_milestone: (
        Act.REVISE_MILESTONE,
        lambda c: ReviseMilestone(milestone_id=c.milestone, kind=RevisionKind.ACHIEVED, due_date=TODAY, seen=1),
    ),
    publish_budget: (
        Act.PUBLISH_BUDGET,
        lambda c: PublishBudget(
            project_id=c.project, kind=BudgetKind.ESTIMATE, amount=1, currency="CNY", approved_on=TODAY
        ),
    ),
    report_progress: (
        Act.REPORT_PROGRESS,
        lambda c: ReportProgress(project_id=c.project, period_start=TODAY, period_end=TODAY),
    ),
    confirm_unchanged: (Act.REPORT_PROGRESS, unchanged),
    link_milestone: (
        Act.LINK_MILESTONE,
        lambda c: LinkMilestone(milestone_id=c.milestone, predecessor_id=c.other_milestone),
    ),
    publish_contract: (
        Act.PUBLISH_CONTRACT,
        lambda c: PublishContract(
            project_id=c.project, nature=ContractNature.DESIGN, title="甲", supplier="乙", signed_on=TODAY
        ),
    ),
    modify_contract: (
        Act.PUBLISH_CONTRACT,
        lambda c: ModifyContract(contract_id=c.contract, description="甲", rationale="乙", signed_on=TODAY),
    ),
    withhold_field: (
        Act.WITHHOLD_FIELD,
        lambda c: WithholdField(project_id=c.project, field=WithheldField.BUDGET, ground="第十五条", until=TODAY),
    ),
    state_disclosure: (
        Act.STATE_DISCLOSURE,
        lambda c: StateDisclosure(project_id=c.project, rule="contracts", kind=DisclosureKind.FORMED, formed_on=TODAY),
    ),
    amend_disclosure_rule: (
        Act.KEEP_DISCLOSURE_RULES,
        lambda _: AmendDisclosureRule(
            key="contracts", class_number=3, title_zh="合同", title_en="Contracts", days=7, reason="改"
        ),
    ),
    amend_disclosure_rules: (
        Act.KEEP_DISCLOSURE_RULES,
        lambda _: AmendDisclosureRules(
            rules=(
                AmendDisclosureRule(
                    key="contracts", class_number=3, title_zh="合同", title_en="Contracts", days=7, reason="改"
                ),
            )
        ),
    ),
    package_project: (
        Act.PACKAGE_PROJECT,
        lambda c: PackageProject(project_id=c.project, parent_id=c.other_project, reason="分项"),
    ),
    identify_project: (
        Act.AMEND_PROJECT,
        lambda c: IdentifyProject(project_id=c.project, scheme="city", value="17"),
    ),
    publish_rating: (
        Act.PUBLISH_RATING,
        lambda c: PublishRating(
            project_id=c.project,
            body="审计局",
            letter=RatingLetter.YELLOW,
            rated_on=TODAY,
            link="https://audit.example/17",
        ),
    ),
    publish_forecasts: (
        Act.PUBLISH_FORECASTS,
        lambda c: PublishForecasts(
            forecasts=(
                Forecast(
                    milestone_id=c.milestone,
                    target_on=TODAY,
                    probability=5_000,
                    class_key="all",
                    cases=8,
                    rung="median",
                ),
            ),
            rule_version="1",
            is_synthetic=True,
        ),
    ),
    issue_token: (
        Act.KEEP_TOKENS,
        lambda _: IssueToken(
            token_digest="a" * 64,
            name="甲",
            department_id="water",
            acts=(Act.REVISE_MILESTONE,),
            expires_at=LATER + timedelta(days=1),
        ),
    ),
    revoke_token: (Act.KEEP_TOKENS, lambda c: RevokeToken(token_id=c.token, reason="换了系统")),
    choose_procedure: (Act.CHOOSE_PROCEDURE, lambda c: ChooseProcedure(decision_id=c.decision, template="cn-713")),
    publish_waiver: (
        Act.PUBLISH_WAIVER,
        lambda c: PublishWaiver(decision_id=c.decision, of="window:participation", reason="紧急"),
    ),
    publish_notice: (
        Act.PUBLISH_NOTICE,
        lambda c: PublishNotice(
            decision_id=c.decision,
            of="participation",
            channel=NoticeChannel.POSTED,
            evidence="照片",
            from_on=TODAY,
            confirmed_by="甲",
        ),
    ),
    record_act: (
        Act.RECORD_ACT,
        lambda c: RecordAct(decision_id=c.decision, act="start_decision", held_on=TODAY, by_whom="市长"),
    ),
    record_hearing_step: (
        Act.KEEP_HEARING,
        lambda c: RecordHearingStep(decision_id=c.decision, step=HearingStepKind.REGISTRATION, held_on=TODAY),
    ),
    register_for_hearing: (
        Act.REGISTER_FOR_HEARING,
        lambda c: RegisterForHearing(decision_id=c.decision, side=HearingSide.PUBLIC, name="甲", contact="1"),
    ),
    publish_panel: (
        Act.PUBLISH_OPINION,
        lambda c: PublishPanel(decision_id=c.decision, selection=SelectionMethod.DRAWN, experts=5, statement="抽取"),
    ),
    adopt_opinion: (
        Act.ADOPT_OPINION,
        lambda c: AdoptOpinion(decision_id=c.decision, opinion=1, code=AdoptionCode.ADOPTED, reason="有理"),
    ),
    ask_expert: (
        Act.ASK_EXPERT,
        lambda c: AskExpert(decision_id=c.decision, opinion=1, body="为什么？", language=ZH),
    ),
    answer_question: (
        Act.ANSWER_QUESTION,
        lambda c: AnswerQuestion(
            decision_id=c.decision,
            opinion=1,
            question=1,
            body="因为",
            language=ZH,
            signed_by="甲",
            signed_on=TODAY,
        ),
    ),
    publish_catalogue_entry: (
        Act.KEEP_CATALOGUE,
        lambda _: PublishCatalogueEntry(department_id="water", language=ZH, title="甲"),
    ),
    amend_catalogue_entry: (
        Act.KEEP_CATALOGUE,
        lambda c: AmendCatalogueEntry(entry_id=c.entry, department_id="water", language=ZH, title="乙", reason="改"),
    ),
    promise_effect: (
        Act.PROMISE_EFFECT,
        lambda c: PromiseEffect(decision_id=c.decision, indicator="用水", unit="吨", target="1", by_on=TODAY),
    ),
    measure_effect: (
        Act.MEASURE_EFFECT,
        lambda c: MeasureEffect(decision_id=c.decision, effect=1, measured_on=TODAY, value="1", source="水表"),
    ),
    propose_change: (
        Act.PROPOSE_CHANGE,
        lambda c: ProposeChange(commands=(unchanged(c),), publish_at=LATER + timedelta(days=1)),
    ),
    # What is published at once is asked about as itself; here it is to be proposed.
    publish_or_propose: (
        Act.PROPOSE_CHANGE,
        lambda c: ProposeChange(commands=(unchanged(c),), publish_at=LATER + timedelta(days=2)),
    ),
    propose_again: (Act.PROPOSE_CHANGE, lambda c: ProposeAgain(proposal_id=c.withdrawn)),
    approve_proposal: (Act.APPROVE_PROPOSAL, lambda c: ApproveProposal(proposal_id=c.proposals[0])),
    refuse_proposal: (Act.APPROVE_PROPOSAL, lambda c: RefuseProposal(proposal_id=c.proposals[1], reason="不妥")),
    withdraw_proposal: (Act.WITHDRAW_PROPOSAL, lambda c: WithdrawProposal(proposal_id=c.proposals[2])),
    publish_proposal: (Act.PUBLISH_PROPOSAL, lambda c: PublishProposal(proposal_id=c.proposals[3])),
    publish_department: (
        Act.KEEP_DEPARTMENTS,
        lambda _: PublishDepartment(id="roads", name_zh="路政局", name_en="Roads"),
    ),
    amend_department: (
        Act.KEEP_DEPARTMENTS,
        lambda _: AmendDepartment(department_id="water", name_zh="水局", name_en="Water", reason="改"),
    ),
    create_account: (
        Act.KEEP_ACCOUNTS,
        lambda _: CreateAccount(email="a@b.example", name="甲", role=Role.AUDITOR, password="long enough a word"),
    ),
    change_account: (Act.KEEP_ACCOUNTS, lambda c: ChangeAccount(account_id=c.account, role=Role.AUDITOR)),
}


@pytest.fixture
def matter(city, comment):
    """A small record with a comment, a document and an account."""
    comment(city)
    document = PublishDocument(decision_id=city.decision, type=DocumentType.OTHER, title="甲", **SECRET)
    account = CreateAccount(email="b@b.example", name="乙", role=Role.AUDITOR, password="long enough a word")
    entry = PublishCatalogueEntry(department_id="water", language=ZH, title="甲")
    project = PublishProject(department_id="water", **PROJECT)
    other_project = change(publish_project, project, OFFICER, now=NOW).key
    promise = PlanMilestone(project_id=other_project, title="开工", due_date=TODAY)
    signed = {"nature": ContractNature.DESIGN, "title": "甲", "supplier": "乙", "signed_on": TODAY}
    contract = PublishContract(project_id=city.project, **signed)
    issued = CALLS[issue_token][1](city)
    more = {
        "other_project": other_project,
        "other_milestone": int(change(plan_milestone, promise, OFFICER, now=NOW).key),
        "contract": int(change(publish_contract, contract, OFFICER, now=NOW).key),
        "token": int(change(issue_token, replace(issued, token_digest="b" * 64), OPERATOR, now=NOW).key),
        "entry": int(change(publish_catalogue_entry, entry, PLANNER, now=NOW).key),
        "point": 1,
        "document": int(change(publish_document, document, PLANNER, now=NOW).key),
        "account": int(change(create_account, account, OPERATOR, now=NOW).key),
        "proposals": proposals(city),
    }
    more["withdrawn"] = more["proposals"].pop()
    return SimpleNamespace(**vars(city), **more)


def proposals(city):
    """Make three proposals that wait for a second person, one whose instant comes, and one that was withdrawn."""
    named = {"department_id": "water", "name_zh": "水局", "name_en": "Water", "reason": "内控"}
    waiting = ProposeChange(commands=(unchanged(city),))
    change(amend_department, AmendDepartment(needs_second_person=True, **named), OPERATOR, now=NOW)
    made = [int(change(propose_change, waiting, OFFICER, now=NOW).key) for _ in range(3)]
    change(amend_department, AmendDepartment(needs_second_person=False, **named), OPERATOR, now=NOW)
    made += [int(change(propose_change, replace(waiting, publish_at=LATER), OFFICER, now=NOW).key) for _ in range(2)]
    change(withdraw_proposal, WithdrawProposal(proposal_id=made[-1]), OFFICER, now=NOW)
    return made


def counts():
    """Return how many rows each table has."""
    with reading() as session:
        tables = Record.metadata.sorted_tables
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def wrong_actors(act):
    """Return everybody who may not do this to a matter of the department of water, wherever it stands."""
    row = PERMISSIONS[act]
    strangers = [Actor(role=role, department_id="water") for role in Role if role not in row.roles]
    if not row.own_department:
        return strangers
    return strangers + [Actor(role=role, department_id=other) for role in row.roles for other in ("parks", None)]


def attempt(operation, matter, actor):
    """Call an operation directly, past every page."""
    return change(operation, CALLS[operation][1](matter), actor, token=f"{operation.__name__} by {actor}", now=LATER)


def test_every_operation_is_tried_here():
    modules = [
        importlib.import_module(f"data.operations.{m.name}") for m in pkgutil.iter_modules(data.operations.__path__)
    ]

    found = {
        function
        for module in modules
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and inspect.signature(function).return_annotation is Kept
    }

    assert found == set(CALLS)


def is_refused(operation, matter, actor):
    """Whether the permission table is why an operation is not made."""
    try:
        attempt(operation, matter, actor)
    except NotAllowedError:
        return True
    return False


def test_whoever_may_not_is_refused_and_leaves_nothing(matter):
    before = counts()

    let_through = [
        (operation.__name__, actor)
        for operation, (act, _) in CALLS.items()
        for actor in wrong_actors(act)
        if not is_refused(operation, matter, actor)
    ]

    assert let_through == []
    assert counts() == before


def test_whoever_may_is_refused_only_where_the_matter_does_not_stand_for_it(matter):
    # What ends the comment period comes last, since the period of this record is running.
    in_order = sorted(CALLS, key=lambda operation: operation is close_period)

    refused = {
        operation.__name__
        for operation in in_order
        if is_refused(
            operation, matter, Actor(role=min(PERMISSIONS[CALLS[operation][0]].roles), department_id="water")
        )
    }

    assert refused == {"open_period", "publish_outcome", "publish_evaluation", "measure_effect"}


def test_a_planner_may_link_a_project_of_another_department_to_an_own_decision_and_nobody_else_from_outside(matter):
    command = LinkProject(project_id=matter.project, decision_id=matter.decision)
    before = counts()

    with pytest.raises(NotAllowedError):
        change(link_project, command, Actor(role=Role.PLANNER, department_id="parks"), now=LATER)

    assert counts() == before
    assert change(link_project, command, PLANNER, now=LATER).key == matter.project
