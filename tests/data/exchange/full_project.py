"""A project about which everything is said that can be said of one."""

from datetime import date, timedelta

from data.operations.contracts import ModifyContract, PublishContract, modify_contract, publish_contract
from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.operations.documents import PublishDocument, publish_document
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
from data.operations.packages import PackageProject, package_project
from data.operations.project_decisions import LinkProject, link_project
from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.operations.ratings import PublishRating, publish_rating
from data.operations.verdicts import GiveVerdict, give_verdict
from data.operations.withheld import WithholdField, withhold_field
from data.writer import change
from models.actor import OPERATOR
from models.contract import ContractNature, ProcurementMethod
from models.decision import Language
from models.disclosure_item import DisclosureKind
from models.document import DisclosureClass, DocumentType
from models.milestone import MilestoneCode, Precision, ReasonCode, RevisionKind
from models.money import BudgetKind
from models.project import ApprovalRoute, Cadence, Phase, Sector
from models.rating import RatingLetter
from models.verdict import VerdictCode
from models.withheld_item import WithheldField
from tests.conftest import NOW, OFFICER, PLANNER

#: When all of it has been said.
LATER = NOW + timedelta(days=60)
_OTHER_REASON = "所有资料均以当日会议纪要为准，另行公布详细说明。"


def fill(city, comment):
    """Say everything of the project of the city, with an account and on many days."""
    comment(city)
    change(
        give_verdict,
        GiveVerdict(point_id=1, code=VerdictCode.ADOPTED, reason="采纳。"),
        PLANNER,
        now=NOW + timedelta(hours=2),
    )
    documents = _publish_documents(city)
    _describe(city)
    _move(city, documents)
    _spend(city, documents)
    _sign(city, documents)
    _disclose(city, documents)
    _rate(city, documents)


def _say(operation, command, days):
    return change(operation, command, OFFICER, now=NOW + timedelta(days=days))


def _publish_documents(city):
    common = {"project_id": city.project, "type": DocumentType.PROJECT_PLAN}
    approval = PublishDocument(**common, title="调整批复", file_name="p.txt", content="同意".encode())
    held = PublishDocument(
        **common,
        title="合同",
        disclosure=DisclosureClass.WITHHELD,
        ground="第十五条; by law",
        review_on=date(2028, 1, 1),
    )
    due = PublishDocument(**common, title="验收", disclosure=DisclosureClass.NOT_YET_DUE, review_on=date(2028, 2, 1))
    return [int(_say(publish_document, one, 1).key) for one in (approval, held, due)]


def _describe(city):
    said = AmendProject(
        project_id=city.project,
        language=Language.CHINESE,
        title="第二水厂（一期）",
        description="两行\n文字，“引号”。",
        purpose="供水",
        phase=Phase.IMPLEMENTATION,
        sector=Sector.WATER,
        region="江南区",
        approval_route=ApprovalRoute.APPROVAL,
        cadence=Cadence.QUARTERLY,
        reason="更名",
    )
    _say(amend_project, said, 1)
    for scheme, value in (("CN-GBT40058", "2103-440300-04-01-123451"), ("city", "Z-1")):
        _say(identify_project, IdentifyProject(project_id=city.project, scheme=scheme, value=value), 1)
    whole = PublishProject(
        department_id="water", language=Language.ENGLISH, title="Water programme", phase=Phase.PREPARATION
    )
    parent = _say(publish_project, whole, 1).key
    _say(package_project, PackageProject(project_id=city.project, parent_id=parent, reason="子项目"), 2)
    _say(link_project, LinkProject(project_id=city.project, decision_id=city.decision), 2)


def _move(city, documents):
    first = PlanMilestone(
        project_id=city.project,
        title="通水",
        due_date=date(2027, 3, 31),
        precision=Precision.QUARTER,
        date_low=date(2027, 2, 1),
        date_high=date(2027, 6, 1),
        code=MilestoneCode.ACCEPTANCE,
        is_critical=True,
    )
    ranged = int(_say(plan_milestone, first, 1).key)
    begun = PlanMilestone(project_id=city.project, title="开工", due_date=date(2026, 12, 1), code=MilestoneCode.START)
    start = int(_say(plan_milestone, begun, 1).key)
    _say(link_milestone, LinkMilestone(milestone_id=ranged, predecessor_id=start), 1)
    moves = (
        (city.milestone, RevisionKind.REFORECAST, 9, {"reason_code": ReasonCode.PUBLIC_INPUT, "point_id": 1}),
        (city.milestone, RevisionKind.REBASELINE, 19, {"reason_code": ReasonCode.SCOPE, "document_id": documents[0]}),
        (
            city.milestone,
            RevisionKind.PAUSED,
            19,
            {"reason_code": ReasonCode.FUNDING, "next_steps": "筹款\n复工", "resume_on": date(2026, 12, 20)},
        ),
        (city.milestone, RevisionKind.RESUMED, 40, {}),
        (city.milestone, RevisionKind.CORRECTION, 41, {"reason_code": ReasonCode.DATA_CORRECTION, "corrects": 2}),
        (start, RevisionKind.ACHIEVED, None, {}),
        (start, RevisionKind.CORRECTION, None, {"reason_code": ReasonCode.OTHER, "stands_as": RevisionKind.ACHIEVED}),
        (ranged, RevisionKind.CANCELLED, 0, {"reason_code": ReasonCode.POLICY}),
    )
    for days, (milestone, kind, later, more) in enumerate(moves, 11):
        day = date(2026, 11, 30) if later is None else city.promised + timedelta(days=later)
        reason = {"reason": _OTHER_REASON} if kind.moves else {}
        _say(
            revise_milestone,
            ReviseMilestone(milestone_id=milestone, kind=kind, due_date=day, **reason, **more),
            days,
        )
        if kind in (RevisionKind.REFORECAST, RevisionKind.RESUMED):
            _say(confirm_milestone, ConfirmMilestone(milestone_id=milestone), days)
    _amend(city.milestone, ranged)


def _amend(city_milestone, ranged):
    first = {"milestone_id": city_milestone, "title": "全线通水", "reason": "名称\n有误。"}
    for days, said in enumerate(
        (
            AmendMilestone(**first, code=MilestoneCode.HANDOVER, is_critical=True),
            AmendMilestone(**first | {"reason": "并非交付。"}, code=None, is_critical=False),
            AmendMilestone(milestone_id=ranged, title="通水", code=None, is_critical=False, reason="编码有误。"),
        ),
        20,
    ):
        _say(amend_milestone, said, days)


def _spend(city, documents):
    for days, (kind, amount) in enumerate(
        ((BudgetKind.APPROVED_ESTIMATE, 123_456_789), (BudgetKind.ADJUSTMENT, 0), (BudgetKind.FINAL_ACCOUNT, 5))
    ):
        budget = PublishBudget(
            project_id=city.project,
            kind=kind,
            amount=amount,
            currency="CNY",
            approved_on=date(2026, 10, 1 + days),
            reason="调整" if days else "",
            document_id=documents[0] if days else None,
            document_number="发改〔2026〕1号" if days else "",
        )
        _say(publish_budget, budget, 3 + days)
    period = {"project_id": city.project, "period_start": date(2026, 10, 1), "period_end": date(2026, 11, 1)}
    money = {"spent": 1_000_001, "currency": "CNY", "planned_spent": 2_000_000}
    first = ReportProgress(
        **period, physical=4250, planned_physical=5000, annual_share=10756, body="进展顺利。", **money
    )
    _say(report_progress, first, 4)
    _say(confirm_unchanged, ConfirmUnchanged(project_id=city.project), 5)
    falls = ReportProgress(**period, physical=4000, annual_share=-10000, is_correction=True, reason="误报")
    _say(report_progress, falls, 6)


def _sign(city, documents):
    contract = PublishContract(
        project_id=city.project,
        nature=ContractNature.CONSTRUCTION,
        title="土建",
        supplier="水建公司",
        method=ProcurementMethod.OPEN,
        bidders=0,
        amount=5_000_000,
        currency="CNY",
        starts_on=date(2026, 11, 1),
        ends_on=date(2027, 3, 1),
        signed_on=date(2026, 10, 20),
        document_id=documents[0],
    )
    key = int(_say(publish_contract, contract, 7).key)
    bare = PublishContract(
        project_id=city.project,
        nature=ContractNature.OTHER,
        title="咨询",
        supplier="某所",
        signed_on=date(2026, 10, 1),
    )
    _say(publish_contract, bare, 7)
    agreed = {"contract_id": key, "signed_on": date(2026, 11, 20), "rationale": "地质"}
    for more in (
        {"amount": 6_000_000, "currency": "CNY"},
        {"ends_on": date(2027, 9, 1)},
        {"document_id": documents[0]},
    ):
        _say(modify_contract, ModifyContract(description="变更", **agreed, **more), 8)


def _disclose(city, documents):
    formed = {"project_id": city.project, "formed_on": date(2026, 11, 1)}
    published = {"published_on": date(2026, 11, 20), "document_id": documents[0]}
    for said in (
        StateDisclosure(rule="feasibility_study", kind=DisclosureKind.FORMED, **formed),
        StateDisclosure(rule="feasibility_study", kind=DisclosureKind.PUBLISHED, **formed, **published),
        StateDisclosure(
            project_id=city.project,
            rule="preliminary_design",
            kind=DisclosureKind.WITHHELD,
            ground="第十四条",
            review_on=date(2028, 1, 1),
        ),
    ):
        _say(state_disclosure, said, 9)
    for field, by in ((WithheldField.BIDDERS, "市局"), (WithheldField.SUPPLIER, "")):
        held = WithholdField(
            project_id=city.project, field=field, ground="第十五条", held_by=by, until=date(2028, 1, 1)
        )
        _say(withhold_field, held, 9)
    for days, until, more in (
        (9, NOW + timedelta(days=12), {"ground": "第十五条"}),
        (14, None, {"holds": False, "reason": "已公布。"}),
    ):
        spent = WithholdField(
            project_id=city.project, field=WithheldField.SPENT, until=until.date() if until else None, **more
        )
        _say(withhold_field, spent, days)


def _rate(city, documents):
    common = {"project_id": city.project, "body": "市审计局"}
    for days, rating in enumerate(
        (
            PublishRating(**common, letter=RatingLetter.RED, rated_on=date(2026, 12, 1), document_id=documents[0]),
            PublishRating(
                **common,
                letter=RatingLetter.YELLOW,
                rated_on=date(2026, 12, 2),
                link="https://audit.example/2",
                statement="进度偏慢。\n已整改。",
            ),
        ),
        10,
    ):
        change(publish_rating, rating, OPERATOR, now=NOW + timedelta(days=days))
