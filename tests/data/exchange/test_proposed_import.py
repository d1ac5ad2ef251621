"""A file of projects where a second person has to agree: one proposal, published whole or not at all."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from data.database import reading
from data.exchange import proposed_import
from data.exchange.mapping import ColumnMapping, MilestoneColumns
from data.exchange.projects import import_projects
from data.ledger.verify import verify
from data.operations.milestones import PlanMilestone, plan_milestone
from data.operations.projects import PublishProject, publish_project
from data.operations.proposal_steps import RefuseProposal, refuse_proposal
from data.operations.proposals import ProposeAgain, propose_again
from data.queries.proposed_milestones import proposed_milestones
from data.writer import change
from models.decision import Language
from models.exceptions import ConflictError, InvalidValueError, SecondPersonError, UnreadableFileError
from models.ledger import EntryType, LedgerEntry
from models.milestone import Milestone
from models.money import BudgetVersion, ProgressReport
from models.project import LocationRevision, Phase, ProjectIdentifier, ProjectRevision
from models.proposal import ProposalState
from tests.conftest import NOW, OFFICER
from tests.data.operations.test_proposals import LATER, ONE, THREE, approve, demand_two, look

START = MilestoneColumns(title="Start", planned="start planned", actual="start", begins=True)
END = MilestoneColumns(title="Opening", planned="end planned", actual="end", completes=True)
MAPPING = ColumnMapping(
    identifier="id",
    title="name",
    longitude="x",
    latitude="y",
    budget="cost",
    budget_now="cost now",
    currency="CNY",
    progress="built",
    milestones=(START, END),
)
COLUMNS = "id,name,x,y,cost,cost now,built,start planned,start,end planned,end\n"
FIRST = COLUMNS + (
    "A1,Bridge,119.5,30.2,100,120,12,2026-03-01,2026-03-04,2027-09-01,\n"
    "A2,School,119.6,30.3,200,200,,2026-10-01,,2027-10-01,\n"
)
SECOND = FIRST.replace("2027-09-01", "2027-12-01").replace("A1,Bridge", "A1,Long bridge") + (
    "A3,Park,119.7,30.1,300,300,,,,2028-01-01,2026-11-20\n"
)


def imported(text, name="list.csv", *, actor=ONE, now=LATER, mapping=MAPPING):
    return import_projects(text.encode(), name, mapping, actor=actor, now=now)


def kept(*kinds):
    """Return everything that the record says of the projects of the file, without its numbers and instants."""
    hidden = {"id", "recorded_at", "recorded_by"}
    with reading() as session:
        assert verify(session).faults == []
        named = {one.project_id: one.value for one in session.exec(select(ProjectIdentifier))}
        found = []
        for kind in kinds or (ProjectRevision, LocationRevision, BudgetVersion, ProgressReport):
            rows = session.exec(select(kind).where(col(kind.project_id).in_(named)))
            found += [(named[row.project_id], kind.__name__, _values(row, hidden)) for row in rows]
        for milestone in session.exec(select(Milestone).where(col(Milestone.project_id).in_(named))):
            for said in milestone.revisions:
                values = _values(said, hidden | {"milestone_id"})
                found.append((named[milestone.project_id], milestone.title, values))
    return sorted(found)


def _values(row, hidden):
    told = row.model_dump(mode="json", exclude={*hidden, "project_id"})
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


@pytest.fixture
def strict(city):
    """The small record, in which a second person has to agree to what the department of water says of projects."""
    demand_two()
    return city


def test_a_file_is_one_proposal_and_nothing_of_it_is_published_before_somebody_agrees(strict):
    report = imported(FIRST)

    assert (report.rows, report.taken, report.unchanged, report.reported) == (2, 2, 0, [])
    proposal = look(report.proposal_id)
    assert proposal.state is ProposalState.WAITING
    assert list(dict.fromkeys(one.title for one in proposal.statements)) == ["Bridge", "School"]
    digest = hashlib.sha256(FIRST.encode()).hexdigest()
    counts = "2 rows, 2 new projects, 0 statements about known ones, 0 unchanged"
    assert proposal.note == f"list.csv (SHA-256 {digest}): {counts}"
    assert kept() == []


def test_what_is_agreed_to_is_what_an_import_would_have_published_at_once(city):
    imported(FIRST, actor=OFFICER)
    imported(SECOND, actor=OFFICER)
    at_once = kept()
    demand_two()
    others = (text.replace("\nA", "\nB") for text in (FIRST, SECOND))

    for text in others:
        approve(imported(text).proposal_id)

    proposed = [(name.replace("B", "A"), *rest) for name, *rest in kept() if name.startswith("B")]
    assert sorted(proposed) == at_once


def test_a_file_that_was_agreed_to_is_unchanged_and_proposes_nothing(strict):
    approve(imported(FIRST).proposal_id)

    report = imported(FIRST, "renamed.csv")

    assert (report.taken, report.unchanged, report.proposal_id) == (2, 2, None)


def test_a_row_that_the_record_refuses_is_reported_and_the_others_are_proposed(strict):
    others = {"department_id": "parks", "language": Language.ENGLISH, "title": "Bridge", "phase": Phase.PREPARATION}
    parks = replace(OFFICER, department_id="parks")
    change(publish_project, PublishProject(identifiers={"water": "A1"}, **others), parks, now=NOW)

    report = imported(FIRST)

    assert (report.taken, [one.reason for one in report.reported]) == (1, ["not_allowed"])
    approve(report.proposal_id)
    assert {name for name, *_ in kept(ProjectRevision)} == {"A1", "A2"}


def test_where_somebody_said_something_else_meanwhile_nothing_of_the_file_is_published(city):
    imported(FIRST, actor=OFFICER)
    before = kept()
    demand_two()
    file = imported(SECOND).proposal_id
    approve(imported(FIRST.replace("2027-09-01", "2027-11-01")).proposal_id)
    between = kept()

    approve(file)

    proposal = look(file)
    assert proposal.state is ProposalState.FAILED
    assert isinstance(proposal.steps[-1].error, ConflictError)
    assert kept() == between != before


@pytest.mark.parametrize("added", ["end planned", "cost", "x"])
def test_of_two_files_that_say_the_same_of_a_known_project_first_the_second_is_refused_whole(city, added):
    cells = {"id": "A1", "name": "Bridge", "end planned": "2027-09-01", "cost": "100", "x": "119.5", "y": "30.2"}
    columns = ("id", "name", *(("x", "y") if added == "x" else (added,)))
    file = "\n".join([",".join(columns), ",".join(cells[column] for column in columns)])
    mapping = ColumnMapping(
        identifier="id",
        title="name",
        currency="CNY",
        **({"longitude": "x", "latitude": "y"} if added == "x" else {}),
        **({"budget": "cost"} if added == "cost" else {}),
        **({"milestones": (MilestoneColumns(title="Opening", planned=added),)} if added == "end planned" else {}),
    )
    imported("id,name\nA1,Bridge\n", actor=OFFICER, mapping=ColumnMapping(identifier="id", title="name"))
    demand_two()
    first, second = (imported(f"{file}{end}", mapping=mapping).proposal_id for end in ("", "\n"))
    approve(first)
    once = kept()

    approve(second)

    assert isinstance(look(second).steps[-1].error, ConflictError)
    assert kept() == once


def test_of_two_files_with_one_new_project_the_second_is_refused_whole(strict):
    first, second = imported(FIRST).proposal_id, imported(FIRST + "A4,Library,,,,,,,,2028-01-01,\n").proposal_id
    approve(first)

    approve(second)

    assert look(second).state is ProposalState.FAILED
    assert isinstance(look(second).steps[-1].error, InvalidValueError)
    assert {name for name, *_ in kept(ProjectRevision)} == {"A1", "A2"}


def test_a_file_that_waits_is_not_proposed_again_until_something_became_of_it(strict):
    first = imported(FIRST).proposal_id

    with pytest.raises(UnreadableFileError) as refused:
        imported(FIRST, "renamed.csv")
    change(refuse_proposal, RefuseProposal(proposal_id=first, reason="另行核对。"), THREE, now=LATER)
    second = imported(FIRST).proposal_id

    assert refused.value.facts == ("proposed_already", first)
    assert second > first


def test_a_file_that_was_sent_back_can_be_proposed_as_it_was(strict):
    first = imported(FIRST).proposal_id
    change(refuse_proposal, RefuseProposal(proposal_id=first, reason="另行核对。"), THREE, now=LATER)

    again = change(propose_again, ProposeAgain(proposal_id=first, note="已核对。"), ONE, now=LATER)
    approve(int(again.key))

    assert {name for name, *_ in kept(ProjectRevision)} == {"A1", "A2"}


def test_what_a_file_would_make_is_not_mistaken_for_what_got_its_number_since(strict):
    proposal = imported(FIRST).proposal_id
    parks = replace(OFFICER, department_id="parks")
    other = PublishProject(department_id="parks", language=Language.ENGLISH, title="Lake", phase=Phase.PREPARATION)
    project = change(publish_project, other, parks, now=LATER).key
    plan = PlanMilestone(project_id=project, title="Start", due_date=date(2027, 1, 1))
    milestone = int(change(plan_milestone, plan, parks, now=LATER).key)

    seen = look(proposal)
    with reading() as session:
        proposed = proposed_milestones(session, "water")

    assert {one.title for one in seen.statements} == {"Bridge", "School"}
    assert {one.project_id for one in seen.statements} == {""}
    assert (seen.is_overtaken, milestone in proposed) == (False, False)


@pytest.mark.parametrize(
    ("limit", "reason"), [("MOST_ROWS", "too_many_to_propose"), ("MOST_STATEMENTS", "too_many_statements")]
)
def test_a_file_that_is_too_much_to_agree_to_is_refused_before_anything_is_proposed(
    strict, monkeypatch, limit, reason
):
    monkeypatch.setattr(proposed_import, limit, 1)

    with pytest.raises(UnreadableFileError) as refused:
        imported(FIRST)

    assert refused.value.facts[0] == reason
    with reading() as session:
        proposed = select(LedgerEntry.idx).where(LedgerEntry.type == EntryType.CHANGE_PROPOSED)
        assert session.exec(proposed).first() is None


def test_a_package_of_oc4ids_is_not_proposed(strict):
    package = json.dumps({"projects": [{"id": "a", "title": "Bridge"}]})

    with pytest.raises(SecondPersonError):
        import_projects(package.encode(), "package.json", actor=ONE, now=LATER)
