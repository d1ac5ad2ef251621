"""A synthetic record is the record that the operations would have made."""

import json
from collections import defaultdict
from itertools import pairwise

import pytest
from sqlalchemy import text

from data.database import database, reading
from data.ledger.verify import verify
from data.operations.comments import SubmitComment, submit_comment
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.money import PublishBudget, publish_budget
from data.operations.verdicts import GiveVerdict, give_verdict
from data.present import rebuild
from data.queries.comments import find_receipt
from data.samples.synthetic import synthesize
from data.samples.synthetic_comments import token_of
from data.samples.synthetic_plan import SIZES, Plan, Size
from data.samples.synthetic_promises import statements_in
from data.schema import migrate
from data.search import Query
from data.writer import change, writer
from models.actor import CITIZEN
from models.clock import local_date
from models.comment import Stance, receipt_code
from models.decision import Language
from models.disclosure import opened
from models.exceptions import RecordError
from models.milestone import ReasonCode, RevisionKind
from models.money import BudgetKind
from models.verdict import VerdictCode
from tests.conftest import NOW, OFFICER, PLANNER, forget

_SMALL = Size(projects=12, decisions=10, comments=400)
#: Rows of these are the same for the same seed.
_TABLES = {
    "decision_revision": "decision_id, title, summary, department_id",
    "comment": "id, decision_id, clause_key, stance, receipt_digest, received_at",
    "comment_text": "comment_id, body, name",
    "milestone_revision": "milestone_id, number, kind, due_date, reason, recorded_at",
    "verdict": "point_id, code, reason, recorded_at",
    "point": "id, comment_id, state",
    "comment_tally": "decision_id, clause_key, stance, state, count",
    "ledger_entry": "idx, type, subject, sseq, about",
    "location_revision": "project_id, longitude, latitude",
}


@pytest.fixture
def new_record(monkeypatch, tmp_path):
    """Set up tables of which nothing is written yet; again for each time it is called."""
    monkeypatch.setitem(SIZES, "s", _SMALL)

    def make(name="synthetic"):
        forget()
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/{name}.db")
        migrate(database())

    yield make
    forget()


def fill(*, seed=1, progress=lambda _done, _total: None):
    """Make the record."""
    synthesize(database(), writer(), size="s", seed=seed, until=NOW, progress=progress)


def content():
    """Return the rows that follow from size and seed."""
    with reading() as session:
        return {
            table: sorted(map(tuple, session.execute(text(f"SELECT {columns} FROM {table}"))), key=repr)
            for table, columns in _TABLES.items()
        }


def test_it_has_the_size_that_was_asked_for(new_record):
    new_record()
    fill()
    found = content()

    assert len(found["comment"]) == len(found["comment_text"]) == len(found["point"]) == _SMALL.comments
    assert len(found["milestone_revision"]) == _SMALL.projects * 20
    assert len(found["decision_revision"]) == _SMALL.decisions
    assert found["verdict"]


def test_everything_in_it_can_be_verified_and_made_anew(new_record):
    new_record()
    fill()
    before = derived()
    with reading() as session:
        verified = verify(session)
    with database().rebuilding() as session:
        rebuild(session)

    assert verified.faults == []
    assert verified.entries > _SMALL.comments
    assert derived() == before


def derived():
    """Return what is derived."""
    with reading() as session:
        return [
            sorted(map(repr, session.execute(text(f"SELECT * FROM {table}"))))
            for table in ("decision_present", "project_present", "comment_tally")
        ]


def test_one_that_was_interrupted_goes_on_where_it_ended(new_record):
    new_record("at-once")
    fill()
    at_once = content()
    new_record("interrupted")

    def interrupt(done, _total):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(progress=interrupt)
    assert len(content()["comment"]) < _SMALL.comments
    fill()
    again = content()
    fill()

    assert content() == again == at_once


def test_another_seed_makes_another_record(new_record):
    new_record("one")
    fill(seed=1)
    one = content()
    new_record("two")
    fill(seed=2)

    assert content()["comment_text"] != one["comment_text"]


def test_a_record_in_earnest_is_left_alone(small_city):
    with pytest.raises(RecordError):
        synthesize(database(), writer(), size="s", seed=1, until=NOW)


def test_a_record_of_another_seed_is_left_alone(new_record):
    new_record()
    fill(seed=1)

    with pytest.raises(RecordError):
        fill(seed=2)


def test_its_comments_are_found_and_have_receipts(new_record):
    new_record()
    fill()
    plan = Plan(_SMALL, 1, NOW)
    decision = next(one for one in plan.decisions if plan.comments_on(one))

    with reading() as session:
        receipt = find_receipt(session, receipt_code(token_of(plan, decision, 0)))
        words = Query(receipt.comment.body[:4]).for_sqlite()
        hits = session.execute(
            text("SELECT count(*) FROM search_index WHERE search_index MATCH :words"), {"words": words}
        )
        found = hits.scalar_one()

    assert receipt.comment.received_at < plan.at(decision.closed)
    assert found >= 1


def test_its_entries_have_the_form_that_the_operations_give_theirs(new_record, small_city):
    command = SubmitComment(
        decision_id=small_city.decision, body="太吵", stance=Stance.OBJECT, language=Language.CHINESE, name="朱自清"
    )
    point = change(submit_comment, command, CITIZEN, token="form", now=NOW).number
    verdict = GiveVerdict(point_id=point, code=VerdictCode.NOTED, reason="知悉")
    change(give_verdict, verdict, PLANNER, now=NOW)
    budget = PublishBudget(
        project_id=small_city.project, kind=BudgetKind.ESTIMATE, amount=1, currency="CNY", approved_on=local_date(NOW)
    )
    change(publish_budget, budget, OFFICER, now=NOW)
    for kind, code in ((RevisionKind.REFORECAST, ReasonCode.LAND), (RevisionKind.ACHIEVED, None)):
        moved = ReviseMilestone(
            milestone_id=small_city.milestone, kind=kind, due_date=local_date(NOW), reason_code=code, reason="征地"
        )
        change(revise_milestone, moved, OFFICER, now=NOW)
    made = forms()
    new_record()
    fill()

    invented = forms()

    assert {kind: form for kind, form in invented.items() if kind in made} == {
        kind: form for kind, form in made.items() if kind in invented
    }
    assert {kind for kind in made if kind.startswith(("comment", "milestone", "budget", "project"))} <= set(invented)


def forms():
    """Return, by type and kind of thing, of which fields an entry consists, with those disclosed and to whom."""
    found = defaultdict(set)
    with reading() as session:
        disclosed = defaultdict(set)
        for idx, disclosure, audience in session.execute(
            text("SELECT idx, disclosure, audience FROM ledger_disclosure")
        ):
            disclosed[idx].add((opened(disclosure)[0], audience))
        for idx, body in session.execute(text("SELECT idx, body FROM ledger_entry")):
            told = json.loads(body)
            kind = f"{told['type']} {told['about'].partition('/')[0]}"
            found[kind] |= {("pub", name) for name in told["pub"]} | disclosed[idx]
            found[kind] |= {("actor", name) for name in told["actor"]}
    del found["log.opened log"]
    return dict(found)


def test_the_slices_of_its_time_leave_nothing_out(new_record):
    plan = Plan(_SMALL, 3, NOW)
    edges = [plan.edges(number) for number in range(plan.slices)]
    comments = [
        one for start, stop in edges for decision in plan.decisions for one in plan.comments_in(decision, start, stop)
    ]
    statements = [said for start, stop in edges for said in statements_in(plan, start, stop)]

    assert edges[0][0] == 0
    assert edges[-1][1] == plan.end
    assert all(before[1] == after[0] for before, after in pairwise(edges))
    assert len(comments) == _SMALL.comments
    assert len(statements) == _SMALL.projects * 14
    assert [plan.slice_of(plan.at(start)) for start, _ in edges] == list(range(plan.slices))
