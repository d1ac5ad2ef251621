"""A department at work, for the tests of the pages on which officials work. It stands at the hour of the test."""

from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

import data.passwords
from data.accounts import open_session
from data.operations.accounts import CreateAccount, create_account
from data.operations.comments import SubmitComment, submit_comment
from data.operations.decisions import PublishDecision, publish_decision
from data.operations.departments import PublishDepartment, publish_department
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.periods import OpenPeriod, open_period
from data.writer import change
from models.actor import CITIZEN, OPERATOR, Role
from models.clock import local_date, utc_now
from models.comment import Stance
from models.decision import Language, Topic
from tests.conftest import DRAFT, PLANNER

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a password for tests"


def quick_passwords(monkeypatch):
    """Have passwords hashed with the least work there is: what they guard here is not worth the time."""
    monkeypatch.setattr(data.passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    data.passwords._nobodys.cache_clear()


class Office:
    """The departments of water and parks, with a decision that is open for comments."""

    def __init__(self):
        self.now = utc_now()
        self.today = local_date(self.now)
        for code in ("water", "parks"):
            department = PublishDepartment(id=code, name_zh=f"{code} 局", name_en=f"{code} bureau")
            change(publish_department, department, OPERATOR)
        self.decision = self.announce("节约用水办法")
        draft = PublishDraft(decision_id=self.decision, language=Language.CHINESE, text=DRAFT)
        change(publish_draft, draft, PLANNER, now=self.now - timedelta(days=20))
        self.last_day = self.today + timedelta(days=20)
        period = OpenPeriod(decision_id=self.decision, last_day=self.last_day)
        change(open_period, period, PLANNER, now=self.now - timedelta(days=20))
        self._sent = 0

    def announce(self, title, *, days_ago=20, actor=PLANNER):
        """Publish a decision, and return its number."""
        command = PublishDecision(
            department_id=actor.department_id, language=Language.CHINESE, topic=Topic.WATER, title=title
        )
        return change(publish_decision, command, actor, now=self.now - timedelta(days=days_ago)).key

    def comment(self, body="噪音太大了", *, days_ago=1, decision=None, stance=Stance.OBJECT):
        """Send a comment, and return the number of its point."""
        self._sent += 1
        command = SubmitComment(
            decision_id=decision or self.decision, body=body, stance=stance, language=Language.CHINESE
        )
        at = self.now - timedelta(days=days_ago)
        change(submit_comment, command, CITIZEN, token=f"comment {self._sent}", now=at)
        return self._sent

    def account(self, role, department="water", *, email=None):
        """Create an account, and return its address."""
        email = email or f"{role}@{department or 'city'}.example"
        command = CreateAccount(email=email, name="测试员", role=role, department_id=department, password=PASSWORD)
        change(create_account, command, OPERATOR)
        return email

    def token(self, role, department="water"):
        """Sign somebody in, and return the token of the session."""
        if role in (Role.ADMINISTRATOR, Role.AUDITOR):
            department = None
        return open_session(self.account(role, department), PASSWORD, "203.0.113.7")

    def open(self, page, *, role=None, of="water", token=None, **query):
        """Return a page as somebody in that role sees it; as anybody sees it where there is no role."""
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        if role is not None or token is not None:
            app.session_state["throughline_session"] = token or self.token(role, of)
        app.run()
        app.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            app.query_params[name] = str(value)
        return app.run()
