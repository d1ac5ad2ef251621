"""Projects that move on, day by day, for tests: everything that can be said of them is said by chance."""

from datetime import date, timedelta
from random import Random

from data.operations.documents import PublishDocument, publish_document
from data.operations.milestone_duties import ConfirmMilestone, LinkMilestone, confirm_milestone, link_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import PublishBudget, ReportProgress, publish_budget, report_progress
from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.writer import change
from models.actor import Actor, Role
from models.clock import local_date
from models.decision import Language
from models.document import DisclosureClass, DocumentType
from models.milestone import MilestoneCode, ReasonCode, RevisionKind
from models.money import BudgetKind
from models.project import Cadence, Phase, Sector
from tests.conftest import NOW

ACTORS = {code: Actor(role=Role.OFFICER, department_id=code) for code in ("water", "parks")}
CODES = (MilestoneCode.START, MilestoneCode.MAIN_STRUCTURE, MilestoneCode.ACCEPTANCE)


class Builders:
    """They publish projects and say what becomes of them."""

    def __init__(self, seed):
        self.picks = Random(seed)
        self.projects = {}
        self.open = {}

    def publish(self, now, department="water", **more):
        picks, actor = self.picks, ACTORS[department]
        said = {
            "department_id": department,
            "language": Language.CHINESE,
            "title": f"泵站 {len(self.projects)}",
            "phase": Phase.IMPLEMENTATION,
            "sector": picks.choice((Sector.WATER, Sector.HEALTH)),
            "region": picks.choice(("江南", "文昌")),
            "cadence": picks.choice((None, Cadence.MONTHLY)),
            "geometry": {"type": "Point", "coordinates": [picks.uniform(119, 120), picks.uniform(29.5, 30.5)]},
        }
        project = change(publish_project, PublishProject(**(said | more)), actor, now=now).key
        self.projects[project] = actor
        before = None
        for place, code in enumerate(CODES):
            due = local_date(now) + timedelta(days=picks.randrange(1, 5) + 20 * place)
            command = PlanMilestone(project_id=project, title=str(code), due_date=due, code=code, completes=place == 2)
            milestone = int(change(plan_milestone, command, actor, now=now).key)
            if before:
                change(link_milestone, LinkMilestone(milestone_id=milestone, predecessor_id=before), actor, now=now)
            self.open[milestone], before = (project, due), milestone
        return project

    def go_on(self, now):
        """Say something of some milestone or project."""
        do = self.picks.choice(
            (self._move, self._move, self._reach, self._confirm, self._report, self._budget, self._amend)
        )
        do(now)

    def _some(self):
        milestone = self.picks.choice(sorted(self.open))
        return milestone, *self.open[milestone]

    def _move(self, now):
        milestone, project, due = self._some()
        due += timedelta(days=self.picks.choice((-7, 9, 30, 200)))
        command = ReviseMilestone(
            milestone_id=milestone,
            kind=RevisionKind.REFORECAST,
            due_date=due,
            reason_code=self.picks.choice((ReasonCode.LAND, ReasonCode.WEATHER)),
            reason="土地",
        )
        change(revise_milestone, command, self.projects[project], now=now)
        self.open[milestone] = (project, due)

    def _reach(self, now):
        if len(self.open) < 4:
            return
        milestone, project, _ = self._some()
        command = ReviseMilestone(milestone_id=milestone, kind=RevisionKind.ACHIEVED, due_date=local_date(now))
        change(revise_milestone, command, self.projects[project], now=now)
        del self.open[milestone]

    def _confirm(self, now):
        milestone, project, _ = self._some()
        change(confirm_milestone, ConfirmMilestone(milestone_id=milestone), self.projects[project], now=now)

    def _report(self, now):
        project = self.picks.choice(sorted(self.projects))
        day = local_date(now)
        command = ReportProgress(
            project_id=project,
            period_start=day - timedelta(days=30),
            period_end=day,
            physical=self.picks.randrange(10_000),
            planned_physical=self.picks.randrange(10_000),
            spent=self.picks.randrange(10**9),
            currency="CNY",
            is_correction=True,
            reason="更正",
        )
        change(report_progress, command, self.projects[project], now=now)

    def _budget(self, now):
        project = self.picks.choice(sorted(self.projects))
        document = PublishDocument(
            project_id=project,
            type=DocumentType.BUDGET_APPROVAL,
            title="批复",
            disclosure=DisclosureClass.WITHHELD,
            ground="第十五条",
            review_on=date(2030, 1, 1),
        )
        key = int(change(publish_document, document, self.projects[project], now=now).key)
        command = PublishBudget(
            project_id=project,
            kind=self.picks.choice((BudgetKind.APPROVED_ESTIMATE, BudgetKind.ADJUSTMENT, BudgetKind.BUDGET)),
            amount=self.picks.randrange(10**9),
            currency=self.picks.choice(("CNY", "CNY", "EUR")),
            approved_on=local_date(now),
            reason="调整",
            document_id=key,
        )
        change(publish_budget, command, self.projects[project], now=now)

    def _amend(self, now):
        project = self.picks.choice(sorted(self.projects))
        command = AmendProject(
            project_id=project,
            reason="改名",
            language=Language.CHINESE,
            title=f"泵站 {self.picks.randrange(1000)} 号",
            phase=self.picks.choice((Phase.IMPLEMENTATION, Phase.COMPLETION)),
            sector=Sector.WATER,
            region="江南",
        )
        change(amend_project, command, self.projects[project], now=now)


def day_after(days, hours=1.0):
    """Return an instant after the record was opened, which the clock of the machine says."""
    return NOW + timedelta(days=3 + days, hours=hours)
